"""What reports count: every published figure has its name here, and the rule of what belongs to it; nobody counts here.

A figure is of a period (what came, what was finished in it) or of a moment (how much stands open then). Dates are
those that exports and people have named, as known when the report is made: so what was open at one moment, and came,
less what was finished, is what is open at the next. What ends without a date of it (vanished, answered without one,
redirected) is in no such sum. How one item stands is said in `appeal_cases` and `risk_figures`.
«Overdue» is open past its date, «late» is finished past it: two figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from risk.appeals import AppealSource
from risk.calendar import WorkingCalendar
from risk.ids import BlockKey, TerritoryKey
from risk.periods import Period


class Figure(StrEnum):
    """The values travel in buttons and stand in snapshots."""

    # Of risks, in the period.
    RISKS_NEW = "rn"
    RISKS_ANSWERED = "ra"
    """An answer was published, or it was decided that there is none."""
    RISKS_WORKED_OFF = "rw"
    """Closed by the criteria."""
    RISKS_OVERRIDDEN = "ro"
    """Closed by somebody's decision."""
    RISKS_DISMISSED = "rd"
    RISKS_MERGED = "rm"
    RISKS_RETURNED = "rr"
    """Worked anew: it spread again, or was reopened."""
    # Of risks, at the last moment.
    RISKS_OPEN = "rp"
    RISKS_TO_VERIFY = "rv"
    RISKS_TO_ANSWER = "rs"
    RISKS_WATCHED = "rc"
    """Waiting for a check of the reaction."""
    RISKS_OVERDUE = "rl"
    # Of appeals, in the period.
    NEW = "an"
    REPEATED = "ar"
    """Of the new ones."""
    FINISHED = "af"
    LATE = "al"
    """Of the finished ones."""
    SOLVED = "as"
    """Of the finished ones that could be solved: really solved."""
    EXPLAINED = "ae"
    """Of the finished ones that could be solved: explained only. «Решаемые» of ИМ; another register has no such word,
    and all of its own are taken for such."""
    MARKED = "am"
    """Of the finished ones: the author has said whether they are satisfied."""
    SATISFIED = "ag"
    """Of the marked ones: a mark of 4 or 5, or «доволен»."""
    # Of appeals, at the last moment.
    OPEN = "ap"
    OVERDUE = "ao"
    DEFERRED = "ad"
    """Its term was moved and it is open still, or it was finished in the period by the promise of a later solution:
    no act defines it, this is the office's own reading."""
    AWAITING_MARK = "ax"
    """Answered, but the export has no date of its end yet."""
    PRESSED = "aw"
    """Said to be answered: an export has yet to show it."""
    UNDISTRIBUTED = "au"
    TO_CHECK = "av"
    """Vanished from a newer export: neither open nor closed."""


_INSTANT: Final = timedelta(microseconds=1)

OF_RISKS: Final = frozenset(each for each in Figure if each.value.startswith("r"))
OF_APPEALS: Final = frozenset(Figure) - OF_RISKS
OF_MOMENT: Final = frozenset(
    {
        Figure.RISKS_OPEN,
        Figure.RISKS_TO_VERIFY,
        Figure.RISKS_TO_ANSWER,
        Figure.RISKS_WATCHED,
        Figure.RISKS_OVERDUE,
        Figure.OPEN,
        Figure.OVERDUE,
        Figure.DEFERRED,
        Figure.AWAITING_MARK,
        Figure.PRESSED,
        Figure.UNDISTRIBUTED,
        Figure.TO_CHECK,
    }
)
"""Of the last moment of the period, not of all of it."""

Figures = Mapping[Figure, int]
"""A figure that is not there is 0."""

NOTHING: Final[Figures] = MappingProxyType({})


class Cut(StrEnum):
    """By what figures are broken down. The values travel in buttons."""

    BLOCK = "b"
    TERRITORY = "t"
    SETTLEMENT = "v"
    CHANNEL = "c"
    TOPIC = "g"
    """«Группа тем» of ИМ, «Категория» of ПОС."""
    SUBTOPIC = "s"
    DEPARTMENT = "d"
    WEEK = "w"


CUTS_OF_RISKS: Final = frozenset({Cut.BLOCK, Cut.TERRITORY})
"""Risks have no other group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose figures: every field narrows. `blocks` None is the whole office; an empty set is nothing at all."""

    blocks: frozenset[BlockKey] | None = None
    territory: TerritoryKey | None = None
    channel: AppealSource | None = None
    topic: str | None = None
    """«Группа тем» of ИМ, «Категория» of ПОС; risks have none, so none of them are in it."""
    department: str | None = None
    """Of appeals alone, too: the department, or the organisation where an export names no department."""
    lacks: Cut | None = None
    """What has no group of this cut: «без блока», «тема не указана»."""

    @property
    def has_risks(self) -> bool:
        of_appeals = (self.channel, self.topic, self.department)
        return of_appeals == (None, None, None) and (self.lacks is None or self.lacks in CUTS_OF_RISKS)


WHOLE_OFFICE: Final = Scope()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Figures of a period. `stands_at` is the moment that figures of the moment are of: now, or the period's end.

    `known_at` makes them as they were known then, out of the history; None: as known now.
    """

    period: Period
    stands_at: datetime
    calendar: WorkingCalendar
    scope: Scope = WHOLE_OFFICE
    week_begins: int = 0
    """By which weeks it is cut: 0 for Monday."""
    known_at: datetime | None = None

    @property
    def begins(self) -> datetime:
        return self.period.begins_at(self.calendar)

    @property
    def ends(self) -> datetime:
        return self.period.ends_at(self.calendar)

    def tells_of(self, moment: datetime) -> bool:
        """Whether what happened then is of the period, and was known."""
        return self.begins <= moment < self.ends and (self.known_at is None or moment <= self.known_at)

    @property
    def stands_on(self) -> date:
        """The last day that had begun before the moment: today, or the period's last day when it is over."""
        return self.calendar.local(self.stands_at - _INSTANT).date()


def asked_of(period: Period, calendar: WorkingCalendar, *, now: datetime, scope: Scope = WHOLE_OFFICE) -> Asked:
    """Figures of a period as known now: a period that is going on stands as of now."""
    stands_at = min(now, period.ends_at(calendar))
    return Asked(period=period, stands_at=stands_at, calendar=calendar, scope=scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Figures of one group of items. `days`: how many of the finished ones took so many days, from creation on."""

    figures: Figures = field(default_factory=dict)
    days: Mapping[int, int] = field(default_factory=dict)

    def __getitem__(self, figure: Figure) -> int:
        return self.figures.get(figure, 0)

    @property
    def answered_for(self) -> int:
        """What terms are judged by: finished ones, and those open past their date, who are late already."""
        return self[Figure.FINISHED] + self[Figure.OVERDUE]

    @property
    def share_in_time(self) -> float | None:
        """Of `answered_for` the part that was finished in time."""
        total = self.answered_for
        return None if total == 0 else (self[Figure.FINISHED] - self[Figure.LATE]) / total

    @property
    def share_satisfied(self) -> float | None:
        return None if self[Figure.MARKED] == 0 else self[Figure.SATISFIED] / self[Figure.MARKED]

    @property
    def mean_days(self) -> float | None:
        count = sum(self.days.values())
        return None if count == 0 else sum(length * times for length, times in self.days.items()) / count

    @property
    def median_days(self) -> float | None:
        count = sum(self.days.values())
        if count == 0:
            return None
        low, high = _nth(self.days, (count - 1) // 2), _nth(self.days, count // 2)
        return (low + high) / 2


def _nth(days: Mapping[int, int], place: int) -> int:
    """The length at the place, counted from 0, were all of them in a row."""
    for length in sorted(days):
        place -= days[length]
        if place < 0:
            return length
    raise IndexError(place)


LEAST_CHANGE: Final = 3
LEAST_SHARE: Final = 0.25


def is_changed(now: float, usual: float) -> bool:
    """Whether it is worth saying: by a quarter or more, and by three or more."""
    change = abs(now - usual)
    return change >= LEAST_CHANGE and change >= LEAST_SHARE * usual


GroupKey = str | date | None
"""By what a group of a cut is known: a key of the plan, a channel, a topic's words, the first day of a week."""
