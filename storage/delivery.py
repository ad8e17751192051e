"""What the courier reads and notes: which messages are due in any office, who claimed them, how each one ended.

A claim begins a send. A claim of an earlier run therefore means that the message may or may not have arrived.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.ids import OfficeId
from risk.notices import Notice
from risk.people import Address, Place
from risk.standing import Standing, Subject
from storage import tables
from storage.database import Database
from storage.mapping import MESSAGES, NOTICE, AnyRow, Values, address_of, dumped, place_of, standing_of


class ItemKind(StrEnum):
    STANDING = "standing"
    NOTICE = "notice"


class Unusual(StrEnum):
    """Outcomes that the ledger keeps, besides what the row itself says."""

    UNKNOWN = "unknown"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """A message to send or to edit. Items of one address go one after another."""

    kind: ItemKind
    id: int
    office: OfficeId
    address: Address
    pressed: bool
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNotice:
    notice: Notice
    place: Place


class Deliveries:
    """The courier's book. `boot` names this run of the program."""

    def __init__(self, database: Database, boot: str) -> None:
        self._database = database
        self._boot = boot

    async def due(self, now: datetime, machine_now: datetime) -> list[DueItem]:
        """Everything to send now: what was just pressed first, then in the order of its making."""
        async with self._database.read() as connection:
            standing = await connection.execute(_due_standing(machine_now))
            notices = await connection.execute(_due_notices(now, machine_now))
            items = [_item(ItemKind.STANDING, row) for row in standing]
            items += [_item(ItemKind.NOTICE, row) for row in notices]
        return sorted(items, key=lambda item: not item.pressed)

    async def next_moment(self, machine_now: datetime) -> datetime | None:
        """Machine time of the next retry, if any message waits for one."""
        moments = []
        async with self._database.read() as connection:
            for table, unfinished in (
                (tables.standing, _unshown()),
                (tables.outbox, tables.outbox_planned),
            ):
                query = select(func.min(table.c.retry_at)).where(unfinished, table.c.retry_at > machine_now)
                moments.append((await connection.execute(query)).scalar_one())
        return min((moment for moment in moments if moment is not None), default=None)

    async def recover(self, now: datetime, *, retry_by: datetime) -> int:
        """At start: claims of an earlier run become unknown. A standing message is posted anew, a notice by kind.

        No retry is later than `retry_by`, machine time: the clock that an earlier run went by may have been ahead.
        """
        async with self._database.write() as connection:
            for table in (tables.standing, tables.outbox):
                too_late = table.c.retry_at > retry_by
                await connection.execute(update(table).where(too_late).values(retry_at=retry_by))
            posts = await self._stale(connection, tables.standing)
            notices = await self._stale(connection, tables.outbox)
            for row in posts:
                await self._note(connection, ItemKind.STANDING, row.id, Unusual.UNKNOWN, now, "restart")
                await _set(connection, tables.standing, row.id, {"claimed_by": None})
            for row in notices:
                await self._became_unknown(connection, row.id, now, "restart")
            await connection.commit()
        return len(posts) + len(notices)

    async def standing(self, item: int) -> Standing | None:
        async with self._database.read() as connection:
            row = await _row(connection, tables.standing, item)
        return None if row is None else standing_of(row)

    async def notice(self, item: int) -> DueNotice | None:
        async with self._database.read() as connection:
            row = await _row(connection, tables.outbox, item)
        if row is None or row.state != "planned":
            return None
        return DueNotice(notice=NOTICE.validate_json(row.notice), place=place_of(row))

    async def claim(self, item: DueItem) -> None:
        table = _table(item.kind)
        values: Values = {"claimed_by": self._boot}
        if item.kind is ItemKind.NOTICE:
            values["state"] = "claimed"
        await self._update(table, item.id, values)

    async def is_claimed(self, item: DueItem) -> bool:
        """Whether a send of the item has begun and its end is not noted."""
        async with self._database.read() as connection:
            row = await _row(connection, _table(item.kind), item.id)
        return row is not None and row.claimed_by is not None

    async def shown(self, standing: Standing, message: int) -> None:
        """The revision that was rendered stands in `message`, unless that was wanted anew or withdrawn meanwhile."""
        table = tables.standing
        values: Values = {"shown": standing.wanted, "message": message, "pressed": False}
        values |= {"retry_at": None, "attempts": 0}
        async with self._database.write() as connection:
            row = await _row(connection, table, standing.id)
            assert row is not None
            if row.ended:
                leaving = (*MESSAGES.validate_json(row.retired), message)
                values = {"retired": dumped(MESSAGES, tuple(dict.fromkeys(leaving)))}
            elif row.message != standing.message:
                values = {}
            await _set(connection, table, standing.id, values | {"claimed_by": None, "refused": None})
            await connection.commit()

    async def gone(self, standing: Standing, now: datetime) -> None:
        """The message was deleted in the chat: it is to be posted anew, unless that is wanted or withdrawn by now."""
        table = tables.standing
        same = (table.c.id == standing.id) & (table.c.message == standing.message)
        async with self._database.write() as connection:
            await self._note(connection, ItemKind.STANDING, standing.id, Unusual.GONE, now, None)
            await connection.execute(update(table).where(same).values(message=None, shown=0))
            await connection.commit()

    async def retired(self, item: int, message: int) -> None:
        """One earlier copy has taken its leave."""
        async with self._database.write() as connection:
            row = await _row(connection, tables.standing, item)
            assert row is not None
            left = tuple(each for each in MESSAGES.validate_json(row.retired) if each != message)
            await _set(connection, tables.standing, item, {"retired": dumped(MESSAGES, left)})
            await connection.commit()

    async def leave_topic(self, item: DueItem) -> None:
        """The topic is no more: the chat's messages go to the chat itself, those of papers in the making too."""
        async with self._database.write() as connection:
            for table in (tables.standing, tables.outbox, tables.papers, tables.chats):
                columns: Any = table.c
                here = (columns.office_id == item.office) & (columns.address == item.address.value)
                await connection.execute(update(table).where(here).values(thread=None))
            await connection.commit()

    async def sent(self, item: int, message: int | None) -> None:
        """It arrived as `message`, or the act was carried out."""
        await self._update(tables.outbox, item, {"state": "sent", "message": message, "claimed_by": None})

    async def moot(self, item: int) -> None:
        await self._update(tables.outbox, item, {"state": "moot"})

    async def retry(self, item: DueItem, at: datetime, *, counts: bool) -> None:
        """Not sent: again at `at`, machine time. A flood wait is no attempt."""
        table = _table(item.kind)
        values: Values = {"claimed_by": None, "retry_at": at}
        if counts:
            values["attempts"] = table.c.attempts + 1
        if item.kind is ItemKind.NOTICE:
            values["state"] = "planned"
        await self._update(table, item.id, values)

    async def refuse(self, item: DueItem, revision: int | None, why: str, now: datetime) -> None:
        """The messenger will not take it. A standing message is tried again when it has something new to say."""
        refused: Values = {"claimed_by": None}
        refused |= {"refused": revision} if item.kind is ItemKind.STANDING else {"state": "refused", "why": why}
        async with self._database.write() as connection:
            await self._note(connection, item.kind, item.id, Unusual.REFUSED, now, why)
            await _set(connection, _table(item.kind), item.id, refused)
            await connection.commit()

    async def retry_refused_cards(self) -> None:
        """Whatever stood against the cards may have passed."""
        table = tables.standing
        refused_card = (table.c.subject == Subject.RISK.value) & table.c.refused.is_not(None)
        async with self._database.write() as connection:
            await connection.execute(update(table).where(refused_card).values(refused=None))
            await connection.commit()

    async def lost_track(self, item: DueItem, now: datetime, retry_at: datetime) -> None:
        """The connection broke after the request left: it may have arrived. What is repeated is at `retry_at`."""
        again: Values = {"retry_at": retry_at, "attempts": item.attempts + 1}
        async with self._database.write() as connection:
            if item.kind is ItemKind.NOTICE:
                await self._became_unknown(connection, item.id, now, "connection")
            else:
                await self._note(connection, item.kind, item.id, Unusual.UNKNOWN, now, "connection")
                await _set(connection, tables.standing, item.id, {"claimed_by": None})
            await _set(connection, _table(item.kind), item.id, again)
            await connection.commit()

    async def _became_unknown(self, connection: AsyncConnection, item: int, now: datetime, why: str) -> None:
        row = await _row(connection, tables.outbox, item)
        assert row is not None
        repeat = NOTICE.validate_json(row.notice).repeat_if_unknown
        await self._note(connection, ItemKind.NOTICE, item, Unusual.UNKNOWN, now, why)
        await _set(connection, tables.outbox, item, {"state": "planned" if repeat else "unknown", "claimed_by": None})

    async def _stale(self, connection: AsyncConnection, table: Table) -> list[AnyRow]:
        rows = await connection.execute(
            table.select().where(table.c.claimed_by.is_not(None), table.c.claimed_by != self._boot)
        )
        return list(rows)

    async def _update(self, table: Table, item: int, values: Values) -> None:
        async with self._database.write() as connection:
            await _set(connection, table, item, values)
            await connection.commit()

    async def _note(
        self,
        connection: AsyncConnection,
        kind: ItemKind,
        item: int,
        outcome: Unusual,
        now: datetime,
        why: str | None,
    ) -> None:
        row = await _row(connection, _table(kind), item)
        assert row is not None
        await connection.execute(
            tables.ledger.insert().values(
                office_id=row.office_id,
                noted_at=now,
                what=kind.value,
                item=item,
                outcome=outcome.value,
                why=why,
            )
        )


def _table(kind: ItemKind) -> Table:
    return tables.standing if kind is ItemKind.STANDING else tables.outbox


def _item(kind: ItemKind, row: AnyRow) -> DueItem:
    return DueItem(
        kind=kind,
        id=row.id,
        office=OfficeId(row.office_id),
        address=address_of(row),
        pressed=row.pressed if kind is ItemKind.STANDING else False,
        attempts=row.attempts,
    )


def _unshown() -> ColumnElement[bool]:
    """Repeats the condition of the index word for word, and then narrows it."""
    table = tables.standing
    not_refused = or_(table.c.refused.is_(None), table.c.refused < table.c.wanted)
    return tables.standing_unfinished & or_(not_refused, table.c.wanted == table.c.shown)


def _ripe(table: Table, machine_now: datetime) -> ColumnElement[bool]:
    return or_(table.c.retry_at.is_(None), table.c.retry_at <= machine_now) & table.c.claimed_by.is_(None)


def _due_standing(machine_now: datetime) -> Select[Any]:
    table = tables.standing
    return table.select().where(_unshown(), _ripe(table, machine_now)).order_by(table.c.id)


def _due_notices(now: datetime, machine_now: datetime) -> Select[Any]:
    table = tables.outbox
    return (
        table.select()
        .where(tables.outbox_planned, table.c.due_at <= now, _ripe(table, machine_now))
        .order_by(table.c.due_at, table.c.id)
    )


async def _row(connection: AsyncConnection, table: Table, item: int) -> AnyRow | None:
    return (await connection.execute(table.select().where(table.c.id == item))).one_or_none()


async def _set(connection: AsyncConnection, table: Table, item: int, values: Values) -> None:
    await connection.execute(update(table).where(table.c.id == item).values(**values))
