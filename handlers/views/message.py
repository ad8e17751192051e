"""A message ready to be sent: text, entities, buttons; what it says and how it travels is not known here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Self

from aiogram.enums import MessageEntityType
from aiogram.types import InlineKeyboardMarkup, MessageEntity
from aiogram.utils.formatting import Text

from risk.units import shortened, units

LONGEST_TEXT: Final = 4096
"""UTF-16 units that a message may have once its entities are read."""

LONGEST_ANSWER: Final = 200
"""UTF-16 units that the answer to a press may have."""

GIST_ROOM: Final = 800
SOURCES_ROOM: Final = 1200
"""What people typed is cut to these units; the rest of a message is bounded by the preset and always fits."""

Line = Text | str


LONGEST_CAPTION: Final = 1024
"""UTF-16 units that the words under a picture or a file may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of the papers' folder, sent under another name that people read; a picture is shown as one."""

    file: str
    name: str
    is_picture: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What is sent. Entities are the only markup: the text is never read as HTML or Markdown."""

    text: str
    entities: tuple[MessageEntity, ...] = ()
    keyboard: InlineKeyboardMarkup | None = None
    attachment: Attachment | None = None
    """What the text is the caption of."""

    def plain(self) -> Self:
        """The same without formatting, for a messenger that does not take it."""
        return replace(self, entities=())


def outgoing(lines: Iterable[Line], keyboard: InlineKeyboardMarkup | None = None) -> Outgoing:
    """A message of these lines, one under the other."""
    text, entities = joined(lines, "\n").render()
    return Outgoing(text=text, entities=tuple(entities), keyboard=keyboard)


def captioned(lines: Iterable[Line], attached: Attachment, keyboard: InlineKeyboardMarkup | None = None) -> Outgoing:
    """A file or a picture with these lines under it, as many words of them as fit."""
    return _fitted(replace(outgoing(lines, keyboard), attachment=attached))


def headed(said: Outgoing, title: str) -> Outgoing:
    """The message under a heading of one line."""
    heading = MessageEntity(type=MessageEntityType.BOLD, offset=0, length=units(title))
    below = units(title) + 1
    moved = (entity.model_copy(update={"offset": entity.offset + below}) for entity in said.entities)
    text = f"{title}\n{said.text}" if said.text else title
    return _fitted(replace(said, text=text, entities=(heading, *moved)))


def _fitted(said: Outgoing) -> Outgoing:
    """A caption has less room than a text, and a heading takes some of it."""
    if said.attachment is None or units(said.text) <= LONGEST_CAPTION:
        return said
    text = shortened(said.text, LONGEST_CAPTION)
    end = units(text)
    within = (each for each in said.entities if each.offset < end)
    cut = (each.model_copy(update={"length": min(each.length, end - each.offset)}) for each in within)
    return replace(said, text=text, entities=tuple(cut))


def joined(pieces: Iterable[Line], separator: str) -> Text:
    """The pieces with the separator between them."""
    body: list[Line] = []
    for piece in pieces:
        body += [separator, piece] if body else [piece]
    return Text(*body)
