"""Registers of an office: of which days somebody wants them, and reading their rows page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from risk.appeals import AppealSource
from risk.dates import read_past_days
from risk.ids import PersonId, PositionId
from risk.offices import Office
from risk.papers import Paper
from risk.people import Actor
from risk.periods import Period, PeriodKind, period_of
from risk.ports import OpenView, Unit
from risk.powers import Action
from risk.registers import RegisterKind, RegisterLine, RegistersAsked
from risk.use_cases.permission import permitted
from risk.use_cases.reporting import scope_for

_OFFERED = (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOfRegisters:
    """`typed` are the days that the words named; `this` are the periods under way, to choose from."""

    office: Office
    whole_office: bool
    this: tuple[Period, ...]
    typed: Period | None
    is_unclear: bool


async def days_of_registers(words: str, *, actor: Actor, view: OpenView, now: datetime) -> DaysOfRegisters:
    """Raises NotPermitted for whoever may read of no block."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        plan = unit.office.plan
        scope = scope_for(member, plan)
        today = plan.calendar.local(now).date()
        found = read_past_days(words, today) if words.strip() else None
        return DaysOfRegisters(
            office=unit.office,
            whole_office=scope.blocks is None,
            this=tuple(period_of(kind, today, week_begins=plan.reports.week_begins) for kind in _OFFERED),
            typed=None if found is None else Period(first=found.first, last=found.last),
            is_unclear=bool(words.strip()) and found is None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistersFacts:
    """What is known before any row is read. `titles` are of positions, `held` of whom people are; there are no names.

    `rows`: how many there are of each kind, and so in which order they come.
    """

    office: Office
    asked: RegistersAsked
    titles: Mapping[PositionId, str]
    held: Mapping[PersonId, tuple[str, ...]]
    freshest: Mapping[AppealSource, datetime]
    rows: Mapping[RegisterKind, int]
    made_at: datetime


async def registers_facts(unit: Unit, paper: Paper, *, now: datetime) -> RegistersFacts:
    plan = unit.office.plan
    asked = RegistersAsked(period=paper.period, scope=paper.scope)
    positions = await unit.people.positions()
    held: dict[PersonId, tuple[str, ...]] = {}
    for seat in positions:
        if seat.holder is not None:
            held[seat.holder] = (*held.get(seat.holder, ()), seat.title(plan))
    return RegistersFacts(
        office=unit.office,
        asked=asked,
        titles={seat.id: seat.title(plan) for seat in positions},
        held=held,
        freshest=await unit.imports.freshest(),
        rows={kind: await unit.registers.count(kind, asked, plan.calendar) for kind in asked.kinds},
        made_at=now,
    )


async def registers_page(
    unit: Unit, kind: RegisterKind, asked: RegistersAsked, *, after: int, limit: int
) -> Sequence[RegisterLine]:
    return await unit.registers.page(kind, asked, unit.office.plan.calendar, after=after, limit=limit)
