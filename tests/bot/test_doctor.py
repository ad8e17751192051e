"""What the doctor finds: of the token, of the database, and of the bot that answers on the status port."""

from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.doctor import Finding, examine
from bot.doctor.running import ILLS
from bot.health import Part, Why
from bot.probes import Probes
from bot.settings import Settings
from bot.status import Pending, StatusPort, StatusReport, StatusSource
from storage.database import DatabaseKind, migrate
from storage.hindrance import Hindrance
from tests.bot.shell import NOWHERE, free_port

WORDS = {DatabaseKind.PRODUCTION: "рабочая", DatabaseKind.SANDBOX: "учебная"}


async def _no_numbers() -> bytes:
    return b""


READY = Probes(ills=dict, metrics=_no_numbers)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    return Settings(bot_token=None, data_folder=tmp_path, status_port=free_port(), telegram_api_url=NOWHERE)


async def the_finding(settings: Settings, words: str, *, in_sandbox: bool = False) -> Finding:
    [finding] = [each for each in await examine(settings, in_sandbox=in_sandbox) if words in each.says]
    return finding


def with_token(settings: Settings, token: str) -> Settings:
    return settings.model_copy(update={"bot_token": SecretStr(token)})


@pytest.mark.parametrize(
    ("token", "says"), [("привет", "не принимает BOT_TOKEN"), ("42:abcdefghijklmnop", "Telegram недоступен")]
)
async def test_a_token_that_does_not_work_is_one_finding(settings: Settings, token: str, says: str) -> None:
    assert not (await the_finding(with_token(settings, token), says)).fine


@pytest.mark.parametrize("kind", DatabaseKind)
async def test_the_kind_of_a_database_is_said_in_russian(settings: Settings, kind: DatabaseKind) -> None:
    in_sandbox = kind is DatabaseKind.SANDBOX
    migrate(settings.sandbox_database if in_sandbox else settings.production_database, kind)
    finding = await the_finding(settings, "форма", in_sandbox=in_sandbox)
    assert finding.fine
    assert WORDS[kind] in finding.says


async def test_a_database_of_the_other_kind_is_not_fine(settings: Settings) -> None:
    migrate(settings.production_database, DatabaseKind.SANDBOX)
    assert not (await the_finding(settings, "учебная, а нужна рабочая")).fine


async def test_a_file_that_is_no_database_is_one_finding(settings: Settings) -> None:
    settings.production_database.write_bytes(b"no database at all " * 1000)
    assert not (await the_finding(settings, "не читается")).fine


@pytest.mark.parametrize("asked", DatabaseKind)
@pytest.mark.parametrize("running", DatabaseKind)
async def test_a_bot_with_the_other_database_is_not_the_one_that_was_asked_for(
    settings: Settings, asked: DatabaseKind, running: DatabaseKind
) -> None:
    async with AsyncExitStack() as stack:
        port = StatusPort(_bot_of(running), settings.status_port, READY.routes())
        await port.start()
        stack.push_async_callback(port.stop)
        finding = await the_finding(settings, "работает", in_sandbox=asked is DatabaseKind.SANDBOX)
    assert finding.fine is (asked is running)
    if asked is not running:
        assert f"база у него {WORDS[running]}, а не {WORDS[asked]}" in finding.says


@pytest.mark.parametrize("why", [Why.TOKEN_REFUSED, Hindrance.NO_ROOM], ids=str)
async def test_what_the_running_bot_lacks_is_said_with_what_to_do(settings: Settings, why: Why | Hindrance) -> None:
    ills = {Part.TELEGRAM: Why.TOKEN_REFUSED} | ({Part.DATABASE: why} if isinstance(why, Hindrance) else {})
    async with AsyncExitStack() as stack:
        probes = Probes(ills=lambda: ills, metrics=_no_numbers)
        port = StatusPort(_bot_of(DatabaseKind.PRODUCTION), settings.status_port, probes.routes())
        await port.start()
        stack.push_async_callback(port.stop)
        finding = await the_finding(settings, "Бот работает, но")
    assert not finding.fine
    assert ILLS[why] in finding.says


async def test_no_bot_is_said_to_run_where_something_else_answers(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        port = StatusPort(_bot_of("another program"), settings.status_port, READY.routes())
        await port.start()
        stack.push_async_callback(port.stop)
        assert not (await the_finding(settings, "не запущен")).fine


def _bot_of(kind: str) -> StatusSource:
    report = StatusReport(kind=kind, bot="pilot_bot", office_time="", pending=Pending(updates=0, sending=0, ticks=0))
    return StatusSource(report=lambda: report, at_rest=AsyncExitStack().aclose, move_time=None)
