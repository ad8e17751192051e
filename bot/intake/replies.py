"""What is said at the door, to people who are not let in; nothing of them is kept."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import ReplyParameters

from bot.intake.admission import Verdict, command_in
from bot.intake.courtesy import Courtesy
from bot.tasks import TaskOwner
from handlers.views.strangers import CARRIED_OUT_FOR_ANONYMOUS, STRANGER, STRANGER_PRESS, anonymous

_log = structlog.get_logger(__name__)

Json = dict[str, Any]

AT_ONCE: Final = 2
"""However many strangers press, no more than these stand in the way of those on the list."""


class Doorkeeper:
    def __init__(self, bot: Bot, seconds: Callable[[], float]) -> None:
        self._bot = bot
        self._courtesy = Courtesy(seconds)
        self._answers = TaskOwner()
        self._room = asyncio.Semaphore(AT_ONCE)

    def answer(self, update: Json, verdict: Verdict) -> None:
        """Answer in the background: those on the list must not wait for it."""
        self._answers.start(self._answer_once(update, verdict), name="answer to a stranger")

    async def idle(self) -> None:
        """Wait until everybody at the door is answered."""
        await self._answers.finish()

    async def give_up(self) -> None:
        await self._answers.cancel()

    async def _answer_once(self, update: Json, verdict: Verdict) -> None:
        """A refused or failed answer is noted by kind alone: there is nobody to tell."""
        try:
            async with self._room:
                await self._answer(update, verdict)
        except (TelegramAPIError, ClientDecodeError) as fault:
            _log.info("a stranger could not be answered", reason=type(fault).__name__)

    async def _answer(self, update: Json, verdict: Verdict) -> None:
        if verdict is Verdict.REFUSE_PRESS:
            press = update["callback_query"]["id"]
            await self._bot.answer_callback_query(press, text=STRANGER_PRESS, show_alert=True)
            return
        message = update.get("message") or update.get("edited_message") or {}
        chat = int(message["chat"]["id"])
        if verdict is Verdict.GREET_ANONYMOUS:
            await self._ask_who(chat, message)
        elif self._courtesy.is_due(chat):
            await self._bot.send_message(chat, STRANGER)

    async def _ask_who(self, chat: int, message: Json) -> None:
        """Of a command that the answer carries out each is asked about; the others once an hour for each chat."""
        command = command_in(message)
        if command not in CARRIED_OUT_FOR_ANONYMOUS and not self._courtesy.is_due(chat):
            return
        question = anonymous(command)
        await self._bot.send_message(
            chat,
            question.text,
            message_thread_id=message.get("message_thread_id") if message.get("is_topic_message") else None,
            reply_parameters=ReplyParameters(message_id=message["message_id"], allow_sending_without_reply=True),
            reply_markup=question.keyboard,
        )
