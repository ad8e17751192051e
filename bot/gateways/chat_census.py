"""Counts in a chat those who are on no list. Who they are is neither asked nor kept."""

from collections.abc import Collection

import structlog
from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from aiogram.types import ChatMemberRestricted

from risk.people import Address

_log = structlog.get_logger(__name__)


class TelegramChatCensus:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def unlisted(self, chat: Address, listed: Collection[Address]) -> int | None:
        """Everybody there but the bot and those of the list. Other bots count: Telegram tells of none of them."""
        try:
            everybody = await self._bot.get_chat_member_count(int(chat.value))
            known = [await self._is_inside(chat, each) for each in listed]
        except (TelegramAPIError, ClientDecodeError) as fault:
            _log.info("a chat could not be counted", reason=type(fault).__name__)
            return None
        return max(0, everybody - 1 - sum(known))

    async def _is_inside(self, chat: Address, person: Address) -> bool:
        """Somebody of whom Telegram knows nothing there was never inside."""
        try:
            member = await self._bot.get_chat_member(int(chat.value), int(person.value))
        except TelegramBadRequest:
            return False
        if isinstance(member, ChatMemberRestricted):
            return member.is_member
        return member.status not in {ChatMemberStatus.LEFT, ChatMemberStatus.KICKED}
