"""How far office time runs ahead of the machine's, kept in a sandbox's database alone."""

from sqlalchemy import select, update

from storage import tables
from storage.database import Database


async def read_shift(database: Database) -> int:
    """Seconds. Always 0 in a production database."""
    async with database.read() as connection:
        return int((await connection.execute(select(tables.about.c.time_shift_seconds))).scalar_one())


async def write_shift(database: Database, seconds: int) -> None:
    """A production database refuses any shift by its own constraint."""
    async with database.write() as connection:
        await connection.execute(update(tables.about).values(time_shift_seconds=seconds))
        await connection.commit()
