"""A heat map as numbers: topics against territories or weeks, and what of it is worth saying."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from risk.figures import GroupKey, is_changed
from risk.periods import Period, PeriodKind, period_of

MOST_ROWS: Final = 10
MOST_COLUMNS: Final = 8
"""Named ones; beside them stand those without a name, and the rest."""
MOST_WEEKS: Final = 13
"""A quarter."""


class Rest(StrEnum):
    """The value is no key of an office."""

    REST = "rest of them"


Side = GroupKey | Rest
"""Of a row or a column. None is what no group was named for."""

Counted = Mapping[tuple[GroupKey, GroupKey], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """`counts` by row, then by column. Rows fall by their totals; what is left out is in the rest, so it adds up."""

    rows: tuple[Side, ...]
    columns: tuple[Side, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def total(self) -> int:
        return sum(map(sum, self.counts))

    def __getitem__(self, cell: tuple[int, int]) -> int:
        row, column = cell
        return self.counts[row][column]


def heat_of_territories(counted: Counted) -> Heat:
    """Both sides by their totals, those without a name and the rest last."""
    rows = _sides(counted, 0, MOST_ROWS)
    columns = _sides(counted, 1, MOST_COLUMNS)
    return _heat(counted, rows, columns)


def heat_of_weeks(counted: Counted, period: Period, *, week_begins: int) -> Heat:
    """Weeks in their order, those without anything too; of a long period the last ones, what was before as the rest."""
    rows = _sides(counted, 0, MOST_ROWS)
    if not rows:
        return Heat(rows=(), columns=(), counts=())
    weeks = tuple(weeks_of(period, week_begins))
    columns: tuple[Side, ...] = weeks[-MOST_WEEKS:]
    return _heat(counted, rows, columns if len(weeks) <= MOST_WEEKS else (Rest.REST, *columns))


def weeks_of(period: Period, week_begins: int) -> Sequence[date]:
    """First days of the weeks that the period touches; the first one may lie before it."""
    week = period_of(PeriodKind.WEEK, period.first, week_begins=week_begins)
    weeks = []
    while week.first <= period.last:
        weeks.append(week.first)
        week = week.next()
    return weeks


# --- what is worth saying ----------------------------------------------------------------------------------------


def hottest(heat: Heat) -> tuple[int, int] | None:
    """The cell with the most, the first of them; only of what has a name. None when there is nothing."""
    cells = [
        (row, column)
        for row, topic in enumerate(heat.rows)
        for column, where in enumerate(heat.columns)
        if _is_named(topic) and _is_named(where) and heat[row, column]
    ]
    return max(cells, key=lambda cell: (heat[cell], -cell[0], -cell[1]), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekGrowth:
    """A topic of which more came in a whole week than in the whole one before."""

    row: int
    column: int
    now: int
    earlier: int


def growth(heat: Heat, period: Period) -> WeekGrowth | None:
    """The greatest one that is worth saying, in the last whole week of the period; a week cut short proves nothing."""
    whole = [place for place, week in enumerate(heat.columns) if isinstance(week, date) and _is_whole(week, period)]
    if len(whole) < 2 or whole[-1] - whole[-2] != 1:
        return None
    now, earlier = whole[-1], whole[-2]
    grown = [
        WeekGrowth(row=row, column=now, now=heat[row, now], earlier=heat[row, earlier])
        for row, topic in enumerate(heat.rows)
        if _is_named(topic) and heat[row, now] > heat[row, earlier] and is_changed(heat[row, now], heat[row, earlier])
    ]
    return max(grown, key=lambda each: (each.now - each.earlier, -each.row), default=None)


def _is_whole(week: date, period: Period) -> bool:
    return period.first <= week and week + timedelta(days=6) <= period.last


def _is_named(side: Side) -> bool:
    return side is not None and side is not Rest.REST


# --- the sides ---------------------------------------------------------------------------------------------------


def _sides(counted: Counted, side: int, most: int) -> tuple[Side, ...]:
    """By their totals; one alone is not left to the rest, for it may as well be named."""
    totals: Counter[GroupKey] = Counter()
    for pair, count in counted.items():
        totals[pair[side]] += count
    named = sorted((key for key in totals if key is not None), key=lambda key: (-totals[key], str(key)))
    unnamed: list[Side] = [None] if totals[None] else []
    kept = named[:most] if len(named) != most + 1 else named
    return (*kept, *unnamed, *([Rest.REST] if len(kept) < len(named) else []))


def _heat(counted: Counted, rows: tuple[Side, ...], columns: tuple[Side, ...]) -> Heat:
    counts: Counter[tuple[Side, Side]] = Counter()
    for (row, column), count in counted.items():
        counts[_place(row, rows), _place(column, columns)] += count
    return Heat(
        rows=rows,
        columns=columns,
        counts=tuple(tuple(counts[row, column] for column in columns) for row in rows),
    )


def _place(key: GroupKey, sides: tuple[Side, ...]) -> Side:
    return key if key in sides else Rest.REST
