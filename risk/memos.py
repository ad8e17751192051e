"""The memo as facts: figures of the one report, topics and their growth, what was done, who is to sign; no wording."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from risk.figures import Figure, GroupKey, Tally, is_changed
from risk.first_answers import NO_TIMES, NONE_KNOWN, FirstAnswerTimes, InNorm
from risk.ids import BlockKey, PositionId
from risk.memo_work import CauseTold, MeasureTold, RiskTold
from risk.offices import OfficePlan
from risk.periods import Period
from risk.problem_areas import Area
from risk.reports import Group, Report

MOST_TOPICS: Final = 7
MOST_SUBTOPICS: Final = 3
MOST_AREAS: Final = 5
"""Of problem areas; `/problems` has them all."""
MOST_PLACES: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of new appeals with the sub-topics that most of them are of."""

    title: str | None
    group: Group
    subtopics: Sequence[tuple[str | None, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GrownTopic:
    """A topic that came notably more, and where most of it is; None is what no territory is known of."""

    topic: str
    now: int
    before: int
    where: Sequence[tuple[GroupKey, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """`name` is None while the position is vacant, or its holder has given none."""

    position: str
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """`period` is the whole of it; the report is of as much as has come. `signer` None: the office names nobody."""

    period: Period
    report: Report
    titles: Mapping[PositionId, str]
    topics: Sequence[Topic] = ()
    grown: Sequence[GrownTopic] = ()
    risks: Sequence[RiskTold] = ()
    taken: Sequence[MeasureTold] = ()
    planned: Sequence[MeasureTold] = ()
    causes: Sequence[CauseTold] = ()
    areas: Sequence[Area] = ()
    """The first of the problem areas."""
    areas_found: int = 0
    """How many there are of these."""
    areas_too_small: int = 0
    first: InNorm = NONE_KNOWN
    first_before: InNorm = NONE_KNOWN
    times: FirstAnswerTimes = NO_TIMES
    times_before: FirstAnswerTimes = NO_TIMES
    signer: Signer | None = None

    @property
    def plan(self) -> OfficePlan:
        return self.report.office.plan

    @property
    def appeals_told(self) -> Sequence[Tally]:
        """Of the period, and where appeals are compared of the one before."""
        before = self.report.appeals_before
        return (self.report.total,) if before is None else (self.report.total, before)

    @property
    def is_running(self) -> bool:
        return self.report.asked.stands_at < self.period.ends_at(self.plan.calendar)

    @property
    def blocks(self) -> frozenset[BlockKey] | None:
        """Those that it is of; None for the whole office."""
        return self.report.asked.scope.blocks


def top_topics(groups: Sequence[Group], subtopics: Mapping[tuple[GroupKey, GroupKey], int]) -> Sequence[Topic]:
    """Topics that most new appeals are of, the first first, each with its own most frequent sub-topics."""
    came = [group for group in groups if group.tally[Figure.NEW]]
    first = sorted(came, key=lambda each: (-each.tally[Figure.NEW], str(each.key or "")))[:MOST_TOPICS]
    return [Topic(title=_words(each.key), group=each, subtopics=_most(each.key, subtopics)) for each in first]


def grown_topics(groups: Sequence[Group], places: Mapping[tuple[GroupKey, GroupKey], int]) -> Sequence[GrownTopic]:
    """Topics that came more by a quarter and by three, the most first; none where nothing is compared."""
    return [
        GrownTopic(topic=str(each.key), now=now, before=before, where=_most_of(each.key, places)[:MOST_PLACES])
        for each in sorted(groups, key=_more, reverse=True)
        if each.key is not None and each.before is not None
        for now, before in [(each.tally[Figure.NEW], each.before[Figure.NEW])]
        if now > before and is_changed(now, before)
    ]


def _most(key: GroupKey, counts: Mapping[tuple[GroupKey, GroupKey], int]) -> Sequence[tuple[str | None, int]]:
    return [(_words(name), count) for name, count in _most_of(key, counts)[:MOST_SUBTOPICS]]


def _most_of(key: GroupKey, counts: Mapping[tuple[GroupKey, GroupKey], int]) -> Sequence[tuple[GroupKey, int]]:
    own = _of_row(key, counts)
    return sorted(own, key=lambda each: (-each[1], str(each[0] or "")))


def _of_row(key: GroupKey, counts: Mapping[tuple[GroupKey, GroupKey], int]) -> Iterator[tuple[GroupKey, int]]:
    return ((column, count) for (row, column), count in counts.items() if row == key)


def _more(group: Group) -> tuple[int, str]:
    more = 0 if group.before is None else group.tally[Figure.NEW] - group.before[Figure.NEW]
    return more, str(group.key or "")


def _words(key: GroupKey) -> str | None:
    return None if key is None else str(key)
