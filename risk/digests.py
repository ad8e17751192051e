"""The daily digest as a snapshot: every figure it was published with, so that it can be shown again as it was.

Its days, its hour and what of it is worth saying are `risk.digest_rules`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self

from risk.appeals import AppealSource
from risk.figures import OF_APPEALS, Figure, Tally
from risk.ids import BlockKey, DigestId, RiskId
from risk.obligations import ObligationKind
from risk.periods import Period
from risk.report_terms import LatenessTold
from risk.risks import RiskNumber

NOTABLY_LATE: Final = timedelta(minutes=10)
"""A digest that is later says so."""


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

    @property
    def overdue(self) -> int:
        """Risks and appeals."""
        return self.tally[Figure.RISKS_OVERDUE] + self.tally[Figure.OVERDUE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A risk that waits for something on this day, or has waited too long."""

    risk: RiskId
    number: RiskNumber
    gist: str
    what: ObligationKind
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
    picture: bool = False
    """The digest before came without its picture: it could not be made, or not be sent on its day."""
    days_without: tuple[date, ...] = ()
    """Working days that no digest was told of: they are folded into this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """`usual`: of figures of a period, how many come in a day, on the mean of the seven calendar days before.

    `previous`: the figures of the last digest before, of `previous_day`; None when there was none. `exported_before`
    are the sources whose exports it knew: what the first export of another one brought is no growth. `overdue` are the
    overdue risks by the figure of their stage, `received` the new appeals by day, the seven days before among them.
    `awaited` holds the most pressing of `awaited_in_all`. `vacant` are titles of positions, as they were then.
    `hour_set_at`: when the hour was changed to this one, if that was after it had passed. `expected` are sources whose
    export of the day had not come.
    """

    id: DigestId
    day: date
    period: Period
    as_of: datetime
    due_at: datetime
    total: Tally
    hour_set_at: datetime | None = None
    usual: Mapping[Figure, float] = field(default_factory=dict)
    previous: Tally | None = None
    previous_day: date | None = None
    exported_before: frozenset[AppealSource] = frozenset()
    overdue: Mapping[Figure, int] = field(default_factory=dict)
    received: Mapping[date, int] = field(default_factory=dict)
    changed: tuple[TopicChange, ...] = ()
    topics: tuple[tuple[str, int], ...] = ()
    by_block: tuple[BlockFigures, ...] = ()
    lateness_told: LatenessTold = LatenessTold.CHAT
    awaited: tuple[Awaited, ...] = ()
    awaited_in_all: int = 0
    vacant: tuple[str, ...] = ()
    missed: Missed = field(default_factory=Missed)
    exports: Mapping[AppealSource, datetime] = field(default_factory=dict)
    expected: tuple[AppealSource, ...] = ()
    kind: DigestKind = DigestKind.DAILY

    def without_words_of(self, risks: Collection[RiskId]) -> Self:
        """As it is kept once the words of these risks are not."""
        awaited = (replace(each, gist="") if each.risk in risks else each for each in self.awaited)
        return replace(self, awaited=tuple(awaited))

    @property
    def is_stored(self) -> bool:
        """Not a preview, which nobody can ask for by its number."""
        return self.id != UNSTORED

    @property
    def is_late(self) -> bool:
        """Through the bot: an hour that was set after it had passed is waited for by nobody before that."""
        waited_from = self.due_at if self.hour_set_at is None else max(self.due_at, self.hour_set_at)
        return self.is_stored and self.as_of - waited_from >= NOTABLY_LATE

    @property
    def is_cut(self) -> bool:
        """Whether there were more days since the digest before than it covers."""
        return self.previous_day is not None and self.period.first > self.previous_day

    @property
    def told_by_block(self) -> tuple[BlockFigures, ...]:
        """What everybody who reads the digest may see of lateness by block, the latest block first."""
        return self.late_blocks if self.lateness_told is LatenessTold.CHAT else ()

    @property
    def late_blocks(self) -> tuple[BlockFigures, ...]:
        late = [each for each in self.by_block if each.overdue]
        return tuple(sorted(late, key=lambda each: (-each.overdue, each.block or "")))

    @property
    def knows_appeals(self) -> bool:
        """Whether any came by an export, or was registered by hand."""
        return bool(self.exports) or any(self.total[figure] for figure in (Figure.NEW, Figure.OPEN, Figure.FINISHED))

    @property
    def newly_exported(self) -> frozenset[AppealSource]:
        """Sources that the digest before knew no export of."""
        return frozenset() if self.previous is None else frozenset(self.exports) - self.exported_before

    @property
    def exported_no_more(self) -> frozenset[AppealSource]:
        """Sources whose only export was taken back since the digest before."""
        return frozenset() if self.previous is None else self.exported_before - frozenset(self.exports)

    @property
    def compares_appeals(self) -> bool:
        """Whether the digest before knew the same sources; what people register by hand is always known."""
        return self.previous is not None and frozenset(self.exports) == self.exported_before

    def change(self, figure: Figure) -> int | None:
        """Of a figure of the moment, against the digest before."""
        if self.previous is None or (figure in OF_APPEALS and not self.compares_appeals):
            return None
        return self.total[figure] - self.previous[figure]


UNSTORED: Final = DigestId(0)
