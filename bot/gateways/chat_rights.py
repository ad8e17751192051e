"""Asks Telegram what the bot may do in a chat."""

from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner, ChatMemberRestricted

from risk.notices import ChatRight
from risk.people import Address


class TelegramChatRights:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def lacking(self, chat: Address) -> frozenset[ChatRight]:
        """Rights that the bot needs in the chat and does not have."""
        member = await self._bot.get_chat_member(chat_id=int(chat.value), user_id=self._bot.id)
        return frozenset() if await self._may_write(member, chat) else frozenset({ChatRight.WRITE})

    async def _may_write(self, member: object, chat: Address) -> bool:
        if isinstance(member, ChatMemberAdministrator | ChatMemberOwner):
            return True
        if isinstance(member, ChatMemberRestricted):
            return member.is_member and member.can_send_messages
        if getattr(member, "status", None) != ChatMemberStatus.MEMBER:
            return False
        permissions = (await self._bot.get_chat(chat_id=int(chat.value))).permissions
        return permissions is None or permissions.can_send_messages is not False
