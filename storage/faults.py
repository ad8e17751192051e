"""Updates that were set aside, as the operator looks them up: by reference, or the newest ones."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from storage import tables
from storage.database import Database
from storage.mapping import AnyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`words` are masked, `trace` names places in the program alone."""

    reference: str
    received_at: datetime
    kind: str
    words: str
    trace: str | None


async def faults_named(database: Database, reference: str) -> Sequence[Fault]:
    """A reference is short, so that two may share one: the newest first."""
    return await _faults(database, _aside().where(tables.inbox.c.reference == reference))


async def faults_since(database: Database, moment: datetime, *, limit: int) -> Sequence[Fault]:
    return await _faults(database, _aside().where(tables.inbox.c.received_at >= moment).limit(limit))


def _aside() -> Select[Any]:
    table = tables.inbox
    return table.select().where(table.c.state == "aside").order_by(table.c.id.desc())


async def _faults(database: Database, query: Select[Any]) -> Sequence[Fault]:
    async with database.read() as connection:
        return [_fault(row) for row in await connection.execute(query)]


def _fault(row: AnyRow) -> Fault:
    kept = json.loads(row.payload or "{}")
    return Fault(
        reference=row.reference,
        received_at=row.received_at,
        kind=str(kept.get("kind", "")),
        words=str(kept.get("words", "")),
        trace=row.trace,
    )
