"""The metronome beats as the table says, by a clock that nobody sets, and holds nothing else."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import pytest

from scheduler.engine import Engine
from scheduler.jobs import Job, Tick, Ticks, job_table
from scheduler.runner import Runner


async def nothing() -> None:
    """A tick with nothing to do."""


TICKS = Ticks(**dict.fromkeys(Ticks.__dataclass_fields__, nothing))


def started(work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
    return asyncio.get_running_loop().create_task(work, name=name)


def engine_of(*table: Job) -> Engine:
    return Engine(table, Runner(table, lambda _name, _fault: None), started)


def job(tick: Tick, every: timedelta = timedelta(0)) -> Job:
    return Job(name="beat", every=every, tick=tick)


class Beats:
    """Counts itself; `wanted` is set at the third beat."""

    def __init__(self) -> None:
        self.count = 0
        self.wanted = asyncio.Event()

    async def beat(self) -> None:
        self.count += 1
        if self.count == 3:
            self.wanted.set()


def test_every_tick_that_the_wiring_supplies_has_its_line_in_the_table() -> None:
    assert len({job.name for job in job_table(TICKS)}) == len(Ticks.__dataclass_fields__)


def test_payloads_leave_the_log_within_a_minute() -> None:
    [job] = [each for each in job_table(TICKS) if each.name == "forget payloads"]
    assert job.every <= timedelta(minutes=1)


async def test_beats_come_at_the_interval_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def noted(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.Event().wait()

    monkeypatch.setattr("scheduler.engine.asyncio.sleep", noted)
    table = job_table(TICKS)
    engine = engine_of(*table)
    engine.start()
    while len(waited) < len(table):
        await asyncio.wait([started(nothing(), "a turn of the loop")])
    engine.stop()
    assert waited == [each.every.total_seconds() for each in table]


async def test_it_beats_again_and_again_and_a_stopped_engine_is_silent() -> None:
    beats = Beats()
    engine = engine_of(job(beats.beat))
    engine.start()
    async with asyncio.timeout(10):
        await beats.wanted.wait()
    engine.stop()
    count = beats.count
    for _ in range(5):
        await asyncio.sleep(0)
    assert beats.count == count


async def test_beats_missed_during_a_long_tick_are_not_made_up_for() -> None:
    begun, gate = Beats(), asyncio.Event()

    async def long() -> None:
        begun.count += 1
        await gate.wait()

    engine = engine_of(job(long))
    engine.start()
    for _ in range(20):
        await asyncio.sleep(0)
    assert begun.count == 1
    engine.stop()


async def test_a_tick_that_fails_beats_on() -> None:
    beats = Beats()

    async def fails() -> None:
        await beats.beat()
        raise LookupError

    engine = engine_of(job(fails))
    engine.start()
    async with asyncio.timeout(10):
        await beats.wanted.wait()
    engine.stop()
    assert beats.count >= 3
