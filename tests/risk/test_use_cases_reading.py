"""What is read: pages of open risks, histories, deadlines with their arithmetic; and whether a notice still holds."""

from datetime import timedelta

import pytest

from risk.errors import RiskNotFound, UnknownChoice
from risk.events import EventKind
from risk.ids import BlockKey, DraftId, PositionId, RiskId
from risk.notices import AlertChatBound, AlertChatClosed, ChatRight, Joined, Message, MessageSetAside
from risk.people import Place
from risk.risks import NumberAsked
from risk.standing import Panel
from risk.use_cases.cards import SetBlock, note_overdue, set_block
from risk.use_cases.drafts import RegisterDraft, register_draft
from risk.use_cases.reading import RISKS_ON_A_PAGE, card_facts, draft_facts, explain_deadline, history, open_risks
from risk.use_cases.telling import notice_facts, report_set_aside
from storage import tables
from storage.mapping import NOTICE
from tests.support.offices import HEAD, LATER, NOW, OFFICER, Offices, StaffedOffice


@pytest.mark.parametrize(
    ("asked", "page", "shown"), [(0, 0, RISKS_ON_A_PAGE), (1, 1, 2), (2, 1, 2), (99, 1, 2), (-1, 0, RISKS_ON_A_PAGE)]
)
async def test_a_page_past_the_end_is_the_last_one(office: StaffedOffice, asked: int, page: int, shown: int) -> None:
    for number in range(RISKS_ON_A_PAGE + 2):
        await office.filed(f"Случай {number}")
    found = await open_risks(asked, actor=office.olga, view=office.view, now=NOW)
    assert (found.page, found.pages, found.total, len(found.risks)) == (page, 2, RISKS_ON_A_PAGE + 2, shown)


async def test_an_office_without_risks_has_one_empty_page(office: StaffedOffice) -> None:
    found = await open_risks(0, actor=office.olga, view=office.view, now=NOW)
    assert (found.page, found.pages, found.total, list(found.risks)) == (0, 1, 0, [])


async def test_a_page_shows_risks_of_its_office_alone(offices: Offices) -> None:
    await offices.theirs.filed("Их случай")
    mine = await offices.ours.filed("Наш случай")
    found = await open_risks(0, actor=offices.ours.olga, view=offices.ours.view, now=NOW)
    assert list(found.risks) == [mine]


async def test_a_history_names_the_seats_that_acted_and_nobody_when_the_clock_did(office: StaffedOffice) -> None:
    risk = await office.filed()
    command = SetBlock(risk=risk.id, round=1, block=BlockKey("social"))
    await set_block(command, actor=office.head, uow=office.uow, now=LATER)
    await note_overdue(uow=office.uow, now=risk.verify_by)
    told = await history(NumberAsked(serial=1, year=None), actor=office.olga, view=office.view, now=NOW)
    assert [(event.kind, title) for event, title in told.events] == [
        (EventKind.FILED, "член проектного офиса 1"),
        (EventKind.BLOCK_SET, "руководитель МЦУ"),
        (EventKind.VERIFICATION_OVERDUE, None),
    ]


async def test_there_is_no_history_of_a_risk_that_is_not_there(office: StaffedOffice) -> None:
    with pytest.raises(RiskNotFound):
        await history(NumberAsked(serial=12, year=2026), actor=office.olga, view=office.view, now=NOW)


async def test_a_deadline_is_explained_by_the_spans_that_were_counted(office: StaffedOffice) -> None:
    risk = await office.filed()
    facts = await explain_deadline(risk.id, actor=office.olga, view=office.view, now=NOW)
    assert facts.deadline.due_at == risk.verify_by
    assert sum((span.length for span in facts.deadline.spans), timedelta()) == facts.deadline.term.amount


async def test_a_card_names_the_seat_that_answers_for_the_block_and_the_one_that_filed(office: StaffedOffice) -> None:
    risk = await office.filed(by=office.actor(HEAD))
    async with office.view() as view:
        facts = await card_facts(view, risk.id, Panel.MAIN, NOW)
    assert facts.responsible == "руководитель блока «Дороги, ЖКХ, благоустройство»"
    assert facts.filed_by == "руководитель МЦУ"


@pytest.mark.parametrize(("late", "overdue"), [(timedelta(seconds=-1), False), (timedelta(), True)])
async def test_a_card_is_overdue_from_its_deadline_on(office: StaffedOffice, late: timedelta, overdue: bool) -> None:
    risk = await office.filed()
    async with office.view() as view:
        facts = await card_facts(view, risk.id, Panel.MAIN, risk.verify_by + late)
    assert facts.overdue is overdue


async def test_a_form_that_was_filed_shows_its_number(office: StaffedOffice) -> None:
    draft = await office.drafted()
    number = await register_draft(RegisterDraft(draft=draft.id), actor=office.olga, uow=office.uow, now=NOW)
    async with office.view() as view:
        assert (await draft_facts(view, draft.id, Panel.MAIN)).number == number


async def test_what_is_not_there_cannot_be_shown(offices: Offices) -> None:
    theirs, draft = await offices.theirs.filed(), await offices.theirs.drafted()
    async with offices.ours.view() as view:
        for risk in (theirs.id, RiskId(404)):
            with pytest.raises(UnknownChoice):
                await card_facts(view, risk, Panel.MAIN, NOW)
        for number in (draft.id, DraftId(404)):
            with pytest.raises(UnknownChoice):
                await draft_facts(view, number, Panel.MAIN)


# --- whether a notice still holds when its turn comes ---------------------------------------------------------


async def holds(office: StaffedOffice, notice: Message, place: Place) -> bool:
    async with office.view() as view:
        return await notice_facts(view, notice, place, now=NOW) is not None


async def test_a_welcome_holds_while_the_person_still_has_the_seat(office: StaffedOffice) -> None:
    async with office.view() as view:
        positions = await view.people.positions()
    held = next(each for each in positions if each.role == HEAD)
    vacant = next(each for each in positions if each.holder is None)
    private = office.private(office.head)
    assert await holds(office, Joined(position=held.id), private)
    assert not await holds(office, Joined(position=held.id), office.private(office.olga))
    assert not await holds(office, Joined(position=vacant.id), private)


async def test_a_welcome_names_the_seat(office: StaffedOffice) -> None:
    async with office.view() as view:
        head = next(each for each in await view.people.positions() if each.role == HEAD)
        facts = await notice_facts(view, Joined(position=PositionId(head.id)), office.private(office.head), now=NOW)
    assert facts is not None
    assert facts.position == "руководитель МЦУ"


async def test_news_of_a_bound_chat_are_moot_once_there_is_none(offices: Offices, office: StaffedOffice) -> None:
    notice = AlertChatBound(lacks=frozenset())
    assert await holds(office, notice, office.chat)
    async with offices.database.write() as connection:
        await connection.execute(tables.chats.delete())
        await connection.commit()
    assert not await holds(office, notice, office.chat)


@pytest.mark.parametrize(
    "notice",
    [AlertChatClosed(lacks=frozenset({ChatRight.WRITE})), MessageSetAside(reference="K7QF", for_operator=True)],
    ids=lambda each: each.kind,
)
async def test_what_happened_holds_for_ever(office: StaffedOffice, notice: Message) -> None:
    assert await holds(office, notice, office.private(office.head))


async def test_a_message_set_aside_is_told_of_to_its_sender_and_to_who_operates(
    offices: Offices, office: StaffedOffice
) -> None:
    private = office.private(office.olga)
    await report_set_aside("K7QF", sender=office.olga, answer_in=private, uow=office.uow, now=NOW)
    told = [(NOTICE.validate_json(row["notice"]), row["address"]) for row in await offices.rows(tables.outbox)]
    assert told == [
        (MessageSetAside(reference="K7QF", for_operator=False), office.olga.address.value),
        (MessageSetAside(reference="K7QF", for_operator=True), office.actor(OFFICER).address.value),
    ]
