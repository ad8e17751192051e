"""The shell's work on offices: no invitation is lost unseen or born expired, and hints can be typed as given."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MachineClock
from bot.program import program
from storage.database import DatabaseKind, FileLock, open_existing
from storage.sandbox_time import write_shift
from tests.bot.shell import Shell

TOKEN = "42:abcdefghijklmnop"
INVITES = ("office", "invites", "pestovo")


@pytest.mark.parametrize("token", ["привет", "42:", TOKEN], ids=["no token at all", "half a token", "no network"])
def test_when_the_bots_name_cannot_be_learned_codes_are_printed_as_commands(founded: Shell, token: str) -> None:
    said = founded.says(*INVITES, BOT_TOKEN=token)
    assert said.count(": /start i_") == 8
    assert "https://t.me/" not in said
    assert said.splitlines()[-1].startswith("Имя бота узнать не удалось")


def test_codes_that_were_handed_out_stay_good_when_new_ones_cannot_be_shown(
    founded: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    founded.says(*INVITES)
    before = _invitations(founded.database)

    async def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.gateways.telegram.username_of", fails)
    assert isinstance(founded(*INVITES, BOT_TOKEN=TOKEN).exception, ZeroDivisionError)
    assert before
    assert _invitations(founded.database) == before


def test_a_sandbox_is_invited_to_without_asking_telegram(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.gateways.telegram.username_of", None)
    shell.says("office", "add", "pestovo", "--sandbox")
    said = shell.says(*INVITES, "--sandbox", BOT_TOKEN=TOKEN)
    assert ": /start i_" in said
    assert said.splitlines()[-1].startswith("В песочнице ссылок нет")


def test_invitations_are_good_for_their_days_of_office_time(shell: Shell) -> None:
    sandbox = shell.data / "sandbox" / "mcu-pilot.db"
    shell.says("office", "add", "pestovo", "--sandbox")
    ahead = timedelta(days=365)
    asyncio.run(_move_time(sandbox, ahead))
    shell.says(*INVITES, "--sandbox")
    office_time = MachineClock().now() + ahead
    expiries = [datetime.fromisoformat(expires).replace(tzinfo=UTC) for _, expires in _invitations(sandbox)]
    assert len(expiries) == 8
    assert min(expiries) > office_time + timedelta(days=1)


def test_beside_a_running_bot_offices_are_shown_and_invited_to(founded: Shell) -> None:
    with FileLock(founded.database):
        assert "Пестовского" in founded.says("office", "show")
        assert "/start i_" in founded.says(*INVITES)


@pytest.mark.parametrize("words", [("office", "show"), INVITES, ("office", "add", "pestovo")], ids=" ".join)
def test_beside_a_running_bot_an_older_database_is_left_to_it(
    founded: Shell, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr("storage.database.newest_revision", lambda: "a later one")
    with FileLock(founded.database):
        refused = founded(*words)
    assert refused.exit_code == 2
    assert refused.stderr.startswith("База занята другим процессом")


def test_an_office_of_a_file_is_then_called_by_its_key(shell: Shell) -> None:
    preset = Path(__file__).parents[2] / "bot" / "presets" / "pestovo.toml"
    own = shell.folder / "mine.toml"
    own.write_text(preset.read_text(encoding="utf-8"), encoding="utf-8")
    said = shell.says("office", "add", "./mine.toml")
    assert said.endswith(f"Дальше: {program()} office invites mine\n")
    assert "/start i_" in shell.says("office", "invites", "mine")


def test_the_hint_after_founding_leads_to_the_same_database(shell: Shell) -> None:
    said = shell.says("office", "add", "pestovo", "--sandbox")
    assert said.endswith("office invites pestovo --sandbox\n")


def _invitations(path: Path) -> list[tuple[str, str]]:
    """Hashes of codes and until when they are good."""
    connection = sqlite3.connect(path)
    rows = connection.execute("select code_hash, expires_at from invitations order by id").fetchall()
    connection.close()
    return rows


async def _move_time(path: Path, ahead: timedelta) -> None:
    database = open_existing(path, DatabaseKind.SANDBOX)
    await write_shift(database, int(ahead.total_seconds()))
    await database.close()
