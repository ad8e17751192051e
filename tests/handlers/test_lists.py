"""`/risks` and `/history`."""

from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText

from handlers.callbacks.risks import HistoryPage, RisksBlocks, RisksList
from handlers.views.help import STALE_LIST
from risk.ids import OfficeId, RiskId
from risk.risks import NumberAsked, Stage
from risk.use_cases.reading import ALL_OPEN, FoundRisks, Narrowed, RiskHistory, RisksPage
from tests.handlers.builders import ROADS, SATURDAY, office, risk, titles
from tests.handlers.conftest import Noting
from tests.handlers.telegram import GROUP, Door, message, press

SECOND_PAGE = RisksPage(office=office(), risks=[risk()], page=1, pages=3, total=17, now=SATURDAY, narrowed=ALL_OPEN)
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
    assert asked[0][0] == (1, ALL_OPEN)
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
    asked = noting("lists.history", gives=RiskHistory(now=SATURDAY, office=office(), risk=risk(), events=[]))
    door = Door(view=None)
    await door.takes(message=message("/history 12/26"))
    assert asked[0][0] == (NumberAsked(serial=12, year=2026),)
    assert door.said[0].startswith("ИР-12/26 · история")


async def test_history_without_a_number_says_how() -> None:
    door = Door(view=None)
    await door.takes(message=message("/history"))
    assert door.said == ["Напишите команду и номер риска через пробел, например: /history 12"]


async def test_a_list_is_narrowed_by_a_press(noting: Noting) -> None:
    asked = noting("lists.open_risks", gives=SECOND_PAGE)
    door = Door(view=None)
    to_late = RisksList(office=OfficeId(3), page=0, stage=Stage.OVERDUE, block=ROADS)
    await door.takes(callback_query=press(to_late.pack()))
    assert asked[0][0] == (0, Narrowed(stage=Stage.OVERDUE, block=ROADS))
    assert len(door.redrawn) == 1


async def test_the_blocks_are_offered_in_the_place_of_the_list(noting: Noting) -> None:
    asked = noting("lists.open_risks", gives=SECOND_PAGE)
    door = Door(view=None)
    await door.takes(callback_query=press(RisksBlocks(office=OfficeId(3), stage=Stage.ANSWER).pack()))
    assert asked[0][0] == (0, Narrowed(stage=Stage.ANSWER))
    [redrawn] = door.redrawn
    assert redrawn.text == "Какой блок показать?"
    assert titles(redrawn.reply_markup)[-1] == ["Назад"]


async def test_turning_a_page_of_history_redraws_the_same_message(noting: Noting) -> None:
    asked = noting("lists.turn_history", gives=RiskHistory(now=SATURDAY, office=office(), risk=risk(), events=[]))
    door = Door(view=None)
    await door.takes(callback_query=press(HistoryPage(office=OfficeId(3), risk=RiskId(7), page=1).pack()))
    assert asked[0][0] == (RiskId(7),)
    assert [(call.text or "").partition("\n")[0] for call in door.redrawn] == ["ИР-12/26 · история"]


async def test_risks_are_found_by_words(noting: Noting) -> None:
    asked = noting("lists.find_risks", gives=FoundRisks(office=office(), risks=[risk()], now=SATURDAY))
    door = Door(view=None, understand=None)
    await door.takes(message=message("/find вода Мира"))
    assert asked[0][0] == ("вода Мира",)
    assert door.said[0].startswith("Найдено: 1")


async def test_search_without_words_says_how() -> None:
    door = Door(view=None, understand=None)
    await door.takes(message=message("/find"))
    assert door.said == ["Напишите команду и слова, которые искать, через пробел, например: /find вода Мира"]


async def test_ones_own_risks_are_told_in_private_only(noting: Noting) -> None:
    noting("privately.may_ask_about_staff")
    asked = noting("lists.own_risks", gives=FoundRisks(office=office(), risks=[risk()], now=SATURDAY))
    door = Door(view=None)
    await door.takes(message=message("/mine"))
    assert door.said[0].startswith("За вами: 1")
    await door.takes(message=message("/mine", chat=GROUP))
    assert door.said[1:] == ["Отвечу в личных сообщениях: напишите мне там эту команду."]
    assert len(asked) == 1
