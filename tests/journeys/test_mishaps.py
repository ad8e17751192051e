"""A full disk, another program on the file, a clock set back, a revoked token: said once, waited out, nothing lost.

Each is lived through twice: by a bot that asks for its updates and by one that is brought them.
"""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.doctor.running import ILLS, look_at_running
from bot.health import Part, Why
from bot.settings import Settings
from storage.database import Database, DatabaseKind, FileLock, open_file
from storage.delivery import Deliveries
from storage.hindrance import DatabaseUnavailable, Hindrance
from storage.inbox import Inbox
from tests.durability.disk import rows
from tests.support.clocks import StoryClock
from tests.support.people import Group, Person
from tests.support.programs import finished, free_port
from tests.support.stage import PATIENCE, Scenery, Stage, on_stage, webhook_nearby

LONG = "Нет воды на улице Мира. " * 150
"""Too long for the room that is left in a page: it needs new ones."""
HOUR = timedelta(hours=1)
ROOT = Path(__file__).resolve().parents[2]


class Disk:
    """What lies under the bot's database, as its writing connection knows it. `tries` of intake to write there."""

    def __init__(self) -> None:
        self.database: Database
        self.tries = asyncio.Semaphore(0)

    async def fills_up(self) -> None:
        await self._says("VACUUM", "PRAGMA max_page_count=1")  # SQLite takes the present size for the least

    async def is_cleared(self) -> None:
        await self._says("PRAGMA max_page_count=1000000")

    async def is_waited_for_briefly(self) -> None:
        await self._says("PRAGMA busy_timeout=10")

    async def _says(self, *statements: str) -> None:
        async with self.database._writer.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            for statement in statements:
                await (await driver.execute(statement)).fetchall()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    under, take = Disk(), Inbox.take

    def opened(path: Path, kind: DatabaseKind) -> Database:
        under.database = open_file(path, kind)
        return under.database

    async def tried(inbox: Inbox, *batch: Any) -> Any:
        under.tries.release()
        return await take(inbox, *batch)

    monkeypatch.setattr("bot.app.open_file", opened)
    monkeypatch.setattr(Inbox, "take", tried)
    return under


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    for pause in (
        "bot.intake.polling.PAUSE_FOR_DISK",
        "bot.intake.polling.LONGEST_PAUSE",
        "bot.intake.working.PAUSE_FOR_DISK",
        "bot.intake.webhook.LOOKS_EVERY_SECONDS",
        "bot.delivery.courier.PAUSE_FOR_DISK",
    ):
        monkeypatch.setattr(pause, 0.05)


@pytest.fixture
def clock() -> StoryClock:
    return StoryClock()


@pytest.fixture(params=["polling", "webhook"])
async def stage(
    request: pytest.FixtureRequest, scenery: Scenery, tmp_path: Path, clock: StoryClock, disk: Disk
) -> AsyncIterator[Stage]:
    webhook = webhook_nearby() if request.param == "webhook" else None
    async with on_stage(scenery, tmp_path, clock, webhook=webhook) as playing:
        yield playing


@pytest.fixture
def log() -> Iterator[list[EventDict]]:
    with capture_logs() as lines:
        yield lines


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def writes(stage: Stage, person: Person, text: str, where: Group | None = None) -> None:
    """Without waiting for rest: there will be none for a while."""
    chat = person.id if where is None else where.id
    await stage.control("messages", **{"as": person.id, "chat": chat, "text": text})


async def tick(stage: Stage) -> None:
    """All ticks at once."""
    now = datetime.fromisoformat((await stage.status.get("/status")).json()["office_time"])
    answer = await stage.status.post("/time", json={"to": (now + timedelta(seconds=1)).isoformat()})
    assert answer.status_code == 200, answer.text


def complaints(log: list[EventDict], part: Part) -> list[str]:
    return [line["why"] for line in log if line["event"] == "not ready" and line["part"] == part.value]


async def test_a_full_disk_is_said_once_and_what_was_sent_meanwhile_is_taken_when_there_is_room(
    stage: Stage, disk: Disk, olga: Person, log: list[EventDict]
) -> None:
    await disk.fills_up()
    await writes(stage, olga, LONG)
    for _ in range(3):
        await disk.tries.acquire()
    await stage.tells("database", Hindrance.NO_ROOM)
    finding = await look_at_running(_asking(stage), DatabaseKind.SANDBOX)
    assert (finding.fine, ILLS[Hindrance.NO_ROOM] in finding.says) == (False, True)
    assert not (await stage.sandbox.get("/control/settled", params={"wait": 0})).json()["settled"]

    await disk.is_cleared()
    await stage.rest()
    await tick(stage)
    assert len([each for each in await olga.of_bot() if "Суть: Нет воды" in each.text]) == 1
    assert (await stage.status.get("/readyz")).status_code == 200
    assert complaints(log, Part.DATABASE) == [Hindrance.NO_ROOM]
    assert [line for line in log if line["log_level"] in {"error", "critical"}] == []


async def test_an_update_in_hand_waits_for_room_and_no_attempt_is_counted(
    stage: Stage, disk: Disk, olga: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish, refusals = Inbox.finish, iter([True] * 5)

    async def full(inbox: Inbox, receipt: Any) -> None:
        if next(refusals, False):
            raise DatabaseUnavailable(Hindrance.NO_ROOM)
        await finish(inbox, receipt)

    monkeypatch.setattr(Inbox, "finish", full)
    await olga.says("/risks", where=stage.chat)
    assert next(refusals, None) is None
    assert rows(stage.database, "select max(attempts), sum(state <> 'done') from inbox") == [(0, 0)]


async def test_what_was_shown_before_the_disk_filled_up_is_not_shown_again(
    stage: Stage, olga: Person, chat: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, refusals = Deliveries.shown, iter([True] * 4)

    async def full(deliveries: Deliveries, *what: Any) -> None:
        if next(refusals, False):
            raise DatabaseUnavailable(Hindrance.NO_ROOM)
        await shown(deliveries, *what)

    monkeypatch.setattr(Deliveries, "shown", full)
    await olga.says("/risk Яма на дороге", where=chat)
    assert next(refusals, None) is None
    assert len([each for each in await chat.of_bot() if "ИР-1/26" in each.text]) == 1
    assert rows(stage.database, "select * from ledger") == []


async def test_another_program_on_the_file_is_said_once_and_waited_out(
    stage: Stage, disk: Disk, olga: Person, log: list[EventDict]
) -> None:
    await disk.is_waited_for_briefly()
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("begin immediate")
        await writes(stage, olga, "Яма на Советской")
        for _ in range(3):
            await disk.tries.acquire()
        await stage.tells("database", Hindrance.BUSY)
    await stage.rest()
    await tick(stage)
    await olga.sees("Суть: Яма на Советской")
    assert (await stage.status.get("/readyz")).status_code == 200
    assert complaints(log, Part.DATABASE) == [Hindrance.BUSY]


async def test_a_clock_set_back_stops_no_retry_and_office_time_stands(
    stage: Stage, clock: StoryClock, olga: Person, chat: Group, log: list[EventDict]
) -> None:
    before = (await stage.status.get("/status")).json()["office_time"]
    await stage.control("faults", kind="502", method="sendMessage", chat=chat.id, times=2)
    clock.set_back(HOUR)
    await olga.says("/risk Яма на дороге", where=chat)
    await chat.sees("ИР-1/26")
    assert (await stage.status.get("/status")).json()["office_time"] >= before
    assert "mcu_clock_steps_back 1.0" in (await stage.status.get("/metrics")).text
    assert len([line for line in log if "set back" in line["event"]]) == 1


async def test_a_clock_set_back_between_two_runs_keeps_no_message_for_an_hour(
    stage: Stage, clock: StoryClock, olga: Person, chat: Group
) -> None:
    await stage.control("faults", kind="502", method="sendMessage", chat=chat.id, times=0)
    await writes(stage, olga, "/risk Яма на дороге", chat)
    assert await stage.world.revision.until(lambda: any(not call.ok for call in stage.world.calls.since(0)), seconds=10)
    await stage.stop_bot()
    clock.leap(-HOUR)
    assert (await stage.sandbox.delete("/control/faults")).is_success
    await stage.start_bot()
    clock.leap(timedelta(minutes=5, seconds=1))
    await tick(stage)
    await stage.rest()
    await chat.sees("ИР-1/26")


async def test_a_revoked_token_is_said_once_and_waited_out(
    stage: Stage, clock: StoryClock, olga: Person, chat: Group, log: list[EventDict]
) -> None:
    await stage.control("faults", kind="502", method="sendMessage", chat=chat.id, times=1)
    await writes(stage, olga, "/risk Яма на дороге", chat)
    assert await stage.world.revision.until(lambda: any(not call.ok for call in stage.world.calls.since(0)), seconds=10)
    identity = stage.world.bot
    stage.world.bot = replace(identity, token="42:another")
    await writes(stage, olga, "Нет света в парке")  # an open poll ends and the next one is refused
    await stage.tells("telegram", Why.TOKEN_REFUSED)
    clock.leap(timedelta(minutes=1))
    await tick(stage)
    await _was_shut_out(stage)
    assert rows(stage.database, "select max(attempts) from standing") == [(1,)]

    stage.world.bot = identity
    clock.leap(timedelta(minutes=1))
    await tick(stage)
    await stage.rest()
    assert len([each for each in await chat.of_bot() if "ИР-1/26" in each.text]) == 1
    await olga.sees("Суть: Нет света в парке")
    await stage.tells("telegram")
    assert complaints(log, Part.TELEGRAM) == [Why.TOKEN_REFUSED]
    assert rows(stage.database, "select * from ledger") == []


async def _was_shut_out(stage: Stage) -> None:
    """Until a message was sent in vain and nothing is on its way."""
    async with asyncio.timeout(PATIENCE):
        while 'method="sendMessage",outcome="shut_out"' not in (await stage.status.get("/metrics")).text:
            continue
        while (await stage.status.get("/status")).json()["pending"]["sending"]:
            continue


async def test_a_stop_and_a_start_during_a_full_disk_lose_nothing(stage: Stage, disk: Disk, olga: Person) -> None:
    await disk.fills_up()
    await writes(stage, olga, LONG)
    await disk.tries.acquire()
    await stage.restart_bot()
    await stage.rest()
    assert len([each for each in await olga.of_bot() if "Суть: Нет воды" in each.text]) == 1


@pytest.mark.slow
@pytest.mark.parametrize("command", [["run"], ["migrate"]], ids=" ".join)
@pytest.mark.parametrize("stage", ["polling"], indirect=True)
async def test_a_second_process_on_the_file_says_so_in_one_line(
    stage: Stage, tmp_path: Path, command: list[str]
) -> None:
    environment = {
        "BOT_TOKEN": stage.world.bot.token,
        "TELEGRAM_API_URL": stage.url,
        "DATA_FOLDER": str(tmp_path / "second"),
        "STATUS_PORT": str(free_port()),
    }
    with FileLock(tmp_path / "second" / "mcu-pilot.db"):
        ended = await finished(sys.executable, "-m", "bot", *command, environment=environment, folder=ROOT)
    assert (ended.code, ended.said) == (2, "")
    assert ended.complained == "База занята другим процессом бота. Остановите его и повторите.\n"


def _asking(stage: Stage) -> Settings:
    return Settings(status_port=stage.status.base_url.port or 0)
