"""The keeper's scripts without a bundle behind them: what they refuse, as whom they work, which way they go back."""

import hashlib
import platform
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from deploy.bundle import HERE, KEEPS, ROOT, SCRIPTS, Target, target_here

SHELL: Final = sorted({HERE / name for name in SCRIPTS} | set(HERE.glob("*.sh")))
JUDGE: Final = shutil.which("shellcheck")
RECORDER: Final = """#!/bin/sh
[ "$2" = --help ] || echo "{version} $*" >> {log}
"""
COPYING: Final = """
set -eu
. "$1/current/keeper/place.sh"
. "$1/current/keeper/copies.sh"
prefix=$1
load_settings
copy_database "$prefix/current" "$2"
"""


def by_name(path: Path) -> str:
    return path.name


class Unpacked:
    """A bundle as far as `install.sh` looks before it installs: its facts and its sums."""

    def __init__(self, folder: Path, target: Target) -> None:
        self.folder = folder
        self.prefix = folder / "opt"
        for name in ("install.sh", "place.sh", "copies.sh"):
            shutil.copy(HERE / name, folder / name)
        (folder / "about").write_text(target.about, encoding="utf-8")
        sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in folder.iterdir()]
        (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")

    def refuses(self, *words: str) -> str:
        """The one line that it gives as the reason, having written nothing."""
        command = ["sh", "install.sh", "--prefix", str(self.prefix), "--python", sys.executable, *words]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 1, done.stdout + done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert not self.prefix.exists()
        return done.stderr


@pytest.fixture
def unpacked(tmp_path: Path) -> Unpacked:
    return Unpacked(tmp_path, target_here())


@pytest.mark.parametrize("script", SHELL, ids=by_name)
def test_a_script_is_plain_sh_and_the_linter_has_nothing_to_say(script: Path) -> None:
    _succeeds("sh", "-n", script)
    if JUDGE is not None:
        _succeeds(JUDGE, "-x", "-P", ROOT, script)


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_is_started_may_be_started(script: str) -> None:
    assert (HERE / script).stat().st_mode & 0o111 == 0o111


def test_everything_that_a_keeper_gets_is_in_the_tree() -> None:
    assert [source for source in KEEPS if not (ROOT / source).is_file()] == []


def test_a_damaged_bundle_is_refused(unpacked: Unpacked) -> None:
    with (unpacked.folder / "place.sh").open("a", encoding="utf-8") as file:
        file.write("# altered on the way\n")
    assert "Комплект повреждён" in unpacked.refuses()


def test_another_python_is_refused_by_both_versions(tmp_path: Path) -> None:
    older = Target(version="1.0", python=(3, 10), machine=platform.machine())
    here = ".".join(map(str, sys.version_info[:2]))
    assert f"собран для Python 3.10, а здесь {here}" in Unpacked(tmp_path, older).refuses()


def test_no_python_is_refused(unpacked: Unpacked) -> None:
    assert "Не найден python3.99" in unpacked.refuses("--python", "python3.99")


def test_another_machine_is_refused(tmp_path: Path) -> None:
    other = Target(version="1.0", python=sys.version_info[:2], machine="elbrus")
    assert "собран для Linux elbrus" in Unpacked(tmp_path, other).refuses()


def test_an_older_glibc_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.bundle.GLIBC", (9, 99))
    assert "Нужна glibc 9.99 или новее" in Unpacked(tmp_path, target_here()).refuses()


@pytest.mark.parametrize("folder", ["/opt/два слова", "/opt/a b", "/opt/$HOME", "/opt/%n", "/opt/a|b"])
def test_a_path_that_units_could_misread_is_refused(unpacked: Unpacked, folder: str) -> None:
    assert f"В пути «{folder}» допустимы" in unpacked.refuses("--data", folder)


@pytest.mark.parametrize("words", [("--prefx", "/opt"), ("--data",)])
def test_words_that_it_does_not_know_are_refused_with_a_hint(unpacked: Unpacked, words: tuple[str, ...]) -> None:
    assert "--help" in unpacked.refuses(*words)


class Installation:
    """Two releases whose programs only write down what they are asked, and a database between them."""

    def __init__(self, folder: Path) -> None:
        self.prefix, self.data, self.log = folder / "opt", folder / "data", folder / "asked"
        self.settings = folder / "settings.env"
        self.copy = self.data / "backups" / "copy"
        self.copy.parent.mkdir(parents=True)
        self.log.touch()
        for version in ("1.0", "2.0"):
            self._release(version)
        (self.prefix / "current").symlink_to("releases/2.0")
        (self.prefix / "installation").write_text(f"data={self.data}\nsettings={self.settings}\n", encoding="utf-8")
        came_from = self.prefix / "releases" / "2.0" / "came-from"
        came_from.write_text(f"release=1.0\ncopy={self.copy}\n", encoding="utf-8")

    @property
    def current(self) -> str:
        return (self.prefix / "current").readlink().name

    @property
    def asked(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()

    def rolls_back(self) -> subprocess.CompletedProcess[str]:
        script = self.prefix / "current" / "keeper" / "rollback.sh"
        return subprocess.run(["sh", script], capture_output=True, text=True, check=False)

    def has(self, *, form: str, copied: str) -> None:
        for path, version in ((self.data / "mcu-pilot.db", form), (self.copy, copied)):
            with closing(sqlite3.connect(path)) as file, file:
                file.execute("CREATE TABLE alembic_version (version_num)")
                file.execute("INSERT INTO alembic_version VALUES (?)", (version,))

    def _release(self, version: str) -> None:
        release = self.prefix / "releases" / version
        (release / "bin").mkdir(parents=True)
        (release / "bin" / "python").symlink_to(sys.executable)
        program = release / "bin" / "mcu-pilot"
        program.write_text(RECORDER.format(version=version, log=self.log), encoding="utf-8")
        program.chmod(0o755)
        (release / "keeper").mkdir()
        for name in ("rollback.sh", "place.sh", "copies.sh", "mcu-pilot"):
            shutil.copy(HERE / name, release / "keeper" / name)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def test_before_an_upgrade_the_release_in_use_is_asked_for_a_copy_in_a_closed_folder(
    installation: Installation,
) -> None:
    folder = installation.data / "backups" / "before-3.0"
    _succeeds("sh", "-c", COPYING, "sh", installation.prefix, folder)
    assert installation.asked == [f"2.0 backup --to {folder}"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_back_to_a_release_that_knows_the_form_the_database_stays(installation: Installation) -> None:
    installation.has(form="0002", copied="0002")
    done = installation.rolls_back()
    assert "остаётся как есть" in done.stdout
    assert (installation.current, installation.asked) == ("1.0", [])


def test_back_over_a_change_of_form_the_older_release_is_asked_to_restore_its_copy(installation: Installation) -> None:
    installation.has(form="0003", copied="0002")
    assert installation.rolls_back().returncode == 0
    assert installation.current == "1.0"
    assert installation.asked == [f"1.0 restore {installation.copy} --force"]


def test_a_copy_that_is_not_restored_leaves_the_release_as_it_is(installation: Installation) -> None:
    installation.has(form="0003", copied="0002")
    program = installation.prefix / "releases" / "1.0" / "bin" / "mcu-pilot"
    program.write_text('#!/bin/sh\n[ "$2" = --help ] || { echo "База занята." >&2; exit 2; }\n', encoding="utf-8")
    done = installation.rolls_back()
    assert done.returncode == 1
    assert "Версия не переключена: работает 2.0" in done.stderr
    assert installation.current == "2.0"


def test_there_is_one_step_back_and_no_second(installation: Installation) -> None:
    installation.has(form="0002", copied="0002")
    installation.rolls_back()
    done = installation.rolls_back()
    assert done.returncode == 1
    assert done.stderr == "Вернуться некуда: до версии 1.0 здесь ничего не стояло.\n"
    assert installation.current == "1.0"


def test_back_to_a_release_that_was_removed_nothing_is_switched(installation: Installation) -> None:
    installation.has(form="0002", copied="0002")
    shutil.rmtree(installation.prefix / "releases" / "1.0")
    assert "версия 1.0 удалена" in installation.rolls_back().stderr
    assert installation.current == "2.0"


def test_the_command_takes_the_settings_of_the_service_word_for_word(installation: Installation) -> None:
    installation.settings.write_text(
        "# a remark\n\nDATA_FOLDER=\nBOT_TOKEN=42:invented\nPROXY_URL=http://me:p$HOME'\"`x@proxy:1/?a=b c", "utf-8"
    )
    program = installation.prefix / "releases" / "2.0" / "bin" / "mcu-pilot"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$DATA_FOLDER" "$BOT_TOKEN" "$PROXY_URL" "$@"\n', encoding="utf-8")
    link = installation.prefix.parent / "command"
    link.symlink_to(installation.prefix / "current" / "keeper" / "mcu-pilot")
    done = subprocess.run(["sh", link, "two words", "*"], capture_output=True, text=True, check=True)
    said = done.stdout.splitlines()
    assert said[:2] == [str(installation.data), "42:invented"]
    assert said[2:] == ["http://me:p$HOME'\"`x@proxy:1/?a=b c", "two words", "*"]


def _succeeds(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
