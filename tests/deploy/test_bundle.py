"""The offline bundle: what is in it, and that it installs where there is no network."""

import re
from pathlib import Path

import pytest

from deploy.bundle import ROOT, pack, target_here
from tests.deploy.server import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server with the bundle and no data yet, for tests that leave it so or add an office."""
    server = Server(tmp_path_factory.mktemp("installed"))
    assert "Включена версия" in server.installs(bundle).splitlines()[-1]
    return server


def test_the_same_tree_gives_the_same_bundle(bundle: Path, tmp_path: Path) -> None:
    assert pack(target_here(), tmp_path).read_bytes() == bundle.read_bytes()


def test_a_bundle_holds_the_whole_lock_and_sums_of_everything(bundle: Path, server: Server) -> None:
    folder = server.unpacked(bundle)
    locked = {
        re.split("==", line)[0].replace("-", "_").lower()
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if "==" in line and "sys_platform == 'win32'" not in line
    }
    wheels = {path.name.split("-")[0].lower() for path in (folder / "wheels").iterdir()}
    assert wheels == locked | {"mcu_pilot"}
    summed = {line.split()[1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert summed == files - {"SHA256SUMS"}


def test_installed_without_a_network_it_works_from_any_folder(installed: Server) -> None:
    assert "office" in installed.does("current/bin/mcu-pilot", "--help").stdout
    assert "Офис заведён" in installed.does("mcu-pilot", "office", "add", "pestovo").stdout
    examined = installed.tries(installed.prefix / "mcu-pilot", "doctor")
    assert examined.returncode == 1, examined.stderr
    assert f"✓ База {installed.database}" in examined.stdout
    assert "✗ BOT_TOKEN не задан" in examined.stdout


def test_a_keeper_finds_units_and_settings_with_the_folders_of_this_installation(installed: Server) -> None:
    keeper = installed.prefix / "current" / "keeper"
    unit = (keeper / "mcu-pilot.service").read_text(encoding="utf-8")
    assert f"ExecStart={installed.prefix}/current/bin/mcu-pilot run" in unit
    assert f"ReadWritePaths={installed.database.parent}\n" in unit
    assert f"EnvironmentFile={installed.folder}/settings.env" in unit
    assert f"\nDATA_FOLDER={installed.database.parent}\n" in (keeper / "mcu-pilot.env").read_text(encoding="utf-8")
    for settled in ("mcu-pilot.service", "mcu-pilot-backup.service", "mcu-pilot.env"):
        assert "/var/lib" not in (keeper / settled).read_text(encoding="utf-8")
        assert "/etc/mcu-pilot" not in (keeper / settled).read_text(encoding="utf-8")


def test_installed_again_it_changes_nothing(bundle: Path, installed: Server) -> None:
    before = _snapshot(installed.prefix)
    assert "менять нечего" in installed.installs(bundle)
    assert _snapshot(installed.prefix) == before


def test_what_an_interruption_left_is_made_anew(bundle: Path, server: Server) -> None:
    half = server.prefix / "releases" / target_here().version
    half.mkdir(parents=True)
    (half / "remains").touch()
    server.installs(bundle)
    assert not (half / "remains").exists()
    assert "office" in server.does("mcu-pilot", "--help").stdout


def _snapshot(folder: Path) -> dict[str, float]:
    """Every file and link but compiled modules, and when it was last changed."""
    files = (path for path in folder.rglob("*") if "__pycache__" not in path.parts and not path.is_dir())
    return {str(path): path.lstat().st_mtime for path in files}
