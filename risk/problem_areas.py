"""Problem areas: groups of topics where more stands overdue, comes again or grows; in an order of words, no score."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from risk.figures import Asked, Cut, Figure, GroupKey, Tally, is_changed
from risk.ids import BlockKey
from risk.reports import Group
from risk.risk_figures import RiskStory
from risk.risks import RiskNumber

LEAST_IN_AREA: Final = 3
"""A topic with fewer appeals, new and open alike, is left out: one of two is no area."""

Crossed = Mapping[tuple[GroupKey, GroupKey], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """Where more new ones came than before: `key` is of the cut."""

    cut: Cut
    key: GroupKey
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Why a risk of the same block spread again, as somebody has written it."""

    risk: RiskNumber
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A group of topics; `topic` is None for appeals that have none, `before` where nothing is compared."""

    topic: str | None
    tally: Tally
    before: Tally | None
    growths: tuple[Growth, ...] = ()
    causes: tuple[Cause, ...] = ()

    @property
    def growth(self) -> int:
        """Of new ones; negative when fewer came, 0 where it cannot be told."""
        return 0 if self.before is None else self.tally[Figure.NEW] - self.before[Figure.NEW]

    @property
    def is_problem(self) -> bool:
        """Something of it is overdue, repeated or put off, or it has notably grown."""
        now = self.tally[Figure.NEW]
        grown = self.growth > 0 and is_changed(now, now - self.growth)
        return grown or any(self.tally[each] for each in (Figure.OVERDUE, Figure.REPEATED, Figure.DEFERRED))

    @property
    def is_big_enough(self) -> bool:
        return max(self.tally[Figure.NEW], self.tally[Figure.OPEN]) >= LEAST_IN_AREA


@dataclass(frozen=True, slots=True, kw_only=True)
class Areas:
    """In their order; `too_small` is how many were left out as too small to be judged."""

    found: Sequence[Area] = field(default_factory=tuple)
    too_small: int = 0


def areas_of(groups: Iterable[Group]) -> Areas:
    """First where more is overdue, then where more is repeated, then where more has been added."""
    every = [Area(topic=_topic(each.key), tally=each.tally, before=each.before) for each in groups]
    problems = [each for each in every if each.is_problem]
    found = sorted((each for each in problems if each.is_big_enough), key=_place)
    return Areas(found=found, too_small=len(problems) - len(found))


def growth_of(topic: str | None, cut: Cut, now: Crossed, before: Crossed) -> Growth | None:
    """The group of the cut in which the topic has grown most; None when it has grown in none that is known."""
    grown = {
        key: count - before.get((of, key), 0) for (of, key), count in now.items() if of == topic and key is not None
    }
    key = max(grown, key=lambda each: (grown[each], str(each)), default=None)
    return Growth(cut=cut, key=key, more=grown[key]) if key is not None and grown[key] > 0 else None


def growths_of(area: Area, crossed: Mapping[Cut, tuple[Crossed, Crossed]]) -> tuple[Growth, ...]:
    """Of each cut, now and before, the group in which an area that grows has grown most."""
    if area.growth <= 0:
        return ()
    found = (growth_of(area.topic, cut, now, before) for cut, (now, before) in crossed.items())
    return tuple(each for each in found if each is not None)


def block_of(topic: str | None, now: Crossed) -> BlockKey | None:
    """The block that most of the topic's new appeals are of."""
    counts = {key: count for (of, key), count in now.items() if of == topic and isinstance(key, str)}
    key = max(counts, key=lambda each: (counts[each], each), default=None)
    return None if key is None else BlockKey(key)


def causes_of(block: BlockKey | None, stories: Iterable[RiskStory], asked: Asked) -> tuple[Cause, ...]:
    """What people have written in the period of why risks of the block spread again; words may have been purged."""
    if block is None:
        return ()
    return tuple(
        Cause(risk=story.risk.number, words=working.recurrence.cause)
        for story in stories
        for working in story.rounds
        if story.risk.block == block
        and working.recurrence is not None
        and working.recurrence.cause
        and asked.begins <= working.recurrence.at < asked.ends
    )


def _topic(key: GroupKey) -> str | None:
    return key if isinstance(key, str) else None


def _place(area: Area) -> tuple[int, int, int, str]:
    return -area.tally[Figure.OVERDUE], -area.tally[Figure.REPEATED], -area.growth, area.topic or ""
