"""How much is waiting, in all offices together: counts and moments for whoever watches the program, and no contents."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """`inbox`: updates by state. `work_waiting`: long work that is not done. `oldest_…`: office time."""

    offices: int
    inbox: dict[str, int]
    cards_due: int
    notices_due: int
    oldest_due_at: datetime | None
    work_waiting: int
    oldest_work_at: datetime | None


async def read_vitals(database: Database, now: datetime) -> Vitals:
    """Raises DatabaseUnavailable."""
    inbox, standing, outbox = tables.inbox, tables.standing, tables.outbox
    due = tables.outbox_planned & (outbox.c.due_at <= now)
    async with database.read() as connection:
        states = await connection.execute(select(inbox.c.state, func.count().label("kept")).group_by(inbox.c.state))
        oldest = await connection.execute(select(func.min(outbox.c.due_at)).where(due))
        work = await connection.execute(
            select(func.count(), func.min(tables.jobs.c.planned_at)).where(tables.job_unfinished)
        )
        work_waiting, oldest_work_at = work.one()
        return Vitals(
            offices=await _count(connection, select(func.count()).select_from(tables.offices)),
            inbox={row.state: row.kept for row in states},
            cards_due=await _count(
                connection, select(func.count()).select_from(standing).where(tables.standing_unfinished)
            ),
            notices_due=await _count(connection, select(func.count()).select_from(outbox).where(due)),
            oldest_due_at=oldest.scalar_one(),
            work_waiting=work_waiting,
            oldest_work_at=oldest_work_at,
        )


async def _count(connection: AsyncConnection, query: Any) -> int:
    return int((await connection.execute(query)).scalar_one())
