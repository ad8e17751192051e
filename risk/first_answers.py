"""Statistics of first answers: what the regional sheet without numbers gives; its period is replaced as a whole."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class Importance(StrEnum):
    ORDINARY = "ordinary"
    HIGH = "high"
    DIRECT = "direct"
    """«ЛС»: a message to the body itself, not a public one."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswer:
    """A row of the sheet. `time` is None while there is no answer."""

    created_on: date
    created_at: datetime | None = None
    municipality: str | None = None
    department: str | None = None
    importance: Importance | None = None
    time: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswerGroup:
    """Messages alike: how many, and how long each of the answered ones waited, from the shortest."""

    municipality: str | None
    department: str | None
    importance: Importance | None
    total: int
    times: tuple[timedelta, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswerStatistics:
    """What stands for the period from `first_day` to `last_day`, both included, in place of what stood before."""

    first_day: date
    last_day: date
    groups: tuple[FirstAnswerGroup, ...]

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)


def gathered(rows: Iterable[FirstAnswer]) -> FirstAnswerStatistics | None:
    """None when there is no row."""
    alike: dict[tuple[str | None, str | None, Importance | None], list[timedelta | None]] = defaultdict(list)
    days: list[date] = []
    for row in rows:
        alike[row.municipality, row.department, row.importance].append(row.time)
        days.append(row.created_on)
    if not days:
        return None
    groups = tuple(
        FirstAnswerGroup(
            municipality=municipality,
            department=department,
            importance=importance,
            total=len(waited),
            times=tuple(sorted(time for time in waited if time is not None)),
        )
        for (municipality, department, importance), waited in alike.items()
    )
    return FirstAnswerStatistics(first_day=min(days), last_day=max(days), groups=groups)
