"""Where the rows of each figure of appeals are found, each by an index; which of them it counts is in `appeal_figures`.

Rows are those of `appeals`, or, as known at an earlier moment, the same columns out of the history: one set of
conditions counts both.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, and_, case, func, literal, null, or_, select

from risk.appeal_cases import AppealHappening
from risk.appeals import AppealSource, AppealState
from risk.figures import Cut, Figure
from storage import tables
from storage.appeal_figures import key_of
from storage.figure_questions import (
    BLOCKS,
    CHANNEL,
    DEPARTMENT,
    FIRST,
    KNOWN_AT,
    LAST,
    OFFICE,
    STANDS_ON,
    TERRITORY,
    TOPIC,
    Shape,
)


class Among(StrEnum):
    """Where a figure's rows are found. No row is counted in one figure at two of these places."""

    CREATED = "created"
    """In the period."""
    FINISHED = "finished"
    """In the period."""
    MAY_BE_OPEN = "may be open"
    """By what is known of them: open or deferred."""
    ENDED_LATER = "ended later"
    """They are not, but the date of their end is after the moment."""
    HANDED_ON = "handed on"
    """They are not, and have no such date: somebody redirected them after the moment."""
    UNMARKED = "unmarked"
    VANISHED = "vanished"


_OPEN_AMONG: Final = (Among.MAY_BE_OPEN, Among.ENDED_LATER, Among.HANDED_ON)
AMONG: Final[Mapping[Figure, Sequence[Among]]] = MappingProxyType(
    {
        Figure.NEW: (Among.CREATED,),
        Figure.REPEATED: (Among.CREATED,),
        Figure.FINISHED: (Among.FINISHED,),
        Figure.LATE: (Among.FINISHED,),
        Figure.SOLVED: (Among.FINISHED,),
        Figure.EXPLAINED: (Among.FINISHED,),
        Figure.MARKED: (Among.FINISHED,),
        Figure.SATISFIED: (Among.FINISHED,),
        Figure.OPEN: _OPEN_AMONG,
        Figure.OVERDUE: _OPEN_AMONG,
        Figure.PRESSED: _OPEN_AMONG,
        Figure.UNDISTRIBUTED: _OPEN_AMONG,
        Figure.DEFERRED: (Among.MAY_BE_OPEN,),
        Figure.AWAITING_MARK: (Among.UNMARKED,),
        Figure.TO_CHECK: (Among.VANISHED,),
    }
)

_OF_A_LINE: Final = (
    *("state", "due_at", "outcome", "mark", "satisfaction", "repeated", "finished_on", "finished_at", "block"),
)
"""What the history keeps; the rest of a row is taken as known now."""


def rows_as_known(shape: Shape) -> FromClause:
    """The office's appeals with the columns of `appeals`, as they are, or as they stood at `known_at`."""
    if not shape.as_known_then:
        return tables.appeals
    appeals, lines = tables.appeals, tables.appeal_changes
    last = (
        select(func.max(lines.c.id))
        .where(lines.c.office_id == OFFICE, lines.c.at <= KNOWN_AT)
        .group_by(lines.c.office_id, lines.c.appeal)
    )
    line = lines.alias("line")
    was_redirected = line.c.state == AppealState.REDIRECTED.value
    stood: dict[str, ColumnElement[Any]] = {name: line.c[name] for name in _OF_A_LINE} | {
        "vanished_in": case((line.c.vanished, literal(0)), else_=null()),
        "pressed_at": _pressed_at(),
        **{name: case((was_redirected, appeals.c[name]), else_=null()) for name in ("redirected_to", "redirected_on")},
    }
    columns = [stood[each.name].label(each.name) if each.name in stood else each for each in appeals.c]
    of_line = and_(appeals.c.office_id == line.c.office_id, appeals.c.id == line.c.appeal)
    return select(*columns).select_from(line.join(appeals, of_line)).where(line.c.id.in_(last)).subquery("known")


def found(table: Any, shape: Shape, among: Among) -> ColumnElement[bool]:
    """Rows that hold whatever a figure counts there; `table` has the columns of `rows_as_known`."""
    return and_(table.office_id == OFFICE, _place(table, among), *_in_scope(table, shape))


def _pressed_at() -> ColumnElement[datetime]:
    """When it was last pressed by then, unless an export had answered the press since."""
    presses, since = tables.appeal_changes.alias("presses"), tables.appeal_changes.alias("since")
    answered = select(since.c.id).where(
        since.c.office_id == presses.c.office_id,
        since.c.appeal == presses.c.appeal,
        since.c.id > presses.c.id,
        since.c.at <= KNOWN_AT,
        or_(since.c.happening == AppealHappening.NOT_CONFIRMED.value, ~tables.may_be_open(since.c)),
    )
    return (
        select(func.max(presses.c.at))
        .where(
            presses.c.office_id == tables.appeals.c.office_id,
            presses.c.appeal == tables.appeals.c.id,
            presses.c.happening == AppealHappening.PRESSED.value,
            presses.c.at <= KNOWN_AT,
            ~answered.exists(),
        )
        .scalar_subquery()
    )


def _place(table: Any, among: Among) -> ColumnElement[bool]:
    is_there, rests = table.created_on <= STANDS_ON, ~tables.may_be_open(table)
    match among:
        case Among.CREATED:
            # By each source, for that is how the index on creation begins.
            return and_(table.source.in_([each.value for each in AppealSource]), table.created_on.between(FIRST, LAST))
        case Among.FINISHED:
            return and_(table.finished_on >= FIRST, table.finished_on <= LAST)
        case Among.MAY_BE_OPEN:
            # Every row has a deadline: naming it leads to the index of open ones, of which there are no statistics.
            return and_(is_there, tables.may_be_open(table), table.due_at > datetime(1, 1, 1, tzinfo=UTC))
        case Among.ENDED_LATER:
            return and_(is_there, rests, table.finished_on > STANDS_ON)
        case Among.HANDED_ON:
            return and_(is_there, rests, table.redirected_on > STANDS_ON, table.finished_on.is_(None))
        case Among.UNMARKED:
            return and_(is_there, tables.is_unmarked(table))
        case Among.VANISHED:
            return and_(is_there, table.vanished_in.is_not(None))


def _in_scope(table: Any, shape: Shape) -> list[ColumnElement[bool]]:
    narrowed = (
        (shape.by_territory, table.territory == TERRITORY),
        (shape.by_channel, table.source == CHANNEL),
        (shape.by_topic, table.topic_group == TOPIC),
        (shape.by_department, key_of(table, Cut.DEPARTMENT) == DEPARTMENT),
        (shape.by_blocks, table.block.in_(BLOCKS)),
    )
    lacking = [] if shape.lacks is None else [key_of(table, shape.lacks).is_(None)]
    return [*(condition for is_asked, condition in narrowed if is_asked), *lacking]
