"""The calendars of the founded offices, worked out anew when the bot starts; how one is laid is in `bot.presets`."""

import asyncio
from functools import partial
from pathlib import Path

import structlog

from bot.gateways.production_calendar import national_days
from bot.presets.faults import CalendarError
from bot.presets.operators_days import NOTHING, OperatorsDays, calendar_in_force, read_operators_days
from risk.use_cases.offices import renew_calendar
from storage.database import Database
from storage.directory import SqlDirectory
from storage.hindrance import DatabaseUnavailable
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)


async def renew_calendars(database: Database, file: Path | None) -> None:
    """Take over what the library and the operator's file know now.

    Neither a file that cannot be used nor a database that cannot be written is worth an office falling silent: it
    goes on with the calendar it has.
    """
    try:
        operators = NOTHING if file is None else await asyncio.to_thread(read_operators_days, file)
        await _renew(database, operators)
    except CalendarError as fault:
        _log.error("calendar file unusable", fault=str(fault))
    except DatabaseUnavailable as hindered:
        _log.error("calendars not renewed", why=hindered.why.value)


async def _renew(database: Database, operators: OperatorsDays) -> None:
    await asyncio.to_thread(national_days)  # the library is loaded before any transaction opens
    units = Units(database=database)
    for office in await SqlDirectory(database).offices():
        if await renew_calendar(partial(calendar_in_force, operators=operators), uow=units.of(office.id)):
            _log.info("calendar renewed", office=office.plan.key)
