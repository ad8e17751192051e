"""Duty: which position answers for the office on which nights, days off and holidays, and when a shift lasts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from risk.calendar import WorkingCalendar
from risk.dates import Days
from risk.errors import DutyFault, DutyRefused
from risk.ids import DutyId, PositionId

FURTHEST_AHEAD: Final = timedelta(days=366)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """An assignment for the shifts that begin on these days, both included; nobody's when `position` is None.

    Where assignments overlap, the latest one counts.
    """

    id: DutyId
    position: PositionId | None
    first_day: date
    last_day: date
    assigned_by: PositionId
    assigned_at: datetime

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """The duty of `day`, in UTC: from the closing on that day, or on a day off from its morning, till the next morning.

    `begins` belongs to it, `ends` does not. Shifts and working hours follow one another without gap or overlap.
    """

    day: date
    begins: datetime
    ends: datetime


def shift_of(day: date, calendar: WorkingCalendar) -> Shift:
    hours = calendar.hours_on(day)
    begins = _morning(day, calendar) if hours is None else calendar.moment_at(day, hours.closes)
    return Shift(day=day, begins=begins, ends=_morning(day + _DAY, calendar))


def shift_at(now: datetime, calendar: WorkingCalendar) -> Shift | None:
    """The shift that is under way; None in working hours."""
    today = calendar.local(now).date()
    shifts = (shift_of(day, calendar) for day in (today - _DAY, today))
    return next((shift for shift in shifts if shift.begins <= now < shift.ends), None)


def handovers_between(after: datetime, until: datetime, calendar: WorkingCalendar) -> Iterator[Shift]:
    """The shifts that ended after one moment and not later than the other, the earlier first."""
    day = calendar.local(after).date() - _DAY
    while (shift := shift_of(day, calendar)).ends <= until:
        if shift.ends > after:
            yield shift
        day += _DAY


def on_duty(duties: Iterable[Duty], day: date) -> PositionId | None:
    """Whose shift it is that begins that day, by assignments in the order of their making."""
    latest = None
    for duty in duties:
        if duty.covers(day):
            latest = duty.position
    return latest


def first_assignable_day(now: datetime, calendar: WorkingCalendar) -> date:
    """The shift that is under way may still be given to somebody else."""
    shift = shift_at(now, calendar)
    return calendar.local(now).date() if shift is None else shift.day


def check_days(days: Days, now: datetime, calendar: WorkingCalendar) -> None:
    """Whether the shifts of these days may be assigned. Raises DutyRefused."""
    earliest = first_assignable_day(now, calendar)
    if days.last < days.first:
        raise DutyRefused(DutyFault.REVERSED)
    if days.first < earliest:
        raise DutyRefused(DutyFault.OVER)
    if days.last > earliest + FURTHEST_AHEAD:
        raise DutyRefused(DutyFault.TOO_FAR)


def _morning(day: date, calendar: WorkingCalendar) -> datetime:
    hours = calendar.hours_on(day)
    return calendar.moment_at(day, calendar.usual_opening if hours is None else hours.opens)
