"""Figures of appeals, counted in the database; what each one counts is said in `storage.appeal_figures`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, literal_column, select, union_all

from risk.appeal_cases import AppealCase
from risk.figures import Asked, Cut, Figure, GroupKey, Tally
from risk.first_answers import FirstAnswerTimes, InNorm
from storage import tables
from storage.appeal_figures import counts, key_of
from storage.appeal_mapping import case_of, times_of
from storage.database import days_between
from storage.figure_places import AMONG, Among, found, rows_as_known
from storage.figure_questions import Shape, shape_of, values_of
from storage.repositories.rows import OfficeRows

_PLACES: Final = {among: tuple(figure for figure, places in AMONG.items() if among in places) for among in Among}
_WIDEST: Final = max(map(len, _PLACES.values()))
_ORDER: Final = tuple(Among)


class ReportRows(OfficeRows):
    async def tally(self, asked: Asked) -> Tally:
        return (await self._counted(asked, None)).get(None, Tally())

    async def tallies(self, asked: Asked, cut: Cut) -> Mapping[GroupKey, Tally]:
        return await self._counted(asked, cut)

    async def crossed(self, asked: Asked, rows: Cut, columns: Cut) -> Mapping[tuple[GroupKey, GroupKey], int]:
        shape = shape_of(asked)
        table = rows_as_known(shape).c
        row, column = key_of(table, rows), key_of(table, columns)
        new = found(table, shape, Among.CREATED)
        query = select(row, column, func.count()).where(new).group_by(row, column)
        counted = await self._connection.execute(query, values_of(asked, self._office))
        return {(_of_key(rows, each[0]), _of_key(columns, each[1])): each[2] for each in counted}

    async def received(self, asked: Asked, cut: Cut | None = None) -> Mapping[tuple[GroupKey, date], int]:
        shape = shape_of(asked)
        table = rows_as_known(shape).c
        by = [] if cut is None else [key_of(table, cut)]
        new = found(table, shape, Among.CREATED)
        query = select(table.created_on, func.count(), *by).where(new).group_by(table.created_on, *by)
        counted = await self._connection.execute(query, values_of(asked, self._office))
        return {(None if cut is None else _of_key(cut, each[2]), each[0]): each[1] for each in counted}

    async def first_answers(self, asked: Asked) -> InNorm:
        shape = shape_of(asked)
        table = rows_as_known(shape).c
        columns = (func.count(table.first_answer_in_norm), func.count().filter(table.first_answer_in_norm.is_(True)))
        query = select(*columns).where(found(table, shape, Among.CREATED))
        known, kept = (await self._connection.execute(query, values_of(asked, self._office))).one()
        return InNorm(known=known, kept=kept)

    async def first_answer_times(self, asked: Asked) -> FirstAnswerTimes:
        table = tables.first_answers
        in_period = table.c.day.between(asked.period.first, asked.period.last)
        standing = (in_period, table.c.is_staged.is_(False), table.c.replaced_in.is_(None))
        rows = await self._connection.execute(select(table.c.total, table.c.seconds).where(self._own(table, *standing)))
        told = [(row.total, times_of(row.seconds)) for row in rows]
        return FirstAnswerTimes(
            total=sum(total for total, _ in told), times=tuple(time for _, times in told for time in times)
        )

    async def page(self, asked: Asked, figure: Figure, *, offset: int, limit: int) -> tuple[Sequence[AppealCase], int]:
        shape, values, table = shape_of(asked), values_of(asked, self._office), tables.appeals
        rows = rows_as_known(shape)
        is_counted = counts(rows.c, shape)[figure]
        places = [select(rows.c.id).where(found(rows.c, shape, among), is_counted) for among in AMONG[figure]]
        those = self._own(table, table.c.id.in_(union_all(*places)))
        counting = select(func.count()).select_from(table).where(those)
        total = (await self._connection.execute(counting, values)).scalar_one()
        query = table.select().where(those).order_by(table.c.due_at, table.c.id).offset(offset).limit(limit)
        return [case_of(row) for row in await self._connection.execute(query, values)], total

    async def named(self, cut: Cut) -> Sequence[str]:
        table = tables.appeals.c
        key = key_of(table, cut)
        query = select(key).where(table.office_id == self._office, key.is_not(None)).distinct()
        return (await self._connection.execute(query)).scalars().all()

    async def _counted(self, asked: Asked, cut: Cut | None) -> dict[GroupKey, Tally]:
        figures: dict[GroupKey, Counter[Figure]] = {}
        days: dict[GroupKey, Counter[int]] = {}
        query, values = _counting(shape_of(asked), cut), values_of(asked, self._office)
        for row in await self._connection.execute(query, values):
            kept_as, took, numbers = row[1], row[2], row[3:]
            here = zip(_PLACES[_ORDER[row[0]]], numbers, strict=False)
            counted: dict[Figure, int] = {figure: number for figure, number in here if number}
            if not counted:
                continue
            key = None if cut is None else _of_key(cut, kept_as)
            figures.setdefault(key, Counter()).update(counted)
            if took is not None and Figure.FINISHED in counted:
                days.setdefault(key, Counter())[took] += counted[Figure.FINISHED]
        return {key: Tally(figures=dict(counted), days=dict(days.get(key, {}))) for key, counted in figures.items()}


@lru_cache(maxsize=128)
def _counting(shape: Shape, cut: Cut | None) -> CompoundSelect[Any]:
    """All that is counted, place by place: writing it takes longer than counting thousands of appeals."""
    table = rows_as_known(shape).c
    is_counted = counts(table, shape)
    return union_all(*(_of_place(table, is_counted, shape, cut, among) for among in _ORDER))


def _of_place(
    table: Any, is_counted: Mapping[Figure, ColumnElement[bool]], shape: Shape, cut: Cut | None, among: Among
) -> Select[Any]:
    """The place, the group, the days it took, and its figures in their order; what was finished, apart by the days."""
    nothing: ColumnElement[Any] = literal_column("NULL")
    key = nothing if cut is None else key_of(table, cut)
    took = days_between(table.created_on, table.finished_on) if among is Among.FINISHED else nothing
    numbers = [func.count().filter(is_counted[figure]) for figure in _PLACES[among]]
    lacking = [nothing] * (_WIDEST - len(numbers))
    place: ColumnElement[Any] = literal_column(str(_ORDER.index(among)))
    by = [each for each in (key, took) if each is not nothing]
    return select(place, key, took, *numbers, *lacking).where(found(table, shape, among)).group_by(*by)


def _of_key(cut: Cut, key: str | None) -> GroupKey:
    return date.fromisoformat(key) if cut is Cut.WEEK and key is not None else key
