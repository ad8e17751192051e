"""One polite line an hour for each address, and no way to fill the memory."""

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError
from aiogram.methods import SendMessage

from bot.intake import courtesy as courtesy_module
from bot.intake.admission import Verdict
from bot.intake.courtesy import HOUR, REMEMBERED, Courtesy
from bot.intake.replies import Doorkeeper
from handlers.views.strangers import STRANGER, STRANGER_PRESS, anonymous
from tests.bot.telegram import TOKEN, Json, ScriptedTelegram, message, press


class Seconds:
    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def telegram() -> ScriptedTelegram:
    return ScriptedTelegram()


@pytest.fixture
def door(telegram: ScriptedTelegram, seconds: Seconds) -> Doorkeeper:
    return Doorkeeper(Bot(TOKEN, session=telegram), seconds)


def test_an_address_is_told_once_an_hour(seconds: Seconds) -> None:
    courtesy = Courtesy(seconds)
    told = []
    for now in (5.0, 5.1, HOUR, 5.0 + HOUR - 0.1, 5.0 + HOUR, 6.0 + HOUR):
        seconds.now = now
        told.append(courtesy.is_due(1))
    assert told == [True, False, False, False, True, False]


def test_the_first_line_is_due_whenever_the_machine_was_started(seconds: Seconds) -> None:
    seconds.now = 0.0
    assert Courtesy(seconds).is_due(1)


def test_addresses_do_not_count_for_one_another(seconds: Seconds) -> None:
    courtesy = Courtesy(seconds)
    assert [courtesy.is_due(address) for address in (1, 2, 1, 2)] == [True, True, False, False]


def test_the_memory_is_bounded_and_forgets_the_longest_silent(
    seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert REMEMBERED <= 10_000
    monkeypatch.setattr(courtesy_module, "REMEMBERED", 3)
    courtesy = Courtesy(seconds)
    for address in (1, 2, 3, 4):
        courtesy.is_due(address)
    assert [courtesy.is_due(address) for address in (4, 3, 2)] == [False, False, False]
    assert courtesy.is_due(1)


async def answered(door: Doorkeeper, update: Json, verdict: Verdict) -> None:
    door.answer(update, verdict)
    await door.idle()


async def test_a_stranger_hears_one_line_however_often_they_write(door: Doorkeeper, telegram: ScriptedTelegram) -> None:
    for kind in ("message", "edited_message", "message"):
        await answered(door, {kind: message("Ау", sender=999)}, Verdict.GREET_STRANGER)
    assert telegram.said == [STRANGER]


async def test_an_anonymous_administrator_is_asked_who_they_are_in_the_topic_they_wrote_in(
    door: Doorkeeper, telegram: ScriptedTelegram
) -> None:
    in_topic = message("/risk Яма", chat=-1100, message_thread_id=12, is_topic_message=True)
    await answered(door, {"message": in_topic}, Verdict.GREET_ANONYMOUS)
    [call] = telegram.calls
    assert isinstance(call, SendMessage)
    assert (call.text, call.chat_id, call.message_thread_id) == (anonymous("risk").text, -1100, 12)
    assert call.reply_markup == anonymous("risk").keyboard
    assert call.reply_parameters is not None
    assert call.reply_parameters.message_id == in_topic["message_id"]


async def test_each_command_that_a_press_carries_out_is_asked_about_the_others_once_an_hour(
    door: Doorkeeper, telegram: ScriptedTelegram
) -> None:
    for text in ("/risk Яма", "/risks", "/risk Нет света", "/risks", "/bind"):
        await answered(door, {"message": message(text, chat=-1100)}, Verdict.GREET_ANONYMOUS)
    asked = [call.reply_markup for call in telegram.calls if isinstance(call, SendMessage)]
    assert asked == [anonymous(command).keyboard for command in ("risk", "risks", "risk", "bind")]


async def test_every_press_of_a_stranger_is_answered(door: Doorkeeper, telegram: ScriptedTelegram) -> None:
    for _ in range(3):
        await answered(door, {"callback_query": press("b:1:2", sender=999)}, Verdict.REFUSE_PRESS)
    assert telegram.names == ["answerCallbackQuery"] * 3
    assert {call.text for call in telegram.calls} == {STRANGER_PRESS}  # type: ignore[attr-defined]  # each is an answer to a press


async def test_a_stranger_who_cannot_be_answered_stops_nobody(door: Doorkeeper, telegram: ScriptedTelegram) -> None:
    telegram.refuses(SendMessage, lambda method: TelegramForbiddenError(method=method, message="blocked"))
    await answered(door, {"message": message("Ау", sender=998)}, Verdict.GREET_STRANGER)
    await answered(door, {"message": message("Ау", sender=999)}, Verdict.GREET_STRANGER)
    assert telegram.said[-1] == STRANGER
