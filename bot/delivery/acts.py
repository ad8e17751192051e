"""What the bot does in Telegram of its own accord, besides speaking."""

from aiogram import Bot

from risk.people import Address
from risk.use_cases.acting import ActFacts


class TelegramActs:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def carry_out(self, facts: ActFacts) -> None:
        """Raises TelegramAPIError. Doing it twice does no more than doing it once."""
        await self._remove(facts.chat, facts.person)

    async def _remove(self, chat: Address, person: Address) -> None:
        """Out of the chat, but free to be invited again: a ban that is lifted at once."""
        chat_id, user_id = int(chat.value), int(person.value)
        await self._bot.ban_chat_member(chat_id=chat_id, user_id=user_id)
        await self._bot.unban_chat_member(chat_id=chat_id, user_id=user_id, only_if_banned=True)
