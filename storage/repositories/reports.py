"""Figures of appeals, counted in the database; what each one counts is said in `storage.appeal_figures`."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, union_all

from risk.appeal_cases import AppealCase
from risk.figures import Asked, Cut, Figure, GroupKey, Tally
from risk.first_answers import FirstAnswerTimes, InNorm
from storage import tables
from storage.appeal_figures import AMONG, Among, counts, found, key_of, rows_as_known
from storage.appeal_mapping import case_of, times_of
from storage.database import days_between
from storage.repositories.rows import OfficeRows

_TOOK: Final = "took"


class ReportRows(OfficeRows):
    async def tally(self, asked: Asked) -> Tally:
        return (await self._counted(asked, None)).get(None, Tally())

    async def tallies(self, asked: Asked, cut: Cut) -> Mapping[GroupKey, Tally]:
        return await self._counted(asked, cut)

    async def crossed(self, asked: Asked, rows: Cut, columns: Cut) -> Mapping[tuple[GroupKey, GroupKey], int]:
        table = rows_as_known(self._office, asked).c
        row, column = key_of(table, rows, asked), key_of(table, columns, asked)
        new = found(table, asked, self._office, Among.CREATED)
        query = select(row, column, func.count()).where(new).group_by(row, column)
        counted = await self._connection.execute(query)
        return {(_of_key(rows, each[0]), _of_key(columns, each[1])): each[2] for each in counted}

    async def received(self, asked: Asked, cut: Cut | None = None) -> Mapping[tuple[GroupKey, date], int]:
        table = rows_as_known(self._office, asked).c
        by = [] if cut is None else [key_of(table, cut, asked)]
        new = found(table, asked, self._office, Among.CREATED)
        query = select(table.created_on, func.count(), *by).where(new)
        counted = await self._connection.execute(query.group_by(table.created_on, *by))
        return {(None if cut is None else _of_key(cut, each[2]), each[0]): each[1] for each in counted}

    async def first_answers(self, asked: Asked) -> InNorm:
        table = rows_as_known(self._office, asked).c
        columns = (func.count(table.first_answer_in_norm), func.count().filter(table.first_answer_in_norm.is_(True)))
        query = select(*columns).where(found(table, asked, self._office, Among.CREATED))
        known, kept = (await self._connection.execute(query)).one()
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
        rows, table = rows_as_known(self._office, asked), tables.appeals
        is_counted = counts(rows.c, asked)[figure]
        places = [
            select(rows.c.id).where(found(rows.c, asked, self._office, among), is_counted) for among in AMONG[figure]
        ]
        those = self._own(table, table.c.id.in_(union_all(*places)))
        total = (await self._connection.execute(select(func.count()).select_from(table).where(those))).scalar_one()
        query = table.select().where(those).order_by(table.c.due_at, table.c.id).offset(offset).limit(limit)
        return [case_of(row) for row in await self._connection.execute(query)], total

    async def topics(self) -> Sequence[str]:
        table = tables.appeals.c
        named = (table.office_id == self._office) & table.topic_group.is_not(None)
        return (await self._connection.execute(select(table.topic_group).where(named).distinct())).scalars().all()

    async def _counted(self, asked: Asked, cut: Cut | None) -> dict[GroupKey, Tally]:
        figures: dict[GroupKey, Counter[Figure]] = {}
        days: dict[GroupKey, Counter[int]] = {}
        table = rows_as_known(self._office, asked).c
        is_counted = counts(table, asked)
        for among in Among:
            for key, took, counted in await self._of_place(table, is_counted, asked, cut, among):
                figures.setdefault(key, Counter()).update(counted)
                if took is not None and counted[Figure.FINISHED]:
                    days.setdefault(key, Counter())[took] += counted[Figure.FINISHED]
        return {key: Tally(figures=dict(counted), days=dict(days.get(key, {}))) for key, counted in figures.items()}

    async def _of_place(
        self, table: Any, is_counted: Mapping[Figure, ColumnElement[bool]], asked: Asked, cut: Cut | None, among: Among
    ) -> Sequence[tuple[GroupKey, int | None, Mapping[Figure, int]]]:
        """Of each group that has any; what was finished, apart by how many days it took."""
        here = [figure for figure, places in AMONG.items() if among in places]
        by = [] if cut is None else [key_of(table, cut, asked).label("key")]
        if among is Among.FINISHED:
            by.append(days_between(table.created_on, table.finished_on).label(_TOOK))
        columns = [func.count().filter(is_counted[figure]) for figure in here]
        query = select(*columns, *by).where(found(table, asked, self._office, among)).group_by(*by)
        found_here = []
        for row in await self._connection.execute(query):
            counted = {figure: row[place] for place, figure in enumerate(here) if row[place]}
            if counted:
                key = None if cut is None else _of_key(cut, row.key)
                found_here.append((key, row.took if among is Among.FINISHED else None, counted))
        return found_here


def _of_key(cut: Cut, key: str | None) -> GroupKey:
    return date.fromisoformat(key) if cut is Cut.WEEK and key is not None else key
