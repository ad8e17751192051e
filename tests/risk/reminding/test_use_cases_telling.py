"""What a reminder says at the moment of its sending, why it is asked of somebody, what one owes, the hour of it all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import Final

import pytest

from risk.appeal_cases import AppealCase
from risk.appeal_terms import Basis
from risk.appeals import AppealSource
from risk.errors import NotListed, UnknownChoice
from risk.notices import Reminder
from risk.obligations import ObligationKind
from risk.people import Actor
from risk.records import RecordKind
from risk.risks import Risk
from risk.use_cases.nudging import nudge
from risk.use_cases.owing import settle
from risk.use_cases.reminder_hours import ChooseHour, choose_hour
from risk.use_cases.reminder_telling import Explained, ReminderTold, explain_owed, own_owed
from risk.use_cases.settling import settle_appeals
from risk.use_cases.staff import FreePosition, free_position
from risk.use_cases.working import take_up
from tests.risk.rota import away, days, planned, told
from tests.risk.worked import Pressed, presses, puts
from tests.support.exported import appeal, export_comes, given_to
from tests.support.offices import CURATOR, HEAD, HEAD_ROADS, NOW, Offices, StaffedOffice

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON: Final = NOW + 2 * HOUR
MONDAY_NINE: Final = NOW + 3 * DAY - HOUR
MONDAY_TWO: Final = NOW + 3 * DAY + 4 * HOUR
ROADS_TITLE: Final = "руководитель блока «Дороги, ЖКХ, благоустройство»"


@pytest.fixture
async def risk(office: StaffedOffice) -> Risk:
    """Due on Friday at 14:00."""
    return await office.filed("Яма на дороге")


@pytest.fixture
def head_roads(office: StaffedOffice) -> Actor:
    return office.actor(HEAD_ROADS)


async def reminders(offices: Offices, to: Actor) -> Sequence[Reminder]:
    return [each for each in await planned(offices, to) if isinstance(each, Reminder)]


async def reads(offices: Offices, to: Actor, *, place: int = -1, after: timedelta = timedelta()) -> ReminderTold | None:
    """What the courier would word of the reminder at noon, so much later."""
    notice = (await reminders(offices, to))[place]
    facts = await told(offices.ours, notice, to, now=NOON + after)
    return None if facts is None else facts.reminders


async def explains(office: StaffedOffice, actor: Actor, after: timedelta = timedelta()) -> Explained:
    async with office.view() as view:
        owed = (await view.obligations.all_open())[0].id
    return await explain_owed(owed, actor=actor, view=office.view, now=NOON + after)


# --- a message ------------------------------------------------------------------------------------


async def test_a_reminder_is_worded_as_things_stand_when_it_is_sent(
    offices: Offices, risk: Risk, head_roads: Actor
) -> None:
    office = offices.ours
    await nudge(uow=office.uow, view=office.view, now=NOON)
    found = await reads(offices, head_roads)
    assert found is not None
    assert [(each.matter.id, each.whose, each.steps) for each in found.own] == [(risk.id, ROADS_TITLE, 0)]
    assert (found.below, found.missed, found.on_duty, list(found.deputises)) == ([], 0, False, [])


@pytest.mark.parametrize("how", ["done", "moved", "on hold", "gone"])
async def test_what_is_owed_no_more_is_not_said(offices: Offices, risk: Risk, head_roads: Actor, how: str) -> None:
    """Done, moved to another deadline, put off, or the person left between the planning and the sending."""
    office = offices.ours
    await nudge(uow=office.uow, view=office.view, now=NOON)
    notice = (await reminders(offices, head_roads))[0]
    async with office.view() as view:
        owed = (await view.obligations.all_open())[0]
        seat = next(each for each in await view.people.positions() if each.role == HEAD_ROADS)
    if how == "done":
        await presses(office, take_up, risk, by=head_roads)
        await puts(office, risk, RecordKind.CONFIRMED, "Видели", by=head_roads)
    elif how == "moved":
        async with office.uow() as unit:
            later = replace(owed.obligation, due_at=owed.obligation.due_at + DAY)
            await settle(unit, owed.obligation.key.matter, risk.id, [later], NOON)
            await unit.commit()
    elif how == "on hold":
        await puts(office, risk, RecordKind.ACCEPT, Pressed("2026-11-24"), item=owed.id, by=head_roads)
    else:
        await free_position(
            FreePosition(position=seat.id, holder=await office.person(head_roads)),
            actor=office.head,
            uow=office.uow,
            now=NOON,
        )
    assert await told(office, notice, head_roads, now=NOON) is None


async def test_of_two_things_in_a_message_the_one_that_is_left_is_said(offices: Offices, head_roads: Actor) -> None:
    office = offices.ours
    first, second = await office.filed("Яма на дороге"), await office.filed("Нет света во дворе")
    await nudge(uow=office.uow, view=office.view, now=NOON)
    await presses(office, take_up, first, by=head_roads)
    await puts(office, first, RecordKind.CONFIRMED, "Видели", by=head_roads)
    found = await reads(offices, head_roads)
    assert found is not None
    assert [each.matter.id for each in found.own] == [second.id]


async def test_whoever_is_above_is_told_whose_it_is(offices: Offices, risk: Risk) -> None:
    office = offices.ours
    for moment in (NOON, MONDAY_NINE, MONDAY_TWO):
        await nudge(uow=office.uow, view=office.view, now=moment)
    found = await reads(offices, office.actor(CURATOR), after=3 * DAY)
    assert found is not None
    assert not found.own
    assert [(each.matter.id, each.whose, each.steps) for each in found.below] == [(risk.id, ROADS_TITLE, 1)]


async def test_a_deputy_reads_for_whom_they_stand_in(offices: Offices, risk: Risk, head_roads: Actor) -> None:
    office = offices.ours
    await away(office, head_roads, days(0, 5), deputy=office.ivan)
    await nudge(uow=office.uow, view=office.view, now=NOON)
    found = await reads(offices, office.ivan)
    assert found is not None
    assert list(found.deputises) == [ROADS_TITLE]
    assert await reminders(offices, head_roads) == []


# --- why ------------------------------------------------------------------------------------------


async def test_why_names_the_chain_the_place_in_it_and_the_next_above(
    office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    found = await explains(office, head_roads)
    assert [title for title, _ in found.links] == [ROADS_TITLE, "куратор"]
    assert (found.place, found.next_title, found.next_at) == (0, "куратор", MONDAY_TWO)
    assert found.counted is not None
    assert found.counted.due_at == risk.verify_by
    assert found.overdue_by == timedelta()


async def test_to_whoever_is_above_nobody_is_next_at_the_top(office: StaffedOffice, risk: Risk) -> None:
    found = await explains(office, office.actor(CURATOR), after=3 * DAY + 3 * HOUR)
    assert (found.place, found.told.steps, found.next_title) == (1, 1, None)


async def test_whoever_only_reads_stands_nowhere_in_the_chain(office: StaffedOffice, risk: Risk) -> None:
    assert (await explains(office, office.olga)).place is None


async def test_what_is_owed_no_more_is_not_explained(office: StaffedOffice, risk: Risk, head_roads: Actor) -> None:
    async with office.view() as view:
        owed = (await view.obligations.all_open())[0].id
    await presses(office, take_up, risk, by=head_roads)
    await puts(office, risk, RecordKind.CONFIRMED, "Видели", by=head_roads)
    with pytest.raises(UnknownChoice):
        await explain_owed(owed, actor=head_roads, view=office.view, now=NOON)
    with pytest.raises(NotListed):
        await explain_owed(owed, actor=office.stranger, view=office.view, now=NOON)


# --- what one owes --------------------------------------------------------------------------------


async def test_one_owes_what_one_is_first_to_be_asked_the_earliest_first(
    office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    measure = ("Засыпать", str(await _seat(office, head_roads)), Pressed("2026-11-27"))
    await puts(office, risk, RecordKind.MEASURE_PLANNED, *measure)
    earlier = await office.filed("Нет света во дворе", now=NOW - HOUR)
    found = await own_owed(actor=head_roads, view=office.view, now=NOON)
    assert [(each.matter.id, each.owed.obligation.key.kind) for each in found.own] == [
        (earlier.id, ObligationKind.VERIFICATION),
        (risk.id, ObligationKind.VERIFICATION),
        (risk.id, ObligationKind.MEASURE),
    ]
    assert found.own[2].about == "Засыпать"
    assert (await own_owed(actor=office.actor(CURATOR), view=office.view, now=NOON)).own == []


async def _seat(office: StaffedOffice, who: Actor) -> int:
    person = await office.person(who)
    async with office.view() as view:
        return next(each.id for each in await view.people.positions() if each.holder == person)


@pytest.mark.parametrize("hour", [time(6), time(7, 30), time(12)])
async def test_the_hour_is_ones_own_until_one_takes_the_offices_again(office: StaffedOffice, hour: time) -> None:
    await choose_hour(ChooseHour(hour=hour), actor=office.olga, uow=office.uow)
    found = await own_owed(actor=office.olga, view=office.view, now=NOON)
    assert (found.hour, found.is_usual) == (hour, False)
    assert (await own_owed(actor=office.ivan, view=office.view, now=NOON)).is_usual
    await choose_hour(ChooseHour(hour=None), actor=office.olga, uow=office.uow)
    found = await own_owed(actor=office.olga, view=office.view, now=NOON)
    assert (found.hour, found.is_usual) == (office.plan.nudged_at, True)


@pytest.mark.parametrize("hour", [time(0), time(5, 59), time(12, 1), time(23)])
async def test_an_hour_that_is_of_no_morning_switches_nothing_off(office: StaffedOffice, hour: time) -> None:
    with pytest.raises(UnknownChoice):
        await choose_hour(ChooseHour(hour=hour), actor=office.actor(HEAD), uow=office.uow)
    assert (await own_owed(actor=office.actor(HEAD), view=office.view, now=NOON)).is_usual


# --- appeals --------------------------------------------------------------------------------------


@pytest.fixture
async def exported(offices: Offices, head_roads: Actor) -> StaffedOffice:
    """Twelve appeals of the block of roads, overdue since Wednesday by the export of Friday morning; it is Monday."""
    office = offices.ours
    numbers = [str(6100000 + number) for number in range(12)]
    await export_comes(office.uow, *map(appeal, numbers), made_at=NOW)
    await given_to(office.uow, "roads", *numbers)
    await settle_appeals(uow=office.uow, view=office.view, now=NOW)
    return office


async def test_many_appeals_are_one_message_that_says_which_export_it_rests_on(
    offices: Offices, exported: StaffedOffice, head_roads: Actor
) -> None:
    await nudge(uow=exported.uow, view=exported.view, now=MONDAY_NINE)
    assert len(await reminders(offices, head_roads)) == 1
    found = await reads(offices, head_roads, after=MONDAY_NINE - NOON)
    assert found is not None
    assert len(found.own) == 12
    assert all(isinstance(each.matter, AppealCase) for each in found.own)
    assert found.freshest == {AppealSource.POS: NOW}


async def test_what_has_become_too_old_before_the_message_went_out_is_not_said(
    offices: Offices, exported: StaffedOffice, head_roads: Actor
) -> None:
    """The export of Friday is relied on until Tuesday is over."""
    await nudge(uow=exported.uow, view=exported.view, now=MONDAY_NINE)
    assert await reads(offices, head_roads, after=MONDAY_NINE + DAY - NOON) is not None
    assert await reads(offices, head_roads, after=MONDAY_NINE + 2 * DAY - NOON) is None


async def test_a_risk_is_said_on_where_the_appeals_beside_it_are_too_old(
    offices: Offices, exported: StaffedOffice, head_roads: Actor
) -> None:
    risk = await exported.filed("Яма на дороге")
    await nudge(uow=exported.uow, view=exported.view, now=MONDAY_NINE)
    found = await reads(offices, head_roads, after=MONDAY_NINE + 2 * DAY - NOON)
    assert found is not None
    assert [each.matter.id for each in found.own] == [risk.id]
    assert found.freshest == {}


async def test_what_one_owes_by_an_export_that_is_too_old_is_counted_and_not_told(
    exported: StaffedOffice, head_roads: Actor
) -> None:
    fresh = await own_owed(actor=head_roads, view=exported.view, now=MONDAY_NINE)
    assert (len(fresh.own), fresh.unknown, fresh.freshest) == (12, 0, {AppealSource.POS: NOW})
    old = await own_owed(actor=head_roads, view=exported.view, now=MONDAY_NINE + 2 * DAY)
    assert (len(old.own), old.unknown, old.freshest) == (0, 12, {})


async def test_an_appeal_is_explained_by_the_date_of_its_export(exported: StaffedOffice, head_roads: Actor) -> None:
    found = await explains(exported, head_roads, MONDAY_NINE - NOON)
    assert found.card is None
    assert found.due is not None
    assert found.due.basis is Basis.EXPORT
    assert (found.counted, found.place, found.freshest) == (None, 0, {AppealSource.POS: NOW})
