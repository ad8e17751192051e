"""Duty: who may assign it, whose it is then, who is told, and what the page says."""

from datetime import date, datetime

import pytest

from risk.errors import DutyFault, DutyRefused, NotHere, UnknownChoice
from risk.ids import PersonId, PositionId
from risk.notices import DutyAssigned, DutyLifted
from risk.people import Actor
from risk.powers import Power
from risk.staff_events import StaffEventKind
from risk.use_cases.duties import AssignDuty, assign_duty
from risk.use_cases.duty_steps import (
    AskDutyDays,
    DutyPage,
    duty_days_asked,
    duty_drafted,
    duty_page,
    positions_for_duty,
)
from risk.use_cases.rota_telling import DutyTold
from tests.risk.calendars import utc
from tests.risk.rota import DAY, TODAY, away, days, planned, put_on_duty, rota, seat_of, told
from tests.support.offices import NOW, OFFICER, Offices, StaffedOffice

SATURDAY_NIGHT = utc("2026-11-22 01:00")
"""Sunday at 04:00 in Moscow: Saturday's shift is under way."""


@pytest.fixture
def officer(office: StaffedOffice) -> Actor:
    return office.actor(OFFICER)


async def answering(office: StaffedOffice, ahead: int) -> PersonId | None:
    day = TODAY + ahead * DAY
    who = (await rota(office, day)).on_duty(day)
    return None if who is None or who.here is None else who.here.person.id


async def page(office: StaffedOffice, now: datetime = NOW, *, by: Actor | None = None) -> DutyPage:
    return await duty_page(actor=by or office.olga, view=office.view, now=now)


def folded(shown: DutyPage) -> list[tuple[date, date, PositionId | None]]:
    return [
        (each.first.day, each.last.day, None if each.who is None else each.who.position.id) for each in shown.coming
    ]


async def test_shifts_are_a_positions_and_the_latest_assignment_counts(office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 2))
    await put_on_duty(office, office.olga, days(1, 1))
    their_officer, their_olga = await office.person(officer), await office.person(office.olga)
    assert [await answering(office, ahead) for ahead in range(4)] == [their_officer, their_olga, their_officer, None]


async def test_who_gets_shifts_and_who_loses_them_is_told(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(0, 4))
    await put_on_duty(office, office.olga, days(3, 9))
    officers, olgas = await seat_of(office, officer), await seat_of(office, office.olga)
    assert await planned(offices, officer) == [
        DutyAssigned(position=officers, first_day=TODAY, last_day=TODAY + 4 * DAY),
        DutyLifted(position=officers, first_day=TODAY + 3 * DAY, last_day=TODAY + 4 * DAY),
    ]
    assert await planned(offices, office.olga) == [
        DutyAssigned(position=olgas, first_day=TODAY + 3 * DAY, last_day=TODAY + 9 * DAY)
    ]


async def test_an_assignment_that_changes_nothing_and_ones_own_tell_nobody(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(0, 4))
    await put_on_duty(office, officer, days(1, 2))
    assert len(await planned(offices)) == 1
    await put_on_duty(office, office.head, days(10, 12))
    await put_on_duty(office, None, days(10, 12))
    assert len(await planned(offices)) == 1


async def test_the_history_says_which_shifts_became_whose(office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 2))
    await put_on_duty(office, None, days(1, 1))
    async with office.view() as view:
        first, second = [each for each in await view.staff_events.all() if each.kind is StaffEventKind.DUTY_ASSIGNED]
    assert (first.position, first.by) == (await seat_of(office, officer), await seat_of(office, office.head))
    assert first.facts == {"first_day": "2026-11-20", "last_day": "2026-11-22"}
    assert second.position is None


async def test_the_shift_under_way_may_be_given_away_and_no_earlier_one(office: StaffedOffice) -> None:
    await put_on_duty(office, office.olga, days(1, 1), now=SATURDAY_NIGHT)
    with pytest.raises(DutyRefused) as refused:
        await put_on_duty(office, office.olga, days(0, 1), now=SATURDAY_NIGHT)
    assert refused.value.fault is DutyFault.OVER


async def test_only_a_position_that_somebody_holds_here_is_on_duty(offices: Offices, office: StaffedOffice) -> None:
    async with office.view() as view:
        vacant = next(each.id for each in await view.people.positions() if each.holder is None)
    theirs = await seat_of(offices.theirs, offices.theirs.olga)
    for position in (vacant, theirs, PositionId(4040)):
        command = AssignDuty(position=position, days=days(0, 1))
        with pytest.raises(UnknownChoice):
            await assign_duty(command, actor=office.head, uow=office.uow, now=NOW)
        with pytest.raises(UnknownChoice):
            await duty_drafted(command, actor=office.head, view=office.view, now=NOW)
    offered = await positions_for_duty(0, actor=office.head, view=office.view, now=NOW)
    assert len(offered.positions) == 6
    assert vacant not in {each.id for each in offered.positions}


async def test_the_deputy_answers_for_whoever_is_away(office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 2))
    await away(office, officer, days(1, 1), deputy=office.ivan)
    await away(office, officer, days(2, 2))
    theirs, ivans = await office.person(officer), await office.person(office.ivan)
    assert [await answering(office, ahead) for ahead in range(3)] == [theirs, ivans, None]
    who = (await rota(office)).on_duty(TODAY + 2 * DAY)
    assert who is not None
    assert who.holder_away


async def test_whoever_assigns_is_warned_that_the_holder_is_away(office: StaffedOffice, officer: Actor) -> None:
    await away(office, officer, days(2, 3))
    position = await seat_of(office, officer)
    for span, warned in ((days(0, 1), False), (days(1, 2), True)):
        drafted = await duty_drafted(
            AssignDuty(position=position, days=span), actor=office.head, view=office.view, now=NOW
        )
        assert drafted.holder_away is warned


async def test_a_vacated_position_on_duty_is_answered_by_nobody(office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 0))
    async with office.uow() as unit:
        await unit.people.vacate(await seat_of(office, officer), NOW)
        await unit.commit()
    who = (await rota(office)).on_duty(TODAY)
    assert who is not None
    assert (who.here, who.holder_away) == (None, False)


async def test_in_working_hours_the_page_says_who_answers_in_the_evening(office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 0))
    shown = await page(office)
    assert shown.current is None
    assert shown.closes_at == utc("2026-11-20 15:00")
    assert shown.tonight is not None
    assert shown.tonight.who is not None
    assert shown.tonight.who.position.id == await seat_of(office, officer)


@pytest.mark.parametrize(
    ("now", "current", "tonight"),
    [
        ("2026-11-20 20:00", "2026-11-20", None),
        ("2026-11-20 22:00", "2026-11-20", "2026-11-21"),
        ("2026-11-21 08:00", "2026-11-21", None),
        ("2026-11-23 03:00", "2026-11-22", "2026-11-23"),
    ],
    ids=["an evening", "past midnight before a day off", "a day off", "Monday before opening"],
)
async def test_the_page_tells_the_shift_under_way_from_the_next(
    office: StaffedOffice, now: str, current: str, tonight: str | None
) -> None:
    shown = await page(office, utc(now))
    assert shown.current is not None
    assert shown.current.first.day == date.fromisoformat(current)
    assert (shown.tonight and shown.tonight.first.day) == (tonight and date.fromisoformat(tonight))


async def test_two_weeks_are_folded_into_stretches(office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 2))
    await put_on_duty(office, office.olga, days(3, 3))
    officers, olgas = await seat_of(office, officer), await seat_of(office, office.olga)
    assert folded(await page(office)) == [
        (TODAY, TODAY + 2 * DAY, officers),
        (TODAY + 3 * DAY, TODAY + 3 * DAY, olgas),
        (TODAY + 4 * DAY, TODAY + 13 * DAY, None),
    ]
    assert folded(await page(office, SATURDAY_NIGHT))[0] == (TODAY + DAY, TODAY + 2 * DAY, officers)


async def test_a_deputy_makes_a_stretch_of_their_own(office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 13))
    await away(office, officer, days(2, 3), deputy=office.ivan)
    assert [(first, last) for first, last, _ in folded(await page(office))] == [
        (TODAY, TODAY + DAY),
        (TODAY + 2 * DAY, TODAY + 3 * DAY),
        (TODAY + 4 * DAY, TODAY + 13 * DAY),
    ]


async def test_in_the_alert_chat_the_page_allows_nothing(office: StaffedOffice) -> None:
    here = Actor(office=office.id, address=office.head.address, chat=office.chat.address)
    elsewhere = Actor(office=office.id, address=office.head.address, chat=office.olga.address)
    assert Power.ASSIGN_DUTY in (await page(office, by=office.head)).allowed
    assert Power.ASSIGN_DUTY not in (await page(office, by=office.olga)).allowed
    assert (await page(office, by=here)).allowed == frozenset()
    with pytest.raises(NotHere):
        await page(office, by=elsewhere)


async def test_the_last_day_is_chosen_from_the_first_on(office: StaffedOffice) -> None:
    for first, earliest in ((None, TODAY + DAY), (TODAY + 5 * DAY, TODAY + 5 * DAY), (TODAY, TODAY + DAY)):
        asked = await duty_days_asked(
            AskDutyDays(position=None, first=first), actor=office.head, view=office.view, now=SATURDAY_NIGHT
        )
        assert asked.earliest == earliest


async def test_a_notice_of_shifts_is_moot_once_they_are_anothers_or_over(office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 2))
    assigned = DutyAssigned(position=await seat_of(office, officer), first_day=TODAY, last_day=TODAY + 2 * DAY)
    lifted = DutyLifted(position=assigned.position, first_day=TODAY, last_day=TODAY + 2 * DAY)
    found = await told(office, assigned, officer)
    assert found is not None
    assert isinstance(found.rota, DutyTold)
    assert (found.rota.begins, found.rota.ends) == (utc("2026-11-20 15:00"), utc("2026-11-23 06:00"))
    assert await told(office, lifted, officer) is None
    assert await told(office, assigned, office.olga) is None
    assert await told(office, assigned, officer, now=utc("2026-11-23 06:00")) is None
    await put_on_duty(office, None, days(0, 2))
    assert await told(office, assigned, officer) is None
    assert await told(office, lifted, officer) is not None
