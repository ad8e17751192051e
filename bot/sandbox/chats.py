"""Chats, who is in them, and their topics; the rules of who may do what in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.sandbox.messages import Message


class ChatType(StrEnum):
    """The kinds of chats that the sandbox serves; channels exist only as origins of forwards."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class MemberStatus(StrEnum):
    """Telegram's own names."""

    CREATOR = "creator"
    ADMINISTRATOR = "administrator"
    MEMBER = "member"
    RESTRICTED = "restricted"
    LEFT = "left"
    KICKED = "kicked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """How somebody stands to a chat; `rights` are Telegram's can_… fields, where they differ from usual."""

    status: MemberStatus = MemberStatus.LEFT
    rights: Mapping[str, bool] = field(default_factory=dict)

    @property
    def inside(self) -> bool:
        """Whether this person or bot is in the chat."""
        if self.status is MemberStatus.RESTRICTED:
            return self.rights.get("is_member", True)
        return self.status not in {MemberStatus.LEFT, MemberStatus.KICKED}

    @property
    def administrates(self) -> bool:
        """Whether the status is that of an administrator, the creator included."""
        return self.status in {MemberStatus.ADMINISTRATOR, MemberStatus.CREATOR}

    def may(self, right: str) -> bool:
        """Whether an administrator holds this right; plain members hold none of them."""
        return self.administrates and self.rights.get(right, True)

    @property
    def may_write(self) -> bool:
        """Whether text messages are allowed."""
        if self.status is MemberStatus.RESTRICTED:
            return self.rights.get("can_send_messages", False)
        return self.inside


@dataclass(slots=True, kw_only=True)
class Topic:
    """A forum topic; its thread id is the id of the message that created it."""

    thread: int
    name: str
    closed: bool = False


@dataclass(slots=True, kw_only=True)
class Chat:
    """A conversation; a private chat has the id of its person."""

    id: int
    type: ChatType
    title: str | None = None
    username: str | None = None
    is_forum: bool = False
    members: dict[int, Membership] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    """Ids of pinned messages, the latest pin last; deleted ones may still be listed."""
    next_message_id: int = 1
    """Counts in supergroups only: elsewhere Telegram counts messages per account."""

    def membership(self, user_id: int) -> Membership:
        """How this user stands to the chat; strangers have simply left."""
        return self.members.get(user_id, Membership())

    @property
    def version(self) -> str:
        """Another after each change of a message or a pin."""
        messages = self.messages.values()
        edits, deletions = sum(each.edit_count for each in messages), sum(each.deleted for each in messages)
        return ".".join(map(str, (len(messages), edits, deletions, *self.pinned)))

    def pins(self) -> list[Message]:
        """The pinned messages that are still there, the latest pin last."""
        return [message for pin in self.pinned if (message := self.living_message(pin))]

    def living_message(self, message_id: int | None) -> Message | None:
        """The message, unless it never was or was deleted."""
        message = self.messages.get(message_id) if message_id is not None else None
        return None if message is None or message.deleted else message
