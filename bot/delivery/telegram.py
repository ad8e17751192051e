"""The two calls by which a message comes to stand in Telegram; once as plain text when its formatting is refused."""

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import LinkPreviewOptions, ReplyParameters

from bot.delivery.outcomes import Fate, outcome_of
from handlers.views.message import Outgoing
from risk.people import Place

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramPost:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, place: Place, message: Outgoing, *, silent: bool, answers: int | None = None) -> int:
        """The identifier of the sent message. Raises TelegramAPIError."""
        try:
            return await self._send(place, message, silent=silent, answers=answers)
        except TelegramBadRequest as error:
            if outcome_of(error).fate is not Fate.MALFORMED or not message.entities:
                raise
            return await self._send(place, message.plain(), silent=silent, answers=answers)

    async def edit(self, place: Place, message_id: int, message: Outgoing) -> None:
        """Raises TelegramAPIError."""
        try:
            await self._edit(place, message_id, message)
        except TelegramBadRequest as error:
            if outcome_of(error).fate is not Fate.MALFORMED or not message.entities:
                raise
            await self._edit(place, message_id, message.plain())

    async def _send(self, place: Place, message: Outgoing, *, silent: bool, answers: int | None) -> int:
        reply = None
        if answers is not None:
            reply = ReplyParameters(message_id=answers, allow_sending_without_reply=True)
        sent = await self._bot.send_message(
            chat_id=int(place.address.value),
            text=message.text,
            entities=list(message.entities),
            reply_markup=message.keyboard,
            message_thread_id=place.thread,
            disable_notification=silent,
            link_preview_options=_NO_PREVIEW,
            reply_parameters=reply,
        )
        return sent.message_id

    async def _edit(self, place: Place, message_id: int, message: Outgoing) -> None:
        await self._bot.edit_message_text(
            chat_id=int(place.address.value),
            message_id=message_id,
            text=message.text,
            entities=list(message.entities),
            reply_markup=message.keyboard,
            link_preview_options=_NO_PREVIEW,
        )
