"""What the operator's commands load: nobody waits seconds for Telegram's library where it has nothing to do."""

import asyncio
import sys
from pathlib import Path

import pytest

from tests.support.programs import finished

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("aiogram", "handlers")
LOOK = """
import sys
from bot.cli import app
app(sys.argv[1:], standalone_mode=False)
print("loaded:", *{name.partition(".")[0] for name in sys.modules})
"""
BUT_RUN = (
    ("--help",),
    ("office", "--help"),
    ("office", "add", "pestovo"),
    ("office", "list"),
    ("office", "check", "pestovo"),
    ("office", "update", "pestovo"),
    ("office", "show"),
    ("office", "invites", "pestovo"),
    ("migrate",),
    ("doctor",),
    ("backup",),
    ("purge",),
    ("fault", "7F3K"),
    ("clean", "нет.xlsx"),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A production database with one office."""
    folder = tmp_path_factory.mktemp("state")
    asyncio.run(_loaded_by(folder, "office", "add", "pestovo"))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("words", BUT_RUN, ids=" ".join)
async def test_a_command_without_telegram_loads_nothing_of_it(data: Path, words: tuple[str, ...]) -> None:
    loaded = await _loaded_by(data, *words)
    assert "typer" in loaded
    assert not loaded.intersection(HEAVY)


async def _loaded_by(data: Path, *words: str) -> set[str]:
    """Packages in memory after the command, whatever it said of the installation."""
    ended = await finished(
        sys.executable, "-c", LOOK, *words, environment={"DATA_FOLDER": str(data), "STATUS_PORT": "1"}, folder=ROOT
    )
    return set(ended.said.rpartition("loaded:")[2].split())


@pytest.mark.parametrize("words", [("--help",), ("office", "show"), ("doctor",)], ids=" ".join)
async def test_a_command_that_only_looks_does_not_load_the_library_of_holidays(
    data: Path, words: tuple[str, ...]
) -> None:
    assert "holidays" not in await _loaded_by(data, *words)
