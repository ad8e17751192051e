"""Which days of a period the loaded exports tell of: of the others nothing is known, neither a zero nor a growth.

Exports name no period of their own: an import has the days of its first row and of its last, unless somebody said
otherwise. A silence between rows is taken for quiet while it is not far longer than is usual for the source.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from risk.appeals import AppealSource
from risk.calendar import WorkingCalendar
from risk.figures import Asked
from risk.freshness import EXPORTED
from risk.periods import Period

QUIET_DAYS: Final = 3
"""Days without a row that any source may have: a weekend and a day."""
TIMES_USUAL: Final = 3
"""So many times longer than the usual wait for a row is a silence of the export, not of residents."""

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportDays:
    """Of an applied export; it tells of things as they were at `made_at`."""

    first: date
    last: date
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """All that was loaded of one source; `appeals` is how many are known of it."""

    exports: Sequence[ExportDays]
    appeals: int

    def runs(self, calendar: WorkingCalendar) -> Sequence[Period]:
        """The days that are told of, in their order, none of them twice."""
        quiet = self._quiet()
        runs: list[Period] = []
        for each in sorted(self.exports, key=lambda each: each.first):
            made_on = calendar.local(each.made_at).date()
            is_quiet = timedelta() < made_on - each.last <= quiet
            told = Period(first=each.first, last=made_on if is_quiet else each.last)
            if runs and told.first - runs[-1].last <= quiet + _DAY:
                runs[-1] = Period(first=runs[-1].first, last=max(runs[-1].last, told.last))
            else:
                runs.append(told)
        return runs

    def _quiet(self) -> timedelta:
        days = (max(each.last for each in self.exports) - min(each.first for each in self.exports)).days
        return max(QUIET_DAYS, TIMES_USUAL * days // max(self.appeals, 1)) * _DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """How much of a period one source tells of: from the first to the last such day, None when there is none."""

    source: AppealSource
    days: Period | None
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Of the period, and of the one that it is compared with, source by source."""

    now: Sequence[Covered] = field(default_factory=tuple)
    before: Sequence[Covered] = field(default_factory=tuple)

    @property
    def lacking(self) -> Sequence[Covered]:
        """Sources that do not tell of the whole period."""
        return [each for each in self.now if not each.is_whole]

    @property
    def compares(self) -> bool:
        """Whether both periods are told of alike: wholly, by each source that tells of either at all.

        Where nothing was ever exported, all appeals were registered by people, and are known.
        """
        pairs = list(zip(self.now, self.before, strict=True))
        telling = [pair for pair in pairs if any(each.days is not None for each in pair)]
        return all(each.is_whole for pair in telling for each in pair) and (bool(telling) or not pairs)


COVERED: Final = Coverage()
"""Where no export was ever loaded."""


def coverage_of(loaded: Mapping[AppealSource, Loaded], asked: Asked, before: Asked) -> Coverage:
    """Of the sources that the scope is of."""
    return Coverage(now=tuple(_covered(loaded, asked)), before=tuple(_covered(loaded, before)))


def is_told_of(loaded: Mapping[AppealSource, Loaded], asked: Asked) -> bool:
    """Whether each source tells of all of it."""
    return all(each.is_whole for each in _covered(loaded, asked))


def _covered(loaded: Mapping[AppealSource, Loaded], asked: Asked) -> Iterator[Covered]:
    needed = _needed(asked)
    for source in EXPORTED:
        if source not in loaded or asked.scope.channel not in {None, source}:
            continue
        runs = loaded[source].runs(asked.calendar)
        told = [each for each in runs if each.first <= asked.period.last and each.last >= asked.period.first]
        days = (
            Period(first=max(told[0].first, asked.period.first), last=min(told[-1].last, asked.period.last))
            if told
            else None
        )
        is_whole = any(each.first <= needed.first and needed.last <= each.last for each in told)
        yield Covered(source=source, days=days, is_whole=is_whole)


def _needed(asked: Asked) -> Period:
    """A day that is not over yet is told of by no export wholly, and need not be but for the first one."""
    is_over = asked.stands_at >= asked.ends
    return asked.period if is_over else asked.period.until(asked.stands_on - _DAY)
