"""What `install.sh` refuses before it writes anything, each in one line; no bundle is needed for that."""

import hashlib
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.bundle import HERE, Target, target_here


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
