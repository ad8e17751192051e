"""The courier's book: what is due and in what order, and how each end is noted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.standing import Panel, Subject
from storage.delivery import Deliveries, ItemKind
from tests.storage.book import JOINED, SOON, due, ledger, only, plan, stand, state, stood
from tests.support.offices import LATER, NOW, Offices, StaffedOffice


async def test_standing_messages_come_in_the_order_of_their_making_and_notices_by_their_time(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    await plan(office, JOINED, minutes=0)
    await plan(office, JOINED, minutes=-5)
    await stand(office, 7, 8)
    assert [(item.kind, item.id) for item in await due(deliveries)] == [
        (ItemKind.STANDING, 1),
        (ItemKind.STANDING, 2),
        (ItemKind.NOTICE, 2),
        (ItemKind.NOTICE, 1),
    ]


async def test_what_was_just_pressed_comes_first(office: StaffedOffice, deliveries: Deliveries) -> None:
    await stand(office, 7, 8, 9)
    async with office.uow() as unit:
        await unit.standing.turn(Subject.RISK, 8, Panel.BLOCKS, opened_by=None)
        await unit.commit()
    assert [item.id for item in await due(deliveries)] == [2, 1, 3]
    assert [item.pressed for item in await due(deliveries)] == [True, False, False]


async def test_messages_of_all_offices_are_due_to_one_courier(offices: Offices, deliveries: Deliveries) -> None:
    await stand(offices.ours, 7)
    await stand(offices.theirs, 7)
    assert [(item.office, item.address) for item in await due(deliveries)] == [
        (offices.ours.id, offices.ours.chat.address),
        (offices.theirs.id, offices.theirs.chat.address),
    ]


async def test_a_notice_is_not_due_before_its_time(office: StaffedOffice, deliveries: Deliveries) -> None:
    await plan(office, JOINED, minutes=1)
    assert await deliveries.due(LATER - timedelta(microseconds=1), NOW) == []
    assert len(await deliveries.due(LATER, NOW)) == 1


async def test_a_message_that_shows_what_it_should_is_not_due(office: StaffedOffice, deliveries: Deliveries) -> None:
    await stand(office, 7)
    standing = await stood(deliveries)
    await deliveries.shown(1, revision=standing.wanted, message=70)
    assert await due(deliveries) == []
    assert await stood(deliveries) == replace(standing, message=70, shown=standing.wanted)


async def test_news_that_came_while_it_was_being_shown_keeps_it_due(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    rendered = await stood(deliveries)
    async with office.uow() as unit:
        await unit.standing.refresh(Subject.RISK, 7)
        await unit.commit()
    await deliveries.shown(1, revision=rendered.wanted, message=70)
    assert (await only(deliveries)).id == 1


async def test_a_claimed_message_is_given_to_nobody_else(office: StaffedOffice, deliveries: Deliveries) -> None:
    await stand(office, 7)
    await plan(office, JOINED)
    for item in await due(deliveries):
        await deliveries.claim(item)
    assert await due(deliveries) == []
    assert await deliveries.notice(1) is None


@pytest.mark.parametrize("kind", ItemKind)
async def test_a_retry_waits_for_its_moment_of_machine_time(
    office: StaffedOffice, deliveries: Deliveries, kind: ItemKind
) -> None:
    await (stand(office, 7) if kind is ItemKind.STANDING else plan(office, JOINED))
    assert await deliveries.next_moment(NOW) is None
    item = await only(deliveries)
    await deliveries.claim(item)
    await deliveries.retry(item, SOON, counts=True)
    assert await deliveries.next_moment(NOW) == SOON
    assert await deliveries.due(NOW + timedelta(days=1), SOON - timedelta(microseconds=1)) == []
    [again] = await deliveries.due(NOW, SOON)
    assert (again.kind, again.attempts) == (kind, 1)
    assert await deliveries.next_moment(SOON) is None


async def test_the_next_moment_is_the_soonest_retry(office: StaffedOffice, deliveries: Deliveries) -> None:
    await stand(office, 7)
    await plan(office, JOINED)
    for item, seconds in zip(await due(deliveries), (50, 20), strict=True):
        await deliveries.retry(item, NOW + timedelta(seconds=seconds), counts=True)
    assert await deliveries.next_moment(NOW) == NOW + timedelta(seconds=20)


async def test_a_wait_that_the_messenger_asked_for_is_no_attempt(office: StaffedOffice, deliveries: Deliveries) -> None:
    await stand(office, 7)
    await deliveries.retry(await only(deliveries), NOW, counts=False)
    assert (await only(deliveries)).attempts == 0


async def test_success_begins_the_attempts_anew(office: StaffedOffice, deliveries: Deliveries) -> None:
    await stand(office, 7)
    await deliveries.retry(await only(deliveries), NOW, counts=True)
    await deliveries.shown(1, revision=1, message=70)
    async with office.uow() as unit:
        await unit.standing.refresh(Subject.RISK, 7)
        await unit.commit()
    assert (await only(deliveries)).attempts == 0


async def test_a_refused_standing_message_rests_until_it_has_something_new_to_say(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    await deliveries.refuse(await only(deliveries), (await stood(deliveries)).wanted, "forbidden", NOW)
    assert await due(deliveries) == []
    assert await ledger(offices) == [("standing", "refused", "forbidden")]
    async with office.uow() as unit:
        await unit.standing.refresh(Subject.RISK, 7)
        await unit.commit()
    assert (await only(deliveries)).id == 1


async def test_a_refused_notice_is_never_tried_again(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries
) -> None:
    await plan(office, JOINED)
    await deliveries.refuse(await only(deliveries), None, "forbidden", NOW)
    assert await due(deliveries) == []
    assert await state(offices) == "refused"
    assert await ledger(offices) == [("notice", "refused", "forbidden")]


@pytest.mark.parametrize("end", ["sent", "moot"])
async def test_a_finished_notice_is_not_due(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries, end: str
) -> None:
    await plan(office, JOINED)
    await (deliveries.sent(1, 70) if end == "sent" else deliveries.moot(1))
    assert await due(deliveries) == []
    assert await deliveries.notice(1) is None
    assert await state(offices) == end


async def test_a_deleted_message_is_due_to_be_posted_anew(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    await deliveries.shown(1, revision=1, message=70)
    await deliveries.gone(1, NOW)
    assert (await stood(deliveries)).message is None
    assert (await only(deliveries)).id == 1
    assert await ledger(offices) == [("standing", "gone", None)]


async def test_an_earlier_copy_is_due_until_it_is_retired(office: StaffedOffice, deliveries: Deliveries) -> None:
    await stand(office, 7)
    await deliveries.shown(1, revision=1, message=70)
    await stand(office, 7)
    posted_anew = await stood(deliveries)
    assert (posted_anew.message, posted_anew.retired) == (None, 70)
    await deliveries.shown(1, revision=posted_anew.wanted, message=71)
    assert (await only(deliveries)).id == 1
    await deliveries.retired(1)
    assert await due(deliveries) == []
    assert ((await stood(deliveries)).message, (await stood(deliveries)).retired) == (71, None)
