"""Appeals of an office and every change of each, as use cases read and write them; imports come by `staging`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, func, select

from risk.appeal_cases import AppealCase, AppealChange
from risk.appeal_forms import hand_serial
from risk.appeal_lists import AppealsAsked, Standing, Undistributed
from risk.appeals import AppealSource
from risk.finding import Found, Sought
from risk.ids import AppealId
from storage import tables
from storage.appeal_mapping import case_of, case_values, change_of_row, change_values
from storage.repositories.rows import OfficeRows

_MOST_READ: Final = 20_000
"""Newest appeals that words are looked for in."""


class AppealRows(OfficeRows):
    async def get(self, appeal: AppealId) -> AppealCase | None:
        row = await self._one(tables.appeals, tables.appeals.c.id == appeal)
        return None if row is None else case_of(row)

    async def those(self, appeals: Collection[AppealId]) -> Sequence[AppealCase]:
        table = tables.appeals
        return await self._read(table.select().where(self._own(table, table.c.id.in_(appeals))).order_by(table.c.id))

    async def numbered(self, number: str) -> Sequence[AppealCase]:
        """By each source, for that is how the index on numbers begins."""
        table = tables.appeals
        named = self._own(table, table.c.source.in_([each.value for each in AppealSource]), table.c.number == number)
        return await self._read(table.select().where(named).order_by(table.c.id))

    async def next_number(self, year: int) -> int:
        """After the last one that is there: a table of another register may bring a number too, and be taken back."""
        table = tables.appeals
        query = select(table.c.number).where(self._own(table, table.c.source == AppealSource.HAND.value))
        serials = [hand_serial(row.number, year) for row in await self._connection.execute(query)]
        return max((each for each in serials if each is not None), default=0) + 1

    async def add(self, case: AppealCase) -> AppealCase:
        values = case_values(case) | {"unsettled": False}
        stored = await self.get(AppealId(await self._insert(tables.appeals, values)))
        assert stored is not None
        return stored

    async def save(self, case: AppealCase) -> None:
        await self._update(tables.appeals, case_values(case), tables.appeals.c.id == case.id)

    async def save_all(self, cases: Sequence[AppealCase]) -> None:
        await self._update_all(tables.appeals, [(case.id, case_values(case)) for case in cases])

    async def page(
        self, asked: AppealsAsked, *, now: datetime, day_ends: datetime, offset: int, limit: int
    ) -> tuple[Sequence[AppealCase], int]:
        table = tables.appeals
        found = self._asked(asked, now, day_ends)
        query = table.select().where(found).order_by(table.c.due_at, table.c.id).offset(offset).limit(limit)
        return await self._read(query), await self.count(asked, now=now, day_ends=day_ends)

    async def count(self, asked: AppealsAsked, *, now: datetime, day_ends: datetime) -> int:
        query = select(func.count()).select_from(tables.appeals).where(self._asked(asked, now, day_ends))
        return int((await self._connection.execute(query)).scalar_one())

    async def holding(self, sought: Sought, *, limit: int) -> Found[AppealCase]:
        """In Python: SQLite knows no case of Cyrillic."""
        table = tables.appeals
        query = table.select().where(self._own(table)).order_by(table.c.id.desc()).limit(_MOST_READ)
        found: list[AppealCase] = []
        total = 0
        for row in await self._connection.execute(query):
            told = (row.number, row.topic_group, row.topic, row.settlement, row.department, row.organisation)
            if sought.is_in(" ".join(each for each in told if each)):
                total += 1
                if total <= limit:
                    found.append(case_of(row))
        return Found(shown=found, total=total)

    async def undistributed(self, now: datetime) -> Undistributed:
        table = tables.appeals
        waiting = self._own(table, _standing(Standing.UNDISTRIBUTED, now, now))
        overdue = func.count().filter(table.c.due_at <= now)
        row = (await self._connection.execute(select(func.count(), overdue).select_from(table).where(waiting))).one()
        return Undistributed(count=row[0], overdue=row[1])

    async def add_changes(self, changes: Sequence[AppealChange]) -> None:
        await self._insert_all(tables.appeal_changes, [change_values(each) for each in changes])

    async def add_change(self, change: AppealChange) -> None:
        await self._insert(tables.appeal_changes, change_values(change))

    async def changes_of(self, appeal: AppealId) -> Sequence[AppealChange]:
        table = tables.appeal_changes
        query = table.select().where(self._own(table, table.c.appeal == appeal)).order_by(table.c.id)
        return [change_of_row(row) for row in await self._connection.execute(query)]

    async def unsettled(self, *, limit: int) -> Sequence[AppealCase]:
        table = tables.appeals
        waiting = self._own(table, tables.appeal_unsettled)
        return await self._read(table.select().where(waiting).order_by(table.c.id).limit(limit))

    async def note_settled(self, appeals: Collection[AppealId]) -> None:
        await self._update(tables.appeals, {"unsettled": False}, tables.appeals.c.id.in_(appeals))

    async def unsettle_all(self) -> None:
        await self._update(tables.appeals, {"unsettled": True}, tables.appeal_may_be_open)

    def _asked(self, asked: AppealsAsked, now: datetime, day_ends: datetime) -> ColumnElement[bool]:
        table = tables.appeals
        narrowed = [
            column == value
            for column, value in (
                (table.c.block, asked.block),
                (table.c.source, asked.channel),
                (table.c.territory, asked.territory),
            )
            if value is not None
        ]
        return self._own(table, _standing(asked.standing, now, day_ends), *narrowed)

    async def _read(self, query: Select[tuple[object, ...]]) -> Sequence[AppealCase]:
        return [case_of(row) for row in await self._connection.execute(query)]


def _standing(asked: Standing, now: datetime, day_ends: datetime) -> ColumnElement[bool]:
    """As `AppealCase.is_open` says it, where an index on the open ones can be used."""
    table = tables.appeals
    if asked is Standing.TO_CHECK:
        return table.c.vanished_in.is_not(None)
    is_open = and_(
        tables.appeal_may_be_open,
        (table.c.state == "open") | table.c.finished_on.is_(None),
        table.c.vanished_in.is_(None),
        table.c.redirected_to.is_(None),
    )
    match asked:
        case Standing.OPEN:
            return is_open
        case Standing.OVERDUE:
            return is_open & (table.c.due_at <= now)
        case Standing.TODAY:
            return is_open & (table.c.due_at > now) & (table.c.due_at <= day_ends)
        case Standing.DEFERRED:
            return is_open & (table.c.state == "deferred")
        case Standing.PRESSED:
            return is_open & table.c.press.is_not(None)
        case Standing.UNDISTRIBUTED:
            return is_open & table.c.block.is_(None)
