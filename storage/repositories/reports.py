"""Figures of appeals, counted in the database: one condition for each figure, by which it is counted and listed alike.

A figure is counted among rows that one of three conditions finds, each by an index of its own: those created in the
period, those finished in it, and those that stood in some way at its last moment.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select

from risk.appeal_cases import GOOD_MARK, AppealCase
from risk.appeals import AppealKind, AppealOutcome, AppealSource, AppealState, Satisfaction
from risk.calendar import WorkingCalendar
from risk.figures import Asked, Cut, Figure, GroupKey, Scope, Tally
from risk.periods import Period
from storage import tables
from storage.appeal_mapping import case_of
from storage.database import days_between, midnight_of, week_of
from storage.repositories.rows import OfficeRows


class _Among(StrEnum):
    """Which rows hold whatever a figure counts."""

    CREATED = "created"
    FINISHED = "finished"
    STANDING = "standing"


_AMONG: Final[Mapping[Figure, _Among]] = MappingProxyType(
    {
        Figure.NEW: _Among.CREATED,
        Figure.REPEATED: _Among.CREATED,
        Figure.FINISHED: _Among.FINISHED,
        Figure.LATE: _Among.FINISHED,
        Figure.SOLVED: _Among.FINISHED,
        Figure.EXPLAINED: _Among.FINISHED,
        Figure.MARKED: _Among.FINISHED,
        Figure.SATISFIED: _Among.FINISHED,
        Figure.OPEN: _Among.STANDING,
        Figure.OVERDUE: _Among.STANDING,
        Figure.DEFERRED: _Among.STANDING,
        Figure.AWAITING_MARK: _Among.STANDING,
        Figure.PRESSED: _Among.STANDING,
        Figure.UNDISTRIBUTED: _Among.STANDING,
        Figure.TO_CHECK: _Among.STANDING,
    }
)


class ReportRows(OfficeRows):
    async def tally(self, asked: Asked) -> Tally:
        return (await self._counted(asked, None)).get(None, Tally())

    async def tallies(self, asked: Asked, cut: Cut) -> Mapping[GroupKey, Tally]:
        return await self._counted(asked, cut)

    async def crossed(self, asked: Asked, rows: Cut, columns: Cut) -> Mapping[tuple[GroupKey, GroupKey], int]:
        table = tables.appeals.c
        row, column = _key(table, rows, asked), _key(table, columns, asked)
        found = self._found(table, asked, Figure.NEW)
        query = select(row, column, func.count()).where(found).group_by(row, column)
        counted = await self._connection.execute(query)
        return {(_of_key(rows, each[0]), _of_key(columns, each[1])): each[2] for each in counted}

    async def received(self, asked: Asked, cut: Cut | None = None) -> Mapping[tuple[GroupKey, date], int]:
        table = tables.appeals.c
        by = [] if cut is None else [_key(table, cut, asked)]
        query = select(table.created_on, func.count(), *by).where(self._found(table, asked, Figure.NEW))
        counted = await self._connection.execute(query.group_by(table.created_on, *by))
        return {(None if cut is None else _of_key(cut, each[2]), each[0]): each[1] for each in counted}

    async def page(self, asked: Asked, figure: Figure, *, offset: int, limit: int) -> tuple[Sequence[AppealCase], int]:
        table = tables.appeals
        found = self._found(table.c, asked, figure)
        total = (await self._connection.execute(select(func.count()).select_from(table).where(found))).scalar_one()
        query = table.select().where(found).order_by(table.c.due_at, table.c.id).offset(offset).limit(limit)
        return [case_of(row) for row in await self._connection.execute(query)], total

    async def topics(self) -> Sequence[str]:
        table = tables.appeals.c
        named = (table.office_id == self._office) & table.topic_group.is_not(None)
        return (await self._connection.execute(select(table.topic_group).where(named).distinct())).scalars().all()

    async def _counted(self, asked: Asked, cut: Cut | None) -> dict[GroupKey, Tally]:
        figures: dict[GroupKey, dict[Figure, int]] = {}
        for among in _Among:
            for key, counts in (await self._of_rows(asked, cut, among)).items():
                figures.setdefault(key, {}).update(counts)
        days = await self._days(asked, cut)
        return {key: Tally(figures=counts, days=days.get(key, {})) for key, counts in figures.items()}

    async def _of_rows(self, asked: Asked, cut: Cut | None, among: _Among) -> Mapping[GroupKey, dict[Figure, int]]:
        table = tables.appeals.c
        counted = [figure for figure, rows in _AMONG.items() if rows is among]
        columns = [func.count().filter(_is(table, figure, asked)).label(figure.value) for figure in counted]
        by = [] if cut is None else [_key(table, cut, asked).label("key")]
        query = select(*columns, *by).where(self._rows(table, asked, among)).group_by(*by)
        found: dict[GroupKey, dict[Figure, int]] = {}
        for row in await self._connection.execute(query):
            counts = {figure: row[place] for place, figure in enumerate(counted) if row[place]}
            if counts:
                found[None if cut is None else _of_key(cut, row.key)] = counts
        return found

    async def _days(self, asked: Asked, cut: Cut | None) -> Mapping[GroupKey, dict[int, int]]:
        table = tables.appeals.c
        took = days_between(table.created_on, table.finished_on).label("took")
        by = [] if cut is None else [_key(table, cut, asked).label("key")]
        query = select(took, func.count().label("times"), *by).where(self._found(table, asked, Figure.FINISHED))
        days: dict[GroupKey, dict[int, int]] = {}
        for row in await self._connection.execute(query.group_by(took, *by)):
            days.setdefault(None if cut is None else _of_key(cut, row.key), {})[row.took] = row.times
        return days

    def _found(self, table: Any, asked: Asked, figure: Figure) -> ColumnElement[bool]:
        return and_(self._rows(table, asked, _AMONG[figure]), _is(table, figure, asked))

    def _rows(self, table: Any, asked: Asked, among: _Among) -> ColumnElement[bool]:
        return and_(table.office_id == self._office, _rows_of(table, asked, among), *_in_scope(table, asked.scope))


def _rows_of(table: Any, asked: Asked, among: _Among) -> ColumnElement[bool]:
    first, last = asked.period.first, asked.period.last
    match among:
        case _Among.CREATED:
            # By each source, for that is how the index on creation begins.
            return and_(table.source.in_([each.value for each in AppealSource]), table.created_on.between(first, last))
        case _Among.FINISHED:
            return and_(table.finished_on >= first, table.finished_on <= last)
        case _Among.STANDING:
            stood = or_(
                tables.appeal_may_be_open,
                table.finished_on >= first,
                table.finished_on.is_(None),
                table.vanished_in.is_not(None),
            )
            return and_(table.created_on <= last, stood)


def _is(table: Any, figure: Figure, asked: Asked) -> ColumnElement[bool]:
    """Whether a row is what the figure counts, of those that it is looked for among."""
    return _conditions(table, asked)[figure]


def _conditions(table: Any, asked: Asked) -> Mapping[Figure, ColumnElement[bool]]:
    is_open, is_finished = _is_open(table, asked), _is_finished(table)
    in_period = is_finished & table.finished_on.between(asked.period.first, asked.period.last)
    could_be_solved = is_finished & _could_be_solved(table)
    is_answered = (table.state == AppealState.ANSWERED.value) & table.redirected_to.is_(None)
    return {
        Figure.NEW: table.id.is_not(None),
        Figure.REPEATED: table.repeated.is_(True),
        Figure.FINISHED: is_finished,
        Figure.LATE: is_finished & _is_late(table, asked),
        Figure.SOLVED: could_be_solved & (table.outcome == AppealOutcome.SOLVED.value),
        Figure.EXPLAINED: could_be_solved & (table.outcome == AppealOutcome.EXPLAINED.value),
        Figure.MARKED: is_finished & _is_marked(table),
        Figure.SATISFIED: is_finished & _is_satisfied(table),
        Figure.OPEN: is_open,
        Figure.OVERDUE: is_open & (table.due_at <= asked.stands_at),
        Figure.DEFERRED: (table.state == AppealState.DEFERRED.value) & or_(is_open, in_period),
        Figure.AWAITING_MARK: is_answered & table.finished_on.is_(None) & table.vanished_in.is_(None),
        Figure.PRESSED: is_open & (table.pressed_at <= asked.stands_at),
        Figure.UNDISTRIBUTED: is_open & table.block.is_(None),
        Figure.TO_CHECK: table.vanished_in.is_not(None),
    }


def _is_open(table: Any, asked: Asked) -> ColumnElement[bool]:
    """At the last moment of the period, by the dates that are known: open still, or finished later."""
    last = asked.period.last
    is_here: ColumnElement[bool] = table.vanished_in.is_(None) & or_(
        table.redirected_to.is_(None), table.redirected_on > last
    )
    owes_answer = table.state.in_([AppealState.OPEN.value, AppealState.DEFERRED.value])
    is_open_still = owes_answer & or_(table.state == AppealState.OPEN.value, table.finished_on.is_(None))
    return is_here & or_(is_open_still, ~is_open_still & (table.finished_on > last))


def _is_finished(table: Any) -> ColumnElement[bool]:
    """What is open or has vanished is not, whatever date the export has for its end."""
    return and_(
        table.finished_on.is_not(None),
        table.vanished_in.is_(None),
        or_(table.state != AppealState.OPEN.value, table.redirected_to.is_not(None)),
    )


def _is_late(table: Any, asked: Asked) -> ColumnElement[bool]:
    """As `AppealChange.is_late`: by the moment where there is one, else by the day."""
    begins = midnight_of(table.finished_on, _shifts(asked.period, asked.calendar))
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


def _in_scope(table: Any, scope: Scope) -> list[ColumnElement[bool]]:
    narrowed = [
        column == value
        for column, value in (
            (table.territory, scope.territory),
            (table.source, scope.channel),
            (table.topic_group, scope.topic),
        )
        if value is not None
    ]
    return narrowed if scope.blocks is None else [*narrowed, table.block.in_(sorted(scope.blocks))]


def _key(table: Any, cut: Cut, asked: Asked) -> ColumnElement[Any]:
    columns = {
        Cut.BLOCK: table.block,
        Cut.TERRITORY: table.territory,
        Cut.CHANNEL: table.source,
        Cut.TOPIC: table.topic_group,
        Cut.SUBTOPIC: table.topic,
        Cut.DEPARTMENT: func.coalesce(table.department, table.organisation),
    }
    key: ColumnElement[Any] = columns[cut] if cut in columns else week_of(table.created_on, asked.week_begins)
    return key


def _of_key(cut: Cut, key: Any) -> GroupKey:
    return date.fromisoformat(key) if cut is Cut.WEEK else key


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
