"""The operator's calendar file, and the calendar in force: the nation's days, the preset's, then the operator's."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from pydantic import model_validator

from bot.gateways.production_calendar import CONFIRMED_UNTIL, national_exceptions, shortened
from bot.presets.faults import CalendarError
from bot.presets.fields import Hours, Line
from bot.presets.reading import read_toml, validated
from bot.presets.schema import Table
from risk.calendar import Week, WorkingCalendar, WorkingHours
from risk.offices import OfficePlan


class DayKind(StrEnum):
    """A day without hours of its own: off, or as long as an ordinary one, or an hour shorter."""

    OFF = "off"
    WORKING = "working"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorsDays:
    """What an installation knows of the calendar better than the library; `known_until` None leaves the horizon."""

    days: Mapping[date, DayKind | WorkingHours] = field(default_factory=dict)
    known_until: date | None = None


NOTHING: Final = OperatorsDays()


def read_operators_days(path: Path) -> OperatorsDays:
    """Nothing where there is no such file. Raises CalendarError."""
    if not path.exists():
        return NOTHING
    sheet = validated(_Sheet, read_toml(path, CalendarError), file=path.name, kind=CalendarError)
    twice = [day for day, times in Counter(each.date for each in sheet.days).items() if times > 1]
    if twice:
        says = f"{twice[0].isoformat()} названо дважды; каждый день нужен один раз"
        raise CalendarError(file=path.name, key="days", says=says)
    return OperatorsDays(days={each.date: each.says for each in sheet.days}, known_until=sheet.known_until)


def calendar_in_force(plan: OfficePlan, operators: OperatorsDays) -> WorkingCalendar:
    """The office's calendar as it is known now."""
    return laid_over(plan.calendar.zone, plan.calendar.week, plan.own_days, operators)


def laid_over(
    zone: str, week: Week, own_days: Mapping[date, WorkingHours | None], operators: OperatorsDays
) -> WorkingCalendar:
    """The later word wins: the ordinary week, the nation's days, the preset's own, the operator's."""
    written = {day: _hours(says, week[day.weekday()] or _usual(week)) for day, says in operators.days.items()}
    return WorkingCalendar(
        zone=zone,
        week=week,
        exceptions={**national_exceptions(week), **own_days, **written},
        known_until=operators.known_until or CONFIRMED_UNTIL,
    )


class _Day(Table):
    date: date
    kind: DayKind | None = None
    hours: Hours | None = None
    source: Line

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.kind is None) == (self.hours is None):
            raise ValueError('нужно одно из двух: kind или hours; kind можно: "off", "working", "short"')
        return self

    @property
    def says(self) -> DayKind | WorkingHours:
        said = self.hours or self.kind
        assert said is not None
        return said


class _Sheet(Table):
    known_until: date | None = None
    days: tuple[_Day, ...] = ()


def _hours(says: DayKind | WorkingHours, ordinary: WorkingHours) -> WorkingHours | None:
    match says:
        case DayKind.OFF:
            return None
        case DayKind.WORKING:
            return ordinary
        case DayKind.SHORT:
            return shortened(ordinary)
        case _:
            return says


def _usual(week: Week) -> WorkingHours:
    """How long a weekend's day is when it is worked: as the first working day of the week."""
    return next(hours for hours in week if hours is not None)
