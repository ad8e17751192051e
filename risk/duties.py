"""Duty: which position answers for the office on which nights, days off and holidays."""

from dataclasses import dataclass
from datetime import date, datetime

from risk.ids import DutyId, PositionId


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
