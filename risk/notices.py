"""Notices: what the bot says of its own accord, as data; worded when sent, dropped when they no longer hold."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from risk.ids import PositionId


class ChatRight(StrEnum):
    """What the bot must be allowed in the alert chat."""

    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """To the person who came by an invitation: which position is theirs now."""

    repeat_if_unknown: ClassVar[bool] = True
    position: PositionId
    kind: Literal["joined"] = "joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChatBound:
    """To the chat that became the alert chat, or in private to who bound it when the bot may not write there."""

    repeat_if_unknown: ClassVar[bool] = False
    lacks: frozenset[ChatRight]
    kind: Literal["alert_chat_bound"] = "alert_chat_bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertChatClosed:
    """To who may bind a chat: the bot was silenced in the alert chat or put out of it."""

    repeat_if_unknown: ClassVar[bool] = True
    lacks: frozenset[ChatRight]
    kind: Literal["alert_chat_closed"] = "alert_chat_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSetAside:
    """A message could not be worked in: its number goes to who sent it and to who keeps the installation running."""

    repeat_if_unknown: ClassVar[bool] = True
    reference: str
    for_operator: bool
    kind: Literal["message_set_aside"] = "message_set_aside"


Notice = Joined | AlertChatBound | AlertChatClosed | MessageSetAside
