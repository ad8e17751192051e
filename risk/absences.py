"""Absences: from which day to which somebody is away, and who deputises; days are those of the office's zone."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from risk.dates import Days
from risk.errors import AbsenceFault, AbsenceOverlaps, AbsenceRefused
from risk.ids import AbsenceId, PersonId, PositionId

FURTHEST_AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Both days belong to it. A person is away with all their positions; `deputy` may be nobody."""

    id: AbsenceId
    person: PersonId
    first_day: date
    last_day: date
    deputy: PersonId | None
    noted_by: PositionId
    noted_at: datetime

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def overlaps(self, days: Days) -> bool:
        return self.first_day <= days.last and days.first <= self.last_day


def away_on(day: date, absences: Iterable[Absence]) -> Mapping[PersonId, Absence]:
    """Who is away that day, each with the absence that covers it."""
    return {each.person: each for each in absences if each.covers(day)}


def deputy_of(
    person: PersonId, day: date, absences: Iterable[Absence], seated: Collection[PersonId]
) -> PersonId | None:
    """Who stands in for somebody who is away that day; nobody for whoever is not.

    A deputy who is away too hands on to their own; one who left the office, or who leads back in a circle, is nobody.
    """
    away = away_on(day, absences)
    passed, standing_in = {person}, person
    while standing_in in away:
        deputy = away[standing_in].deputy
        if deputy is None or deputy in passed or deputy not in seated:
            return None
        passed.add(deputy)
        standing_in = deputy
    return None if standing_in == person else standing_in


def check_days(person: PersonId, days: Days, today: date, absences: Iterable[Absence]) -> None:
    """Whether these days may be noted. Raises AbsenceRefused, AbsenceOverlaps."""
    if days.last < days.first:
        raise AbsenceRefused(AbsenceFault.REVERSED)
    if days.last < today:
        raise AbsenceRefused(AbsenceFault.OVER)
    if days.last > today + FURTHEST_AHEAD or days.first < today - FURTHEST_AHEAD:
        raise AbsenceRefused(AbsenceFault.TOO_FAR)
    for each in absences:
        if each.person == person and each.overlaps(days):
            raise AbsenceOverlaps(first_day=each.first_day, last_day=each.last_day, today=today)


def may_deputise(deputy: PersonId, person: PersonId, days: Days, absences: Iterable[Absence]) -> bool:
    """Somebody else, who is there on all these days."""
    return deputy != person and not any(each.person == deputy and each.overlaps(days) for each in absences)
