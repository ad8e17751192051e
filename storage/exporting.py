"""An office's rows for files of its own: one view of the database, a row at a time, and nothing of any other office."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from typing import Any, Final

from sqlalchemy import Select, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.obligations import Matter
from risk.offices import Office
from storage import tables
from storage.database import Database
from storage.mapping import AnyRow, office_of

TABLES: Final = tuple(table for table in tables.metadata.sorted_tables if "office_id" in table.c)
_LEFT_OUT: Final[Mapping[Table, frozenset[str]]] = {
    tables.invitations: frozenset({"code_hash"}),
    tables.entries: frozenset({"name"}),
    tables.standing: frozenset({"claimed_by"}),
    tables.outbox: frozenset({"claimed_by"}),
    tables.imports: frozenset({"path"}),
    tables.jobs: frozenset({"claimed_by"}),
    tables.papers: frozenset({"file"}),
    tables.records: frozenset({"filled"}),
    tables.note_offers: frozenset({"words"}),
}
"""What opens a door, what is a run's own, a name beside the list of staff, and words that are not said yet."""
_WRITTEN: Final = frozenset(
    [
        "facts",
        "sources",
        "parts",
        "understood",
        "choices",
        "notice",
        "retired",
        "told",
        "skipped",
        "term",
        "hold",
        "routed",
        "fields",
        "seconds",
        "asked",
    ]
)
"""Columns that hold a whole value as JSON."""
_OF_RISKS: Final = (
    (tables.obligations.c.office_id == tables.risks.c.office_id)
    & (tables.obligations.c.matter == Matter.RISK.value)
    & (tables.obligations.c.matter_id == tables.risks.c.id)
)
"""What is owed names its matter without referring to it, for matters may be of several kinds."""
_OF_APPEALS: Final = (
    (tables.obligations.c.office_id == tables.appeals.c.office_id)
    & (tables.obligations.c.matter == Matter.APPEAL.value)
    & (tables.obligations.c.matter_id == tables.appeals.c.id)
)


class NoSuchOfficeHere(Exception):
    """No office of that key was founded in this database."""


class OfficeView:
    """The office as it is at one moment, for as long as the view is open."""

    def __init__(self, connection: AsyncConnection, office: Office) -> None:
        self.office = office
        self._connection = connection

    async def rows(self, table: Table, *, joined: Table | None = None) -> AsyncIterator[AnyRow]:
        """Its rows in that table, in the order of their making; with the columns of `joined`, to which they refer."""
        query: Select[Any] = table.select() if joined is None else _with(table, joined)
        own = query.where(table.c.office_id == self.office.id).order_by(*table.primary_key.columns)
        async with self._connection.stream(own) as streamed:
            async for row in streamed:
                yield row

    async def values(self, table: Table) -> AsyncIterator[dict[str, Any]]:
        """The same as plain values for JSON, without what must not leave the installation."""
        left_out = _LEFT_OUT.get(table, frozenset()) | {"office_id"}
        async for row in self.rows(table):
            yield {key: _plain(key, value) for key, value in row._asdict().items() if key not in left_out}


@asynccontextmanager
async def office_view(database: Database, key: str) -> AsyncIterator[OfficeView]:
    """Raises NoSuchOfficeHere."""
    async with database.read() as connection:
        found = await connection.execute(tables.offices.select().where(tables.offices.c.key == key))
        row = found.one_or_none()
        if row is None:
            raise NoSuchOfficeHere(key)
        yield OfficeView(connection, office_of(row))


def _with(table: Table, joined: Table) -> Select[Any]:
    """Columns of `joined` that `table` has none of that name of."""
    more = [column for column in joined.c if column.name not in table.c]
    if table is tables.obligations:
        named = (tables.appeals.c.source.label("appeal_source"), tables.appeals.c.number.label("appeal_number"))
        of_risks = select(*table.c, *more, *named).join_from(table, joined, _OF_RISKS, isouter=True)
        return of_risks.outerjoin(tables.appeals, _OF_APPEALS)
    return select(*table.c, *more).join_from(table, joined, isouter=True)


def _plain(key: str, value: Any) -> Any:
    if value is None:
        return None
    if key in _WRITTEN:
        return json.loads(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value
