"""Risks of an office, their numbers and their histories."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from risk.events import Event
from risk.finding import Found, Sought
from risk.ids import BlockKey, RiskId
from risk.risks import OPEN_STATES, NumberAsked, Risk, RiskNumber, RiskState
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

    async def those(self, risks: Collection[RiskId]) -> Sequence[Risk]:
        if not risks:
            return []
        table = tables.risks
        result = await self._connection.execute(table.select().where(self._own(table, table.c.id.in_(risks))))
        found = {risk.id: risk for risk in map(risk_of, result)}
        return [found[each] for each in risks if each in found]

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

    async def open_page(
        self,
        *,
        offset: int,
        limit: int,
        states: AbstractSet[RiskState] = OPEN_STATES,
        block: BlockKey | None = None,
        overdue_at: datetime | None = None,
    ) -> tuple[Sequence[Risk], int]:
        table = tables.risks
        narrowing: list[ColumnElement[bool]] = (
            [] if states == OPEN_STATES else [table.c.state.in_([state.value for state in states])]
        )
        narrowing += [] if block is None else [table.c.block == block]
        narrowing += [] if overdue_at is None else [table.c.due_at <= overdue_at]
        is_open = self._own(table, tables.risk_open, *narrowing)
        total = await self._connection.execute(select(func.count()).select_from(table).where(is_open))
        page = await self._connection.execute(
            table.select()
            .where(is_open)
            .order_by(table.c.due_at.is_(None), table.c.due_at, table.c.id)
            .offset(offset)
            .limit(limit)
        )
        return [risk_of(row) for row in page], total.scalar_one()

    async def all_open(self) -> Sequence[Risk]:
        table = tables.risks
        result = await self._connection.execute(
            table.select().where(self._own(table, tables.risk_open)).order_by(table.c.id)
        )
        return [risk_of(row) for row in result]

    async def known_between(self, begins: datetime, until: datetime) -> Sequence[Risk]:
        table, events = tables.risks, tables.events
        changed = select(events.c.id).where(
            events.c.office_id == table.c.office_id, events.c.risk == table.c.id, events.c.at >= begins
        )
        known = self._own(table, table.c.filed_at <= until, or_(tables.risk_open, changed.exists()))
        result = await self._connection.execute(table.select().where(known).order_by(table.c.id))
        return [risk_of(row) for row in result]

    async def filed_between(self, begins: datetime, ends: datetime) -> Sequence[Risk]:
        table = tables.risks
        between = self._own(table, table.c.filed_at >= begins, table.c.filed_at < ends)
        result = await self._connection.execute(table.select().where(between).order_by(table.c.id))
        return [risk_of(row) for row in result]

    async def comparable(self, since: datetime) -> Sequence[Risk]:
        table = tables.risks
        aside = table.c.state.in_([RiskState.MERGED.value, RiskState.NOT_A_RISK.value])
        query = table.select().where(self._own(table, or_(tables.risk_open, (table.c.filed_at >= since) & ~aside)))
        return [risk_of(row) for row in await self._connection.execute(query.order_by(table.c.id.desc()))]

    async def holding(self, sought: Sought, *, limit: int) -> Found[Risk]:
        """SQLite folds no Cyrillic, so the words are looked for here, the newest risks first."""
        table = tables.risks
        found: list[Risk] = []
        total = 0
        result = await self._connection.execute(table.select().where(self._own(table)).order_by(table.c.id.desc()))
        for row in result:
            if sought.is_in(f"{row.gist} {row.sources}"):
                total += 1
                if total <= limit:
                    found.append(risk_of(row))
        return Found(shown=found, total=total)

    async def overdue_unnoted(self, now: datetime) -> Sequence[Risk]:
        table = tables.risks
        result = await self._connection.execute(
            table.select()
            .where(
                self._own(
                    table,
                    tables.risk_open,
                    table.c.due_at <= now,
                    table.c.overdue_noted.is_(False),
                )
            )
            .order_by(table.c.due_at, table.c.id)
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
