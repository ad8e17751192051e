"""The wheel, installed beside its dependencies and used from a folder that holds another `bot`."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import httpx
import pytest

from tests.support.programs import Ended, finished, free_port, started

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "bot" / "sandbox" / "page"
DECOY = "raise RuntimeError('this is another program named bot')\n"


@pytest.fixture(scope="module")
def mcu_pilot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed command."""
    folder = tmp_path_factory.mktemp("installed")
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist")
    environment = folder / "environment"
    venv.create(environment, symlinks=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    python = environment / "bin" / "python"
    install = ("install", "--no-deps", "--no-index", "--quiet", "--disable-pip-version-check")
    _run(sys.executable, "-m", "pip", "--python", python, *install, wheel)
    _lend_dependencies(environment)
    return environment / "bin" / "mcu-pilot"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    decoy = tmp_path / "elsewhere" / "bot"
    decoy.mkdir(parents=True)
    (decoy / "__init__.py").write_text(DECOY, encoding="utf-8")
    return decoy.parent


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {
        "DATA_FOLDER": str(tmp_path / "state"),
        "SANDBOX_PORT": str(free_port()),
        "STATUS_PORT": str(free_port()),
    }


async def test_it_says_what_it_can_do(mcu_pilot: Path, elsewhere: Path, settings: dict[str, str]) -> None:
    shown = await _succeeds(mcu_pilot, "--help", environment=settings, folder=elsewhere)
    assert "office" in shown.said


async def test_it_founds_an_office_of_its_preset_in_a_database_of_its_migrations(
    mcu_pilot: Path, elsewhere: Path, settings: dict[str, str]
) -> None:
    await _succeeds(mcu_pilot, "office", "add", "pestovo", environment=settings, folder=elsewhere)
    shown = await _succeeds(mcu_pilot, "office", "show", environment=settings, folder=elsewhere)
    assert "МЦУ Пестовского округа" in shown.said


async def test_its_sandbox_serves_every_file_of_the_page(
    mcu_pilot: Path, elsewhere: Path, settings: dict[str, str]
) -> None:
    port = settings["SANDBOX_PORT"]
    async with started(mcu_pilot, "sandbox", "--port", port, environment=settings, folder=elsewhere) as sandbox:
        await sandbox.says("Песочница")
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as visitor:
            for file in (path for path in PAGE.rglob("*") if path.is_file()):
                answer = await visitor.get(f"/page/{file.relative_to(PAGE).as_posix()}")
                assert answer.content == file.read_bytes(), file.name


async def test_it_runs_with_its_own_sandbox_beside_it(
    mcu_pilot: Path, elsewhere: Path, settings: dict[str, str]
) -> None:
    async with started(mcu_pilot, "run", environment=settings, folder=elsewhere) as running:
        await running.says("остановить: Ctrl+C")
        ended = await running.interrupted()
    assert ended.code == 0, ended.complained


async def _succeeds(*command: str | Path, environment: dict[str, str], folder: Path) -> Ended:
    ended = await finished(*command, environment=environment, folder=folder)
    assert ended.code == 0, ended.complained
    return ended


def _lend_dependencies(environment: Path) -> None:
    """Nothing is downloaded: what is installed here is found from there, after what is installed there."""
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text("".join(f"{path}\n" for path in sorted(lent)), encoding="utf-8")


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
