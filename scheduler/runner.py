"""Runs one tick at a time of each job, counts what is running, and keeps a failing job from stopping the others."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext

from scheduler.jobs import Job

Failed = Callable[[str, Exception], None]
Timed = Callable[[str], AbstractContextManager[object]]
"""Measures the named job's tick for as long as the context is open."""


class Runner:
    def __init__(self, jobs: Sequence[Job], failed: Failed, timed: Timed = nullcontext) -> None:
        self._jobs = {job.name: job for job in jobs}
        self._busy: dict[str, asyncio.Lock] = {job.name: asyncio.Lock() for job in jobs}
        self._failed = failed
        self._timed = timed

    @property
    def running(self) -> int:
        """Ticks under way."""
        return sum(lock.locked() for lock in self._busy.values())

    async def tick(self, name: str) -> None:
        async with self._busy[name]:
            with self._timed(name):
                await self._guarded(name, self._jobs[name].tick)

    async def tick_all(self) -> None:
        """Every job once: after office time was moved, what became due is found at once."""
        for name in self._jobs:
            await self.tick(name)

    async def idle(self) -> None:
        """Wait until no tick is under way."""
        for lock in self._busy.values():
            async with lock:
                pass

    async def _guarded(self, name: str, tick: Callable[[], Awaitable[None]]) -> None:
        try:
            await tick()
        except Exception as fault:
            self._failed(name, fault)
