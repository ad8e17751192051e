"""The daily digest as a snapshot: every figure it was published with, so that it can be shown again as it was."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from risk.appeals import AppealSource
from risk.figures import Figure, Tally
from risk.ids import BlockKey, DigestId, PositionId, RiskId
from risk.periods import Period
from risk.risks import RiskNumber

WORTH_POSTING: Final = timedelta(hours=3)
"""So much after its hour a digest is still posted, and says that it is late; after that it is folded into the next."""
MEAN_OF: Final = 7
"""Calendar days that a usual day is the mean of."""


class DigestKind(StrEnum):
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChange:
    """A topic of appeals that came much more, or much less, than is usual for so many days."""

    topic: str
    now: int
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockFigures:
    """None is what no block has."""

    block: BlockKey | None
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A risk that waits for something on this day, or has waited too long."""

    risk: RiskId
    number: RiskNumber
    gist: str
    what: str
    """An obligation's kind."""
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """What the bot itself has not done since the digest before."""

    undelivered: int = 0
    """Messages that were refused, or may not have arrived."""
    unreminded: int = 0
    """Reminders that reached nobody."""
    unread: int = 0
    """Messages to the bot that it could not work in."""
    days_without: tuple[date, ...] = ()
    """Working days whose digest was not posted: it is folded into this one."""

    @property
    def is_nothing(self) -> bool:
        return self == Missed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """`usual`: of figures of a period, how many come in a day, on the mean of the seven days before.

    `previous`: the figures of the last digest before, of `previous_day`; None when there was none.
    """

    id: DigestId
    day: date
    period: Period
    as_of: datetime
    due_at: datetime
    total: Tally
    usual: Mapping[Figure, float] = field(default_factory=dict)
    previous: Tally | None = None
    previous_day: date | None = None
    changed: tuple[TopicChange, ...] = ()
    topics: tuple[tuple[str, int], ...] = ()
    by_block: tuple[BlockFigures, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    vacant: tuple[PositionId, ...] = ()
    missed: Missed = field(default_factory=Missed)
    exports: Mapping[AppealSource, datetime] = field(default_factory=dict)
    kind: DigestKind = DigestKind.DAILY

    def without_words_of(self, risks: Collection[RiskId]) -> Self:
        """As it is kept once the words of these risks are not."""
        awaited = (replace(each, gist="") if each.risk in risks else each for each in self.awaited)
        return replace(self, awaited=tuple(awaited))

    @property
    def is_late(self) -> bool:
        return self.as_of - self.due_at >= NOTABLY_LATE


NOTABLY_LATE: Final = timedelta(minutes=10)
