"""Whose figures a reader gets of those that were asked for, and of which period: the start of every report read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from risk.appeal_lists import key_of_code, short_code
from risk.appeals import AppealSource
from risk.errors import UnknownChoice
from risk.figures import WHOLE_OFFICE, Asked, Cut, Scope
from risk.ids import BlockKey, TerritoryKey
from risk.offices import Office
from risk.people import Actor, Member
from risk.ports import OpenView, Unit
from risk.powers import POWER_FOR, Action
from risk.reports import asked_in
from risk.reports_asked import CUTS_WITH_NONE, CodedScope, ReportAsked
from risk.use_cases.permission import permitted
from risk.use_cases.reporting import scope_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What is to be counted. `own`: the reader may read their own blocks alone, so that these are all there is.

    `scope` is the narrowing as a button says it.
    """

    office: Office
    asked: Asked
    own: bool
    scope: CodedScope | None
    now: datetime


async def read_choice(wanted: ReportAsked, *, actor: Actor, view: OpenView, now: datetime) -> Opened:
    """What would be counted, before anything is: to choose a paper. Raises as `opened`."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        return await opened(unit, member, wanted, now)


async def opened(unit: Unit, member: Member, wanted: ReportAsked, now: datetime) -> Opened:
    """Raises NotPermitted, UnknownChoice, PeriodUnclear, PeriodAhead."""
    plan = unit.office.plan
    scope = scope_for(member, plan, await _scope(unit, wanted.scope))
    period = wanted.period.period(plan.calendar.local(now).date(), plan.reports.week_begins)
    return Opened(
        office=unit.office,
        asked=asked_in(plan, period, now=now, scope=scope),
        own=POWER_FOR[Action.READ_REPORT_OF_OFFICE] not in member.powers,
        scope=wanted.scope,
        now=now,
    )


async def _scope(unit: Unit, coded: CodedScope | None) -> Scope:
    plan = unit.office.plan
    match coded:
        case None:
            return WHOLE_OFFICE
        case CodedScope(cut=cut, code=None) if cut in CUTS_WITH_NONE:
            return Scope(lacks=cut)
        case CodedScope(cut=Cut.BLOCK, code=str(code)):
            blocks: list[BlockKey] = [each.key for each in (*plan.blocks, *plan.retired.blocks)]
            return Scope(blocks=frozenset({_known(key_of_code(code, blocks))}))
        case CodedScope(cut=Cut.TERRITORY, code=str(code)):
            territories: list[TerritoryKey] = [each.key for each in (*plan.territories, *plan.retired.territories)]
            return Scope(territory=_known(key_of_code(code, territories)))
        case CodedScope(cut=Cut.CHANNEL, code=str(code)):
            return Scope(channel=_known(next((each for each in AppealSource if each.value == code), None)))
        case CodedScope(cut=Cut.TOPIC, code=str(code)):
            return Scope(topic=_known(_words(code, await unit.reports.named(Cut.TOPIC))))
        case CodedScope(cut=Cut.DEPARTMENT, code=str(code)):
            return Scope(department=_known(_words(code, await unit.reports.named(Cut.DEPARTMENT))))
        case _:
            raise UnknownChoice


def _words(code: str, known: Iterable[str]) -> str | None:
    return next((each for each in known if short_code(each) == code), None)


_Known = TypeVar("_Known")


def _known(found: _Known | None) -> _Known:
    """Raises UnknownChoice for what the office has no more."""
    if found is None:
        raise UnknownChoice
    return found
