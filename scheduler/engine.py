"""The metronome: each job ticks at its interval, by the event loop's own clock, which nobody can set.

Nothing is stored, and beats missed while a tick was under way are not made up for: what is due is worked out from rows.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from scheduler.jobs import Job
from scheduler.runner import Runner

Start = Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]
"""Starts a named task that somebody owns."""


class Engine:
    def __init__(self, jobs: Sequence[Job], runner: Runner, start: Start) -> None:
        self._jobs = jobs
        self._runner = runner
        self._start = start
        self._beats: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._beats = [self._start(self._beat(job), f"ticks: {job.name}") for job in self._jobs]

    def stop(self) -> None:
        """No more beats; a tick under way is given up, and what it had not committed is as if it never began."""
        for beat in self._beats:
            beat.cancel()

    async def _beat(self, job: Job) -> None:
        while True:
            await asyncio.sleep(job.every.total_seconds())
            await self._runner.tick(job.name)
