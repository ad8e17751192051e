"""Absences: from which day to which somebody is away, and who deputises; days are those of the office's zone."""

from dataclasses import dataclass
from datetime import date, datetime

from risk.ids import AbsenceId, PersonId, PositionId


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
