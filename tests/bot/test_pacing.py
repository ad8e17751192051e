"""Every call that sends something takes its turn; replies are tried again, outside their lane; the courier's not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, SendMessage, TelegramMethod

from bot.delivery.pacer import Limits, Pacer
from bot.delivery.pacing import ATTEMPTS, FREE, Pacing, leave_lane, turn_taken
from tests.bot.telegram import TOKEN, Fault, ScriptedTelegram
from tests.bot.virtual_time import in_virtual_time, seconds

ONE_A_SECOND: Final = Limits(per_second=1e9, chat_per_second=1, group_per_minute=1_000_000)
CHAT: Final = 101


def flood(call: TelegramMethod[Any]) -> TelegramAPIError:
    return TelegramRetryAfter(method=call, message="flood", retry_after=17)


def broken(call: TelegramMethod[Any]) -> TelegramAPIError:
    return TelegramServerError(method=call, message="Bad Gateway")


def unreachable(call: TelegramMethod[Any]) -> TelegramAPIError:
    return TelegramNetworkError(method=call, message="timed out")


def a_page(_call: TelegramMethod[Any]) -> AiogramError:
    """What a proxy says in Telegram's place."""
    return ClientDecodeError("Failed to decode object", ValueError(), "<html>")


def malformed(call: TelegramMethod[Any]) -> TelegramAPIError:
    return TelegramBadRequest(method=call, message="message is too long")


def blocked(call: TelegramMethod[Any]) -> TelegramAPIError:
    return TelegramForbiddenError(method=call, message="bot was blocked by the user")


PASSING: Final = (flood, broken, unreachable, a_page)
"""What may be over at the next attempt."""


class Turns(Pacer):
    """A pacer that notes who took a turn and who was held."""

    def __init__(self) -> None:
        super().__init__(ONE_A_SECOND, seconds)
        self.taken: list[tuple[int | None, bool]] = []
        self.held: list[tuple[int | None, float]] = []

    async def turn(self, chat: int | None, *, urgent: bool) -> None:
        self.taken.append((chat, urgent))
        await super().turn(chat, urgent=urgent)

    def hold(self, chat: int | None, seconds: float) -> None:
        self.held.append((chat, seconds))
        super().hold(chat, seconds)


Story = Callable[[Bot, Turns, ScriptedTelegram], Awaitable[Any]]


def told(story: Story) -> tuple[Turns, ScriptedTelegram]:
    async def telling() -> tuple[Turns, ScriptedTelegram]:
        telegram, turns = ScriptedTelegram(), Turns()
        telegram.middleware(Pacing(turns))
        await story(Bot(TOKEN, session=telegram), turns, telegram)
        return turns, telegram

    return in_virtual_time(telling())


def test_a_call_to_a_chat_takes_its_turn_urgently() -> None:
    turns, _ = told(lambda bot, _turns, _telegram: bot.send_message(CHAT, "да"))
    assert turns.taken == [(CHAT, True)]


def test_an_answer_to_a_press_is_paced_with_all_chats_together() -> None:
    turns, telegram = told(lambda bot, _turns, _telegram: bot.answer_callback_query("9"))
    assert turns.taken == [(None, True)]
    assert isinstance(telegram.calls[0], AnswerCallbackQuery)


def test_calls_that_send_nothing_take_no_turn() -> None:
    async def story(bot: Bot, _turns: Turns, _telegram: ScriptedTelegram) -> None:
        await bot.get_me()
        await bot.delete_webhook()
        await bot.get_chat(CHAT)

    turns, telegram = told(story)
    assert turns.taken == []
    assert set(telegram.names) <= FREE


def test_whoever_took_the_turn_already_does_not_take_it_again() -> None:
    async def courier(bot: Bot, turns: Turns, _telegram: ScriptedTelegram) -> None:
        await turns.turn(CHAT, urgent=False)
        turn_taken.set(True)
        await bot.send_message(CHAT, "карточка")

    turns, _ = told(courier)
    assert turns.taken == [(CHAT, False)]


def test_a_turn_taken_by_one_task_is_not_another_tasks() -> None:
    async def story(bot: Bot, turns: Turns, telegram: ScriptedTelegram) -> None:
        async def courier() -> None:
            turn_taken.set(True)
            await bot.send_message(CHAT, "карточка")

        async with asyncio.TaskGroup() as group:
            group.create_task(courier())
        await bot.send_message(CHAT, "ответ")

    turns, _ = told(story)
    assert turns.taken == [(CHAT, True)]


@pytest.mark.parametrize("chat", [CHAT, None])
def test_a_flood_wait_holds_the_chat_that_it_was_said_of(chat: int | None) -> None:
    async def story(bot: Bot, _turns: Turns, telegram: ScriptedTelegram) -> None:
        method: Any = AnswerCallbackQuery if chat is None else SendMessage
        telegram.refuses(method, flood)
        await (bot.answer_callback_query("9") if chat is None else bot.send_message(chat, "да"))

    turns, _ = told(story)
    assert turns.held == [(chat, 17)]


def test_after_a_flood_wait_a_reply_leaves_when_it_is_over() -> None:
    async def story(bot: Bot, _turns: Turns, telegram: ScriptedTelegram) -> None:
        telegram.refuses(SendMessage, flood)
        begun = seconds()
        await bot.send_message(CHAT, "да")
        assert seconds() - begun == pytest.approx(17)

    told(story)


@pytest.mark.parametrize("fault", PASSING)
def test_a_reply_is_tried_three_times(fault: Fault) -> None:
    async def story(bot: Bot, _turns: Turns, telegram: ScriptedTelegram) -> None:
        telegram.refuses(SendMessage, *[fault] * (ATTEMPTS - 1))
        await bot.send_message(CHAT, "да")
        telegram.refuses(SendMessage, *[fault] * ATTEMPTS)
        with pytest.raises(AiogramError):
            await bot.send_message(CHAT, "да")

    turns, telegram = told(story)
    assert telegram.names == ["sendMessage"] * 2 * ATTEMPTS
    assert len(turns.taken) == 2 * ATTEMPTS


@pytest.mark.parametrize("fault", [malformed, blocked])
def test_a_reply_that_was_refused_is_not_tried_again(fault: Fault) -> None:
    async def story(bot: Bot, _turns: Turns, telegram: ScriptedTelegram) -> None:
        telegram.refuses(SendMessage, fault)
        with pytest.raises(AiogramError):
            await bot.send_message(CHAT, "да")

    _, telegram = told(story)
    assert telegram.names == ["sendMessage"]


@pytest.mark.parametrize("fault", PASSING)
def test_the_courier_judges_its_failures_itself(fault: Fault) -> None:
    async def story(bot: Bot, _turns: Turns, telegram: ScriptedTelegram) -> None:
        turn_taken.set(True)
        telegram.refuses(SendMessage, fault)
        with pytest.raises(AiogramError):
            await bot.send_message(CHAT, "карточка")

    turns, telegram = told(story)
    assert telegram.names == ["sendMessage"]
    assert turns.held == ([(CHAT, 17)] if fault is flood else [])


def test_before_a_reply_waits_for_its_turn_the_update_leaves_its_lane() -> None:
    left: list[float] = []

    async def leave() -> None:
        left.append(seconds())

    async def story(bot: Bot, _turns: Turns, telegram: ScriptedTelegram) -> None:
        leave_lane.set(leave)
        await bot.get_chat(CHAT)
        assert left == []
        telegram.refuses(SendMessage, flood)
        begun = seconds()
        await bot.send_message(CHAT, "да")
        assert left == [begun]
        turn_taken.set(True)
        await bot.send_message(CHAT, "карточка")
        assert left == [begun]

    told(story)
