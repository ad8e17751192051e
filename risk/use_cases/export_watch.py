"""The watch over exports: who hears on a working day that one is awaited, is too old, or holds what nobody was given.

Nothing is said to an office that has never imported anything. Each notice is named, so that it is said once, and is
asked anew when it is sent: what has come meanwhile needs no word.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import assert_never

from risk.appeal_lists import AppealsAsked, Undistributed
from risk.appeals import AppealSource
from risk.freshness import Freshest, awaited_sources, is_fresh, stale_sources
from risk.imports import ImportState
from risk.notices import AppealsUndistributed, ExportAwaited, ExportNotice, ExportsStale
from risk.ports import OpenUnit, OpenView, Unit
from risk.powers import Power
from risk.use_cases.addressing import Wanted, people_in, say_once
from risk.use_cases.permission import holders


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedTold:
    """Which exports are awaited, with the moment of the last one; `waits`: a file is there that nobody confirmed."""

    last: Mapping[AppealSource, datetime]
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleTold:
    """How many open appeals nobody is reminded of; `asked` are titles of those who may load a fresh export."""

    open: int
    asked: Sequence[str]


ExportTold = AwaitedTold | StaleTold | Undistributed


async def watch_exports(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """Once a minute; how many notices were planned. No write begins where there is nothing to say."""
    return await say_once(_said_by_day, uow=uow, view=view, now=now)


async def export_told(unit: Unit, notice: ExportNotice, now: datetime) -> ExportTold | None:
    """None when it holds no more: a fresh export has come, nothing waits, or the day is over."""
    plan, freshest = unit.office.plan, await unit.imports.freshest()
    match notice:
        case ExportAwaited(day=day):
            awaited = awaited_sources(freshest, plan, now) if plan.calendar.local(now).date() == day else ()
            return await _awaited(unit, {source: freshest[source] for source in awaited}) if awaited else None
        case ExportsStale(source=source, made_at=made_at):
            holds = freshest.get(source) == made_at and not is_fresh(source, freshest, plan, now)
            return await _stale(unit, source, now) if holds else None
        case AppealsUndistributed(day=day):
            waiting = await unit.appeals.undistributed(now)
            return waiting if waiting.count and plan.calendar.local(now).date() == day else None
        case other:
            assert_never(other)


async def _said_by_day(unit: Unit, now: datetime) -> Wanted:
    freshest = await unit.imports.freshest()
    if not freshest or not _is_of_today(unit, now):
        return {}
    return {
        f"{name} {person}": (notice, person)
        async for name, notice, power in _wanted(unit, freshest, now)
        for person in people_in(await holders(unit, power))
    }


async def _wanted(unit: Unit, freshest: Freshest, now: datetime) -> AsyncIterator[tuple[str, ExportNotice, Power]]:
    """What there is to say at this hour, under which name, and to the holders of which power."""
    plan = unit.office.plan
    day = plan.calendar.local(now).date()
    if _has_come(unit, plan.exports_asked_at, now) and awaited_sources(freshest, plan, now):
        yield f"export awaited {day}", ExportAwaited(day=day), Power.IMPORT
    if not _has_come(unit, plan.nudged_at, now):
        return
    for source in stale_sources(freshest, plan, now):
        if await unit.appeals.count(AppealsAsked(channel=source), now=now, day_ends=now):
            made_at = freshest[source]
            stale = ExportsStale(source=source, made_at=made_at)
            yield f"exports stale {source} {made_at.isoformat()}", stale, Power.DECIDE
    if plan.blocks and (await unit.appeals.undistributed(now)).count:
        yield f"undistributed {day}", AppealsUndistributed(day=day), Power.DISTRIBUTE


async def _awaited(unit: Unit, last: Mapping[AppealSource, datetime]) -> AwaitedTold:
    waits = any(one.state is ImportState.WAITING for one in await unit.imports.open())
    return AwaitedTold(last=last, waits=waits)


async def _stale(unit: Unit, source: AppealSource, now: datetime) -> StaleTold:
    return StaleTold(
        open=await unit.appeals.count(AppealsAsked(channel=source), now=now, day_ends=now),
        asked=[seat.title(unit.office.plan) for seat in await holders(unit, Power.IMPORT)],
    )


def _is_of_today(unit: Unit, now: datetime) -> bool:
    """On a working day, until it is over: what nobody heard by then they hear the next morning."""
    calendar = unit.office.plan.calendar
    day = calendar.local(now).date()
    hours = calendar.hours_on(day)
    return hours is not None and now < calendar.moment_at(day, hours.closes)


def _has_come(unit: Unit, hour: time, now: datetime) -> bool:
    calendar = unit.office.plan.calendar
    return calendar.moment_at(calendar.local(now).date(), hour) <= now
