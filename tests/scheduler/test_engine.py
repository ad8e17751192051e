"""The metronome beats as the table says, and holds nothing else."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler import engine as engine_module
from scheduler.engine import Engine
from scheduler.jobs import Job, Ticks, job_table
from scheduler.runner import Runner


async def nothing() -> None:
    """A tick with nothing to do."""


TICKS = Ticks(**dict.fromkeys(Ticks.__dataclass_fields__, nothing))


class Wall:
    """A clock that somebody may set."""

    def __init__(self) -> None:
        self.shows = datetime.now(UTC)  # noqa: TID251 - APScheduler reads this very clock

    def __call__(self) -> datetime:
        return self.shows


def started(work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
    return asyncio.get_running_loop().create_task(work, name=name)


def engine_of(table: Sequence[Job], wall: Callable[[], datetime] | None = None) -> Engine:
    return Engine(table, Runner(table, silent), started, wall or Wall())


def silent(_name: str, _fault: Exception) -> None:
    """Nobody asks here which ticks failed."""


@pytest.fixture
def schedulers(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The schedulers that engines make."""
    made: list[Any] = []

    def make(**options: Any) -> Any:
        made.append(AsyncIOScheduler(**options))
        return made[-1]

    monkeypatch.setattr(engine_module, "AsyncIOScheduler", make)
    return made


def test_every_tick_that_the_wiring_supplies_has_its_line_in_the_table() -> None:
    assert len({job.name for job in job_table(TICKS)}) == len(Ticks.__dataclass_fields__)


def test_payloads_leave_the_log_within_a_minute() -> None:
    [job] = [each for each in job_table(TICKS) if each.name == "forget payloads"]
    assert job.every <= timedelta(minutes=1)


async def test_intervals_are_those_of_the_table(schedulers: list[Any]) -> None:
    table = job_table(TICKS)
    engine_of(table)
    [scheduler] = schedulers
    intervals = {each.id: each.trigger.interval for each in scheduler.get_jobs()}
    assert intervals == {job.name: job.every for job in table}
    assert all(isinstance(each.trigger, IntervalTrigger) for each in scheduler.get_jobs())


async def test_missed_beats_are_folded_into_one(schedulers: list[Any]) -> None:
    table = job_table(TICKS)
    engine = engine_of(table)
    engine.start()
    for each in schedulers[0].get_jobs():
        assert (each.coalesce, each.max_instances, each.misfire_grace_time) == (True, 1, None)
    engine.stop()


async def test_a_beat_runs_the_tick_and_a_stopped_engine_is_silent(schedulers: list[Any]) -> None:
    beaten = asyncio.Event()

    async def beat() -> None:
        beaten.set()

    table = [Job(name="beat", every=timedelta(hours=1), tick=beat)]
    engine = engine_of(table)
    engine.start()
    schedulers[0].modify_job("beat", next_run_time=datetime(2026, 1, 1, tzinfo=UTC))
    async with asyncio.timeout(10):
        await beaten.wait()
    engine.stop()
    await asyncio.sleep(0)
    assert not schedulers[0].running


async def test_a_clock_that_is_set_back_silences_no_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "LOOKS_EVERY", 0.0)
    beaten, wall = asyncio.Event(), Wall()

    async def beat() -> None:
        beaten.set()

    engine = engine_of([Job(name="beat", every=timedelta(hours=1), tick=beat)], wall)
    engine.start()
    await asyncio.sleep(0)
    assert not beaten.is_set()
    wall.shows -= timedelta(hours=1)
    async with asyncio.timeout(10):
        await beaten.wait()
    engine.stop()


async def test_a_clock_that_goes_on_hastens_no_job(schedulers: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "LOOKS_EVERY", 0.0)
    wall, table = Wall(), [Job(name="beat", every=timedelta(hours=1), tick=nothing)]
    engine = engine_of(table, wall)
    engine.start()
    [planned] = [each.next_run_time for each in schedulers[0].get_jobs()]
    for _ in range(20):
        wall.shows += timedelta(seconds=5)
        await asyncio.sleep(0)
    assert [each.next_run_time for each in schedulers[0].get_jobs()] == [planned]
    engine.stop()
