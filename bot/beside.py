"""A database as the shell opens it beside the bot: for one command, with the time and the offices that are there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import MachineClock
from risk.offices import Office
from storage.database import Database, DatabaseKind
from storage.directory import SqlDirectory
from storage.sandbox_time import read_shift


class NoSuchOffice(Exception):
    """No office of that key was founded."""


@asynccontextmanager
async def opened_by(
    opening: Callable[[Path, DatabaseKind], Database], database: Path, kind: DatabaseKind
) -> AsyncIterator[Database]:
    opened = await asyncio.to_thread(opening, database, kind)
    try:
        yield opened
    finally:
        await opened.close()


async def office_time(opened: Database) -> datetime:
    """What the running bot goes by: a sandbox's office time may run far ahead of the machine's."""
    return MachineClock().now() + timedelta(seconds=await read_shift(opened))


async def office_of_key(opened: Database, key: str) -> Office:
    """Raises NoSuchOffice."""
    office = await office_if_founded(opened, key)
    if office is None:
        raise NoSuchOffice(key)
    return office


async def office_if_founded(opened: Database, key: str) -> Office | None:
    return next((each for each in await SqlDirectory(opened).offices() if each.plan.key == key), None)
