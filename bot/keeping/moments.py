"""Moments as the operator reads them: in the zone of the installation's offices, or in UTC while these differ."""

from collections.abc import Callable
from datetime import UTC, datetime

from handlers.views.dates import moment
from storage.database import Database
from storage.directory import SqlDirectory

Said = Callable[[datetime], str]
"""«сб 21.11, 09:02»."""


async def said_by_offices(database: Database) -> Said:
    """How a moment is said to whoever keeps these offices."""
    calendars = [office.plan.calendar for office in await SqlDirectory(database).offices()]
    if len({calendar.zone for calendar in calendars}) != 1:
        return in_utc
    return lambda at: moment(at, calendars[0])


def in_utc(at: datetime) -> str:
    """«21.11.2026 06:02 UTC»."""
    return f"{at.astimezone(UTC):%d.%m.%Y %H:%M} UTC"
