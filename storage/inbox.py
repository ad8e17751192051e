"""The inbox: what was received and must not be lost, in the order of its receipt; it belongs to no office.

A payload is a white-listed update. It is dropped the moment its update is done.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.ids import ReceiptId
from storage import tables
from storage.database import Database

DUPLICATES_WITHIN: Final = timedelta(hours=48)
"""Update ids may start anew at random after a quiet week, so an old id proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """An update as it was let in."""

    update_id: int
    lane: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """An update in hand. `received_at` is the `now` of everything it causes, also after a restart."""

    id: ReceiptId
    lane: str
    received_at: datetime
    payload: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """What is kept of an update that could not be worked in: masked words, and the places where it failed."""

    reference: str
    payload: dict[str, Any]
    trace: str


class AlreadySettled(Exception):
    """A second commit for one update: there must be one."""


async def settle(connection: AsyncConnection, receipt: ReceiptId) -> None:
    """Note the update as done and drop all that it said of anybody, inside the transaction that did it."""
    if not await _done(connection, receipt):
        raise AlreadySettled(receipt)


async def _done(connection: AsyncConnection, receipt: ReceiptId) -> bool:
    table = tables.inbox
    result = await connection.execute(
        update(table).where(table.c.id == receipt, tables.inbox_waiting).values(state="done", payload=None, lane="")
    )
    return result.rowcount == 1


async def put_aside(connection: AsyncConnection, receipt: ReceiptId, aside: SetAside) -> None:
    """Give up on an update; what may be kept of it stays under its reference number for a while."""
    table = tables.inbox
    kept = {"payload": json.dumps(aside.payload, ensure_ascii=False), "trace": aside.trace}
    await connection.execute(
        update(table).where(table.c.id == receipt).values(state="aside", reference=aside.reference, **kept)
    )


class Inbox:
    def __init__(self, database: Database, bot_id: int) -> None:
        self._database = database
        self._bot = bot_id

    async def take(self, batch: Sequence[Received], now: datetime) -> list[Receipt]:
        """Store what is new of a batch, all of it or nothing, and return it in order."""
        async with self._database.write() as connection:
            known = await self._known(connection, batch, now)
            receipts = []
            for received in batch:
                if received.update_id in known:
                    continue
                known.add(received.update_id)
                receipts.append(await self._stored(connection, received, now))
            await connection.commit()
        return receipts

    async def waiting(self) -> list[Receipt]:
        """What an earlier run received and did not finish, in order."""
        table = tables.inbox
        async with self._database.read() as connection:
            rows = await connection.execute(
                select(table).where(tables.inbox_waiting, table.c.bot_id == self._bot).order_by(table.c.id)
            )
            return [
                Receipt(
                    id=ReceiptId(row.id),
                    lane=row.lane,
                    received_at=row.received_at,
                    payload=json.loads(row.payload),
                    attempts=row.attempts,
                )
                for row in rows
            ]

    async def is_settled(self, receipt: ReceiptId) -> bool:
        table = tables.inbox
        async with self._database.read() as connection:
            state = await connection.execute(select(table.c.state).where(table.c.id == receipt))
            return state.scalar_one_or_none() != "waiting"

    async def finish(self, receipt: ReceiptId) -> None:
        """The update calls for no change of state, or for no more: settle it by itself, unless it is settled."""
        if await self.is_settled(receipt):
            return
        async with self._database.write() as connection:
            await _done(connection, receipt)
            await connection.commit()

    async def count_attempt(self, receipt: ReceiptId) -> int:
        """One more failed attempt; how many there have been."""
        table = tables.inbox
        async with self._database.write() as connection:
            result = await connection.execute(
                update(table)
                .where(table.c.id == receipt)
                .values(attempts=table.c.attempts + 1)
                .returning(table.c.attempts)
            )
            attempts = int(result.scalar_one())
            await connection.commit()
        return attempts

    async def set_aside(self, receipt: ReceiptId, aside: SetAside) -> None:
        """Give up on an update of which nobody can be told: its sender is in no office."""
        async with self._database.write() as connection:
            await put_aside(connection, receipt, aside)
            await connection.commit()

    async def forget_old(self, now: datetime) -> int:
        """Drop receipts that are too old to recognise a duplicate by."""
        table = tables.inbox
        done = (table.c.state == "done") & (table.c.received_at < now - DUPLICATES_WITHIN)
        async with self._database.write() as connection:
            result = await connection.execute(delete(table).where(done))
            await connection.commit()
        return result.rowcount

    async def _known(self, connection: AsyncConnection, batch: Sequence[Received], now: datetime) -> set[int]:
        table = tables.inbox
        rows = await connection.execute(
            select(table.c.update_id).where(
                table.c.bot_id == self._bot,
                table.c.update_id.in_([received.update_id for received in batch]),
                table.c.received_at > now - DUPLICATES_WITHIN,
            )
        )
        return set(rows.scalars())

    async def _stored(self, connection: AsyncConnection, received: Received, now: datetime) -> Receipt:
        result = await connection.execute(
            tables.inbox.insert().values(
                bot_id=self._bot,
                update_id=received.update_id,
                lane=received.lane,
                received_at=now,
                payload=json.dumps(received.payload, ensure_ascii=False),
            )
        )
        key = result.inserted_primary_key
        assert key is not None
        return Receipt(id=ReceiptId(key[0]), lane=received.lane, received_at=now, payload=received.payload, attempts=0)
