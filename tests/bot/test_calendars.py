"""Calendars of founded offices when the bot starts: what became known is taken over, a bad file changes nothing."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from bot.calendars import renew_calendars
from risk.calendar import WorkingCalendar
from storage.hindrance import DatabaseUnavailable, Hindrance
from tests.support.offices import PLAN, Offices, StaffedOffice

DAY = date(2026, 12, 30)
SAYS_OFF = f'[[days]]\ndate = {DAY}\nkind = "off"\nsource = "распоряжение № 7"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "calendar.toml"


def write(file: Path, text: str = SAYS_OFF) -> None:
    file.write_text(text, encoding="utf-8")


def remove(file: Path) -> None:
    file.unlink()


async def calendar_of(office: StaffedOffice) -> WorkingCalendar:
    async with office.view() as view:
        return view.office.plan.calendar


async def forget_days(office: StaffedOffice) -> None:
    """As a plan was stored by an earlier version, before the library was asked."""
    async with office.uow() as unit:
        bare = replace(PLAN.calendar, exceptions={}, known_until=None)
        await unit.preset.store(replace(office.plan, calendar=bare))
        await unit.commit()


async def test_an_office_of_an_earlier_version_learns_the_nations_days(offices: Offices, file: Path) -> None:
    await forget_days(offices.ours)
    await renew_calendars(offices.database, file)
    assert await calendar_of(offices.ours) == PLAN.calendar


async def test_the_operators_file_reaches_every_office(offices: Offices, file: Path) -> None:
    write(file)
    await renew_calendars(offices.database, file)
    for office in (offices.ours, offices.theirs):
        assert not (await calendar_of(office)).is_working_day(DAY)


async def test_a_day_that_the_file_names_no_more_is_an_ordinary_one_again(offices: Offices, file: Path) -> None:
    write(file)
    await renew_calendars(offices.database, file)
    remove(file)
    await renew_calendars(offices.database, file)
    assert await calendar_of(offices.ours) == PLAN.calendar


async def test_a_day_of_the_preset_itself_stays(offices: Offices, file: Path) -> None:
    own = replace(offices.ours.plan, own_days={DAY: None})
    async with offices.ours.uow() as unit:
        await unit.preset.store(own)
        await unit.commit()
    await renew_calendars(offices.database, file)
    assert not (await calendar_of(offices.ours)).is_working_day(DAY)
    assert (await calendar_of(offices.theirs)).is_working_day(DAY)


async def test_a_file_that_cannot_be_used_leaves_the_calendar_as_it_was(offices: Offices, file: Path) -> None:
    write(file)
    await renew_calendars(offices.database, file)
    write(file, "[[days]]\n")
    await renew_calendars(offices.database, file)
    assert not (await calendar_of(offices.ours)).is_working_day(DAY)


async def test_a_database_that_cannot_be_written_stops_nothing(
    offices: Offices, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(file)
    with monkeypatch.context() as full:
        full.setattr(offices.database, "write", _no_room)
        await renew_calendars(offices.database, file)
    assert await calendar_of(offices.ours) == PLAN.calendar


def _no_room() -> NoReturn:
    raise DatabaseUnavailable(Hindrance.NO_ROOM)


async def test_without_a_place_for_the_file_the_nations_days_are_known_all_the_same(offices: Offices) -> None:
    await forget_days(offices.ours)
    await renew_calendars(offices.database, None)
    assert await calendar_of(offices.ours) == PLAN.calendar
