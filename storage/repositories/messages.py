"""Standing messages and planned notices of an office, as use cases write them; sending is `storage.delivery`'s."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from risk.ids import PersonId
from risk.notices import Notice, NoticeState, Told
from risk.people import Address, Place
from risk.standing import Panel, Standing, Subject
from storage import tables
from storage.database import upsert
from storage.mapping import MESSAGES, NOTICE, AnyRow, Values, dumped, place_values, standing_of
from storage.repositories.rows import OfficeRows, at_address

_FRESH: Values = {
    "message": None,
    "shown": 0,
    "refused": None,
    "claimed_by": None,
    "attempts": 0,
    "retry_at": None,
}


_of_reply = tables.standing.c.subject == Subject.NOTE_OFFER.value
"""An offer stays as it is under its reply, when the cards leave a chat."""


class StandingRows(OfficeRows):
    async def post(
        self,
        subject: Subject,
        subject_id: int,
        place: Place,
        *,
        panel: Panel = Panel.MAIN,
        opened_by: PersonId | None = None,
        answers: int | None = None,
        pressed: bool = False,
    ) -> None:
        table = tables.standing
        here = (self._of(subject, subject_id), at_address(table, place.address))
        stood = await self._one(table, *here)
        values = (
            place_values(place)
            | _FRESH
            | {"panel": panel.value, "opened_by": opened_by, "answers": answers, "pressed": pressed}
        )
        if stood is None:
            identity = {"subject": subject.value, "subject_id": subject_id, "wanted": 1}
            await self._insert(table, values | identity)
        else:
            moved_on = {"retired": _with_retired(stood), "wanted": table.c.wanted + 1, "ended": False}
            await self._update(table, values | moved_on, table.c.id == stood.id)

    async def of(self, subject: Subject, subject_id: int) -> Sequence[Standing]:
        table = tables.standing
        result = await self._connection.execute(
            table.select().where(self._own(table, self._standing(subject, subject_id))).order_by(table.c.id)
        )
        return [standing_of(row) for row in result]

    async def at(self, place: Place, message: int) -> Standing | None:
        table = tables.standing
        row = await self._one(table, at_address(table, place.address), table.c.message == message)
        return None if row is None else standing_of(row)

    async def opened_by(self, person: PersonId) -> Sequence[Standing]:
        table = tables.standing
        result = await self._connection.execute(
            table.select().where(self._own(table, table.c.opened_by == person, table.c.ended.is_(False)))
        )
        return [standing_of(row) for row in result]

    async def retry_refused(self, chat: Address) -> None:
        await self._update(tables.standing, {"refused": None, "retry_at": None}, at_address(tables.standing, chat))

    async def leave(self, chat: Address) -> None:
        table = tables.standing
        result = await self._connection.execute(
            table.select().where(self._own(table, at_address(table, chat), table.c.ended.is_(False), ~_of_reply))
        )
        for row in result.all():
            ended = {"ended": True, "message": None, "shown": row.wanted, "retired": _with_retired(row)}
            await self._update(table, ended, table.c.id == row.id)

    async def refresh(self, subject: Subject, subject_id: int) -> None:
        table = tables.standing
        await self._update(table, {"wanted": table.c.wanted + 1}, self._standing(subject, subject_id))

    async def turn(self, subject: Subject, subject_id: int, panel: Panel, *, opened_by: PersonId | None) -> None:
        table = tables.standing
        await self._update(
            table,
            {
                "wanted": table.c.wanted + 1,
                "panel": panel.value,
                "opened_by": opened_by,
                "pressed": True,
                "retry_at": None,
                "attempts": 0,
            },
            self._standing(subject, subject_id),
        )

    def _standing(self, subject: Subject, subject_id: int) -> ColumnElement[bool]:
        return self._of(subject, subject_id) & tables.standing.c.ended.is_(False)

    def _of(self, subject: Subject, subject_id: int) -> ColumnElement[bool]:
        columns = tables.standing.c
        return (columns.subject == subject.value) & (columns.subject_id == subject_id)


class OutboxRows(OfficeRows):
    async def plan(self, notice: Notice, place: Place, *, due_at: datetime, once: str | None = None) -> bool:
        planned = {"kind": notice.kind, "notice": dumped(NOTICE, notice), "state": "planned", "due_at": due_at}
        values = place_values(place) | planned | {"once": once, "office_id": self._office}
        result = await self._connection.execute(
            upsert(tables.outbox).values(**values).on_conflict_do_nothing().returning(tables.outbox.c.id)
        )
        return result.one_or_none() is not None

    async def known(self, names: Collection[str]) -> frozenset[str]:
        table = tables.outbox
        named = select(table.c.once).where(self._own(table, table.c.once.in_(names)))
        return frozenset(row.once for row in await self._connection.execute(named))

    async def told_as(self, once: str) -> Told | None:
        row = await self._one(tables.outbox, tables.outbox.c.once == once)
        return None if row is None else Told(state=NoticeState(row.state), message=row.message, why=row.why)

    async def count_unsent(self, kind: str, before: datetime) -> int:
        table = tables.outbox
        unsent = self._own(table, tables.outbox_planned, table.c.kind == kind, table.c.due_at <= before)
        return (await self._connection.execute(select(func.count()).select_from(table).where(unsent))).scalar_one()

    async def astray_since(self, moment: datetime) -> Sequence[Notice]:
        table = tables.outbox
        astray = [NoticeState.REFUSED.value, NoticeState.UNKNOWN.value]
        return await self._read(table.c.state.in_(astray), table.c.due_at >= moment)

    async def planned_since(self, kind: str, moment: datetime) -> Sequence[Notice]:
        table = tables.outbox
        return await self._read(table.c.kind == kind, table.c.due_at >= moment)

    async def planned_after(self, now: datetime) -> Sequence[tuple[datetime, Notice]]:
        table = tables.outbox
        waits = self._own(table, tables.outbox_planned, table.c.due_at > now)
        result = await self._connection.execute(table.select().where(waits).order_by(table.c.due_at, table.c.id))
        return [(row.due_at, NOTICE.validate_json(row.notice)) for row in result]

    async def _read(self, *conditions: ColumnElement[bool]) -> Sequence[Notice]:
        table = tables.outbox
        query = table.select().where(self._own(table, *conditions)).order_by(table.c.id)
        return [NOTICE.validate_json(row.notice) for row in await self._connection.execute(query)]


def _with_retired(row: AnyRow) -> str:
    """The copies of the message to take leave of, the one that stands now among them."""
    standing = () if row.message is None else (row.message,)
    return dumped(MESSAGES, (*MESSAGES.validate_json(row.retired), *standing))
