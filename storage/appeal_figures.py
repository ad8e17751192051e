"""What each figure of appeals counts, as SQL: where its rows are found, each by an index, and which of them it counts.

The law is elsewhere: `risk.figures` says what a figure is, `risk.appeal_cases` how one appeal stands. This carries it
out where millions lie, and tests/storage/test_figures.py holds it to a plain reckoning by those rules.

Rows are those of `appeals`, or, as known at an earlier moment, the same columns out of the history: one set of
conditions counts both. What is asked is told apart into a shape, by which a statement is written, and values, which are
bound to it: one writing serves all questions of its shape.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    String,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
)

from risk.appeal_cases import GOOD_MARK, AppealHappening
from risk.appeals import AppealKind, AppealOutcome, AppealSource, AppealState, Satisfaction
from risk.calendar import WorkingCalendar
from risk.figures import Asked, Cut, Figure
from risk.ids import OfficeId
from risk.periods import Period
from storage import tables
from storage.database import midnight_of, week_of


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

_OFFICE: Final = bindparam("asked_office", type_=Integer)
_FIRST: Final = bindparam("asked_first", type_=Date)
_LAST: Final = bindparam("asked_last", type_=Date)
_STANDS_ON: Final = bindparam("asked_stands_on", type_=Date)
_STANDS_AT: Final = bindparam("asked_stands_at", type_=tables.Moment)
_KNOWN_AT: Final = bindparam("asked_known_at", type_=tables.Moment)
_WEEK_BEGINS: Final = bindparam("asked_week_begins", type_=Integer)
_TERRITORY: Final = bindparam("asked_territory", type_=String)
_CHANNEL: Final = bindparam("asked_channel", type_=String)
_TOPIC: Final = bindparam("asked_topic", type_=String)
_DEPARTMENT: Final = bindparam("asked_department", type_=String)
_BLOCKS: Final = bindparam("asked_blocks", type_=String, expanding=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """All of a question that its SQL is written by. `shifts`: how often the clocks of its period change, and one."""

    as_known_then: bool
    by_territory: bool
    by_channel: bool
    by_topic: bool
    by_department: bool
    by_blocks: bool
    lacks: Cut | None
    shifts: int


def shape_of(asked: Asked) -> Shape:
    scope = asked.scope
    return Shape(
        as_known_then=asked.known_at is not None,
        by_territory=scope.territory is not None,
        by_channel=scope.channel is not None,
        by_topic=scope.topic is not None,
        by_department=scope.department is not None,
        by_blocks=scope.blocks is not None,
        lacks=scope.lacks,
        shifts=len(_shifts(asked.period, asked.calendar)),
    )


def values_of(asked: Asked, office: OfficeId) -> dict[str, Any]:
    """What is bound to a statement of its shape."""
    scope, shifts = asked.scope, _shifts(asked.period, asked.calendar)
    values: list[tuple[BindParameter[Any], Any]] = [
        (_OFFICE, office),
        (_FIRST, asked.period.first),
        (_LAST, asked.period.last),
        (_STANDS_ON, asked.stands_on),
        (_STANDS_AT, asked.stands_at),
        (_KNOWN_AT, asked.known_at),
        (_WEEK_BEGINS, asked.week_begins),
        (_TERRITORY, scope.territory),
        (_CHANNEL, scope.channel),
        (_TOPIC, scope.topic),
        (_DEPARTMENT, scope.department),
        (_BLOCKS, sorted(scope.blocks or ())),
        *((until, day) for (until, _), (day, _) in zip(_bound_shifts(len(shifts)), shifts, strict=True)),
        *(
            (back, f"{-ahead} seconds")
            for (_, back), (_, ahead) in zip(_bound_shifts(len(shifts)), shifts, strict=True)
        ),
    ]
    return {bound.key: value for bound, value in values}


def rows_as_known(shape: Shape) -> FromClause:
    """The office's appeals with the columns of `appeals`, as they are, or as they stood at `known_at`."""
    if not shape.as_known_then:
        return tables.appeals
    appeals, lines = tables.appeals, tables.appeal_changes
    last = (
        select(func.max(lines.c.id))
        .where(lines.c.office_id == _OFFICE, lines.c.at <= _KNOWN_AT)
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
    return and_(table.office_id == _OFFICE, _place(table, among), *_in_scope(table, shape))


def counts(table: Any, shape: Shape) -> Mapping[Figure, ColumnElement[bool]]:
    """Whether a row is what the figure counts, of those that are found for it."""
    is_open, is_finished = _is_open(table), _is_finished(table)
    in_period = is_finished & table.finished_on.between(_FIRST, _LAST)
    could_be_solved = is_finished & _could_be_solved(table)
    return {
        Figure.NEW: table.id.is_not(None),
        Figure.REPEATED: table.repeated.is_(True),
        Figure.FINISHED: is_finished,
        Figure.LATE: is_finished & _is_late(table, shape),
        Figure.SOLVED: could_be_solved & (table.outcome == AppealOutcome.SOLVED.value),
        Figure.EXPLAINED: could_be_solved & (table.outcome == AppealOutcome.EXPLAINED.value),
        Figure.MARKED: is_finished & _is_marked(table),
        Figure.SATISFIED: is_finished & _is_satisfied(table),
        Figure.OPEN: is_open,
        Figure.OVERDUE: is_open & (table.due_at <= _STANDS_AT),
        Figure.DEFERRED: _has(table, AppealState.DEFERRED) & or_(is_open, in_period),
        Figure.AWAITING_MARK: _has(table, AppealState.ANSWERED) & table.vanished_in.is_(None),
        Figure.PRESSED: is_open & (table.pressed_at <= _STANDS_AT),
        Figure.UNDISTRIBUTED: is_open & table.block.is_(None),
        Figure.TO_CHECK: table.vanished_in.is_not(None),
    }


def key_of(table: Any, cut: Cut) -> ColumnElement[Any]:
    """By what the rows of the cut are told apart."""
    columns = {
        Cut.BLOCK: table.block,
        Cut.TERRITORY: table.territory,
        Cut.SETTLEMENT: table.settlement,
        Cut.CHANNEL: table.source,
        Cut.TOPIC: table.topic_group,
        Cut.SUBTOPIC: table.topic,
        Cut.DEPARTMENT: func.coalesce(table.department, table.organisation),
    }
    key: ColumnElement[Any] = columns[cut] if cut in columns else week_of(table.created_on, _WEEK_BEGINS)
    return key


def _pressed_at() -> ColumnElement[datetime]:
    """When it was last pressed by then, unless an export had answered the press since."""
    presses, since = tables.appeal_changes.alias("presses"), tables.appeal_changes.alias("since")
    answered = select(since.c.id).where(
        since.c.office_id == presses.c.office_id,
        since.c.appeal == presses.c.appeal,
        since.c.id > presses.c.id,
        since.c.at <= _KNOWN_AT,
        or_(since.c.happening == AppealHappening.NOT_CONFIRMED.value, ~tables.may_be_open(since.c)),
    )
    return (
        select(func.max(presses.c.at))
        .where(
            presses.c.office_id == tables.appeals.c.office_id,
            presses.c.appeal == tables.appeals.c.id,
            presses.c.happening == AppealHappening.PRESSED.value,
            presses.c.at <= _KNOWN_AT,
            ~answered.exists(),
        )
        .scalar_subquery()
    )


def _place(table: Any, among: Among) -> ColumnElement[bool]:
    is_there, rests = table.created_on <= _STANDS_ON, ~tables.may_be_open(table)
    match among:
        case Among.CREATED:
            # By each source, for that is how the index on creation begins.
            return and_(
                table.source.in_([each.value for each in AppealSource]), table.created_on.between(_FIRST, _LAST)
            )
        case Among.FINISHED:
            return and_(table.finished_on >= _FIRST, table.finished_on <= _LAST)
        case Among.MAY_BE_OPEN:
            # Every row has a deadline: naming it leads to the index of open ones, of which there are no statistics.
            return and_(is_there, tables.may_be_open(table), table.due_at > datetime(1, 1, 1, tzinfo=UTC))
        case Among.ENDED_LATER:
            return and_(is_there, rests, table.finished_on > _STANDS_ON)
        case Among.HANDED_ON:
            return and_(is_there, rests, table.redirected_on > _STANDS_ON, table.finished_on.is_(None))
        case Among.UNMARKED:
            return and_(is_there, tables.is_unmarked(table))
        case Among.VANISHED:
            return and_(is_there, table.vanished_in.is_not(None))


def _has(table: Any, state: AppealState) -> ColumnElement[bool]:
    """As `AppealChange` has it: what somebody redirected by hand is in no other state."""
    return and_(table.redirected_to.is_(None), table.state == state.value)


def _is_open(table: Any) -> ColumnElement[bool]:
    """At the moment, by the dates that are known: open still, or ended later."""
    ended_later = table.finished_on > _STANDS_ON
    is_open = table.state == AppealState.OPEN.value
    is_postponed = and_(table.state == AppealState.DEFERRED.value, table.finished_on.is_(None))
    ours = and_(table.redirected_to.is_(None), or_(is_open, is_postponed, ended_later))
    handed_on = and_(table.redirected_on > _STANDS_ON, or_(table.finished_on.is_(None), ended_later))
    return and_(table.vanished_in.is_(None), or_(ours, handed_on))


def _is_finished(table: Any) -> ColumnElement[bool]:
    """What is open or has vanished is not, whatever date the export has for its end."""
    return and_(
        table.finished_on.is_not(None),
        table.vanished_in.is_(None),
        or_(table.state != AppealState.OPEN.value, table.redirected_to.is_not(None)),
    )


def _is_late(table: Any, shape: Shape) -> ColumnElement[bool]:
    """As `AppealChange.is_late`: by the moment where there is one, else by the day."""
    begins = midnight_of(table.finished_on, _bound_shifts(shape.shifts))
    return or_(
        table.finished_at > table.due_at,
        table.finished_at.is_(None) & (begins >= table.due_at),
    )


def _could_be_solved(table: Any) -> ColumnElement[bool]:
    """«Решаемые»; ПОС has no such word, so all of its own are taken for such."""
    return or_(table.kind.is_(None), table.kind == AppealKind.SOLVABLE.value)


def _is_marked(table: Any) -> ColumnElement[bool]:
    said = [Satisfaction.PLEASED.value, Satisfaction.DISPLEASED.value]
    return or_(table.mark.is_not(None), table.satisfaction.in_(said))


def _is_satisfied(table: Any) -> ColumnElement[bool]:
    by_word = table.mark.is_(None) & (table.satisfaction == Satisfaction.PLEASED.value)
    return or_(table.mark >= GOOD_MARK, by_word)


def _in_scope(table: Any, shape: Shape) -> list[ColumnElement[bool]]:
    narrowed = (
        (shape.by_territory, table.territory == _TERRITORY),
        (shape.by_channel, table.source == _CHANNEL),
        (shape.by_topic, table.topic_group == _TOPIC),
        (shape.by_department, key_of(table, Cut.DEPARTMENT) == _DEPARTMENT),
        (shape.by_blocks, table.block.in_(_BLOCKS)),
    )
    lacking = [] if shape.lacks is None else [key_of(table, shape.lacks).is_(None)]
    return [*(condition for is_asked, condition in narrowed if is_asked), *lacking]


def _bound_shifts(count: int) -> Sequence[tuple[BindParameter[date], BindParameter[str]]]:
    return [
        (bindparam(f"asked_until_{place}", type_=Date), bindparam(f"asked_back_{place}", type_=String))
        for place in range(count)
    ]


def _shifts(period: Period, calendar: WorkingCalendar) -> Sequence[tuple[date, int]]:
    """Until which day of the period how many seconds the office's midnight is ahead of that of UTC."""
    shifts: list[tuple[date, int]] = []
    for day in period:
        midnight = calendar.moment_at(day, time.min).replace(tzinfo=None)
        ahead = int((datetime.combine(day, time.min) - midnight) / timedelta(seconds=1))
        if shifts and shifts[-1][1] == ahead:
            shifts.pop()
        shifts.append((day, ahead))
    return shifts
