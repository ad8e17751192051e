"""What is sent to a form: which messages join it, which answer its question, which open another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.drafts import SENT_TOGETHER, Draft, DraftField
from risk.errors import AnswerUnclear, NothingToFile
from risk.standing import Panel
from risk.understanding import Part
from risk.use_cases import drafts
from tests.risk.forms import SOCIAL, form, now_is, open_drafts, take, turn, types
from tests.support.offices import LATER, NOW, UNDERSTAND, Offices, StaffedOffice, part


@pytest.fixture
async def draft(offices: Offices, office: StaffedOffice) -> Draft:
    await take(office, part("Нет света в парке"))
    [opened] = await open_drafts(offices, office)
    return opened


FORWARD = part("Второй день без воды", message_id=2, is_forward=True)


@pytest.mark.parametrize(
    ("first", "second", "drafts_open"),
    [
        (part("Проверьте", message_id=1), FORWARD, 1),
        (FORWARD, part("Проверьте", message_id=3), 1),
        (FORWARD, replace(FORWARD, message_id=3), 2),
        (FORWARD, part("Проверьте", message_id=3, sent_at=NOW + SENT_TOGETHER), 1),
        (FORWARD, part("Проверьте", message_id=3, sent_at=NOW + SENT_TOGETHER + timedelta(seconds=1)), 2),
        (part("Яма", message_id=1), part("Нет света", message_id=2), 2),
        (part("", message_id=1, has_media=True, album="а"), part("", message_id=2, has_media=True, album="а"), 1),
        (part("", message_id=1, has_media=True, album="а"), part("", message_id=2, has_media=True, album="б"), 2),
        (part("", message_id=1, has_media=True), part("", message_id=2, has_media=True), 2),
    ],
    ids=[
        "a comment, then its forward",
        "a forward, then its comment",
        "two forwards at once",
        "two seconds apart",
        "three seconds apart",
        "two messages typed by hand",
        "pictures of one album",
        "pictures of two albums",
        "two pictures",
    ],
)
async def test_what_was_sent_in_one_movement_joins_one_form(
    offices: Offices, office: StaffedOffice, first: Part, second: Part, drafts_open: int
) -> None:
    await take(office, first)
    await take(office, second)
    assert len(await open_drafts(offices, office)) == drafts_open


async def test_a_form_is_the_same_in_whatever_order_its_parts_came(offices: Offices, office: StaffedOffice) -> None:
    comment = part("Проверьте: яма в Охоне", message_id=1)
    for sent, author in (
        (comment, office.olga),
        (FORWARD, office.olga),
        (FORWARD, office.ivan),
        (comment, office.ivan),
    ):
        await take(office, sent, by=author)
    one, other = await open_drafts(offices, office)
    assert (one.parts, one.understood) == (other.parts, other.understood)


async def test_forms_of_two_people_do_not_mix(offices: Offices, office: StaffedOffice) -> None:
    await take(office, part("Проверьте"))
    await take(office, FORWARD, by=office.ivan)
    assert {each.author for each in await open_drafts(offices, office)} == {
        await office.person(office.olga),
        await office.person(office.ivan),
    }


async def test_a_message_with_nothing_in_it_opens_no_form(offices: Offices, office: StaffedOffice) -> None:
    with pytest.raises(NothingToFile):
        await take(office, part("…"))
    assert await open_drafts(offices, office) == []


async def test_a_picture_without_words_asks_for_them(offices: Offices, office: StaffedOffice) -> None:
    await take(office, part("", has_media=True))
    [opened] = await open_drafts(offices, office)
    assert (await form(office, opened)).panel is Panel.ASK_GIST
    await types(office, "Яма на Мира")
    assert (await now_is(office, opened)).gist == "Яма на Мира"
    assert (await form(office, opened)).panel is Panel.MAIN


async def test_typed_words_answer_the_question_that_was_put_and_only_once(
    offices: Offices, office: StaffedOffice, draft: Draft
) -> None:
    await turn(office, draft, Panel.ASK_GIST)
    await types(office, "Нет света на набережной")
    await types(office, "Другое дело", message_id=51)
    assert (await now_is(office, draft)).gist == "Нет света на набережной"
    assert len(await open_drafts(offices, office)) == 2


async def test_what_was_not_typed_answers_no_question(offices: Offices, office: StaffedOffice, draft: Draft) -> None:
    await turn(office, draft, Panel.ASK_GIST)
    await take(office, part("Совсем другое", message_id=9, sent_at=LATER, is_forward=True))
    assert (await now_is(office, draft)).gist == draft.gist
    assert len(await open_drafts(offices, office)) == 2


async def test_an_answer_without_words_is_refused_and_the_question_stays(office: StaffedOffice, draft: Draft) -> None:
    await turn(office, draft, Panel.ASK_GIST)
    with pytest.raises(AnswerUnclear):
        await types(office, "…")
    async with office.view() as view:
        pending = await view.prompts.pending(draft.author, draft.place)
    assert pending == (draft.id, DraftField.GIST)


async def test_going_back_withdraws_the_question(offices: Offices, office: StaffedOffice, draft: Draft) -> None:
    await turn(office, draft, Panel.ASK_GIST)
    await turn(office, draft, Panel.MAIN)
    await types(office, "Новый случай")
    assert len(await open_drafts(offices, office)) == 2


async def test_a_source_may_be_a_link_or_words(office: StaffedOffice, draft: Draft) -> None:
    for number, words in enumerate(("t.me/novosti/77", "домовой чат")):
        await turn(office, draft, Panel.ASK_SOURCE)
        await types(office, words, message_id=60 + number)
    assert [(each.link, each.label) for each in (await now_is(office, draft)).sources] == [
        ("t.me/novosti/77", None),
        (None, "домовой чат"),
    ]


async def test_a_service_number_takes_the_place_of_the_hidden_one(offices: Offices, office: StaffedOffice) -> None:
    await take(office, part("Аварийная служба: 8 (81669) 5-55-01"))
    [opened] = await open_drafts(offices, office)
    assert "5-55-01" not in str(opened.gist)
    await turn(office, opened, Panel.ASK_SERVICE_NUMBER)
    await types(office, "8 (81669) 5-55-01")
    assert (await now_is(office, opened)).gist == "Аварийная служба: 8 (81669) 5-55-01"


@pytest.mark.parametrize("words", ["Иванов Пётр", "5", "8 (81669) 5-55-01 Зоряна", "спросить в доме 5"])
async def test_only_a_number_takes_the_place_of_a_hidden_number(
    offices: Offices, office: StaffedOffice, words: str
) -> None:
    """Words here would bring a resident's name past the hiding."""
    await take(office, part("Аварийная служба: 8 (81669) 5-55-01"))
    [opened] = await open_drafts(offices, office)
    await turn(office, opened, Panel.ASK_SERVICE_NUMBER)
    with pytest.raises(AnswerUnclear):
        await types(office, words)
    assert (await now_is(office, opened)).gist == opened.gist


async def test_a_link_in_the_place_of_an_answer_opens_a_form_of_its_own(
    offices: Offices, office: StaffedOffice, draft: Draft
) -> None:
    await turn(office, draft, Panel.ASK_GIST)
    await types(office, "t.me/novosti/77")
    assert len(await open_drafts(offices, office)) == 2


async def test_a_message_of_an_older_form_is_mended_there(
    offices: Offices, office: StaffedOffice, draft: Draft
) -> None:
    await take(office, part("Другой случай", message_id=9, sent_at=LATER))
    edited = drafts.TakeMessage(part=part("Нет света на набережной"), place=draft.place, typed=None)
    await drafts.take_edited_message(edited, actor=office.olga, uow=office.uow, now=LATER, understand=UNDERSTAND)
    assert (await now_is(office, draft)).gist == "Нет света на набережной"


async def test_an_edited_message_is_understood_anew(office: StaffedOffice, draft: Draft) -> None:
    edited = drafts.TakeMessage(part=part("Нет врача в больнице"), place=draft.place, typed=None)
    await drafts.take_edited_message(edited, actor=office.olga, uow=office.uow, now=LATER, understand=UNDERSTAND)
    mended = await now_is(office, draft)
    assert (mended.gist, mended.block, mended.touched_at) == ("Нет врача в больнице", SOCIAL, LATER)


async def test_an_edit_of_some_other_message_changes_nothing(office: StaffedOffice, draft: Draft) -> None:
    edited = drafts.TakeMessage(part=part("Другое", message_id=44), place=draft.place, typed=None)
    await drafts.take_edited_message(edited, actor=office.olga, uow=office.uow, now=LATER, understand=UNDERSTAND)
    assert await now_is(office, draft) == draft
