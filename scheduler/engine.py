"""APScheduler as a metronome: interval ticks in memory, nothing stored, missed ticks folded into one."""

from collections.abc import Sequence

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from scheduler.jobs import Job
from scheduler.runner import Runner


class Engine:
    def __init__(self, jobs: Sequence[Job], runner: Runner) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for job in jobs:
            trigger = IntervalTrigger(seconds=int(job.every.total_seconds()), timezone="UTC")
            self._scheduler.add_job(runner.tick, trigger, args=[job.name], id=job.name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
