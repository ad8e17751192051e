"""`/risks` and `/history`."""

from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText

from handlers.callbacks import RisksList
from handlers.views.help import STALE_LIST
from risk.ids import OfficeId
from risk.risks import NumberAsked
from risk.use_cases.reading import RiskHistory, RisksPage
from tests.handlers.builders import SATURDAY, office, risk
from tests.handlers.conftest import Noting
from tests.handlers.telegram import GROUP, Door, message, press

SECOND_PAGE = RisksPage(office=office(), risks=[risk()], page=1, pages=3, total=17, now=SATURDAY)
TO_SECOND_PAGE = RisksList(office=OfficeId(3), page=1).pack()


async def test_list_begins_with_its_first_page(noting: Noting) -> None:
    asked = noting("lists.open_risks", gives=SECOND_PAGE)
    door = Door(view=None)
    await door.takes(message=message("/risks"))
    assert asked[0][0] == (0,)
    assert door.said[0].startswith("Открыто рисков: 17")


async def test_texts_travel_as_entities_without_markup_or_previews(noting: Noting) -> None:
    noting("lists.open_risks", gives=SECOND_PAGE)
    door = Door(view=None)
    await door.takes(message=message("/risks"))
    sent: dict[str, Any] = door.telegram.calls[0].model_dump()
    assert sent["parse_mode"] is None
    assert sent["link_preview_options"]["is_disabled"] is True
    assert {entity["type"] for entity in sent["entities"]} == {"bold"}


async def test_turning_a_page_redraws_the_same_message(noting: Noting) -> None:
    asked = noting("lists.open_risks", gives=SECOND_PAGE)
    door = Door(view=None)
    await door.takes(callback_query=press(TO_SECOND_PAGE))
    assert asked[0][0] == (1,)
    assert [(call.chat_id, call.message_id) for call in door.redrawn] == [(GROUP, 70)]
    assert door.said == []
    assert door.answers == [(None, False)]


async def test_page_that_shows_the_same_is_a_success(noting: Noting) -> None:
    noting("lists.open_risks", gives=SECOND_PAGE)
    door = Door(view=None)
    door.telegram.refusals[EditMessageText] = "message is not modified: specified new message content"
    await door.takes(callback_query=press(TO_SECOND_PAGE))
    assert door.answers == [(None, False)]


@pytest.mark.parametrize("reason", ["message to edit not found", "message can't be edited"])
async def test_deleted_list_is_asked_for_anew(noting: Noting, reason: str) -> None:
    noting("lists.open_risks", gives=SECOND_PAGE)
    door = Door(view=None)
    door.telegram.refusals[EditMessageText] = reason
    await door.takes(callback_query=press(TO_SECOND_PAGE))
    assert door.answers == [(STALE_LIST, True)]


async def test_other_refusals_of_an_edit_are_not_hidden(noting: Noting) -> None:
    noting("lists.open_risks", gives=SECOND_PAGE)
    door = Door(view=None)
    door.telegram.refusals[EditMessageText] = "can't parse entities"
    with pytest.raises(TelegramBadRequest):
        await door.takes(callback_query=press(TO_SECOND_PAGE))


async def test_press_without_its_message_asks_for_a_new_list(noting: Noting) -> None:
    noting("lists.open_risks", gives=SECOND_PAGE)
    door = Door(view=None)
    await door.takes(callback_query=press(TO_SECOND_PAGE) | {"message": None})
    assert door.answers == [(STALE_LIST, True)]


async def test_history_is_asked_by_number(noting: Noting) -> None:
    asked = noting("lists.history", gives=RiskHistory(office=office(), risk=risk(), events=[]))
    door = Door(view=None)
    await door.takes(message=message("/history 12/26"))
    assert asked[0][0] == (NumberAsked(serial=12, year=2026),)
    assert door.said[0].startswith("ИР-12/26 · история")


async def test_history_without_a_number_says_how() -> None:
    door = Door(view=None)
    await door.takes(message=message("/history"))
    assert door.said == ["Напишите номер: /history 12"]
