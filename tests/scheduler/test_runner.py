"""Ticks: one at a time of each job, and a failing job stops no other."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from scheduler.jobs import Job
from scheduler.runner import Runner

Tick = Callable[[], Awaitable[None]]


class Gate:
    """A tick that notes when it begins and ends only when it is let."""

    def __init__(self) -> None:
        self.begun = 0
        self.at_once = 0
        self.most_at_once = 0
        self.opened = asyncio.Event()
        self.entered = asyncio.Event()

    async def tick(self) -> None:
        self.begun += 1
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.entered.set()
        await self.opened.wait()
        self.at_once -= 1


def job(name: str, tick: Tick) -> Job:
    return Job(name=name, every=timedelta(seconds=1), tick=tick)


def failed_never(name: str, fault: Exception) -> None:
    raise AssertionError(f"{name} failed") from fault


@pytest.fixture
def gate() -> Gate:
    return Gate()


async def test_a_job_runs_one_tick_at_a_time(gate: Gate) -> None:
    runner = Runner([job("slow", gate.tick)], failed_never)
    async with asyncio.TaskGroup() as ticks:
        for _ in range(3):
            ticks.create_task(runner.tick("slow"))
        await gate.entered.wait()
        assert runner.running == 1
        gate.opened.set()
    assert (gate.begun, gate.most_at_once, runner.running) == (3, 1, 0)


async def test_jobs_do_not_wait_for_one_another(gate: Gate) -> None:
    quick = Gate()
    quick.opened.set()
    runner = Runner([job("slow", gate.tick), job("quick", quick.tick)], failed_never)
    async with asyncio.TaskGroup() as ticks:
        ticks.create_task(runner.tick("slow"))
        await gate.entered.wait()
        await runner.tick("quick")
        assert (quick.begun, runner.running) == (1, 1)
        gate.opened.set()


async def test_a_failing_job_is_reported_and_ticks_again() -> None:
    faults: list[tuple[str, str]] = []

    async def fail() -> None:
        raise LookupError("нет строки")

    runner = Runner([job("bad", fail)], lambda name, fault: faults.append((name, str(fault))))
    await runner.tick("bad")
    await runner.tick("bad")
    assert faults == [("bad", "нет строки")] * 2
    assert runner.running == 0


async def test_all_jobs_tick_once_in_the_order_of_the_table_whoever_fails() -> None:
    ticked: list[str] = []

    def noting(name: str) -> Tick:
        async def tick() -> None:
            ticked.append(name)
            if name == "second":
                raise LookupError

        return tick

    names = ["first", "second", "third"]
    runner = Runner([job(name, noting(name)) for name in names], lambda _name, _fault: None)
    await runner.tick_all()
    assert ticked == names


async def test_idle_waits_for_the_tick_under_way(gate: Gate) -> None:
    runner = Runner([job("slow", gate.tick)], failed_never)
    await runner.idle()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(runner.tick("slow"))
        await gate.entered.wait()
        idle = tasks.create_task(runner.idle())
        await asyncio.sleep(0)
        assert not idle.done()
        gate.opened.set()
    assert idle.done()


async def test_a_cancelled_tick_is_no_failure_and_leaves_the_job_free(gate: Gate) -> None:
    runner = Runner([job("slow", gate.tick)], failed_never)
    async with asyncio.TaskGroup() as tasks:
        ticking = tasks.create_task(runner.tick("slow"))
        await gate.entered.wait()
        ticking.cancel()
    assert ticking.cancelled()
    assert runner.running == 0
