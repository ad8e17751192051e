"""A message of Telegram as the raw material of a draft; what it means is not read here."""

import re
from collections.abc import Iterator
from typing import Final

from aiogram.enums import MessageEntityType
from aiogram.types import Message, MessageEntity, MessageOriginChannel

from risk.understanding import RawMessage

_RISK_COMMAND: Final = re.compile(r"\A/risk(@\w+)?(?!\S)", re.IGNORECASE | re.ASCII)


def raw_message(message: Message, *, quoted: bool = False) -> RawMessage:
    """The message without its `/risk`. What `/risk` replies to is quoted: not the member's own words."""
    return RawMessage(
        message_id=message.message_id,
        sent_at=message.date,
        text=_RISK_COMMAND.sub(_blank, _written(message)),
        links=tuple(_links(message)),
        name_ranges=tuple(_name_ranges(message)),
        is_forward=quoted or message.forward_origin is not None,
        from_channel_post=_channel_post(message),
        has_media=_has_media(message),
        album=message.media_group_id,
    )


def typed(message: Message) -> str | None:
    """The words of a message typed by hand, which may answer a question; None for anything else."""
    return None if message.forward_origin is not None else message.text or message.caption


def _blank(command: re.Match[str]) -> str:
    """Spaces keep the places of the entities behind the command."""
    return " " * len(command[0])


def _written(message: Message) -> str:
    return message.text or message.caption or ""


def _entities(message: Message) -> list[MessageEntity]:
    return message.entities or message.caption_entities or []


def _links(message: Message) -> Iterator[str]:
    for entity in _entities(message):
        if entity.type == MessageEntityType.TEXT_LINK and entity.url is not None:
            yield entity.url
        elif entity.type == MessageEntityType.URL:
            yield entity.extract_from(_written(message))


def _name_ranges(message: Message) -> Iterator[tuple[int, int]]:
    for entity in _entities(message):
        if entity.type == MessageEntityType.TEXT_MENTION:
            yield entity.offset, entity.offset + entity.length


def _channel_post(message: Message) -> str | None:
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel) or origin.chat.username is None:
        return None
    return f"t.me/{origin.chat.username}/{origin.message_id}"


def _has_media(message: Message) -> bool:
    kinds = (message.photo, message.video, message.document, message.animation)
    return any(kind is not None for kind in kinds)
