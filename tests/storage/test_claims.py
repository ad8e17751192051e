"""A claim begins a send: what became of a message whose sending was cut off, in this run or in an earlier one."""

from datetime import timedelta

import pytest

from risk.notices import AlertChatBound, AlertChatClosed, ChatRight, MessageSetAside, Notice
from risk.people import Place
from storage.delivery import Deliveries, ItemKind
from tests.storage.book import JOINED, SOON, due, ledger, only, plan, stand, state
from tests.support.offices import NOW, Offices, StaffedOffice, telegram


@pytest.fixture
def next_run(offices: Offices) -> Deliveries:
    return Deliveries(offices.database, boot="next run")


NOTICES: list[tuple[Notice, str]] = [
    (JOINED, "planned"),
    (AlertChatBound(lacks=frozenset()), "unknown"),
    (AlertChatClosed(lacks=frozenset({ChatRight.WRITE})), "planned"),
    (MessageSetAside(reference="K7QF", for_operator=True), "planned"),
]


@pytest.mark.parametrize(("notice", "becomes"), NOTICES, ids=lambda each: getattr(each, "kind", each))
async def test_a_notice_that_may_have_arrived_is_repeated_or_held_by_its_kind(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries, notice: Notice, becomes: str
) -> None:
    await plan(office, notice)
    item = await only(deliveries)
    await deliveries.claim(item)
    await deliveries.lost_track(item, NOW, SOON)
    assert await state(offices) == becomes
    assert await ledger(offices) == [("notice", "unknown", "connection")]
    assert [each.attempts for each in await deliveries.due(NOW, SOON)] == ([1] if becomes == "planned" else [])


async def test_a_standing_message_that_may_have_arrived_is_posted_anew_after_a_pause(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    item = await only(deliveries)
    await deliveries.claim(item)
    await deliveries.lost_track(item, NOW, SOON)
    assert await due(deliveries) == []
    assert len(await deliveries.due(NOW, SOON)) == 1
    assert await ledger(offices) == [("standing", "unknown", "connection")]


@pytest.mark.parametrize(("notice", "becomes"), NOTICES, ids=lambda each: getattr(each, "kind", each))
async def test_a_notice_claimed_by_an_earlier_run_is_repeated_or_held_by_its_kind(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries, next_run: Deliveries, notice: Notice, becomes: str
) -> None:
    await plan(office, notice)
    await deliveries.claim(await only(deliveries))
    assert await next_run.recover(NOW, retry_by=NOW) == 1
    assert await state(offices) == becomes
    assert await ledger(offices) == [("notice", "unknown", "restart")]
    assert len(await due(next_run)) == (1 if becomes == "planned" else 0)


async def test_a_standing_message_claimed_by_an_earlier_run_is_posted_anew(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries, next_run: Deliveries
) -> None:
    await stand(office, 7)
    await deliveries.claim(await only(deliveries))
    assert await next_run.recover(NOW, retry_by=NOW) == 1
    assert (await only(next_run)).kind is ItemKind.STANDING
    assert await ledger(offices) == [("standing", "unknown", "restart")]


async def test_a_run_recovers_nothing_of_its_own_and_nothing_twice(
    office: StaffedOffice, deliveries: Deliveries, next_run: Deliveries
) -> None:
    await stand(office, 7)
    assert await deliveries.recover(NOW, retry_by=NOW) == 0
    await deliveries.claim(await only(deliveries))
    assert await deliveries.recover(NOW, retry_by=NOW) == 0
    assert [await next_run.recover(NOW, retry_by=NOW) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize("notice", [each for each, _ in NOTICES], ids=lambda each: each.kind)
async def test_a_planned_notice_is_read_back_as_it_was_meant(
    office: StaffedOffice, deliveries: Deliveries, notice: Notice
) -> None:
    place = Place(address=telegram(-5), thread=12)
    await plan(office, notice, place=place)
    planned = await deliveries.notice(1)
    assert planned is not None
    assert (planned.notice, planned.place) == (notice, place)


@pytest.mark.parametrize("kind", ItemKind)
async def test_a_claim_is_known_until_its_end_is_noted(
    office: StaffedOffice, deliveries: Deliveries, kind: ItemKind
) -> None:
    await (stand(office, 7) if kind is ItemKind.STANDING else plan(office, JOINED))
    item = await only(deliveries)
    assert not await deliveries.is_claimed(item)
    await deliveries.claim(item)
    assert await deliveries.is_claimed(item)
    await deliveries.retry(item, NOW, counts=True)
    assert not await deliveries.is_claimed(item)


async def test_a_retry_that_an_earlier_run_planned_far_ahead_is_brought_nearer(
    office: StaffedOffice, deliveries: Deliveries, next_run: Deliveries
) -> None:
    await stand(office, 7)
    await plan(office, JOINED)
    for item in await due(deliveries):
        await deliveries.retry(item, NOW + timedelta(hours=1), counts=False)
    assert await next_run.next_moment(NOW) == NOW + timedelta(hours=1)
    await next_run.recover(NOW, retry_by=NOW + timedelta(minutes=5))
    assert await next_run.next_moment(NOW) == NOW + timedelta(minutes=5)
    assert len(await next_run.due(NOW, NOW + timedelta(minutes=5))) == 2


async def test_a_retry_that_is_near_stays_where_it_is(
    office: StaffedOffice, deliveries: Deliveries, next_run: Deliveries
) -> None:
    await stand(office, 7)
    await deliveries.retry(await only(deliveries), NOW + timedelta(minutes=1), counts=False)
    await next_run.recover(NOW, retry_by=NOW + timedelta(minutes=5))
    assert await next_run.next_moment(NOW) == NOW + timedelta(minutes=1)
