"""Statistics of first answers: what the regional sheet without numbers gives; its period is replaced as a whole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median
from typing import Final


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
class FirstAnswersOfDay:
    """Messages of one day alike: how many, and how long each of the answered ones waited, from the shortest."""

    day: date
    municipality: str | None
    department: str | None
    importance: Importance | None
    total: int
    times: tuple[timedelta, ...]


def gathered(rows: Iterable[FirstAnswer]) -> tuple[FirstAnswersOfDay, ...]:
    """Day by day, so that a later sheet may replace its own period and no more."""
    alike: dict[tuple[date, str | None, str | None, Importance | None], list[timedelta | None]] = defaultdict(list)
    for row in rows:
        alike[row.created_on, row.municipality, row.department, row.importance].append(row.time)
    return tuple(
        FirstAnswersOfDay(
            day=day,
            municipality=municipality,
            department=department,
            importance=importance,
            total=len(waited),
            times=tuple(sorted(time for time in waited if time is not None)),
        )
        for (day, municipality, department, importance), waited in alike.items()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InNorm:
    """Of appeals whose export says whether they were first answered in the norm, how many were."""

    known: int = 0
    kept: int = 0

    @property
    def share(self) -> float | None:
        return None if self.known == 0 else self.kept / self.known


NONE_KNOWN: Final = InNorm()


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAnswerTimes:
    """Of a period, by the sheet without numbers: how many messages, and how long each answered one waited."""

    total: int = 0
    times: Sequence[timedelta] = ()

    @property
    def answered(self) -> int:
        return len(self.times)

    @property
    def median(self) -> timedelta | None:
        seconds = [each.total_seconds() for each in self.times]
        return timedelta(seconds=median(seconds)) if seconds else None


NO_TIMES: Final = FirstAnswerTimes()
