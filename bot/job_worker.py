"""Does long work one piece after another: claims a row, does it, notes the end; what the work is, others know.

Work that an earlier run was at is taken up again. Whatever fails of ours is given up at once and told of.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import structlog

from risk.jobs import Job, JobKind, JobState
from storage.hindrance import DatabaseUnavailable
from storage.jobs import JobBook

_log = structlog.get_logger(__name__)

Doing = Callable[[Job], Awaitable[None]]
PAUSE_FOR_DISK: Final = 1.0


class JobWorker:
    """`given_up` hears of work that will not be tried again."""

    def __init__(self, book: JobBook, doings: Mapping[JobKind, Doing], *, given_up: Doing) -> None:
        self._book = book
        self._doings = doings
        self._given_up = given_up
        self._news = asyncio.Event()
        self._idle = asyncio.Event()
        self._stopped = asyncio.Event()

    def wake(self) -> None:
        """Something may wait."""
        self._idle.clear()
        self._news.set()

    def stop(self) -> None:
        """Take nothing new. What is in hand may be given up: the next run takes it up from its row."""
        self._stopped.set()
        self._news.set()

    async def idle(self) -> None:
        await self._idle.wait()

    @property
    def is_idle(self) -> bool:
        return self._idle.is_set()

    async def run(self) -> None:
        recovered = False
        while not self._stopped.is_set():
            self._news.clear()
            try:
                if not recovered:
                    await self._recover()
                    recovered = True
                job = await self._book.claim()
                if job is not None:
                    await self._do(job)
                    continue
            except DatabaseUnavailable:
                await asyncio.sleep(PAUSE_FOR_DISK)
                continue
            if not self._news.is_set():
                self._idle.set()
            await self._news.wait()

    async def _recover(self) -> None:
        for lost in await self._book.recover():
            await self._give_up(lost, "restarts")

    async def _do(self, job: Job) -> None:
        """Raises DatabaseUnavailable: the claim stands then, and is the next one to be taken up."""
        try:
            await self._doings[job.kind](job)
        except DatabaseUnavailable:
            raise
        except Exception:
            _log.exception("long work failed", job=job.kind.value, subject=job.subject)
            await self._give_up(job, "fault")
            return
        await self._book.ended(job.id, JobState.DONE)

    async def _give_up(self, job: Job, why: str) -> None:
        """In this order: whoever is killed in between gives it up once more, and nobody waits for ever."""
        await self._given_up(job)
        await self._book.ended(job.id, JobState.FAILED, why)
