"""By which exports something is said: a line under every figure and reminder that rests on them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from handlers.views.dates import moment
from risk.appeals import AppealKey, AppealSource
from risk.coverage import Covered
from risk.freshness import EXPORTED
from risk.offices import OfficePlan
from risk.periods import Period
from risk.reports import Report

SYSTEMS: Final[Mapping[AppealSource, str]] = MappingProxyType({AppealSource.IM: "ИМ", AppealSource.POS: "ПОС"})
"""Whose exports there are."""

NO_EXPORTS: Final = "Выгрузок ещё не было."


def appeal_number(key: AppealKey) -> str:
    """«ПОС 6100013»; a number given by hand says by itself whose it is."""
    source, number = key
    system = SYSTEMS.get(source)
    return number if system is None else f"{system} {number}"


def exports_line(freshest: Mapping[AppealSource, datetime], plan: OfficePlan, now: datetime) -> str:
    """Under figures that rest on exports, were there none."""
    return freshness_line(freshest, plan, now) or NO_EXPORTS


def freshness_line(freshest: Mapping[AppealSource, datetime], plan: OfficePlan, now: datetime) -> str | None:
    """«По выгрузке ИМ от пн 23.11, 08:10, ПОС от пт 20.11, 08:10.»; None when nothing rests on an export."""
    told = dated_exports(freshest, plan, now)
    return f"По выгрузке {told}." if told else None


def coverage_line(report: Report, said: Callable[[date], str]) -> str | None:
    """«Выгружены не все дни: ИМ — данные по 20.11, ПОС — данных нет.»; None when the whole period is told of."""
    told = ", ".join(
        f"{SYSTEMS[each.source]} — {_covered(each, report.asked.period, said)}" for each in report.coverage.lacking
    )
    return f"Выгружены не все дни: {told}." if told else None


def _covered(covered: Covered, period: Period, said: Callable[[date], str]) -> str:
    if covered.days is None:
        return "данных нет"
    first, last = covered.days.first, covered.days.last
    since = f" с {said(first)}" if first > period.first else ""
    until = f" по {said(last)}" if last < period.last else ""
    return f"данные{since}{until}" if since or until else "данные с перерывами"


def dated_exports(freshest: Mapping[AppealSource, datetime], plan: OfficePlan, now: datetime) -> str:
    """«ИМ от пн 23.11, 08:10, ПОС от пт 20.11, 08:10»."""
    named = [source for source in EXPORTED if source in freshest]
    return ", ".join(f"{SYSTEMS[source]} от {moment(freshest[source], plan.calendar, now)}" for source in named)
