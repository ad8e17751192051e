"""Every press is answered once and every refusal is worded: the inner middlewares of all feature routers.

An unknown exception passes through unanswered: the update is tried again, and answered when it is set aside.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram import Bot, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.errors import refusal_text
from handlers.replies import redraw, respond
from handlers.views.message import LONGEST_ANSWER, Outgoing
from risk.errors import Refusal
from risk.units import shortened

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a press handler may return: words shown for a moment or, as an alert, until they are closed.

    With `url`, a deep link of this bot, the messenger opens the private chat instead of showing the words.
    """

    text: str
    alert: bool = False
    url: str | None = None


async def turned(bot: Bot, query: CallbackQuery, page: Outgoing, *, stale: str) -> Answer | None:
    """Put the page in the place of the message that was pressed; `stale` answers when that is no more."""
    shown = query.message is not None and await redraw(bot, query.message, page)
    return None if shown else Answer(stale, alert=True)


def attach(router: Router) -> None:
    """Let all handlers of the router be answered for."""
    router.callback_query.middleware(_answer_press)
    router.message.middleware(_word_refusal)
    router.edited_message.middleware(_word_refusal)


async def _answer_press(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> None:
    assert isinstance(event, CallbackQuery)
    try:
        answer: Answer | None = await handler(event, data)
    except Refusal as refusal:
        answer = Answer(refusal_text(refusal), alert=True)
    await _answer(event, answer)


async def _answer(press: CallbackQuery, answer: Answer | None) -> None:
    """Telegram forgets a press after some time, and sooner after a restart: being late is no failure."""
    text = None if answer is None else shortened(answer.text, LONGEST_ANSWER)
    url = None if answer is None else answer.url
    try:
        await press.answer(text, show_alert=answer is not None and answer.alert, url=url)
    except TelegramBadRequest as refused:
        if "query is too old" not in refused.message:
            raise


async def _word_refusal(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> None:
    assert isinstance(event, Message)
    try:
        await handler(event, data)
    except Refusal as refusal:
        await respond(event, Outgoing(text=refusal_text(refusal)))
