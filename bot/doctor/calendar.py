"""How far ahead each office knows its working days, and whether the operator's calendar can be used."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, amiss, fine
from bot.plain_errors import plain_line
from bot.presets.faults import CalendarError
from bot.presets.operators_days import read_operators_days
from risk.calendar import WorkingCalendar
from storage.database import Database
from storage.directory import SqlDirectory
from storage.sandbox_time import read_shift

AHEAD: Final = timedelta(days=60)
"""Longer than any inner deadline, with time left to look the days up."""


async def look_at_calendars(database: Path, file: Path, now: datetime) -> list[Finding]:
    """A line for each office; before them one for a file that cannot be used. `now` is the machine's."""
    opened = Database(database)
    try:
        office_time = now + timedelta(seconds=await read_shift(opened))
        offices = await SqlDirectory(opened).offices()
    finally:
        await opened.close()
    known = [_horizon(office.plan.title, office.plan.calendar, file, office_time) for office in offices]
    return [*_look_at_file(file), *known]


def _look_at_file(file: Path) -> list[Finding]:
    try:
        read_operators_days(file)
    except CalendarError as fault:
        return [amiss(f"{plain_line(fault)} Бот работает с прежним календарём; исправьте файл и перезапустите бота.")]
    return []


def _horizon(title: str, calendar: WorkingCalendar, file: Path, now: datetime) -> Finding:
    until = calendar.known_until
    if until is None:
        return amiss(f"{title}: календарь праздников ещё не загружен. Перезапустите бота.")
    says = f"{title}: календарь подтверждён до {until:%d.%m.%Y}"
    if until >= calendar.local(now + AHEAD).date():
        return fine(f"{says}.")
    return amiss(f"{says}; дальше сроки — предположение: впишите дни и known_until в {file} и перезапустите бота.")
