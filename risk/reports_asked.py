"""Which report is asked for, as a command or a button says it: a period, what it is narrowed to, by what it is cut."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from risk.asked_periods import chosen_period, read_period, usual_period
from risk.figures import Cut
from risk.periods import Period, PeriodKind

CUTS: Final = (Cut.BLOCK, Cut.TERRITORY, Cut.CHANNEL, Cut.TOPIC)
"""By what a summary can be cut, and narrowed to one group of it."""
CUTS_WITH_NONE: Final = frozenset({Cut.BLOCK, Cut.TERRITORY, Cut.TOPIC, Cut.DEPARTMENT})
"""Of these an item may have no group; what has none can be narrowed to like any group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodAsked:
    """The current one of the kind, unless days are given, or words were typed; without a kind the usual one."""

    kind: PeriodKind | None = None
    first: date | None = None
    last: date | None = None
    typed: str = ""

    def period(self, today: date, week_begins: int) -> Period:
        """Raises PeriodUnclear, PeriodAhead, UnknownChoice."""
        if self.typed:
            return read_period(self.typed, today, week_begins=week_begins)
        if self.kind is None:
            return usual_period(today)
        return chosen_period(self.kind, self.first, self.last, today, week_begins=week_begins)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedScope:
    """One group of a cut: a channel by its value, all others by the short code of their key or words.

    `code` None is what has no group of the cut.
    """

    cut: Cut
    code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAsked:
    """`leaf` is the page, counted from 0, of what does not fit into one message."""

    period: PeriodAsked
    scope: CodedScope | None = None
    cut: Cut | None = None
    leaf: int = 0


GROUPS_ON_A_PAGE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """Which part of a long list is shown."""

    page: int = 0
    pages: int = 1
    begins: int = 0


def leaf_of(total: int, asked: int, room: int) -> Leaf:
    """A page past the end is the last one."""
    pages = max(1, -(-total // room))
    page = min(max(asked, 0), pages - 1)
    return Leaf(page=page, pages=pages, begins=page * room)
