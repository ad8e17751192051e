"""What the bot may do in each alert chat, asked of Telegram itself."""

from pathlib import Path
from typing import Final

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import ChatMemberAdministrator, ChatMemberBanned, ChatMemberLeft
from pydantic import SecretStr

from bot.doctor.finding import Finding, amiss, fine
from bot.gateways.chat_rights import TelegramChatRights
from bot.gateways.telegram import NO_ANSWER, make_bot
from bot.settings import Settings
from risk.people import Address
from storage.database import Database
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

WRITE: Final = "писать"
PIN: Final = "закреплять сообщения"
RESTRICT: Final = "исключать участников"


async def look_at_alert_chats(settings: Settings, token: SecretStr) -> list[Finding]:
    """No lines when Telegram does not answer: that has a line of its own."""
    try:
        async with make_bot(token, settings.telegram_api_url, settings.proxy_url) as bot:
            chats = await _alert_chats(settings.production_database)
            return [await _look_at(bot, title, chat) for title, chat in chats]
    except NO_ANSWER:
        return []


async def _alert_chats(path: Path) -> list[tuple[str, Address]]:
    """With the titles of their offices."""
    database = Database(path)
    try:
        units, found = Units(database=database), []
        for office in await SqlDirectory(database).offices():
            async with units.view_of(office.id)() as unit:
                chat = await unit.chats.alert_chat()
            if chat is not None:
                found.append((office.plan.title, chat.address))
        return found
    finally:
        await database.close()


async def _look_at(bot: Bot, title: str, chat: Address) -> Finding:
    try:
        lacking = await _lacking(bot, chat)
    except (TelegramForbiddenError, TelegramBadRequest):
        lacking = None
    if lacking is None:
        return amiss(f"{title}: бота нет в алерт-чате. Добавьте его туда и скажите /bind.")
    if lacking:
        return amiss(
            f"{title}: в алерт-чате бот не может {', '.join(lacking)}. Сделайте его администратором с этими правами."
        )
    return fine(f"{title}: в алерт-чате бот может {WRITE}, {PIN}, {RESTRICT}.")


async def _lacking(bot: Bot, chat: Address) -> list[str] | None:
    """What the bot may not do there; None when it is not there at all."""
    member = await bot.get_chat_member(chat_id=int(chat.value), user_id=bot.id)
    if isinstance(member, ChatMemberLeft | ChatMemberBanned):
        return None
    ranked = member if isinstance(member, ChatMemberAdministrator) else None
    may = {
        WRITE: not await TelegramChatRights(bot).lacking(chat),
        PIN: ranked is not None and ranked.can_pin_messages is True,
        RESTRICT: ranked is not None and ranked.can_restrict_members,
    }
    return [right for right, allowed in may.items() if not allowed]
