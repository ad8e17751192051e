"""Every press is answered exactly once, and every refusal is said."""

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery

from handlers.callbacks.forms import FormRegister
from handlers.callbacks.risks import CardPanel
from handlers.errors import refusal_text
from risk.errors import SomeoneElses, UnknownChoice
from risk.ids import DraftId, OfficeId, RiskId
from risk.risks import RiskNumber
from risk.standing import Panel
from tests.handlers.conftest import Noting
from tests.handlers.telegram import GROUP, Door, message, press

TURN = CardPanel(office=OfficeId(3), risk=RiskId(7), panel=Panel.BLOCKS, round=1).pack()
REGISTER = FormRegister(office=OfficeId(3), draft=DraftId(9), highest=None).pack()
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def test_press_that_succeeds_is_answered_without_words(noting: Noting) -> None:
    noting("cards.turn_card")
    door = Door(uow=None)
    await door.takes(callback_query=press(TURN))
    assert door.answers == [(None, False)]


async def test_press_may_be_answered_with_words(noting: Noting) -> None:
    noting("forms.register_draft", gives=RiskNumber(serial=12, year=2026))
    door = Door(uow=None)
    await door.takes(callback_query=press(REGISTER))
    assert door.answers == [("ИР-12/26 зарегистрирован.", False)]


async def test_refused_press_is_answered_by_an_alert(noting: Noting) -> None:
    noting("cards.turn_card", refuses=SomeoneElses())
    door = Door(uow=None)
    await door.takes(callback_query=press(TURN))
    assert door.answers == [(refusal_text(SomeoneElses()), True)]


async def test_answer_that_comes_too_late_is_no_failure(noting: Noting) -> None:
    noting("cards.turn_card")
    door = Door(uow=None)
    door.telegram.refusals[AnswerCallbackQuery] = TOO_OLD
    await door.takes(callback_query=press(TURN))
    assert len(door.answers) == 1


async def test_other_refusals_of_telegram_are_not_hidden(noting: Noting) -> None:
    noting("cards.turn_card")
    door = Door(uow=None)
    door.telegram.refusals[AnswerCallbackQuery] = "something else"
    with pytest.raises(TelegramBadRequest):
        await door.takes(callback_query=press(TURN))


async def test_broken_press_stays_unanswered_so_that_it_is_tried_again(noting: Noting) -> None:
    noting("cards.turn_card", refuses=ZeroDivisionError())
    door = Door(uow=None)
    with pytest.raises(ZeroDivisionError):
        await door.takes(callback_query=press(TURN))
    assert door.answers == []


async def test_refused_message_gets_the_reason_in_reply(noting: Noting) -> None:
    noting("cards.post_card", refuses=UnknownChoice())
    door = Door(uow=None)
    await door.takes(message=message("/card 12", chat=GROUP))
    assert door.said == [refusal_text(UnknownChoice())]
    replied = door.telegram.calls[0].model_dump()["reply_parameters"]
    assert replied["message_id"] == 55
    assert replied["allow_sending_without_reply"] is True


async def test_unknown_button_says_that_it_is_old() -> None:
    door = Door()
    await door.takes(callback_query=press("zz:3:7"))
    assert door.answers == [("Эта кнопка устарела. Откройте карточку заново, например: /card 12.", True)]
