"""Long work of every office as its workers see it: what waits, what this run has in hand, how each piece ended.

A claim of an earlier run means that the bot ended while at it: the work waits again, unless that happens too often.
What this run has in hand is known to it alone: a claim of its own that nobody has in hand is one whose end could not
be noted, and is taken up again.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sqlalchemy import select, update

from risk.ids import JobId
from risk.jobs import MOST_ATTEMPTS, OF_PAPERS, Job, JobKind, JobState
from storage import tables
from storage.appeal_mapping import job_of
from storage.database import Database
from storage.mapping import AnyRow

EVERY_KIND: Final = frozenset(JobKind)


class JobBook:
    """`boot` names this run of the program. All its workers share one book."""

    def __init__(self, database: Database, boot: str) -> None:
        self._database = database
        self._boot = boot
        self._in_hand: set[JobId] = set()
        self._turns: Counter[tuple[int, int]] = Counter()
        """When each person's paper was last claimed, counted in claims: who has waited longest comes first."""
        self._claims = 0
        self._one_at_a_time = asyncio.Lock()

    async def recover(self) -> Sequence[Job]:
        """At start, before anything is claimed: what an earlier run had claimed waits again.

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

    async def claim(self, kinds: Collection[JobKind] = EVERY_KIND) -> Job | None:
        """Of these kinds the one whose turn it is; None when nothing waits. It is in hand until ended or let go."""
        async with self._one_at_a_time:
            row = min(await self._waiting(kinds), key=self._turn, default=None)
            if row is None:
                return None
            attempts = row.attempts + (row.state == JobState.PLANNED.value)
            claimed = {"state": JobState.CLAIMED.value, "claimed_by": self._boot, "attempts": attempts}
            await self._set(JobId(row.id), claimed)
            self._in_hand.add(JobId(row.id))
            self._claims += 1
            if row.asked_by is not None:
                self._turns[row.office_id, row.asked_by] = self._claims
        return job_of(row)

    async def ended(self, job: JobId, state: JobState, why: str | None = None) -> None:
        await self._set(job, {"state": state.value, "claimed_by": None, "why": why})
        self.let_go(job)

    def let_go(self, job: JobId) -> None:
        """Nobody works at it any more, and its end is not noted: it may be claimed again."""
        self._in_hand.discard(job)

    async def _waiting(self, kinds: Collection[JobKind]) -> Sequence[AnyRow]:
        table, papers = tables.jobs, tables.papers
        waits = (table.c.state == JobState.PLANNED.value) | (table.c.claimed_by == self._boot)
        of_paper = (
            table.c.kind.in_([kind.value for kind in OF_PAPERS])
            & (papers.c.office_id == table.c.office_id)
            & (papers.c.id == table.c.subject)
        )
        query = (
            select(*table.c, papers.c.asked_by)
            .outerjoin_from(table, papers, of_paper)
            .where(tables.job_unfinished, waits, table.c.kind.in_([kind.value for kind in kinds]))
        )
        in_hand = frozenset(self._in_hand)  # as of before the reading: what ends during it is still claimed there
        async with self._database.read() as connection:
            found: Iterable[AnyRow] = await connection.execute(query)
            return [row for row in found if JobId(row.id) not in in_hand]

    def _turn(self, row: AnyRow) -> tuple[int, int]:
        """What nobody has asked for waits for nobody; of one person's the first goes first."""
        turn = 0 if row.asked_by is None else self._turns[row.office_id, row.asked_by]
        return turn, row.id

    async def _set(self, job: JobId, values: dict[str, object]) -> None:
        async with self._database.write() as connection:
            await connection.execute(update(tables.jobs).where(tables.jobs.c.id == job).values(**values))
            await connection.commit()
