"""Periods that a report is about, in days of the office's zone; how they are named in words is the views' affair."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Self

from risk.calendar import WorkingCalendar

_DAY: Final = timedelta(days=1)
_MONTHS_OF_QUARTER: Final = 3


class PeriodKind(StrEnum):
    """A period that has an earlier and a later one of its kind. The values travel in buttons."""

    DAY = "d"
    WEEK = "w"
    """From the office's own first day of the week."""
    MONTH = "m"
    QUARTER = "q"
    DAYS = "x"
    """Any days that somebody has named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From the first day to the last, both of them its own."""

    first: date
    last: date
    kind: PeriodKind = PeriodKind.DAYS

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.first}–{self.last}")

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return (self.first + each * _DAY for each in range(self.length))

    @property
    def length(self) -> int:
        """In days."""
        return (self.last - self.first).days + 1

    def begins_at(self, calendar: WorkingCalendar) -> datetime:
        return calendar.moment_at(self.first, time.min)

    def ends_at(self, calendar: WorkingCalendar) -> datetime:
        """The midnight after its last day, which is its own no more."""
        return calendar.moment_at(self.last + _DAY, time.min)

    def until(self, day: date) -> Self:
        """As much of it as has begun by then; its first day, if none of it has."""
        last = max(self.first, min(self.last, day))
        return type(self)(first=self.first, last=last, kind=self.kind)

    def next(self, steps: int = 1) -> "Period":
        """The period of its kind so many later, or earlier."""
        if self.kind in {PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.DAYS}:
            whole = 7 if self.kind is PeriodKind.WEEK else self.length
            moved = steps * whole * _DAY
            return Period(first=self.first + moved, last=self.first + moved + (whole - 1) * _DAY, kind=self.kind)
        months = _MONTHS_OF_QUARTER if self.kind is PeriodKind.QUARTER else 1
        first = _months_later(self.first, steps * months)
        return Period(first=first, last=_months_later(first, months) - _DAY, kind=self.kind)

    def compared_with(self) -> "Period":
        """What came before: the earlier one of its kind, as far into it as this one has come."""
        earlier, whole = self.next(-1), self.next(-1).next(1)
        is_over = self.last >= whole.last
        return earlier if is_over else earlier.until(earlier.first + (self.length - 1) * _DAY)


def period_of(kind: PeriodKind, day: date, *, week_begins: int = 0) -> Period:
    """The whole period of the kind that the day is in; `week_begins` is 0 for Monday."""
    match kind:
        case PeriodKind.DAY | PeriodKind.DAYS:
            return Period(first=day, last=day, kind=PeriodKind.DAY)
        case PeriodKind.WEEK:
            first = day - (day.weekday() - week_begins) % 7 * _DAY
            return Period(first=first, last=first + 6 * _DAY, kind=kind)
        case PeriodKind.MONTH:
            first = day.replace(day=1)
            return Period(first=first, last=_months_later(first, 1) - _DAY, kind=kind)
        case PeriodKind.QUARTER:
            first = day.replace(month=1 + (day.month - 1) // _MONTHS_OF_QUARTER * _MONTHS_OF_QUARTER, day=1)
            return Period(first=first, last=_months_later(first, _MONTHS_OF_QUARTER) - _DAY, kind=kind)


def _months_later(first_of_month: date, months: int) -> date:
    year, month = divmod(first_of_month.year * 12 + first_of_month.month - 1 + months, 12)
    return date(year, month + 1, 1)
