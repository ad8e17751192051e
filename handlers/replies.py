"""What a handler itself sends: a read-only answer to a message, and another page in its place."""

from contextvars import ContextVar
from typing import Any, Final

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import LinkPreviewOptions, MaybeInaccessibleMessageUnion, Message, ReplyParameters

from handlers.views.message import Outgoing, headed

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_BEYOND_CHANGE: Final = ("message to edit not found", "message can't be edited")


heading: ContextVar[str | None] = ContextVar("heading", default=None)
"""The office's title above everything that is said in private to somebody who works in several offices."""


async def respond(message: Message, outgoing: Outgoing) -> None:
    """Answer where the message stands; in a group, as a reply, so that it is seen to whom."""
    is_private = message.chat.type == ChatType.PRIVATE
    replied = ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True)
    await message.answer(**_content(outgoing), reply_parameters=None if is_private else replied)


async def write(bot: Bot, person: int, outgoing: Outgoing) -> None:
    """Say something to a person in private that no row may hold."""
    await bot.send_message(person, **_content(outgoing))


async def redraw(bot: Bot, message: MaybeInaccessibleMessageUnion, outgoing: Outgoing) -> bool:
    """Put `outgoing` in the place of a read-only message; False when it can be changed no more."""
    try:
        await bot.edit_message_text(**_content(outgoing), chat_id=message.chat.id, message_id=message.message_id)
    except TelegramBadRequest as refused:
        if "message is not modified" in refused.message:
            return True
        if any(reason in refused.message for reason in _BEYOND_CHANGE):
            return False
        raise
    return True


def _content(outgoing: Outgoing) -> dict[str, Any]:
    title = heading.get()
    said = outgoing if title is None else headed(outgoing, title)
    return {
        "text": said.text,
        "entities": list(said.entities),
        "reply_markup": said.keyboard,
        "parse_mode": None,
        "link_preview_options": _NO_PREVIEW,
    }
