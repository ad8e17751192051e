"""Somebody whom the messenger does not let the bot write to: who hears of it, and how reminding goes on past them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import pytest

from risk.notices import PersonUnreachable
from risk.nudges import NudgeState, Why
from risk.people import Actor
from risk.use_cases.nudging import nudge
from risk.use_cases.reach import note_reachable, note_unreachable
from storage import tables
from tests.risk.rota import planned, told
from tests.support.offices import CURATOR, HEAD_ROADS, NOW, OFFICER, Offices, StaffedOffice

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOON: Final = NOW + 2 * HOUR
MONDAY_NINE: Final = NOW + 3 * DAY - HOUR
MONDAY_TWO: Final = NOW + 3 * DAY + 4 * HOUR
"""Nine working hours after the deadline: the one above hears of it."""


@pytest.fixture
def head_roads(office: StaffedOffice) -> Actor:
    return office.actor(HEAD_ROADS)


async def refuses(office: StaffedOffice, who: Actor, after: timedelta = timedelta()) -> None:
    """The messenger has answered 403 to what was written to them."""
    await note_unreachable(who.address, uow=office.uow, now=NOW + after)


async def heard(offices: Offices, who: Actor) -> Sequence[PersonUnreachable]:
    return [each for each in await planned(offices, who) if isinstance(each, PersonUnreachable)]


async def nudged(offices: Offices) -> list[tuple[str, int, int | None]]:
    return [(row["state"], row["step"], row["person"]) for row in await offices.rows(tables.nudges)]


async def test_whoever_operates_and_whoever_decides_hear_of_it_once(
    offices: Offices, office: StaffedOffice, head_roads: Actor
) -> None:
    for hours in (0, 1, 30):
        await refuses(office, head_roads, hours * HOUR)
    notice = PersonUnreachable(person=await office.person(head_roads))
    assert await heard(offices, office.actor(OFFICER)) == [notice]
    assert await heard(offices, office.head) == [notice]
    for other in (office.actor(CURATOR), office.olga, head_roads):
        assert await heard(offices, other) == []


async def test_the_one_who_cannot_be_reached_is_not_told_of_themself(offices: Offices, office: StaffedOffice) -> None:
    await refuses(office, office.head)
    assert await heard(offices, office.head) == []
    assert len(await heard(offices, office.actor(OFFICER))) == 1


async def test_of_somebody_who_is_nobody_here_nothing_is_said(offices: Offices, office: StaffedOffice) -> None:
    await refuses(office, office.stranger)
    assert [each for each in await planned(offices) if isinstance(each, PersonUnreachable)] == []


async def test_reminding_goes_on_to_the_next_above_and_nothing_is_written_to_them(
    offices: Offices, office: StaffedOffice, head_roads: Actor
) -> None:
    await office.filed("Яма на дороге")
    await refuses(office, head_roads)
    for moment in (NOON, MONDAY_NINE, MONDAY_TWO):
        await nudge(uow=office.uow, view=office.view, now=moment)
    curator = await office.person(office.actor(CURATOR))
    assert await nudged(offices) == [
        (NudgeState.REFUSED, 0, None),
        (NudgeState.REFUSED, 0, None),
        (NudgeState.GIVEN, 1, curator),
    ]
    assert {row["why"] for row in await offices.rows(tables.nudges) if row["why"]} == {Why.UNREACHABLE}
    assert [each.kind for each in await planned(offices, head_roads)] == []


async def test_whoever_writes_to_the_bot_again_is_reminded_again(
    offices: Offices, office: StaffedOffice, head_roads: Actor
) -> None:
    await office.filed("Яма на дороге")
    await refuses(office, head_roads)
    await nudge(uow=office.uow, view=office.view, now=NOON)
    await note_reachable(head_roads.address, uow=office.uow)
    await nudge(uow=office.uow, view=office.view, now=MONDAY_NINE)
    person = await office.person(head_roads)
    assert await nudged(offices) == [(NudgeState.REFUSED, 0, None), (NudgeState.GIVEN, 0, person)]


async def test_who_came_back_before_the_news_was_sent_is_not_told_of(office: StaffedOffice, head_roads: Actor) -> None:
    await refuses(office, head_roads)
    notice = PersonUnreachable(person=await office.person(head_roads))
    assert await told(office, notice, office.head) is not None
    await note_reachable(head_roads.address, uow=office.uow)
    assert await told(office, notice, office.head) is None


async def test_who_is_lost_a_second_time_is_told_of_a_second_time(
    offices: Offices, office: StaffedOffice, head_roads: Actor
) -> None:
    await refuses(office, head_roads)
    await note_reachable(head_roads.address, uow=office.uow)
    await refuses(office, head_roads, DAY)
    assert len(await heard(offices, office.head)) == 2


async def test_another_office_does_not_hear_of_it(offices: Offices, head_roads: Actor) -> None:
    await refuses(offices.ours, head_roads)
    assert await heard(offices, offices.theirs.head) == []
