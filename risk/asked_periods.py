"""Periods of reports as people type them or choose them by a button: none is given out that has not begun."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from risk.dates import read_past_days
from risk.errors import PeriodAhead, PeriodUnclear, UnknownChoice
from risk.periods import Period, PeriodKind, period_of

EARLIEST: Final = date(2000, 1, 1)
"""No office has anything older."""
LONGEST: Final = timedelta(days=5 * 366)
_OLD_ENOUGH: Final = timedelta(days=7)
"""Whole days that a month has to tell of."""

_NAMED: Final[Mapping[str, tuple[PeriodKind, int]]] = MappingProxyType(
    {
        form: named
        for forms, named in (
            ("сегодня|today", (PeriodKind.DAY, 0)),
            ("вчера|yesterday", (PeriodKind.DAY, -1)),
            ("неделя|неделю|за неделю|week", (PeriodKind.WEEK, 0)),
            ("прошлая неделя|прошлую неделю|за прошлую неделю", (PeriodKind.WEEK, -1)),
            ("месяц|за месяц|month", (PeriodKind.MONTH, 0)),
            ("прошлый месяц|за прошлый месяц", (PeriodKind.MONTH, -1)),
            ("квартал|за квартал|quarter", (PeriodKind.QUARTER, 0)),
            ("прошлый квартал|за прошлый квартал", (PeriodKind.QUARTER, -1)),
        )
        for form in forms.split("|")
    }
)


def read_period(typed: str, today: date, *, week_begins: int = 0) -> Period:
    """«неделя», «вчера», «15.11», «01.11–15.11», «01.11.2025-15.01.2026»; days without a year are the latest such.

    Raises PeriodUnclear, PeriodAhead.
    """
    words = " ".join(typed.lower().split()).rstrip(".")
    named = _NAMED.get(words)
    if named is not None:
        kind, steps = named
        return begun(period_of(kind, today, week_begins=week_begins).next(steps), today)
    days = read_past_days(words, today)
    if days is None or days.last < days.first:
        raise PeriodUnclear
    kind = PeriodKind.DAY if days.first == days.last else PeriodKind.DAYS
    return begun(Period(first=days.first, last=days.last, kind=kind), today)


def chosen_period(
    kind: PeriodKind, first: date | None, last: date | None, today: date, *, week_begins: int = 0
) -> Period:
    """What a button names: the period of that kind with that day in it, without one the current one.

    Raises UnknownChoice, PeriodAhead.
    """
    if kind is not PeriodKind.DAYS:
        return begun(period_of(kind, first or today, week_begins=week_begins), today)
    if first is None or last is None or last < first:
        raise UnknownChoice
    return begun(Period(first=first, last=last), today)


def usual_period(today: date) -> Period:
    """Of every report when none is named: this month, or the whole one before it while this one is younger than a week.

    So no report opens empty on the first days of a month.
    """
    month = begun(period_of(PeriodKind.MONTH, today), today)
    return month if today - month.first >= _OLD_ENOUGH else month.next(-1)


def begun(period: Period, today: date) -> Period:
    """As much of it as has begun. Raises PeriodAhead for what has not, PeriodUnclear for what reaches too far back."""
    if period.first > today:
        raise PeriodAhead
    if period.first < EARLIEST or timedelta(days=period.length) > LONGEST:
        raise PeriodUnclear
    return period.until(today)


def earlier(period: Period) -> Period | None:
    """The one before it; None where there is nothing to find any more."""
    before = period.next(-1)
    return before if before.first >= EARLIEST else None


def later(period: Period, today: date) -> Period | None:
    """The one after it; None when that has not begun."""
    after = period.next(1)
    return after if after.first <= today else None
