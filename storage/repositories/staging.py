"""Rows of an import before they count, and the one short transaction in which they do; and the way back.

Applying moves only what is new or otherwise. What it replaces is kept beside as «before» rows until the next import is
applied, so that the last one can be taken back.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    case,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    not_,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.sql.elements import KeyedColumnElement

from risk.appeal_cases import AppealHappening
from risk.appeals import AppealState
from risk.first_answers import FirstAnswersOfDay
from risk.ids import ImportId
from risk.imports import Import, ImportState
from risk.nudges import Why
from risk.obligations import Matter
from risk.staging import Compared, Lacking, StagedAppeal
from risk.standing import Subject
from storage import tables
from storage.appeal_mapping import (
    FACTS_OF_APPEAL,
    appeal_of,
    columns_of_facts,
    first_answers_values,
    import_of,
    staged_values,
    told_of,
)
from storage.database import insert_many
from storage.repositories.rows import OfficeRows
from storage.tables import TOLD_OF_APPEAL, appeal_changes, appeals, staged_appeals

NEW, CHANGED, SAME, NEWER, BEFORE = "new", "changed", "same", "newer", "before"
"""What a staged row is: all but the last by comparison; after applying only the last one is of use.

«Newer»: it says otherwise than what is known from an export of a later moment, and so it says nothing.
"""
_COMPARED: Final = (NEW, CHANGED, SAME, NEWER)

_KEPT_BESIDE: Final = (
    *TOLD_OF_APPEAL,
    "chosen",
    "extensions",
    "press",
    "pressed_at",
    "pressed_by",
    "imported",
    "vanished_in",
)
_COUNTED: Final = (
    "state",
    "due_at",
    "outcome",
    "mark",
    "satisfaction",
    "repeated",
    "finished_on",
    "finished_at",
    "block",
)
"""Of these a change is a line of history."""
_LINE: Final = ("office_id", "appeal", "at", "happening", *_COUNTED, "vanished", "imported", "facts")
_BY_HAND: Final = frozenset({"block", "routed"})
"""What a person's choice keeps from being changed by an export."""


class StagingRows(OfficeRows):
    async def clear(self, one: ImportId) -> None:
        await self._delete(staged_appeals, staged_appeals.c.import_id == one)
        table = tables.first_answers
        await self._delete(table, table.c.import_id == one, table.c.is_staged)

    async def add(
        self, one: ImportId, rows: Sequence[StagedAppeal], *, untold: Collection[str] = ()
    ) -> Sequence[Lacking]:
        """Told apart at once, so that the preview need not rewrite them all in one go."""
        owned = {"office_id": self._office, "import_id": one, "fate": NEW}
        before = await self._last(staged_appeals)
        await insert_many(self._connection, staged_appeals, [staged_values(each) | owned for each in rows])
        added = staged_appeals.c.id > before
        await self._tell_apart(added, false())
        return await self._lacking(added, untold)

    async def lacking(self, one: ImportId, *, untold: Collection[str]) -> Sequence[Lacking]:
        return await self._lacking(self._own(staged_appeals, self._staged(one)), untold)

    async def fill(self, rows: Sequence[tuple[int, StagedAppeal]]) -> None:
        """Told apart anew as well: they stand beside one another when they have just come."""
        if not rows:
            return
        await self._update_all(staged_appeals, [(row, staged_values(each)) for row, each in rows])
        ids = [row for row, _ in rows]
        those = staged_appeals.c.id.between(min(ids), max(ids))
        await self._tell_apart(self._own(staged_appeals, those, staged_appeals.c.fate.in_((NEW, CHANGED))), false())

    async def compare(self, one: Import) -> Compared:
        newer = await self._newer(one)
        await self._tell_apart(self._own(staged_appeals, self._staged(one.id, *_COMPARED)), newer)
        query = select(staged_appeals.c.fate, func.count()).where(self._staged(one.id))
        rows = await self._connection.execute(query.group_by(staged_appeals.c.fate))
        counts: dict[str | None, int] = {row[0]: row[1] for row in rows}
        return Compared(
            new=counts.get(NEW, 0),
            changed=counts.get(CHANGED, 0),
            same=counts.get(SAME, 0),
            newer=counts.get(NEWER, 0),
            vanished=await self._count(self._in_period(one), ~newer, self._is_missing(one)),
            in_period=await self._count(self._in_period(one), ~newer),
        )

    async def apply(self, one: Import, at: datetime) -> None:
        """Right after `compare`, in the same transaction."""
        last, newer = await self._last(appeals), await self._newer(one)
        await self._disturb_what_is_waited_for(one, newer)
        await self._keep_beside(one)
        if one.is_believed_complete:
            await self._mark_vanished(one, newer)
        await self._insert_new(one)
        await self._overwrite(one)
        await self._write_history(one, at, last)
        await self._let_settle(one)

    async def sweep(self, most: int) -> bool:
        """Outside the swap, which has to be short: what was the same, and the way back of an earlier import."""
        imports = tables.imports
        waiting = select(imports.c.id).where(self._own(imports, tables.import_open))
        last = (
            select(imports.c.id)
            .where(self._own(imports, imports.c.state == ImportState.APPLIED.value))
            .order_by(imports.c.decided_at.desc(), imports.c.id.desc())
            .limit(1)
        )
        leads_back = staged_appeals.c.import_id.in_(last) & (staged_appeals.c.fate == BEFORE)
        idle = self._own(staged_appeals, staged_appeals.c.import_id.not_in(waiting), ~leads_back)
        some = select(staged_appeals.c.id).where(idle).limit(most)
        swept = await self._connection.execute(delete(staged_appeals).where(staged_appeals.c.id.in_(some)))
        return swept.rowcount == most

    async def acted_upon(self, one: Import) -> Sequence[str]:
        recorded = exists().where(tables.records.c.appeal == appeals.c.id, tables.records.c.status != "cancelled")
        query = (
            select(appeals.c.number)
            .where(self._own(appeals), or_(appeals.c.id.in_(self._replaced(one)), self._is_new(one)))
            .where(or_(appeals.c.acted_at > one.decided_at, recorded & self._is_new(one)))
        )
        return [row.number for row in await self._connection.execute(query.order_by(appeals.c.id))]

    async def take_back(self, one: Import, at: datetime) -> None:
        of_import = self._own(appeal_changes, appeal_changes.c.imported == one.id, appeal_changes.c.position.is_(None))
        await self._connection.execute(delete(appeal_changes).where(of_import))
        before = self._staged(one.id, BEFORE) & (staged_appeals.c.appeal == appeals.c.id)
        back: dict[str, Any] = {name: staged_appeals.c[name] for name in _KEPT_BESIDE} | {"unsettled": True}
        await self._connection.execute(update(appeals).where(self._own(appeals), before).values(back))
        await self._forget_new(one, at)
        await self._delete(staged_appeals, self._staged(one.id))

    async def add_first_answers(self, one: ImportId, groups: Sequence[FirstAnswersOfDay]) -> None:
        owned = {"office_id": self._office, "import_id": one, "is_staged": True}
        rows = [first_answers_values(each) | owned for each in groups]
        if rows:
            await self._connection.execute(tables.first_answers.insert(), rows)

    async def apply_first_answers(self, one: Import) -> None:
        table = tables.first_answers
        await self._delete(table, table.c.replaced_in.is_not(None))
        of_period = (table.c.day >= one.first_day, table.c.day <= one.last_day, table.c.is_staged.is_(False))
        await self._update(table, {"replaced_in": one.id}, *of_period)
        await self._update(table, {"is_staged": False}, table.c.import_id == one.id)

    async def take_back_first_answers(self, one: Import) -> None:
        table = tables.first_answers
        await self._delete(table, table.c.import_id == one.id)
        await self._update(table, {"replaced_in": None}, table.c.replaced_in == one.id)

    async def _newer(self, one: Import) -> ColumnElement[bool]:
        """Appeals of which an export of a later moment has told: what has come with it, and all of its period."""
        imports = tables.imports
        later = self._own(
            imports,
            imports.c.state == ImportState.APPLIED.value,
            imports.c.source == one.source,
            imports.c.made_at > one.made_at,
        )
        found = [import_of(row) for row in await self._connection.execute(imports.select().where(later))]
        if not found:
            return false()
        days = [
            (each.first_day, each.last_day)
            for each in found
            if each.is_believed_complete and each.first_day is not None and each.last_day is not None
        ]
        told = [appeals.c.created_on.between(first, last) for first, last in _merged(days)]
        came = appeals.c.imported.in_(select(imports.c.id).where(later))
        return appeals.c.imported.is_not(None) & or_(came, *told)

    async def _lacking(self, staged: ColumnElement[bool], untold: Collection[str]) -> Sequence[Lacking]:
        """Rows that would change what their file says nothing of; filled ones of which nothing is known any more."""
        is_otherwise = or_(false(), *_otherwise(columns_of_facts(untold)))
        differs = exists().where(appeals.c.id == staged_appeals.c.appeal, is_otherwise)
        lost = staged_appeals.c.appeal.is_(None) & staged_appeals.c.told.is_not(None)
        those = and_(staged, or_((staged_appeals.c.fate == CHANGED) & differs, lost))
        rows = (await self._connection.execute(staged_appeals.select().where(those))).all()
        if not rows:
            return ()
        about = appeals.c.id.in_(select(staged_appeals.c.appeal).where(those))
        known = await self._connection.execute(appeals.select().where(self._own(appeals, about)))
        by_id = {row.id: appeal_of(row) for row in known}
        return [Lacking(row=row.id, told=told_of(row), known=by_id.get(row.appeal)) for row in rows]

    async def _tell_apart(self, staged: ColumnElement[bool], newer: ColumnElement[bool]) -> None:
        """Again and again, for what is known may change meanwhile; only what is otherwise than before is written."""
        still_there = exists().where(appeals.c.id == staged_appeals.c.appeal)
        lost = staged_appeals.c.appeal.is_not(None) & ~still_there
        await self._connection.execute(update(staged_appeals).where(staged, lost).values(fate=NEW, appeal=None))
        same_appeal = and_(
            appeals.c.office_id == self._office,
            appeals.c.source == staged_appeals.c.source,
            appeals.c.number == staged_appeals.c.number,
        )
        is_same = not_(or_(*_otherwise(FACTS_OF_APPEAL)))
        fate = case((is_same, SAME), (newer, NEWER), else_=CHANGED)
        otherwise = or_(staged_appeals.c.appeal.is_distinct_from(appeals.c.id), staged_appeals.c.fate != fate)
        found = update(staged_appeals).where(staged, same_appeal, otherwise)
        await self._connection.execute(found.values(fate=fate, appeal=appeals.c.id))

    async def _disturb_what_is_waited_for(self, one: Import, newer: ColumnElement[bool]) -> None:
        """A row that says nothing new still answers a press, and brings back what had vanished."""
        answers = or_(appeals.c.vanished_in.is_not(None), appeals.c.pressed_at <= one.made_at)
        waited_for = self._own(appeals, answers, ~newer)
        those = staged_appeals.c.appeal.in_(select(appeals.c.id).where(waited_for))
        await self._update(staged_appeals, {"fate": CHANGED}, self._staged(one.id, SAME), those)

    async def _keep_beside(self, one: Import) -> None:
        changed = select(staged_appeals.c.appeal).where(self._own(staged_appeals, self._staged(one.id, CHANGED)))
        await self._keep_rows_beside(one, appeals.c.id.in_(changed))

    async def _keep_rows_beside(self, one: Import, which: ColumnElement[bool]) -> None:
        names = ("office_id", "import_id", "source", "fate", "appeal", *_KEPT_BESIDE)
        kept = select(
            literal(self._office),
            literal(one.id),
            appeals.c.source,
            literal(BEFORE),
            appeals.c.id,
            *_columns(_KEPT_BESIDE),
        ).where(self._own(appeals), which)
        await self._connection.execute(insert(staged_appeals).from_select(list(names), kept))

    async def _insert_new(self, one: Import) -> None:
        told = [staged_appeals.c[name] for name in TOLD_OF_APPEAL]
        names = ["office_id", "source", *TOLD_OF_APPEAL, "imported", "chosen", "extensions", "returns", "unsettled"]
        may_be_open = staged_appeals.c.state.in_(("open", "deferred"))  # of the others nothing comes to be owed
        fresh = (literal(one.id), false(), literal(0), literal(0), may_be_open)
        rows = select(staged_appeals.c.office_id, staged_appeals.c.source, *told, *fresh)
        new = self._own(staged_appeals, self._staged(one.id, NEW))
        await self._connection.execute(insert(appeals).from_select(names, rows.where(new)))

    async def _overwrite(self, one: Import) -> None:
        changed = self._staged(one.id, CHANGED) & (staged_appeals.c.appeal == appeals.c.id)
        values: dict[str, Any] = {name: staged_appeals.c[name] for name in TOLD_OF_APPEAL if name not in _BY_HAND}
        values |= {name: case((appeals.c.chosen, appeals.c[name]), else_=staged_appeals.c[name]) for name in _BY_HAND}
        moved = staged_appeals.c.planned_on > appeals.c.planned_on
        values |= {"extensions": appeals.c.extensions + case((moved, 1), else_=0)}
        is_answered = appeals.c.pressed_at <= one.made_at
        values |= {
            name: case((is_answered, null()), else_=appeals.c[name]) for name in ("press", "pressed_at", "pressed_by")
        }
        values |= {"imported": one.id, "vanished_in": null(), "unsettled": True}
        await self._connection.execute(update(appeals).where(self._own(appeals), changed).values(values))

    async def _mark_vanished(self, one: Import, newer: ColumnElement[bool]) -> None:
        missing = and_(self._in_period(one), ~newer, self._is_missing(one))
        await self._keep_rows_beside(one, missing)
        await self._update(appeals, {"vanished_in": one.id, "unsettled": True}, missing)

    async def _write_history(self, one: Import, at: datetime, last: int) -> None:
        """A line for each that is new, after the `last` one known before, and for what is counted otherwise now."""
        fresh = (appeals.c.id > last) & (appeals.c.imported == one.id)
        await self._write_lines(self._lines(one, at, literal(AppealHappening.IMPORTED.value)).where(fresh))
        before = staged_appeals
        vanished = appeals.c.vanished_in.is_not(None)
        unconfirmed = and_(
            before.c.press.is_not(None), appeals.c.press.is_(None), appeals.c.state.in_(("open", "deferred"))
        )
        happening = case(
            (vanished, AppealHappening.VANISHED.value),
            (unconfirmed, AppealHappening.NOT_CONFIRMED.value),
            else_=AppealHappening.IMPORTED.value,
        )
        otherwise = or_(
            unconfirmed,
            appeals.c.vanished_in.is_distinct_from(before.c.vanished_in),
            *(appeals.c[name].is_distinct_from(before.c[name]) for name in _COUNTED),
        )
        changed = (
            self._lines(one, at, happening)
            .join(before, before.c.appeal == appeals.c.id)
            .where(self._own(appeals), self._own(before, self._staged(one.id, BEFORE)), otherwise)
        )
        await self._write_lines(changed)

    def _lines(self, one: Import, at: datetime, happening: ColumnElement[str]) -> Select[Any]:
        """How the appeals stand now, as `_LINE` has it."""
        return select(
            appeals.c.office_id,
            appeals.c.id,
            literal(at, tables.Moment()),
            happening,
            case((appeals.c.redirected_to.is_not(None), AppealState.REDIRECTED.value), else_=appeals.c.state),
            *_columns(_COUNTED[1:]),
            appeals.c.vanished_in.is_not(None),
            literal(one.id),
            literal("{}"),
        )

    async def _write_lines(self, lines: Select[Any]) -> None:
        await self._connection.execute(insert(appeal_changes).from_select(list(_LINE), lines.order_by(appeals.c.id)))

    async def _let_settle(self, one: Import) -> None:
        """Of what was touched only that about which something is, or may come to be, owed."""
        owed = tables.obligations
        is_owed = exists().where(
            owed.c.office_id == self._office,
            tables.obligation_open,
            owed.c.matter == Matter.APPEAL.value,
            owed.c.matter_id == appeals.c.id,
        )
        rested = and_(appeals.c.unsettled, ~tables.appeal_may_be_open, ~is_owed)
        await self._update(appeals, {"unsettled": False}, appeals.c.id.in_(self._replaced(one)), rested)

    async def _forget_new(self, one: Import, at: datetime) -> None:
        """Nothing of them was acted upon: they were never there."""
        new = select(appeals.c.id).where(self._own(appeals), self._is_new(one))
        owed = tables.obligations
        about = self._own(owed, owed.c.matter == Matter.APPEAL.value, owed.c.matter_id.in_(new))
        nudges = tables.nudges
        pending = self._own(nudges, tables.nudge_pending, nudges.c.owed.in_(select(owed.c.id).where(about)))
        await self._connection.execute(update(nudges).where(pending).values(state="moot", why=Why.DONE.value))
        ended = update(owed).where(about, tables.obligation_open)
        await self._connection.execute(ended.values(next_at=None, ended_at=at))
        records, standing = tables.records, tables.standing
        about_new = self._own(records, records.c.appeal.in_(new))
        # A question whose appeal is gone has nothing left to show.
        those = standing.c.subject_id.in_(select(records.c.id).where(about_new))
        await self._delete(
            standing, standing.c.subject == Subject.RECORD.value, those
        )  # nothing is left that they could show
        await self._delete(records, records.c.appeal.in_(new))
        await self._delete(appeals, appeals.c.id.in_(new))

    def _staged(self, one: ImportId, *fates: str) -> ColumnElement[bool]:
        of_import = staged_appeals.c.import_id == one
        return of_import & staged_appeals.c.fate.in_(fates) if fates else of_import

    def _replaced(self, one: Import) -> Select[tuple[int]]:
        """Ids of the appeals that an applied import has made otherwise."""
        return select(staged_appeals.c.appeal).where(self._own(staged_appeals, self._staged(one.id, BEFORE)))

    def _is_new(self, one: Import) -> ColumnElement[bool]:
        """Of the last import applied: it has come with it."""
        return (appeals.c.imported == one.id) & appeals.c.id.not_in(self._replaced(one))

    def _in_period(self, one: Import) -> ColumnElement[bool]:
        return self._own(
            appeals,
            appeals.c.source == one.source,
            appeals.c.imported.is_not(None),
            appeals.c.created_on >= one.first_day,
            appeals.c.created_on <= one.last_day,
        )

    def _is_missing(self, one: Import) -> ColumnElement[bool]:
        there = self._own(staged_appeals, self._staged(one.id, *_COMPARED), staged_appeals.c.appeal.is_not(None))
        return and_(
            appeals.c.vanished_in.is_(None),
            appeals.c.id.not_in(select(staged_appeals.c.appeal).where(there)),
            appeals.c.number.not_in(one.found.faulty_numbers),
        )

    async def _last(self, table: Table) -> int:
        """The number that was given last."""
        return int((await self._connection.execute(select(func.coalesce(func.max(table.c.id), 0)))).scalar_one())

    async def _count(self, *conditions: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(appeals).where(*conditions)
        return int((await self._connection.execute(query)).scalar_one())


def _otherwise(names: Iterable[str]) -> list[ColumnElement[bool]]:
    """Of a staged row and the appeal that it is about."""
    return [appeals.c[name].is_distinct_from(staged_appeals.c[name]) for name in names]


def _merged(periods: Iterable[tuple[date, date]]) -> Iterator[tuple[date, date]]:
    """The same days in few periods: daily exports overlap."""
    begun: tuple[date, date] | None = None
    for first, last in sorted(periods):
        if begun is None or first > begun[1]:
            if begun is not None:
                yield begun
            begun = first, last
        else:
            begun = begun[0], max(begun[1], last)
    if begun is not None:
        yield begun


def _columns(names: Iterable[str]) -> list[KeyedColumnElement[Any]]:
    return [appeals.c[name] for name in names]
