"""The informational risk: its number, its state and what is known of it; how it is worked comes from use cases."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from risk.calendar import WorkingCalendar
from risk.deadlines import Deadline, deadline
from risk.ids import BlockKey, LevelKey, PositionId, RiskId, TerritoryKey
from risk.offices import OfficePlan
from risk.sources import Source

_NUMBER = re.compile(r"\s*(?:ИР[-\s]?)?(\d{1,6})(?:\s*/\s*(\d{2}|\d{4}))?\s*", re.IGNORECASE)


class RiskState(StrEnum):
    """Where a risk stands in its working."""

    FILED = "filed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskNumber:
    """«ИР-12/26»: the twelfth risk that the office filed in 2026."""

    serial: int
    year: int

    def __str__(self) -> str:
        return f"ИР-{self.serial}/{self.year % 100:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAsked:
    """A number as people type it: «12», «12/26», «ИР-12/26». Without a year, the newest of that serial."""

    serial: int
    year: int | None

    def __str__(self) -> str:
        return f"{self.serial}" if self.year is None else f"{self.serial}/{self.year % 100:02}"

    @classmethod
    def read(cls, typed: str) -> Self | None:
        match = _NUMBER.fullmatch(typed)
        if match is None:
            return None
        year = match[2]
        return cls(serial=int(match[1]), year=None if year is None else 2000 + int(year) % 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A filed risk. `level` decides the deadline; `suggested_level` waits for somebody's second press."""

    id: RiskId
    number: RiskNumber
    state: RiskState
    round: int
    gist: str
    sources: tuple[Source, ...]
    block: BlockKey | None
    level: LevelKey
    suggested_level: LevelKey | None
    territory: TerritoryKey | None
    filed_by: PositionId
    filed_at: datetime
    verify_by: datetime
    overdue_noted: bool = False


def verification_deadline(filed_at: datetime, level: LevelKey, plan: OfficePlan) -> Deadline:
    """The office's own inner deadline of verification (Порядок, п. 2: by criticality; the hours are a setting)."""
    calendar: WorkingCalendar = plan.calendar
    return deadline(filed_at, plan.level(level).verify_within, calendar)
