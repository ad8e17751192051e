"""What is owed in an office, and every nudge about it; the engine that reads and writes them is a use case."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, literal, select

from risk.ids import NudgeId, ObligationId, PersonId
from risk.ledgers import Entry, Fate
from risk.nudges import Nudge, NudgeState, Why
from risk.obligations import Matter, Owed
from storage import tables
from storage.database import upsert
from storage.mapping import AnyRow, nudge_of, nudge_values, owed_of, owed_values
from storage.repositories.rows import OfficeRows


class ObligationRows(OfficeRows):
    async def open_of(self, matter: Matter, matter_id: int) -> Sequence[Owed]:
        table = tables.obligations
        of_matter = (tables.obligation_open, table.c.matter == matter.value, table.c.matter_id == matter_id)
        return await self._read(table.select().where(self._own(table, *of_matter)).order_by(table.c.id))

    async def open_of_those(self, matter: Matter, ids: Collection[int]) -> Sequence[Owed]:
        table = tables.obligations
        of_matter = (tables.obligation_open, table.c.matter == matter.value, table.c.matter_id.in_(ids))
        return await self._read(table.select().where(self._own(table, *of_matter)).order_by(table.c.id))

    async def all_open(self) -> Sequence[Owed]:
        table = tables.obligations
        return await self._read(table.select().where(self._own(table, tables.obligation_open)).order_by(table.c.id))

    async def open_until(self, matter: Matter, moment: datetime) -> Sequence[Owed]:
        table = tables.obligations
        until = (tables.obligation_open, table.c.matter == matter.value, table.c.due_at < moment)
        return await self._read(table.select().where(self._own(table, *until)).order_by(table.c.due_at, table.c.id))

    async def find(self, owed: ObligationId) -> Owed | None:
        table = tables.obligations
        row = await self._one(table, tables.obligation_open, table.c.id == owed)
        return None if row is None else owed_of(row)

    async def any_due(self, now: datetime) -> bool:
        query = select(tables.obligations.c.id).where(self._due(now)).limit(1)
        return (await self._connection.execute(query)).one_or_none() is not None

    async def due(self, now: datetime, *, limit: int) -> Sequence[Owed]:
        table = tables.obligations
        query = table.select().where(self._due(now)).order_by(table.c.next_at, table.c.id)
        return await self._read(query.limit(limit))

    async def count_due(self, before: datetime) -> int:
        query = select(func.count()).select_from(tables.obligations).where(self._due(before))
        return (await self._connection.execute(query)).scalar_one()

    async def begin(self, owed: Sequence[tuple[Owed, datetime]]) -> None:
        await self._insert_all(tables.obligations, [owed_values(each) | {"next_at": at} for each, at in owed])

    async def save(self, owed: Sequence[tuple[Owed, datetime]]) -> None:
        rows = [(each.id, owed_values(each) | {"next_at": at}) for each, at in owed]
        await self._update_all(tables.obligations, rows)

    async def end(self, owed: Collection[ObligationId], at: datetime) -> None:
        await self._update(tables.obligations, {"next_at": None, "ended_at": at}, tables.obligations.c.id.in_(owed))

    def _due(self, now: datetime) -> ColumnElement[bool]:
        table = tables.obligations
        return self._own(table, tables.obligation_open, table.c.next_at <= now)

    async def _read(self, query: Select[tuple[object, ...]]) -> Sequence[Owed]:
        return [owed_of(row) for row in await self._connection.execute(query)]


class NudgeRows(OfficeRows):
    async def add(self, nudges: Sequence[Nudge]) -> None:
        if nudges:
            rows = [nudge_values(each) | {"office_id": self._office} for each in nudges]
            await self._connection.execute(upsert(tables.nudges).on_conflict_do_nothing(), rows)

    async def any_due(self, now: datetime) -> bool:
        query = select(tables.nudges.c.id).where(self._due(now)).limit(1)
        return (await self._connection.execute(query)).one_or_none() is not None

    async def due(self, now: datetime, *, limit: int) -> Sequence[tuple[Nudge, Owed]]:
        table = tables.nudges
        query = table.select().where(self._due(now)).order_by(table.c.release_at, table.c.id).limit(limit)
        nudges = [nudge_of(row) for row in await self._connection.execute(query)]
        owed = await self._owed({each.owed for each in nudges})
        return [(each, owed[each.owed]) for each in nudges]

    async def count_due(self, before: datetime) -> int:
        query = select(func.count()).select_from(tables.nudges).where(self._due(before))
        return (await self._connection.execute(query)).scalar_one()

    async def entries_since(self, moment: datetime) -> Sequence[Entry]:
        nudges, outbox, ledger = tables.nudges, tables.outbox, tables.ledger
        named = literal("reminder ").concat(nudges.c.bundle)
        message = (outbox.c.office_id == nudges.c.office_id) & (outbox.c.once == named)
        doubts = select(ledger.c.item).where(
            self._own(ledger, ledger.c.what == "notice", ledger.c.outcome == Fate.UNKNOWN.value)
        )
        owed = (tables.obligations.c.office_id == nudges.c.office_id) & (tables.obligations.c.id == nudges.c.owed)
        query = (
            select(
                nudges,
                outbox.c.state.label("message_state"),
                outbox.c.id.in_(doubts).label("doubted"),
                tables.obligation_open.label("still_owed"),
            )
            .join(tables.obligations, owed)
            .outerjoin(outbox, message)
            .where(self._own(nudges, nudges.c.at >= moment))
            .order_by(nudges.c.at, nudges.c.id)
        )
        return [_entry(row) for row in await self._connection.execute(query)]

    async def save(self, nudges: Sequence[Nudge]) -> None:
        await self._update_all(tables.nudges, [(each.id, nudge_values(each)) for each in nudges])

    async def drop(self, owed: Collection[ObligationId], why: Why) -> None:
        table = tables.nudges
        moot = {"state": NudgeState.MOOT.value, "why": why.value}
        await self._update(table, moot, tables.nudge_pending, table.c.owed.in_(owed))

    async def note_acted(self, owed: Collection[ObligationId], at: datetime) -> None:
        table = tables.nudges
        await self._update(
            table, {"acted_at": at}, tables.nudge_given, table.c.owed.in_(owed), table.c.acted_at.is_(None)
        )

    async def given_since(self, moment: datetime) -> dict[PersonId, int]:
        table = tables.nudges
        given = self._own(table, tables.nudge_given, table.c.given_at >= moment)
        query = select(table.c.person, table.c.bundle).where(given).distinct()
        return dict(Counter(PersonId(row.person) for row in await self._connection.execute(query)))

    async def of_bundle(self, bundle: NudgeId) -> Sequence[tuple[Nudge, Owed | None]]:
        table = tables.nudges
        query = table.select().where(self._own(table, tables.nudge_given, table.c.bundle == bundle))
        nudges = [nudge_of(row) for row in await self._connection.execute(query.order_by(table.c.id))]
        owed = await self._owed({each.owed for each in nudges}, tables.obligation_open)
        return [(each, owed.get(each.owed)) for each in nudges]

    def _due(self, now: datetime) -> ColumnElement[bool]:
        table = tables.nudges
        return self._own(table, tables.nudge_pending, table.c.release_at <= now)

    async def _owed(self, ids: Collection[ObligationId], *conditions: ColumnElement[bool]) -> dict[ObligationId, Owed]:
        table = tables.obligations
        query = table.select().where(and_(self._own(table, table.c.id.in_(ids), *conditions)))
        return {ObligationId(row.id): owed_of(row) for row in await self._connection.execute(query)}


def _entry(row: AnyRow) -> Entry:
    state = Fate.PLANNED.value if row.message_state == "claimed" else row.message_state
    return Entry(
        nudge=nudge_of(row),
        fate=None if state is None else Fate(state),
        doubted=bool(row.doubted),
        still_owed=row.still_owed,
    )
