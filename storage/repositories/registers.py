"""Rows of an office for its registers, a page after another by their ids; it knows no cell."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, Table, func, or_, select

from risk.appeals import AppealKey, AppealSource
from risk.calendar import WorkingCalendar
from risk.obligations import Matter, Owed
from risk.registers import (
    AppealHistoryLine,
    AppealLine,
    NudgeLine,
    RegisterKind,
    RegisterLine,
    RegistersAsked,
    RiskHistoryLine,
    RiskLine,
    StaffHistoryLine,
)
from risk.risks import RiskNumber
from storage import tables
from storage.appeal_mapping import case_of, change_of_row
from storage.mapping import AnyRow, event_of, nudge_of, owed_of, risk_of, staff_event_of
from storage.repositories.rows import OfficeRows
from storage.repositories.workings import WorkingRows

_TABLES: Final[Mapping[RegisterKind, Table]] = {
    RegisterKind.RISKS: tables.risks,
    RegisterKind.APPEALS: tables.appeals,
    RegisterKind.NUDGES: tables.nudges,
    RegisterKind.RISK_HISTORY: tables.events,
    RegisterKind.APPEAL_HISTORY: tables.appeal_changes,
    RegisterKind.STAFF_HISTORY: tables.staff_events,
}
_OF_BLOCK: Final[Mapping[RegisterKind, tuple[Table, str]]] = {
    RegisterKind.NUDGES: (tables.obligations, "owed"),
    RegisterKind.RISK_HISTORY: (tables.risks, "risk"),
    RegisterKind.APPEAL_HISTORY: (tables.appeals, "appeal"),
}
"""Whose block a row has, and by which of its columns."""


class RegisterRows(OfficeRows):
    async def page(
        self, kind: RegisterKind, asked: RegistersAsked, calendar: WorkingCalendar, *, after: int, limit: int
    ) -> Sequence[RegisterLine]:
        table = _TABLES[kind]
        wanted = self._wanted(kind, asked, calendar)
        query = table.select().where(wanted, table.c.id > after).order_by(table.c.id).limit(limit)
        rows = (await self._connection.execute(query)).all()
        return await self._lines(kind, rows)

    async def count(self, kind: RegisterKind, asked: RegistersAsked, calendar: WorkingCalendar) -> int:
        query = select(func.count()).select_from(_TABLES[kind]).where(self._wanted(kind, asked, calendar))
        return int((await self._connection.execute(query)).scalar_one())

    def _wanted(self, kind: RegisterKind, asked: RegistersAsked, calendar: WorkingCalendar) -> ColumnElement[bool]:
        table = _TABLES[kind]
        conditions = [*self._in_period(kind, asked, calendar)]
        if asked.scope.blocks is not None:
            conditions.append(self._of_blocks(kind, sorted(asked.scope.blocks)))
        return self._own(table, *conditions)

    def _in_period(
        self, kind: RegisterKind, asked: RegistersAsked, calendar: WorkingCalendar
    ) -> Sequence[ColumnElement[bool]]:
        table, period = _TABLES[kind], asked.period
        if period is None:
            return ()
        begins, ends = period.begins_at(calendar), period.ends_at(calendar)
        match kind:
            case RegisterKind.RISKS:
                events = tables.events
                changed = select(events.c.id).where(
                    events.c.office_id == table.c.office_id, events.c.risk == table.c.id, events.c.at >= begins
                )
                return table.c.filed_at < ends, or_(tables.risk_open, changed.exists())
            case RegisterKind.APPEALS:
                not_before = or_(table.c.finished_on.is_(None), table.c.finished_on >= period.first)
                return table.c.created_on <= period.last, not_before
            case _:
                return table.c.at >= begins, table.c.at < ends

    def _of_blocks(self, kind: RegisterKind, blocks: Collection[str]) -> ColumnElement[bool]:
        table = _TABLES[kind]
        if kind not in _OF_BLOCK:
            return table.c.block.in_(blocks)
        owner, column = _OF_BLOCK[kind]
        of_row = (owner.c.office_id == table.c.office_id) & (owner.c.id == table.c[column])
        return select(owner.c.id).where(of_row, owner.c.block.in_(blocks)).exists()

    async def _lines(self, kind: RegisterKind, rows: Sequence[AnyRow]) -> Sequence[RegisterLine]:
        match kind:
            case RegisterKind.RISKS:
                rounds = await WorkingRows(self._connection, self._office).all_of_those([row.id for row in rows])
                return [RiskLine(id=row.id, risk=risk_of(row), rounds=rounds[row.id]) for row in rows]
            case RegisterKind.APPEALS:
                return [AppealLine(id=row.id, case=case_of(row)) for row in rows]
            case RegisterKind.NUDGES:
                return await self._nudges(rows)
            case RegisterKind.RISK_HISTORY:
                numbers = await self._risk_numbers({row.risk for row in rows})
                return [RiskHistoryLine(id=row.id, number=numbers[row.risk], event=event_of(row)) for row in rows]
            case RegisterKind.APPEAL_HISTORY:
                keys = await self._appeal_keys({row.appeal for row in rows})
                return [AppealHistoryLine(id=row.id, key=keys[row.appeal], change=change_of_row(row)) for row in rows]
            case RegisterKind.STAFF_HISTORY:
                return [StaffHistoryLine(id=row.id, event=staff_event_of(row)) for row in rows]

    async def _nudges(self, rows: Sequence[AnyRow]) -> Sequence[NudgeLine]:
        table = tables.obligations
        owed = {each.id: each for each in map(owed_of, await self._those(table, {row.owed for row in rows}))}
        numbers: Mapping[Matter, Mapping[int, RiskNumber | AppealKey]] = {
            Matter.RISK: await self._risk_numbers(_matters(owed.values(), Matter.RISK)),
            Matter.APPEAL: await self._appeal_keys(_matters(owed.values(), Matter.APPEAL)),
        }
        return [
            NudgeLine(id=row.id, nudge=nudge, owed=owed.get(nudge.owed), matter=_number(owed.get(nudge.owed), numbers))
            for row, nudge in ((row, nudge_of(row)) for row in rows)
        ]

    async def _risk_numbers(self, risks: Collection[int]) -> Mapping[int, RiskNumber]:
        rows = await self._those(tables.risks, risks)
        return {row.id: RiskNumber(serial=row.serial, year=row.year) for row in rows}

    async def _appeal_keys(self, appeals: Collection[int]) -> Mapping[int, AppealKey]:
        rows = await self._those(tables.appeals, appeals)
        return {row.id: (AppealSource(row.source), row.number) for row in rows}

    async def _those(self, table: Table, ids: Collection[int]) -> Sequence[AnyRow]:
        return (await self._connection.execute(table.select().where(self._own(table, table.c.id.in_(ids))))).all()


def _matters(owed: Collection[Owed], matter: Matter) -> set[int]:
    keys = (each.obligation.key for each in owed)
    return {key.matter_id for key in keys if key.matter is matter}


def _number(
    owed: Owed | None, numbers: Mapping[Matter, Mapping[int, RiskNumber | AppealKey]]
) -> RiskNumber | AppealKey | None:
    if owed is None:
        return None
    key = owed.obligation.key
    return numbers[key.matter].get(key.matter_id)
