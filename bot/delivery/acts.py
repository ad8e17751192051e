"""What the bot does in Telegram of its own accord, besides speaking."""

from collections.abc import Iterable
from dataclasses import replace

from aiogram import Bot
from aiogram.types import BotCommand, BotCommandScopeChat, BotCommandScopeChatAdministrators

from handlers.views.commands import Command, offered_in_alert_chat, offered_in_private
from handlers.views.strangers import CONFIRMED
from risk.ids import OfficeId
from risk.notices import Act
from risk.people import Address, Place
from risk.ports import Directory
from risk.use_cases.acting import (
    ActFacts,
    AnsweredQuestion,
    CommandList,
    Removal,
    UnwantedMessage,
    act_facts,
    command_list,
)
from storage.unit_of_work import Units

Scope = BotCommandScopeChat | BotCommandScopeChatAdministrators


class TelegramActs:
    def __init__(self, bot: Bot, units: Units, directory: Directory) -> None:
        self._bot = bot
        self._units = units
        self._directory = directory

    async def facts(self, office: OfficeId, act: Act, place: Place) -> ActFacts | None:
        """What `carry_out` needs; None when the act no longer holds."""
        async with self._units.view_of(office)() as unit:
            facts = await act_facts(unit, act, place)
        return await self._of_all_offices(facts) if isinstance(facts, CommandList) else facts

    async def carry_out(self, facts: ActFacts) -> None:
        """Raises TelegramAPIError. Doing it twice does no more than doing it once."""
        match facts:
            case Removal():
                await self._remove(facts.chat, facts.person)
            case CommandList():
                await self._offer(facts)
            case AnsweredQuestion():
                await self._close(facts)
            case UnwantedMessage(chat=chat, message=message):
                await self._bot.delete_message(chat_id=int(chat.value), message_id=message)

    async def _of_all_offices(self, facts: CommandList) -> CommandList:
        """A person has one chat with the bot, however many offices they work in: it offers what any of them permits."""
        offered = facts.offered
        for office in await self._directory.offices_of(facts.chat):
            async with self._units.view_of(office)() as unit:
                offered |= (await command_list(unit, facts.chat)).offered
        return replace(facts, offered=offered)

    async def _remove(self, chat: Address, person: Address) -> None:
        """Out of the chat, but free to be invited again: a ban that is lifted at once."""
        chat_id, user_id = int(chat.value), int(person.value)
        await self._bot.ban_chat_member(chat_id=chat_id, user_id=user_id)
        await self._bot.unban_chat_member(chat_id=chat_id, user_id=user_id, only_if_banned=True)

    async def _offer(self, facts: CommandList) -> None:
        """In a group that is no alert chat, and to somebody who has left, nothing."""
        chat = int(facts.chat.value)
        everybody, administrators = BotCommandScopeChat(chat_id=chat), BotCommandScopeChatAdministrators(chat_id=chat)
        if facts.is_alert_chat:
            await self._set(everybody, offered_in_alert_chat(to_administrators=False))
            await self._set(administrators, offered_in_alert_chat(to_administrators=True))
            return
        await self._set(everybody, offered_in_private(facts.offered))
        if chat < 0:
            await self._set(administrators, ())

    async def _close(self, question: AnsweredQuestion) -> None:
        chat = int(question.chat.value)
        await self._bot.edit_message_text(CONFIRMED.text, chat_id=chat, message_id=question.message)

    async def _set(self, scope: Scope, offered: Iterable[Command]) -> None:
        commands = [BotCommand(command=each.name, description=each.hint) for each in offered]
        if commands:
            await self._bot.set_my_commands(commands, scope=scope)
        else:
            await self._bot.delete_my_commands(scope=scope)
