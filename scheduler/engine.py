"""APScheduler as a metronome: interval ticks in memory, nothing stored, missed ticks folded into one.

It counts by the machine's clock: were that set back by an hour, it would be silent for the hour. So a watch that goes
by the event loop's own clock, which nobody can set, puts the beats right.
"""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.jobs import Job
from scheduler.runner import Runner

Start = Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]
"""Starts a named task that somebody owns."""

LOOKS_EVERY: Final = 5.0
"""Seconds. A clock that is set back by less delays a beat by less."""


class Engine:
    def __init__(self, jobs: Sequence[Job], runner: Runner, start: Start, wall: Callable[[], datetime]) -> None:
        self._start = start
        self._wall = wall
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for job in jobs:
            trigger = IntervalTrigger(seconds=int(job.every.total_seconds()), timezone="UTC")
            self._scheduler.add_job(runner.tick, trigger, args=[job.name], id=job.name)

    def start(self) -> None:
        self._scheduler.start()
        self._watch = self._start(self._keep_right(), "watch over the clock of the ticks")

    def stop(self) -> None:
        """No more beats; a tick under way is given up, and what it had not committed is as if it never began."""
        self._watch.cancel()
        self._scheduler.shutdown(wait=False)

    async def _keep_right(self) -> None:
        while True:
            shown = self._wall()
            await asyncio.sleep(LOOKS_EVERY)
            if self._wall() < shown:
                self._beat_at_once()

    def _beat_at_once(self) -> None:
        """Every job beats now, and from now on at its interval by the clock as it was set."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=self._wall())
