"""The courier's book: what is due and in what order, and how each end is noted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.standing import Panel, Subject
from storage import tables
from storage.delivery import Deliveries, ItemKind, _due_notices, _due_standing
from tests.storage.book import JOINED, SOON, due, ledger, only, plan, stand, state, stood
from tests.support.kept_reports import paper_in
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
    await deliveries.shown(standing, 70)
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
    await deliveries.shown(rendered, 70)
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
    await deliveries.shown(await stood(deliveries), 70)
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
    await deliveries.shown(await stood(deliveries), 70)
    await deliveries.gone(await stood(deliveries), NOW)
    assert (await stood(deliveries)).message is None
    assert (await only(deliveries)).id == 1
    assert await ledger(offices) == [("standing", "gone", None)]


async def test_a_press_ends_the_waiting_for_a_retry(office: StaffedOffice, deliveries: Deliveries) -> None:
    await stand(office, 7)
    await deliveries.retry(await only(deliveries), SOON, counts=True)
    async with office.uow() as unit:
        await unit.standing.turn(Subject.RISK, 7, Panel.BLOCKS, opened_by=None)
        await unit.commit()
    assert (await only(deliveries)).attempts == 0


async def test_a_deleted_topic_leaves_its_messages_to_the_chat(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries
) -> None:
    topic = replace(office.chat, thread=12)
    async with office.uow() as unit:
        await unit.chats.bind_alert_chat(topic, NOW)
        await unit.standing.post(Subject.RISK, 7, topic)
        await unit.outbox.plan(JOINED, topic, due_at=NOW)
        await unit.commit()
    await deliveries.leave_topic((await due(deliveries))[0])
    notice = await deliveries.notice(1)
    assert notice is not None
    assert {(await stood(deliveries)).place, notice.place} == {office.chat}
    async with office.view() as view:
        assert await view.chats.alert_chat() == office.chat


async def test_a_paper_in_the_making_leaves_the_deleted_topic_too(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries
) -> None:
    """Its message is planned once it is made: into the chat as it is by then."""
    topic = replace(office.chat, thread=12)
    async with office.uow() as unit:
        await unit.chats.bind_alert_chat(topic, NOW)
        await unit.outbox.plan(JOINED, topic, due_at=NOW)
        paper = await unit.papers.add(paper_in(topic, now=NOW))
        await unit.commit()
    assert paper is not None
    await deliveries.leave_topic((await due(deliveries))[0])
    async with office.view() as view:
        left = await view.papers.get(paper.id)
    assert left is not None
    assert left.place == office.chat


async def test_a_notice_planned_under_a_name_is_planned_once(offices: Offices, office: StaffedOffice) -> None:
    for name in ("утром", "утром", "вечером", None, None):
        async with office.uow() as unit:
            await unit.outbox.plan(JOINED, office.chat, due_at=NOW, once=name)
            await unit.commit()
    names = [row["once"] for row in await offices.rows(tables.outbox)]
    assert names == ["утром", "вечером", None, None]


async def test_every_earlier_copy_is_taken_leave_of(office: StaffedOffice, deliveries: Deliveries) -> None:
    for message in (70, 71):
        await stand(office, 7)
        await deliveries.shown(await stood(deliveries), message)
    await stand(office, 7)
    await stand(office, 7)
    assert (await stood(deliveries)).retired == (70, 71)


async def test_an_edit_that_ends_after_the_message_was_wanted_anew_changes_nothing(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    await deliveries.shown(await stood(deliveries), 70)
    being_edited = await stood(deliveries)
    await stand(office, 7)
    await deliveries.shown(being_edited, 70)
    assert (await stood(deliveries)).message is None
    assert (await only(deliveries)).id == 1


async def test_a_message_that_left_its_chat_takes_its_leave_and_is_not_refreshed(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    await deliveries.shown(await stood(deliveries), 70)
    async with office.uow() as unit:
        await unit.standing.leave(office.chat.address)
        await unit.standing.refresh(Subject.RISK, 7)
        await unit.commit()
    assert (await stood(deliveries)).retired == (70,)
    await deliveries.retired(1, 70)
    assert await due(deliveries) == []


async def test_what_is_due_is_found_by_indexes(offices: Offices) -> None:
    plans = []
    async with offices.database.read() as connection:
        for query in (_due_standing(NOW), _due_notices(NOW, NOW)):
            text = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
            plans += [str(row.detail) for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]
    assert any("ix_standing_due" in plan for plan in plans), plans
    assert any("ix_outbox_due" in plan for plan in plans), plans


async def test_a_refused_message_with_an_earlier_copy_to_retire_is_not_due(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    await deliveries.shown(await stood(deliveries), 70)
    await stand(office, 7)
    await deliveries.refuse(await only(deliveries), (await stood(deliveries)).wanted, "forbidden", NOW)
    assert await due(deliveries) == []


async def test_a_message_that_left_its_chat_is_not_posted_there_anew(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    await deliveries.shown(await stood(deliveries), 70)
    being_edited = await stood(deliveries)
    async with office.uow() as unit:
        await unit.standing.leave(office.chat.address)
        await unit.commit()
    await deliveries.gone(being_edited, NOW)
    await deliveries.retired(1, 70)
    assert await due(deliveries) == []


async def test_a_first_post_that_arrives_after_its_chat_was_left_takes_its_leave(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    await stand(office, 7)
    being_posted = await stood(deliveries)
    async with office.uow() as unit:
        await unit.standing.leave(office.chat.address)
        await unit.commit()
    await deliveries.shown(being_posted, 70)
    assert (await stood(deliveries)).retired == (70,)
    assert (await stood(deliveries)).message is None
