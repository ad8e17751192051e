"""Reading a heat map: how many new appeals there are of each topic in each territory, or in each week."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from risk.appeals import AppealSource
from risk.coverage import is_told_of
from risk.figures import Asked, Cut
from risk.heat import Heat, WeekGrowth, growth, heat_of_territories, heat_of_weeks
from risk.papers import Paper, PaperKind
from risk.periods import Period
from risk.ports import Unit
from risk.reports import asked_in

_WEEK: Final = timedelta(days=7)
_COLUMNS = {PaperKind.HEAT_OF_TERRITORIES: Cut.TERRITORY, PaperKind.HEAT_OF_WEEKS: Cut.WEEK}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRead:
    asked: Asked
    heat: Heat
    freshest: Mapping[AppealSource, datetime]
    growth: WeekGrowth | None = None
    """Of weeks that are over."""


async def heat_read(unit: Unit, paper: Paper) -> HeatRead | None:
    """Of the period and the scope that the paper was asked for; None when it is no heat map."""
    columns = _COLUMNS.get(paper.kind)
    if columns is None or paper.period is None:
        return None
    plan = unit.office.plan
    asked = asked_in(plan, paper.period, now=paper.planned_at, scope=paper.scope)
    counted = await unit.reports.crossed(asked, Cut.TOPIC, columns)
    freshest = await unit.imports.freshest()
    if columns is Cut.TERRITORY:
        return HeatRead(asked=asked, heat=heat_of_territories(counted), freshest=freshest)
    today = plan.calendar.local(paper.planned_at).date()
    heat = heat_of_weeks(counted, paper.period.until(today), week_begins=asked.week_begins)
    grown = growth(heat, paper.period.until(today - timedelta(days=1)))
    if grown is not None and not await _is_told_of(unit, asked, heat, grown):
        grown = None
    return HeatRead(asked=asked, heat=heat, freshest=freshest, growth=grown)


async def _is_told_of(unit: Unit, asked: Asked, heat: Heat, grown: WeekGrowth) -> bool:
    """Both weeks: what an export does not tell of has not been less."""
    week = heat.columns[grown.column]
    assert isinstance(week, date)
    both = Period(first=week - _WEEK, last=week + _WEEK - timedelta(days=1))
    return is_told_of(await unit.imports.loaded(), replace(asked, period=both))
