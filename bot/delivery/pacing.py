"""Puts every call to Telegram under the pacer: the courier takes its turn itself, all others take it here."""

from contextvars import ContextVar
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.delivery.pacer import Pacer

FREE: Final = frozenset({"getUpdates", "getMe", "deleteWebhook", "setMyCommands", "getChat", "getChatMember"})
"""Calls that send nothing."""

turn_taken: ContextVar[bool] = ContextVar("turn_taken", default=False)


class Pacing(BaseRequestMiddleware):
    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat = _chat(method)
        if method.__api_method__ not in FREE and not turn_taken.get():
            await self._pacer.turn(chat, urgent=True)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as flood:
            self._pacer.hold(chat, flood.retry_after)
            raise


def _chat(method: TelegramMethod[Any]) -> int | None:
    chat = getattr(method, "chat_id", None)
    return chat if isinstance(chat, int) else None
