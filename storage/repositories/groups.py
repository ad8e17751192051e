"""Groups that no office has bound yet, or none any more; with no word of who put the bot there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.people import Address
from storage import tables
from storage.database import Database, upsert
from storage.mapping import address_of, address_values
from storage.repositories.rows import at_address


class SqlGroups:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, group: Address, at: datetime) -> bool:
        async with self._database.write() as connection:
            is_news = await note_group(connection, group, at)
            await connection.commit()
        return is_news

    async def forget(self, group: Address) -> None:
        async with self._database.write() as connection:
            await forget_group(connection, group)
            await connection.commit()

    async def entered_until(self, moment: datetime, *, machine_now: datetime) -> Sequence[Address]:
        table = tables.groups
        ripe = or_(table.c.retry_at.is_(None), table.c.retry_at <= machine_now)
        async with self._database.read() as connection:
            rows = await connection.execute(
                select(table).where(table.c.entered_at <= moment, ripe).order_by(table.c.entered_at)
            )
            return [address_of(row) for row in rows]

    async def retry(self, group: Address, at: datetime) -> None:
        table = tables.groups
        async with self._database.write() as connection:
            await connection.execute(table.update().where(at_address(table, group)).values(retry_at=at))
            await connection.commit()

    async def move(self, old: Address, new: Address) -> None:
        table = tables.groups
        async with self._database.write() as connection:
            await forget_group(connection, new)
            await connection.execute(table.update().where(at_address(table, old)).values(**address_values(new)))
            await connection.commit()


async def note_group(connection: AsyncConnection, group: Address, at: datetime) -> bool:
    """Whether it was not known before."""
    noted = upsert(tables.groups).values(**address_values(group), entered_at=at).on_conflict_do_nothing()
    return (await connection.execute(noted)).rowcount == 1


async def forget_group(connection: AsyncConnection, group: Address) -> None:
    await connection.execute(tables.groups.delete().where(at_address(tables.groups, group)))
