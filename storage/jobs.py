"""Long work of every office as the worker sees it: what waits, what is claimed by this run, how each ended.

A claim of an earlier run means that the bot ended while at it: the work waits again, unless that happens too often.
A claim of this run that is asked for again is one whose end could not be noted: whoever works does one at a time.
"""

from collections.abc import Sequence

from sqlalchemy import update

from risk.ids import JobId
from risk.jobs import MOST_ATTEMPTS, Job, JobState
from storage import tables
from storage.appeal_mapping import job_of
from storage.database import Database


class JobBook:
    """`boot` names this run of the program."""

    def __init__(self, database: Database, boot: str) -> None:
        self._database = database
        self._boot = boot

    async def recover(self) -> Sequence[Job]:
        """At start: what an earlier run had claimed waits again.

        Gives those that are to be given up: they stay claimed until `ended` is told so, whatever happens meanwhile.
        """
        table = tables.jobs
        claimed = (table.c.state == JobState.CLAIMED.value) & table.c.claimed_by.is_distinct_from(self._boot)
        async with self._database.write() as connection:
            too_often = claimed & (table.c.attempts >= MOST_ATTEMPTS)
            given_up = [job_of(row) for row in await connection.execute(table.select().where(too_often))]
            again = update(table).where(claimed, table.c.attempts < MOST_ATTEMPTS)
            await connection.execute(again.values(state=JobState.PLANNED.value, claimed_by=None, done=0))
            await connection.commit()
        return given_up

    async def claim(self) -> Job | None:
        """The one that has waited longest; None when nothing waits."""
        table = tables.jobs
        waits = (table.c.state == JobState.PLANNED.value) | (table.c.claimed_by == self._boot)
        query = table.select().where(tables.job_unfinished, waits).order_by(table.c.id).limit(1)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        attempts = row.attempts + (row.state == JobState.PLANNED.value)
        claimed = {"state": JobState.CLAIMED.value, "claimed_by": self._boot, "attempts": attempts}
        await self._set(JobId(row.id), claimed)
        return job_of(row)

    async def ended(self, job: JobId, state: JobState, why: str | None = None) -> None:
        await self._set(job, {"state": state.value, "claimed_by": None, "why": why})

    async def _set(self, job: JobId, values: dict[str, object]) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(tables.jobs).where(tables.jobs.c.id == job).values(**values))
            await connection.commit()
