"""Does long work, each lane beside the others: claims a row, does it, notes the end; what the work is, others know.

Work that an earlier run was at is taken up again. Whatever fails of ours is given up at once and told of.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

import structlog

from bot.tasks import TaskOwner
from risk.jobs import LANES, Job, JobKind, JobState, Lane
from storage.hindrance import DatabaseUnavailable
from storage.jobs import JobBook

_log = structlog.get_logger(__name__)

Doing = Callable[[Job], Awaitable[None]]
PAUSE_FOR_DISK: Final = 1.0


class JobWorker:
    """`given_up` hears of work that will not be tried again."""

    def __init__(
        self, book: JobBook, doings: Mapping[JobKind, Doing], *, given_up: Doing, lanes: Sequence[Lane] = LANES
    ) -> None:
        self._book = book
        self._given_up = given_up
        self._stopped = asyncio.Event()
        self._hands = [_Hand(lane, book, doings, given_up) for lane in lanes for _ in range(lane.at_once)]
        self._working = TaskOwner()

    def wake(self) -> None:
        """Something may wait."""
        for hand in self._hands:
            hand.wake()

    def stop(self) -> None:
        """Take nothing new. What is in hand may be given up: the next run takes it up from its row."""
        self._stopped.set()
        for hand in self._hands:
            hand.stop()

    async def idle(self) -> None:
        """Until no lane has anything to do. One lane's work may make work for another."""
        while not self.is_idle:
            for hand in self._hands:
                await hand.idle.wait()

    @property
    def is_idle(self) -> bool:
        return all(hand.idle.is_set() for hand in self._hands)

    async def run(self) -> None:
        """Raises what a lane fails with."""
        await self._recover()
        ways = [self._working.start(hand.run(), name=f"lane {hand.lane}", awaited=True) for hand in self._hands]
        try:
            await asyncio.gather(*ways)
        finally:
            await self._working.cancel()

    async def _recover(self) -> None:
        """Once, before any lane claims: a claim of this run must not look like one of an earlier run."""
        recovered = False
        while not recovered and not self._stopped.is_set():
            try:
                for lost in await self._book.recover():
                    await _give_up(self._book, self._given_up, lost, "restarts")
                recovered = True
            except DatabaseUnavailable:
                await asyncio.sleep(PAUSE_FOR_DISK)


class _Hand:
    """Works off one lane, one piece after another."""

    def __init__(self, lane: Lane, book: JobBook, doings: Mapping[JobKind, Doing], given_up: Doing) -> None:
        self.lane = lane.name
        self.idle = asyncio.Event()
        self._kinds = lane.kinds & doings.keys()
        self._book = book
        self._doings = doings
        self._given_up = given_up
        self._news = asyncio.Event()
        self._stopped = False

    def wake(self) -> None:
        self.idle.clear()
        self._news.set()

    def stop(self) -> None:
        self._stopped = True
        self._news.set()

    async def run(self) -> None:
        while not self._stopped:
            self._news.clear()
            try:
                job = await self._book.claim(self._kinds)
                if job is not None:
                    await self._do(job)
                    continue
            except DatabaseUnavailable:
                await asyncio.sleep(PAUSE_FOR_DISK)
                continue
            if not self._news.is_set():
                self.idle.set()
            await self._news.wait()

    async def _do(self, job: Job) -> None:
        """Raises DatabaseUnavailable: the claim stands then, and may be taken up by any hand of the lane."""
        try:
            try:
                await self._doings[job.kind](job)
            except DatabaseUnavailable:
                raise
            except Exception:
                _log.exception("long work failed", job=job.kind.value, subject=job.subject)
                await _give_up(self._book, self._given_up, job, "fault")
                return
            await self._book.ended(job.id, JobState.DONE)
        finally:
            self._book.let_go(job.id)


async def _give_up(book: JobBook, given_up: Doing, job: Job, why: str) -> None:
    """In this order: whoever is killed in between gives it up once more, and nobody waits for ever."""
    await given_up(job)
    await book.ended(job.id, JobState.FAILED, why)
