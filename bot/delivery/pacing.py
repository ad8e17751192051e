"""Every call to Telegram goes through here: under the pacer, and tried again where that is safe to do.

The courier takes its turn itself and judges its own failures. For all others (replies, answers to presses) the turn is
taken here, and before any waiting the update in hand leaves its lane: nothing of it is left but words.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, Final

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramRetryAfter, TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.delivery.pacer import Pacer

FREE: Final = frozenset(
    {
        "getUpdates", "getMe", "setWebhook", "deleteWebhook", "getWebhookInfo", "setMyCommands", "deleteMyCommands",
        "getChat", "getChatMember", "getChatMemberCount", "getChatAdministrators",
    }
)  # fmt: skip
"""Calls that send nothing."""
ATTEMPTS: Final = 3
PAUSE_SECONDS: Final = 0.3

turn_taken: ContextVar[bool] = ContextVar("turn_taken", default=False)
"""Set by the courier, which has taken the turn for what it is sending."""

leave_lane: ContextVar[Callable[[], Awaitable[None]] | None] = ContextVar("leave_lane", default=None)
"""Settles the update in hand and lets the next one of its lane be worked."""


class Pacing(BaseRequestMiddleware):
    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if method.__api_method__ in FREE:
            return await make_request(bot, method)
        if turn_taken.get():
            return await self._held_on_flood(make_request, bot, method)
        leave = leave_lane.get()
        if leave is not None:
            await leave()
        return await self._tried(make_request, bot, method)

    async def _tried(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """A reply said twice is better than one that is lost; the last failure is raised."""
        for attempt in range(1, ATTEMPTS + 1):
            await self._pacer.turn(_chat(method), urgent=True)
            try:
                return await self._held_on_flood(make_request, bot, method)
            except TelegramRetryAfter:
                if attempt == ATTEMPTS:
                    raise
            except (ClientDecodeError, TelegramServerError, TelegramNetworkError):
                if attempt == ATTEMPTS:
                    raise
                await asyncio.sleep(PAUSE_SECONDS * attempt)
        raise AssertionError("the last attempt returns or raises")

    async def _held_on_flood(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as flood:
            self._pacer.hold(_chat(method), flood.retry_after)
            raise


def _chat(method: TelegramMethod[Any]) -> int | None:
    chat = getattr(method, "chat_id", None)
    return chat if isinstance(chat, int) else None
