"""The calls by which a message comes to stand in Telegram, or goes; as plain text when its formatting is refused."""

import asyncio
from dataclasses import replace
from typing import Any, Final

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import FSInputFile, LinkPreviewOptions, ReplyParameters

from bot.delivery.outcomes import Fate, outcome_of
from bot.gateways.paper_files import PaperFiles
from handlers.views.message import Attachment, Outgoing
from risk.people import Place

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NO_PHOTO: Final = ("photo_invalid_dimensions", "image_process_failed", "photo_ext_invalid", "too big for a photo")
"""What Telegram says of a picture that it takes as a file only."""


class TelegramPost:
    def __init__(self, bot: Bot, papers: PaperFiles) -> None:
        self._bot = bot
        self._papers = papers

    async def send(self, place: Place, message: Outgoing, *, silent: bool, answers: int | None = None) -> int:
        """The identifier of the sent message. Raises TelegramAPIError."""
        try:
            return await self._send(place, message, silent=silent, answers=answers)
        except TelegramBadRequest as error:
            other = _otherwise(message, error)
            if other is None:
                raise
            return await self._send(place, other, silent=silent, answers=answers)

    async def edit(self, place: Place, message_id: int, message: Outgoing) -> None:
        """Raises TelegramAPIError."""
        try:
            await self._edit(place, message_id, message)
        except TelegramBadRequest as error:
            if outcome_of(error).fate is not Fate.MALFORMED or not message.entities:
                raise
            await self._edit(place, message_id, message.plain())

    async def take_away(self, place: Place, message_id: int) -> None:
        """Raises TelegramAPIError."""
        await self._bot.delete_message(chat_id=int(place.address.value), message_id=message_id)

    async def _send(self, place: Place, message: Outgoing, *, silent: bool, answers: int | None) -> int:
        reply = None
        if answers is not None:
            reply = ReplyParameters(message_id=answers, allow_sending_without_reply=True)
        if message.attachment is not None:
            return await self._send_file(place, message, message.attachment, silent=silent, reply=reply)
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

    async def _send_file(
        self, place: Place, message: Outgoing, attached: Attachment, *, silent: bool, reply: ReplyParameters | None
    ) -> int:
        file = FSInputFile(self._papers.path_of(attached.file), attached.name)
        said: dict[str, Any] = {
            "chat_id": int(place.address.value),
            "caption": message.text or None,
            "caption_entities": list(message.entities),
            "reply_markup": message.keyboard,
            "message_thread_id": place.thread,
            "disable_notification": silent,
            "reply_parameters": reply,
        }
        if attached.is_picture and await asyncio.to_thread(self._papers.may_be_photo, attached.file):
            return (await self._bot.send_photo(photo=file, **said)).message_id
        return (await self._bot.send_document(document=file, **said)).message_id

    async def _edit(self, place: Place, message_id: int, message: Outgoing) -> None:
        await self._bot.edit_message_text(
            chat_id=int(place.address.value),
            message_id=message_id,
            text=message.text,
            entities=list(message.entities),
            reply_markup=message.keyboard,
            link_preview_options=_NO_PREVIEW,
        )


def _otherwise(message: Outgoing, error: TelegramBadRequest) -> Outgoing | None:
    """How the same may be taken that was refused for its form."""
    attached = message.attachment
    if attached is not None and attached.is_picture and any(each in error.message.lower() for each in _NO_PHOTO):
        return replace(message, attachment=replace(attached, is_picture=False))
    is_malformed = outcome_of(error).fate is Fate.MALFORMED
    return message.plain() if is_malformed and message.entities else None
