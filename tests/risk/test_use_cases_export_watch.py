"""Who hears in the morning of a working day that an export is awaited or too old, or that appeals have no block."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest

from risk.appeal_lists import Undistributed
from risk.appeals import AppealSource
from risk.imports import ImportState
from risk.notices import AppealsUndistributed, ExportAwaited, ExportNotice, ExportsStale
from risk.people import Actor
from risk.use_cases.export_watch import AwaitedTold, StaleTold, watch_exports
from tests.risk.rota import planned, told
from tests.support.exported import appeal, export_comes, given_to
from tests.support.offices import OFFICER, Offices, StaffedOffice

POS, IM = AppealSource.POS, AppealSource.IM
LATER: Final = date(2026, 12, 31)


def at(day: int, clock: str) -> datetime:
    """Of November 2026 in Pestovo; Friday is the 20th."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=3)


FRIDAY: Final = at(20, "08:10")


@pytest.fixture
def officer(office: StaffedOffice) -> Actor:
    return office.actor(OFFICER)


async def watches(office: StaffedOffice, now: datetime) -> int:
    return await watch_exports(uow=office.uow, view=office.view, now=now)


async def heard(offices: Offices, by: Actor) -> Sequence[ExportNotice]:
    return [each for each in await planned(offices, by) if isinstance(each, ExportNotice)]


async def exported(office: StaffedOffice, made_at: datetime = FRIDAY, source: AppealSource = POS) -> None:
    """With one appeal, of the block of roads, not overdue for long."""
    number = f"{source}-1"
    await export_comes(office.uow, appeal(number, planned_on=LATER, source=source), made_at=made_at, source=source)
    await given_to(office.uow, "roads", number)


async def test_an_office_that_has_never_imported_anything_hears_nothing(
    offices: Offices, office: StaffedOffice
) -> None:
    assert [await watches(office, at(day, "12:00")) for day in (20, 23, 24, 30)] == [0, 0, 0, 0]
    assert [each for each in await planned(offices) if isinstance(each, ExportNotice)] == []


async def test_whoever_imports_is_asked_once_a_morning_for_what_has_not_come(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    """At the hour of the preset, 8:15, not before; and the next day again."""
    await exported(office)
    assert await watches(office, at(23, "08:14")) == 0
    assert await watches(office, at(23, "08:15")) == 1
    assert await watches(office, at(23, "08:16")) == 0
    assert await heard(offices, officer) == [ExportAwaited(day=date(2026, 11, 23))]
    await watches(office, at(24, "08:15"))
    assert len(await heard(offices, officer)) == 2


@pytest.mark.parametrize("made_at", [at(20, "19:00"), at(21, "12:00"), at(23, "08:00")])
async def test_nobody_is_asked_when_it_was_made_after_the_last_closing(
    offices: Offices, office: StaffedOffice, officer: Actor, made_at: datetime
) -> None:
    await exported(office, made_at)
    await watches(office, at(23, "08:15"))
    assert await heard(offices, officer) == []


@pytest.mark.parametrize(("day", "clock"), [(21, "08:15"), (22, "12:00"), (23, "18:00"), (23, "22:00")])
async def test_on_days_off_and_after_the_closing_nobody_is_asked(
    offices: Offices, office: StaffedOffice, officer: Actor, day: int, clock: str
) -> None:
    await exported(office)
    await watches(office, at(day, clock))
    assert await heard(offices, officer) == []


async def test_each_source_that_is_missing_is_named_with_its_last_export(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await exported(office)
    await exported(office, at(19, "08:00"), IM)
    await watches(office, at(20, "08:30"))
    [notice] = await heard(offices, officer)
    facts = await told(office, notice, officer, now=at(20, "08:30"))
    assert facts is not None
    assert facts.exports == AwaitedTold(last={IM: at(19, "08:00")}, waits=False)


async def test_a_file_that_waits_for_its_confirmation_is_told_of(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await exported(office)
    await watches(office, at(23, "08:15"))
    [notice] = await heard(offices, officer)
    one = await export_comes(office.uow, appeal(), made_at=at(23, "08:20"))
    async with office.uow() as unit:
        await unit.imports.save(replace(one, state=ImportState.WAITING))
        await unit.commit()
    facts = await told(office, notice, officer, now=at(23, "08:21"))
    assert facts is not None
    assert facts.exports == AwaitedTold(last={POS: FRIDAY}, waits=True)


async def test_what_has_come_before_the_message_went_out_makes_it_needless(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await exported(office)
    await watches(office, at(23, "08:15"))
    [notice] = await heard(offices, officer)
    assert await told(office, notice, officer, now=at(24, "00:01")) is None, "of yesterday"
    await exported(office, at(23, "08:16"))
    assert await told(office, notice, officer, now=at(23, "08:17")) is None


async def test_whoever_decides_hears_once_that_reminders_have_stopped_for_an_export_that_is_too_old(
    offices: Offices, office: StaffedOffice
) -> None:
    """Of Friday: relied on until Tuesday is over. At the office's hour of reminders, 9:00."""
    await exported(office)
    for moment in (at(24, "17:00"), at(25, "08:59")):
        await watches(office, moment)
    assert await heard(offices, office.head) == []
    for moment in (at(25, "09:00"), at(25, "09:01"), at(26, "09:00"), at(30, "09:00")):
        await watches(office, moment)
    assert await heard(offices, office.head) == [ExportsStale(source=POS, made_at=FRIDAY)]
    facts = await told(office, (await heard(offices, office.head))[0], office.head, now=at(25, "09:00"))
    assert facts is not None
    assert isinstance(facts.exports, StaleTold)
    assert facts.exports.open == 1
    assert len(facts.exports.asked) == 1


async def test_another_staleness_is_told_of_anew_and_the_earlier_one_no_more(
    offices: Offices, office: StaffedOffice
) -> None:
    await exported(office)
    await watches(office, at(25, "09:00"))
    await exported(office, at(25, "10:00"))
    [first] = await heard(offices, office.head)
    assert await told(office, first, office.head, now=at(25, "10:01")) is None
    await watches(office, at(30, "09:00"))
    assert await heard(offices, office.head) == [first, ExportsStale(source=POS, made_at=at(25, "10:00"))]


async def test_where_nothing_is_open_nothing_has_stopped(offices: Offices, office: StaffedOffice) -> None:
    await export_comes(office.uow, appeal(finished_on=date(2026, 11, 18)), made_at=FRIDAY)
    await watches(office, at(25, "09:00"))
    assert await heard(offices, office.head) == []


async def test_whoever_distributes_hears_once_a_day_of_what_has_no_block(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    """The officer distributes in Pestovo. Two wait, one of them is overdue."""
    made_at = at(23, "08:00")
    await export_comes(office.uow, appeal("1"), appeal("2", planned_on=LATER), made_at=made_at)
    for moment in (at(23, "08:59"), at(23, "09:00"), at(23, "12:00")):
        await watches(office, moment)
    [notice] = await heard(offices, officer)
    assert notice == AppealsUndistributed(day=date(2026, 11, 23))
    facts = await told(office, notice, officer, now=at(23, "09:00"))
    assert facts is not None
    assert facts.exports == Undistributed(count=2, overdue=1)
    await given_to(office.uow, "roads", "1", "2")
    assert await told(office, notice, officer, now=at(23, "09:00")) is None


async def test_each_office_is_told_of_its_own(offices: Offices) -> None:
    await exported(offices.theirs)
    assert await watches(offices.ours, at(23, "08:15")) == 0
    assert await watches(offices.theirs, at(23, "08:15")) == 1
