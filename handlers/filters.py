"""What kind of chat and what kind of message an update comes from, for the routers of all features."""

from typing import Final

from aiogram import F
from aiogram.enums import ChatType
from aiogram.filters import Command
from aiogram.types import ChatMemberUpdated, Message

from risk.ids import OfficeId
from risk.imports import is_sheet_named
from risk.people import Actor

PRIVATE: Final = F.chat.type == ChatType.PRIVATE
GROUP: Final = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})

WORDLESS: Final = F.voice | F.video_note | F.sticker
"""Kinds of messages that carry nothing which could become a card."""

FILABLE: Final = (F.text | F.caption | F.photo | F.video | F.document | F.animation) & ~WORDLESS

LOOKS_LIKE_COMMAND: Final = F.text.regexp(r"/\w") & ~F.forward_origin


def at_the_door(message: Message, entering: OfficeId | None = None, actor: Actor | None = None) -> bool:
    """Somebody whose typed words are their official name. Commands are for those who work in an office already."""
    is_command = (message.text or "").startswith("/")
    return entering is not None and not (is_command and actor is not None)


def works_here(_: Message, actor: Actor | None = None) -> bool:
    """Somebody who works in an office: for whom an update is let through, the door aside."""
    return actor is not None


def belongs_to_office(_: ChatMemberUpdated, actor: Actor | None = None) -> bool:
    """An event of a chat that an office has bound."""
    return actor is not None


def brings_sheet(message: Message) -> bool:
    """A file whose rows are to be read; any other one belongs to what is told with it."""
    return message.document is not None and is_sheet_named(message.document.file_name or "")


def command_named(name: str) -> Command:
    """`/name`, as telephones may also capitalise it, to this bot or to no bot in particular."""
    return Command(name, ignore_case=True)
