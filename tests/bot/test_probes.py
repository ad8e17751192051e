"""What a watcher is told: alive, ready or not and why, and numbers that name nobody."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.health import Part, Why
from bot.probes import Probes
from bot.status import Pending, StatusPort, StatusReport, StatusSource
from storage.upkeep import Upkeep, note_upkeep
from tests.support.people import Group, Person
from tests.support.stage import Stage

PARTS = {part.value: "ready" for part in Part}


class Watched:
    """A program whose ills a test sets."""

    def __init__(self) -> None:
        self.ills: dict[Part, Why] = {}

    def probes(self) -> Probes:
        return Probes(ills=lambda: self.ills, metrics=self._metrics)

    async def _metrics(self) -> bytes:
        return b"mcu_ready 1\n"


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.fixture
async def port(watched: Watched) -> AsyncIterator[httpx.AsyncClient]:
    report = StatusReport(kind="sandbox", bot="", office_time="", pending=Pending(updates=0, sending=0, ticks=0))

    async def rests() -> None:
        """At once."""

    source = StatusSource(report=lambda: report, at_rest=rests, move_time=None)
    status = StatusPort(source, 0, watched.probes().routes())
    await status.start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{status.port}", trust_env=False) as client:
        yield client
    await status.stop()


async def test_a_program_that_answers_lives_whatever_it_lacks(port: httpx.AsyncClient, watched: Watched) -> None:
    watched.ills = dict.fromkeys(Part, Why.STARTING)
    assert (await port.get("/healthz")).status_code == 200


async def test_it_is_ready_when_it_lacks_nothing(port: httpx.AsyncClient) -> None:
    answer = await port.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "parts": PARTS})


@pytest.mark.parametrize("part", Part)
async def test_it_is_not_ready_while_it_lacks_anything_and_says_what(
    port: httpx.AsyncClient, watched: Watched, part: Part
) -> None:
    watched.ills = {part: Why.OUT_OF_REACH}
    answer = await port.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "parts": PARTS | {part.value: "out of reach"}}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://localhost:8090"}], ids=str)
async def test_only_this_machine_is_told(port: httpx.AsyncClient, path: str, headers: dict[str, str]) -> None:
    assert (await port.get(path)).status_code == 200
    assert (await port.get(path, headers=headers)).status_code == 403


async def numbers(stage: Stage) -> dict[str, float]:
    """By name and labels, as they are written."""
    told = (await stage.status.get("/metrics")).text
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(told)
        for sample in family.samples
    }


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def test_the_running_bot_is_ready_and_counts_what_it_does(stage: Stage, olga: Person, chat: Group) -> None:
    before = await numbers(stage)
    await stage.control("faults", kind="429", method="sendMessage", chat=chat.id, retry_after=1, times=1)
    await olga.says("/risk Яма на дороге", where=chat)
    await olga.presses("Сменить блок", on=await chat.sees("ИР-1/26"))
    after = await numbers(stage)
    assert (await stage.status.get("/readyz")).json() == {"ready": True, "parts": PARTS}
    grown = {name: value - before.get(name, 0.0) for name, value in after.items()}
    assert grown["mcu_updates_worked_total"] == 2
    assert grown["mcu_telegram_calls_total sendMessage ok"] == 1
    assert grown["mcu_telegram_calls_total sendMessage flood"] == 1
    assert grown["mcu_telegram_flood_wait_seconds_total"] == 1
    assert grown["mcu_telegram_calls_total editMessageText ok"] == 1
    assert grown["mcu_inbox_updates done"] == 2


async def test_the_running_bot_tells_how_it_stands(stage: Stage) -> None:
    await stage.office_time_is(stage.clock.now() + timedelta(minutes=1))
    told = await numbers(stage)
    assert (told["mcu_offices"], told["mcu_inbox_updates waiting"], told["mcu_cards_due"]) == (1, 0, 0)
    assert (told["mcu_updates_in_hand"], told["mcu_messages_in_flight"], told["mcu_notices_due"]) == (0, 0, 0)
    assert told["mcu_database_bytes"] >= stage.database.stat().st_size
    assert told["mcu_disk_free_bytes"] > 0
    assert told["mcu_tick_seconds_count note overdue"] >= 1
    for part in Part:
        await stage.tells(part)
    assert [(await numbers(stage))[f"mcu_ready {part}"] for part in Part] == [1, 1, 1]


async def test_a_card_that_cannot_be_shown_is_counted_until_it_is(stage: Stage, olga: Person, chat: Group) -> None:
    await stage.control("faults", kind="502", method="sendMessage", chat=chat.id, times=0)
    await stage.control("messages", **{"as": olga.id, "chat": chat.id, "text": "/risk Яма"})
    await stage.world.revision.until(lambda: any(not call.ok for call in stage.world.calls.since(0)), seconds=10)
    assert (await numbers(stage))["mcu_cards_due"] == 1
    assert (await stage.sandbox.delete("/control/faults")).is_success
    await stage.rest()
    assert (await numbers(stage))["mcu_cards_due"] == 0


async def test_the_last_backup_is_told_once_there_is_one(stage: Stage) -> None:
    name = "mcu_last_backup_timestamp_seconds"
    assert name not in await numbers(stage)
    made = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    async with stage.opened_database() as database:
        await note_upkeep(database, Upkeep.BACKUP, made, {"file": "mcu-pilot.db"})
    assert (await numbers(stage))[name] == made.timestamp()


async def test_numbers_name_nobody_and_nothing_of_an_office(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    told = (await stage.status.get("/metrics")).text
    assert not re.search(r"[А-Яа-яЁё]", told)
    assert "pestovo" not in told.lower()
    for identifier in (olga.id, chat.id, stage.world.bot.id):
        assert str(abs(identifier)) not in told
    labels = {key for family in text_string_to_metric_families(told) for each in family.samples for key in each.labels}
    assert labels <= {"method", "outcome", "job", "part", "state", "le"}


async def test_two_runs_in_one_process_do_not_count_together(stage: Stage, olga: Person) -> None:
    await olga.says("/risks", where=stage.chat)
    await stage.restart_bot()
    assert (await numbers(stage))["mcu_updates_worked_total"] == 0
