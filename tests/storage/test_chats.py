"""The chats of an office, and what moves with a chat to its new address."""

import pytest

from risk.drafts import DraftField
from risk.ids import PersonId, PositionId, RecordId
from risk.notices import Joined
from risk.people import Address, Place
from risk.records import Record, RecordKind, RecordStatus
from risk.risks import Risk
from risk.standing import Subject
from storage import tables
from storage.delivery import Deliveries, ItemKind
from tests.storage.book import due, stood
from tests.support.kept_reports import paper_in
from tests.support.notes import offered
from tests.support.offices import LATER, NOW, Offices, StaffedOffice, telegram

NEW = telegram(-100_777)


async def move(office: StaffedOffice, old: Address, new: Address) -> None:
    async with office.uow() as unit:
        await unit.chats.move(old, new)
        await unit.commit()


async def addresses(offices: Offices) -> set[tuple[str, str]]:
    """Everything of the office that stands at an address, but for its people."""
    kept = [table for table in tables.metadata.sorted_tables if {"office_id", "address"} <= set(table.c.keys())]
    kept.remove(tables.people)
    return {(table.name, row["address"]) for table in kept for row in await offices.rows(table)}


@pytest.fixture
async def draft_in_chat(office: StaffedOffice) -> int:
    draft, risk = await office.drafted(), await office.filed()
    person = await office.person(office.olga)
    async with office.uow() as unit:
        await unit.chats.move(office.olga.address, office.chat.address)
        await unit.prompts.ask(person, office.chat, draft.id, DraftField.GIST)
        await unit.standing.post(Subject.DRAFT, draft.id, office.chat)
        await unit.outbox.plan(Joined(position=PositionId(1)), office.chat, due_at=NOW)
        await unit.records.add(_record(person, risk, office.chat))
        await unit.papers.add(paper_in(office.chat, now=NOW, asked_by=person))
        await unit.commit()
    return draft.id


def _record(person: PersonId, risk: Risk, place: Place) -> Record:
    return Record(
        id=RecordId(0),
        author=person,
        place=place,
        risk=risk.id,
        round=1,
        kind=RecordKind.NOTE,
        status=RecordStatus.OPEN,
        touched_at=NOW,
    )


async def test_rebinding_replaces_the_chat_and_its_topic(office: StaffedOffice) -> None:
    elsewhere = Place(address=NEW, thread=12)
    async with office.uow() as unit:
        await unit.chats.bind_alert_chat(elsewhere, LATER)
        assert await unit.chats.alert_chat() == elsewhere
        await unit.chats.bind_alert_chat(Place(address=NEW), LATER)
        assert await unit.chats.alert_chat() == Place(address=NEW)


async def test_all_that_stands_in_a_chat_moves_with_it(
    offices: Offices, office: StaffedOffice, draft_in_chat: int
) -> None:
    before = await addresses(offices)
    of_chats = {
        table.name for table in tables.metadata.sorted_tables if {"office_id", "address"} <= set(table.c.keys())
    }
    assert {name for name, _ in before} == of_chats - {tables.people.name}
    await move(office, office.chat.address, NEW)
    theirs = offices.theirs.chat.address.value
    assert await addresses(offices) == {(name, where if where == theirs else NEW.value) for name, where in before}


async def test_what_stood_in_the_old_chat_is_posted_anew_in_the_new_one(
    office: StaffedOffice, deliveries: Deliveries, draft_in_chat: int
) -> None:
    await deliveries.shown(await stood(deliveries), 70)
    await move(office, office.chat.address, NEW)
    standing = await deliveries.standing(1)
    assert standing is not None
    assert (standing.message, standing.answers, standing.retired, standing.shown) == (None, None, (), 0)
    assert {item.address for item in await due(deliveries)} == {NEW}


async def test_moving_twice_changes_nothing_more(offices: Offices, office: StaffedOffice, draft_in_chat: int) -> None:
    await move(office, office.chat.address, NEW)
    moved = await addresses(offices)
    await move(office, office.chat.address, NEW)
    assert await addresses(offices) == moved


async def test_a_card_posted_in_the_new_chat_before_the_move_was_heard_of_does_not_stop_it(
    office: StaffedOffice, draft_in_chat: int
) -> None:
    """Both addresses speak in lanes of their own, so the new one may be heard first."""
    async with office.uow() as unit:
        await unit.standing.post(Subject.DRAFT, draft_in_chat, Place(address=NEW))
        await unit.commit()
    await move(office, office.chat.address, NEW)
    async with office.view() as view:
        assert [each.place.address for each in await view.standing.of(Subject.DRAFT, draft_in_chat)] == [NEW]


async def test_an_offer_stays_under_its_reply_when_the_chat_moves_or_is_left(
    office: StaffedOffice, deliveries: Deliveries
) -> None:
    """Elsewhere nobody would know of which words it speaks, and it is no card to take leave of."""
    offer = await offered(office, await office.filed())
    async with office.uow() as unit:
        await unit.standing.post(Subject.NOTE_OFFER, offer.id, office.chat, answers=offer.message)
        await unit.standing.leave(office.chat.address)
        [standing] = await unit.standing.of(Subject.NOTE_OFFER, offer.id)
        assert standing.retired == ()
        await unit.commit()
    await move(office, office.chat.address, NEW)
    async with office.view() as view:
        assert await view.standing.of(Subject.NOTE_OFFER, offer.id) == []


async def test_what_stood_in_a_chat_that_is_left_says_so_for_the_last_time(
    office: StaffedOffice, deliveries: Deliveries, draft_in_chat: int
) -> None:
    await deliveries.shown(await stood(deliveries), 70)
    async with office.uow() as unit:
        await unit.standing.leave(office.chat.address)
        await unit.standing.refresh(Subject.DRAFT, draft_in_chat)
        assert await unit.standing.of(Subject.DRAFT, draft_in_chat) == []
        await unit.commit()
    standing = await stood(deliveries)
    assert (standing.message, standing.retired) == (None, (70,))
    await deliveries.retired(1, 70)
    assert [item for item in await due(deliveries) if item.kind is ItemKind.STANDING] == []


async def test_a_message_posted_in_a_chat_that_was_left_stands_there_again(
    office: StaffedOffice, deliveries: Deliveries, draft_in_chat: int
) -> None:
    async with office.uow() as unit:
        await unit.standing.leave(office.chat.address)
        await unit.standing.post(Subject.DRAFT, draft_in_chat, office.chat)
        assert len(await unit.standing.of(Subject.DRAFT, draft_in_chat)) == 1
        await unit.commit()
    assert ItemKind.STANDING in {item.kind for item in await due(deliveries)}
