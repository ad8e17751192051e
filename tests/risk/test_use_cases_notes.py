"""A reply to a card: offered as a note once, kept by one press and by nothing else, dropped when nobody presses."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from risk.errors import AlreadyNoted, MoveNotPossible, NotPermitted, OutsideBlock, UnknownChoice
from risk.events import EventKind
from risk.ids import BlockKey, NoteOfferId
from risk.masking import NAME_HIDDEN, NUMBER_HIDDEN
from risk.offices import OPERATOR
from risk.people import Actor
from risk.powers import Power
from risk.risks import Risk, RiskState
from risk.standing import Subject
from risk.typed import PERSONAL_PAGE_HIDDEN
from risk.understanding import RawMessage
from risk.use_cases.notes import LAPSES_AFTER, OfferNote, TakeNote, lapse_note_offers, offer_note, take_note
from storage import tables
from storage.delivery import Deliveries
from tests.risk.worked import changed_plan, last_event, put, seat_of, story
from tests.support.offices import HEAD_ROADS, LATER, MEMBER, NOW, Offices, StaffedOffice

CARD, REPLY = 70, 71
WORDS = "Водоканал обещает воду к вечеру"


@pytest.fixture
async def risk(offices: Offices, office: StaffedOffice) -> Risk:
    """Its card stands in the alert chat."""
    filed = await office.filed()
    async with office.view() as view:
        [card] = await view.standing.of(Subject.RISK, filed.id)
    await Deliveries(offices.database, "run").shown(card, CARD)
    return filed


async def replies(
    office: StaffedOffice,
    words: str = WORDS,
    *,
    by: Actor | None = None,
    to: int = CARD,
    number: int = REPLY,
    **more: Any,
) -> bool:
    said = RawMessage(message_id=number, sent_at=NOW, text=words, **more)
    command = OfferNote(said=said, place=office.chat, replies_to=to)
    return await offer_note(command, actor=by or office.olga, uow=office.uow, now=NOW)


async def presses(office: StaffedOffice, offer: NoteOfferId, *, by: Actor | None = None) -> str:
    return str(await take_note(TakeNote(offer=offer), actor=by or office.olga, uow=office.uow, now=LATER))


async def offered(offices: Offices) -> NoteOfferId:
    """The only offer there is."""
    [row] = await offices.rows(tables.note_offers)
    return NoteOfferId(row["id"])


async def words_kept(offices: Offices) -> list[str]:
    return [row["words"] for row in await offices.rows(tables.note_offers)]


async def test_a_reply_to_a_card_is_offered_under_the_reply_and_nothing_is_in_the_history_yet(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    assert await replies(office)
    async with office.view() as view:
        [shown] = await view.standing.of(Subject.NOTE_OFFER, await offered(offices))
    assert (shown.place, shown.answers) == (office.chat, REPLY)
    assert [event.kind for event in await story(office, risk)] == [EventKind.FILED]


async def test_one_reply_is_offered_once(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    assert await replies(office)
    assert not await replies(office)
    await presses(office, await offered(offices))
    assert not await replies(office)
    assert await replies(office, number=REPLY + 1)


@pytest.mark.parametrize("more", [{"is_forward": True}, {"words": "👍"}, {"words": ""}, {"to": CARD + 5}])
async def test_what_holds_no_words_of_its_author_or_answers_no_card_is_talk(
    offices: Offices, office: StaffedOffice, risk: Risk, more: dict[str, Any]
) -> None:
    assert not await replies(office, **more)
    assert await words_kept(offices) == []


async def test_under_a_form_of_the_chat_nothing_is_offered(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    draft = await office.drafted()
    async with office.uow() as unit:
        await unit.standing.post(Subject.DRAFT, draft.id, office.chat)
        await unit.commit()
    async with office.view() as view:
        [form] = await view.standing.of(Subject.DRAFT, draft.id)
    await Deliveries(offices.database, "run").shown(form, CARD + 5)
    assert not await replies(office, to=CARD + 5)


async def test_under_the_card_of_a_closed_risk_nothing_is_offered(office: StaffedOffice, risk: Risk) -> None:
    await put(office, risk, RiskState.WORKED_OFF)
    assert not await replies(office)


async def test_what_leads_to_a_person_is_hidden_before_anything_is_stored(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    said = "Зоряна звонила с 8 921 555-01-23, её страница https://vk.com/id123456"
    assert await replies(office, said, name_ranges=((0, 6),))
    kept = f"{NAME_HIDDEN} звонила с {NUMBER_HIDDEN}, её страница {PERSONAL_PAGE_HIDDEN}"
    assert await words_kept(offices) == [kept]
    await presses(office, await offered(offices))
    assert (await last_event(office, risk)).facts["text"] == kept


async def test_a_press_puts_the_words_into_the_history_and_leaves_them_nowhere_else(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await replies(office)
    assert await presses(office, await offered(offices)) == str(risk.number)
    event = await last_event(office, risk)
    assert (event.kind, event.at, event.facts) == (EventKind.NOTED, LATER, {"text": WORDS})
    assert event.position == await seat_of(office, MEMBER, number=1)
    assert await words_kept(offices) == [""]


async def test_the_card_stays_as_it_is(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    """Nothing on it has changed, and somebody may have a panel open there."""
    await replies(office)
    await presses(office, await offered(offices))
    async with office.view() as view:
        [card] = await view.standing.of(Subject.RISK, risk.id)
        [offer] = await view.standing.of(Subject.NOTE_OFFER, await offered(offices))
    assert card.wanted == card.shown
    assert offer.wanted == 2


async def test_somebody_elses_words_are_kept_with_the_position_that_said_them(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await replies(office, by=office.ivan)
    await presses(office, await offered(offices))
    event = await last_event(office, risk)
    assert event.facts == {"text": WORDS, "said_role": MEMBER, "said_number": "2"}
    assert event.position == await seat_of(office, MEMBER, number=1)


async def test_words_of_a_single_seat_have_no_number(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    await replies(office, by=office.head)
    await presses(office, await offered(offices))
    assert (await last_event(office, risk)).facts == {"text": WORDS, "said_role": "head"}


async def test_whoever_may_only_read_keeps_their_own_words_and_nobody_elses(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await changed_plan(offices, powers={**office.plan.powers, Power.WORK: (frozenset({OPERATOR}),)})
    await replies(office, by=office.ivan)
    with pytest.raises(NotPermitted):
        await presses(office, await offered(offices))
    assert await presses(office, await offered(offices), by=office.ivan) == str(risk.number)


async def test_the_head_of_another_block_keeps_their_own_words_and_nobody_elses(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    async with office.uow() as unit:
        await unit.risks.save(replace(risk, block=BlockKey("social")))
        await unit.commit()
    head_roads = office.actor(HEAD_ROADS)
    await replies(office)
    with pytest.raises(OutsideBlock):
        await presses(office, await offered(offices), by=head_roads)
    await replies(office, by=head_roads, number=REPLY + 1)
    own = NoteOfferId(await offered_last(offices))
    assert await presses(office, own, by=head_roads) == str(risk.number)


async def offered_last(offices: Offices) -> int:
    return int((await offices.rows(tables.note_offers))[-1]["id"])


async def test_a_second_press_changes_nothing_and_says_where_the_words_are(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await replies(office)
    await presses(office, await offered(offices))
    for second in (office.olga, office.ivan):
        with pytest.raises(AlreadyNoted) as refused:
            await presses(office, await offered(offices), by=second)
        assert refused.value.number == str(risk.number)
    assert [event.kind for event in await story(office, risk)] == [EventKind.FILED, EventKind.NOTED]


async def test_a_risk_that_was_closed_meanwhile_takes_no_note(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await replies(office)
    await put(office, risk, RiskState.WORKED_OFF)
    with pytest.raises(MoveNotPossible):
        await presses(office, await offered(offices))


async def test_a_press_on_no_offer_is_stale(office: StaffedOffice) -> None:
    with pytest.raises(UnknownChoice):
        await presses(office, NoteOfferId(99))


async def test_words_that_nobody_keeps_are_dropped_after_days(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await replies(office)
    assert await lapse_note_offers(uow=office.uow, now=NOW + LAPSES_AFTER) == 0
    assert await lapse_note_offers(uow=office.uow, now=NOW + LAPSES_AFTER + timedelta(seconds=1)) == 1
    assert await lapse_note_offers(uow=office.uow, now=NOW + 2 * LAPSES_AFTER) == 0
    assert await words_kept(offices) == [""]
    with pytest.raises(UnknownChoice):
        await presses(office, await offered(offices))
    assert [event.kind for event in await story(office, risk)] == [EventKind.FILED]
