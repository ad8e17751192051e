"""Presses on a card and `/card`: each becomes one use case with what the button carried."""

from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers.callbacks.risks import CardBlock, CardDeadline, CardLevel, CardPanel
from handlers.places import telegram
from risk.ids import OfficeId, RiskId
from risk.people import Place
from risk.risks import NumberAsked
from risk.standing import Panel
from risk.use_cases.cards import PostCard, SetBlock, SetLevel, TurnCard
from tests.handlers.builders import HIGH, ROADS, card_facts
from tests.handlers.conftest import Noting
from tests.handlers.telegram import ACTOR, GROUP, Door, message, press

RISK: dict[str, Any] = {"office": OfficeId(3), "risk": RiskId(7), "round": 1}


@pytest.mark.parametrize(
    ("button", "use_case", "command"),
    [
        (CardPanel(**RISK, panel=Panel.LEVELS), "turn_card", TurnCard(risk=RiskId(7), round=1, panel=Panel.LEVELS)),
        (CardBlock(**RISK, block=ROADS), "set_block", SetBlock(risk=RiskId(7), round=1, block=ROADS)),
        (CardBlock(**RISK, block=None), "set_block", SetBlock(risk=RiskId(7), round=1, block=None)),
        (CardLevel(**RISK, level=HIGH, confirmed=False), "set_level", SetLevel(risk=RiskId(7), round=1, level=HIGH)),
        (
            CardLevel(**RISK, level=HIGH, confirmed=True),
            "set_level",
            SetLevel(risk=RiskId(7), round=1, level=HIGH, confirmed=True),
        ),
    ],
)
async def test_press_becomes_a_use_case(noting: Noting, button: CallbackData, use_case: str, command: Any) -> None:
    asked = noting(f"cards.{use_case}")
    uow = object()
    await Door(uow=uow).takes(callback_query=press(button.pack()))
    [(arguments, named)] = asked
    assert arguments == (command,)
    assert named["actor"] == ACTOR
    assert named["uow"] is uow


async def test_deadline_is_explained_in_an_alert(noting: Noting) -> None:
    asked = noting("cards.explain_deadline", gives=card_facts())
    door = Door(view=None)
    await door.takes(callback_query=press(CardDeadline(**RISK).pack()))
    assert asked[0][0] == (RiskId(7),)
    assert door.answers == [("2 часа круглосуточно: сб 21.11 09:02–11:02. Это внутренний ориентир МЦУ.", True)]


@pytest.mark.parametrize(
    ("typed", "asked_for"),
    [
        ("/card 12", NumberAsked(serial=12, year=None)),
        ("/card ИР-12/26", NumberAsked(serial=12, year=2026)),
        ("/Card@mcu_bot 12/26", NumberAsked(serial=12, year=2026)),
    ],
)
async def test_card_is_posted_anew_where_it_was_asked_for(noting: Noting, typed: str, asked_for: NumberAsked) -> None:
    asked = noting("cards.post_card")
    door = Door(uow=None)
    in_topic = message(typed, chat=GROUP, message_thread_id=4, is_topic_message=True)
    await door.takes(message=in_topic)
    assert asked[0][0] == (PostCard(asked=asked_for, place=Place(address=telegram(GROUP), thread=4)),)
    assert door.said == []


@pytest.mark.parametrize("typed", ["/card", "/card вода", "/card 12 13"])
async def test_card_without_a_number_says_how(noting: Noting, typed: str) -> None:
    asked = noting("cards.post_card")
    door = Door(uow=None)
    await door.takes(message=message(typed))
    assert asked == []
    assert door.said == ["Напишите команду и номер риска через пробел, например: /card 12"]


async def test_command_to_another_bot_is_left_alone(noting: Noting) -> None:
    asked = noting("cards.post_card")
    door = Door(uow=None)
    await door.takes(message=message("/card@other_bot 12", chat=GROUP))
    assert asked == []
    assert door.said == []


async def test_own_name_is_asked_of_telegram_once(noting: Noting) -> None:
    noting("cards.post_card")
    door = Door(uow=None)
    for _ in range(3):
        await door.takes(message=message("/card@mcu_bot 12", chat=GROUP))
    assert [type(call).__name__ for call in door.telegram.calls] == ["GetMe"]


async def test_chain_of_replies_outside_a_forum_is_no_thread(noting: Noting) -> None:
    asked = noting("cards.post_card")
    await Door(uow=None).takes(message=message("/card 12", chat=GROUP, message_thread_id=4))
    assert asked[0][0][0].place.thread is None
