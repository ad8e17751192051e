"""A reply to a card becomes an offer, and a press on it a note; talk is never refused anything."""

import pytest

from handlers.callbacks.working import NoteTaken
from handlers.errors import refusal_text
from handlers.places import telegram
from risk.errors import AlreadyNoted, NotHere, NotListed, NotPermitted, Refusal
from risk.ids import NoteOfferId, OfficeId
from risk.people import Place
from risk.powers import Power
from risk.risks import RiskNumber
from risk.use_cases.notes import OfferNote, TakeNote
from tests.handlers.builders import SATURDAY
from tests.handlers.conftest import Noting
from tests.handlers.telegram import ACTOR, GROUP, Door, message, press

PRESS = NoteTaken(office=OfficeId(3), offer=NoteOfferId(9)).pack()
CARD = message(chat=GROUP, number=50)


async def test_a_reply_that_answers_no_question_may_become_a_note(noting: Noting) -> None:
    noting("filing.take_reply_in_chat", gives=False)
    offered = noting("notes.offer_note", gives=True)
    door = Door(uow="units")
    name = {"type": "text_mention", "offset": 0, "length": 6, "user": {"id": 0, "is_bot": False, "first_name": ""}}
    await door.takes(message=message("Зоряна видела воду", chat=GROUP, reply_to_message=CARD, entities=[name]))
    [(arguments, named)] = offered
    [command] = arguments
    assert isinstance(command, OfferNote)
    assert (command.said.text, command.said.message_id) == ("Зоряна видела воду", 55)
    assert command.said.name_ranges == ((0, 6),)
    assert (command.replies_to, command.place) == (50, Place(address=telegram(GROUP)))
    assert named == {"actor": ACTOR, "uow": "units", "now": SATURDAY}
    assert door.said == []


@pytest.mark.parametrize("words", ["/risk", "/card 12", "/history 12", "/find вода", "/risks", "/water"])
async def test_a_command_in_reply_to_a_card_means_what_it_means_anywhere(noting: Noting, words: str) -> None:
    for named in ("filing.file_in_chat", "cards.post_card", "lists.history", "lists.find_risks", "lists.open_risks"):
        noting(named, refuses=NotHere())
    offered = noting("notes.offer_note")
    await Door(uow=None, view=None, understand=None).takes(message=message(words, chat=GROUP, reply_to_message=CARD))
    assert offered == []


@pytest.mark.parametrize("refusal", [NotPermitted(Power.READ), NotListed(), NotHere()])
async def test_talk_among_people_is_refused_nothing_aloud(noting: Noting, refusal: Refusal) -> None:
    noting("filing.take_reply_in_chat", gives=False)
    noting("notes.offer_note", refuses=refusal)
    door = Door(uow=None)
    await door.takes(message=message("Вода есть", chat=GROUP, reply_to_message=CARD))
    assert door.said == []


async def test_a_press_keeps_the_words(noting: Noting) -> None:
    asked = noting("notes.take_note", gives=RiskNumber(serial=12, year=2026))
    door = Door(uow="units")
    await door.takes(callback_query=press(PRESS))
    assert asked == [((TakeNote(offer=NoteOfferId(9)),), {"actor": ACTOR, "uow": "units", "now": SATURDAY})]
    assert door.answers == [("Записано в историю ИР-12/26.", False)]


async def test_who_presses_second_reads_that_it_is_done(noting: Noting) -> None:
    noting("notes.take_note", refuses=AlreadyNoted("ИР-12/26"))
    door = Door(uow=None)
    await door.takes(callback_query=press(PRESS))
    assert door.answers == [(refusal_text(AlreadyNoted("ИР-12/26")), True)]
    assert refusal_text(AlreadyNoted("ИР-12/26")) == "Уже записано в историю ИР-12/26."
