"""Risks of an office, their numbers and their histories."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from risk.events import Event
from risk.ids import RiskId
from risk.risks import NumberAsked, Risk, RiskNumber
from storage import tables
from storage.database import upsert
from storage.mapping import event_of, event_values, risk_of, risk_values
from storage.repositories.rows import OfficeRows


class RiskRows(OfficeRows):
    async def next_number(self, year: int) -> RiskNumber:
        table = tables.counters
        counted = (
            upsert(table)
            .values(office_id=self._office, year=year, last=1)
            .on_conflict_do_update(index_elements=[table.c.office_id, table.c.year], set_={"last": table.c.last + 1})
            .returning(table.c.last)
        )
        return RiskNumber(serial=(await self._connection.execute(counted)).scalar_one(), year=year)

    async def add(self, risk: Risk) -> Risk:
        stored = await self.get(RiskId(await self._insert(tables.risks, risk_values(risk))))
        assert stored is not None
        return stored

    async def get(self, risk: RiskId) -> Risk | None:
        row = await self._one(tables.risks, tables.risks.c.id == risk)
        return None if row is None else risk_of(row)

    async def numbered(self, asked: NumberAsked) -> Risk | None:
        table = tables.risks
        of_year = [] if asked.year is None else [table.c.year == asked.year]
        result = await self._connection.execute(
            table.select()
            .where(self._own(table, table.c.serial == asked.serial, *of_year))
            .order_by(table.c.year.desc())
            .limit(1)
        )
        row = result.one_or_none()
        return None if row is None else risk_of(row)

    async def open_page(self, *, offset: int, limit: int) -> tuple[Sequence[Risk], int]:
        table = tables.risks
        is_open = self._own(table, tables.risk_open)
        total = await self._connection.execute(select(func.count()).select_from(table).where(is_open))
        page = await self._connection.execute(
            table.select().where(is_open).order_by(table.c.verify_by, table.c.id).offset(offset).limit(limit)
        )
        return [risk_of(row) for row in page], total.scalar_one()

    async def all_open(self) -> Sequence[Risk]:
        table = tables.risks
        result = await self._connection.execute(
            table.select().where(self._own(table, tables.risk_open)).order_by(table.c.id)
        )
        return [risk_of(row) for row in result]

    async def filed_between(self, begins: datetime, ends: datetime) -> Sequence[Risk]:
        table = tables.risks
        between = self._own(table, table.c.filed_at >= begins, table.c.filed_at < ends)
        result = await self._connection.execute(table.select().where(between).order_by(table.c.id))
        return [risk_of(row) for row in result]

    async def overdue_unnoted(self, now: datetime) -> Sequence[Risk]:
        table = tables.risks
        result = await self._connection.execute(
            table.select()
            .where(
                self._own(
                    table,
                    tables.risk_open,
                    table.c.verify_by <= now,
                    table.c.overdue_noted.is_(False),
                )
            )
            .order_by(table.c.verify_by, table.c.id)
        )
        return [risk_of(row) for row in result]

    async def save(self, risk: Risk) -> None:
        await self._update(tables.risks, risk_values(risk), tables.risks.c.id == risk.id)


class EventRows(OfficeRows):
    async def add(self, event: Event) -> None:
        await self._insert(tables.events, event_values(event))

    async def of_risk(self, risk: RiskId) -> Sequence[Event]:
        table = tables.events
        result = await self._connection.execute(
            table.select().where(self._own(table, table.c.risk == risk)).order_by(table.c.id)
        )
        return [event_of(row) for row in result]
