"""Moments as the operator reads them: in the zone of the installation's offices, or in UTC while these differ."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from risk.calendar import WorkingCalendar
from storage.database import Database
from storage.directory import SqlDirectory

_WEEKDAYS: Final = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")

Said = Callable[[datetime], str]
"""«сб 21.11, 09:02»."""


async def said_by_offices(database: Database) -> Said:
    """How a moment is said to whoever keeps these offices."""
    calendars = [office.plan.calendar for office in await SqlDirectory(database).offices()]
    if len({calendar.zone for calendar in calendars}) != 1:
        return in_utc
    return lambda at: moment(at, calendars[0])


def moment(at: datetime, calendar: WorkingCalendar) -> str:
    """As the chat says it; what words it there loads all of Telegram, and the shell must not wait for that."""
    return _said(calendar.local(at))


def in_utc(at: datetime) -> str:
    return f"{_said(at.astimezone(UTC))} UTC"


def _said(local: datetime) -> str:
    return f"{_WEEKDAYS[local.weekday()]} {local:%d.%m, %H:%M}"
