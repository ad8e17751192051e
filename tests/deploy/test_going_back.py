"""What the keeper's scripts ask of the releases, where these only write it down: copies, ways back, settings."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from deploy.bundle import HERE

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

    @property
    def current(self) -> str:
        return (self.prefix / "current").readlink().name

    @property
    def asked(self) -> list[str]:
        return self.log.read_text(encoding="utf-8").splitlines()

    def rolls_back(self) -> subprocess.CompletedProcess[str]:
        script = self.prefix / "current" / "keeper" / "rollback.sh"
        return subprocess.run(["sh", script], capture_output=True, text=True, check=False)

    def has(self, *, form: str, upgraded_from: str) -> None:
        with closing(sqlite3.connect(self.data / "mcu-pilot.db")) as file, file:
            file.execute("CREATE TABLE alembic_version (version_num)")
            file.execute("INSERT INTO alembic_version VALUES (?)", (form,))
        came_from = self.prefix / "releases" / "2.0" / "came-from"
        came_from.write_text(f"release=1.0\nform={upgraded_from}\ncopy={self.copy}\n", encoding="utf-8")

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
    subprocess.run(["sh", "-c", COPYING, "sh", installation.prefix, folder], check=True)
    assert installation.asked == [f"2.0 backup --to {folder}"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_back_to_a_release_that_knows_the_form_the_database_stays(installation: Installation) -> None:
    installation.has(form="0003", upgraded_from="0003")
    done = installation.rolls_back()
    assert "остаётся как есть" in done.stdout
    assert (installation.current, installation.asked) == ("1.0", [])


def test_back_over_a_change_of_form_the_older_release_is_asked_to_restore_its_copy(installation: Installation) -> None:
    installation.has(form="0004", upgraded_from="0003")
    assert installation.rolls_back().returncode == 0
    assert installation.current == "1.0"
    assert installation.asked == [f"1.0 restore {installation.copy} --force"]


def test_a_copy_that_is_not_restored_leaves_the_release_as_it_is(installation: Installation) -> None:
    installation.has(form="0004", upgraded_from="0003")
    program = installation.prefix / "releases" / "1.0" / "bin" / "mcu-pilot"
    program.write_text('#!/bin/sh\n[ "$2" = --help ] || { echo "База занята." >&2; exit 2; }\n', encoding="utf-8")
    done = installation.rolls_back()
    assert done.returncode == 1
    assert "Версия не переключена: работает 2.0" in done.stderr
    assert installation.current == "2.0"


def test_there_is_one_step_back_and_no_second(installation: Installation) -> None:
    installation.has(form="0003", upgraded_from="0003")
    installation.rolls_back()
    done = installation.rolls_back()
    assert done.returncode == 1
    assert done.stderr == "Вернуться некуда: до версии 1.0 здесь ничего не стояло.\n"
    assert installation.current == "1.0"


def test_back_to_a_release_that_was_removed_nothing_is_switched(installation: Installation) -> None:
    installation.has(form="0003", upgraded_from="0003")
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
