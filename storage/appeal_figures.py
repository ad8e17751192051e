"""What each figure of appeals counts, as SQL, of the rows that are found for it; where they are is in `figure_places`.

The law is elsewhere: `risk.figures` says what a figure is, `risk.appeal_cases` how one appeal stands. This carries it
out where millions lie, and tests/storage/test_figures.py holds it to a plain reckoning by those rules.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

from risk.appeal_cases import GOOD_MARK
from risk.appeals import AppealKind, AppealOutcome, AppealState, Satisfaction
from risk.figures import Cut, Figure
from storage.database import midnight_of, week_of
from storage.figure_questions import FIRST, LAST, STANDS_AT, STANDS_ON, WEEK_BEGINS, Shape, bound_shifts


def counts(table: Any, shape: Shape) -> Mapping[Figure, ColumnElement[bool]]:
    """Whether a row is what the figure counts, of those that are found for it."""
    is_open, is_finished = _is_open(table), _is_finished(table)
    in_period = is_finished & table.finished_on.between(FIRST, LAST)
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
        Figure.OVERDUE: is_open & (table.due_at <= STANDS_AT),
        Figure.DEFERRED: _has(table, AppealState.DEFERRED) & or_(is_open, in_period),
        Figure.AWAITING_MARK: _has(table, AppealState.ANSWERED) & table.vanished_in.is_(None),
        Figure.PRESSED: is_open & (table.pressed_at <= STANDS_AT),
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
    key: ColumnElement[Any] = columns[cut] if cut in columns else week_of(table.created_on, WEEK_BEGINS)
    return key


def _has(table: Any, state: AppealState) -> ColumnElement[bool]:
    """As `AppealChange` has it: what somebody redirected by hand is in no other state."""
    return and_(table.redirected_to.is_(None), table.state == state.value)


def _is_open(table: Any) -> ColumnElement[bool]:
    """At the moment, by the dates that are known: open still, or ended later."""
    ended_later = table.finished_on > STANDS_ON
    is_open = table.state == AppealState.OPEN.value
    is_postponed = and_(table.state == AppealState.DEFERRED.value, table.finished_on.is_(None))
    ours = and_(table.redirected_to.is_(None), or_(is_open, is_postponed, ended_later))
    handed_on = and_(table.redirected_on > STANDS_ON, or_(table.finished_on.is_(None), ended_later))
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
    begins = midnight_of(table.finished_on, bound_shifts(shape.shifts))
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
