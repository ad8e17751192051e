"""Which updates are ours: a pure rule over raw updates, decided before anything is stored.

An administrator bot is given every message of its group. We keep only what is addressed to the bot: commands, replies
to it, presses, and the events of membership and migration. Nothing of a person who is not on the list is kept, but
for the one command that puts them on it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

Json = dict[str, Any]

_ENTRY: Final = re.compile(r"/start(@\w+)?\s+i_\S+", re.IGNORECASE)
_COMMAND: Final = re.compile(r"/(\w+)(?:@(\w+))?(?:\s|$)")
_EVENTS: Final = ("migrate_to_chat_id", "migrate_from_chat_id")
_CONTENT: Final = frozenset(
    {
        "text", "caption", "photo", "video", "animation", "document", "voice", "video_note", "audio", "sticker",
        "contact", "location", "venue", "poll", "dice", "story", "checklist",
    }
)  # fmt: skip
"""What a person sends. A message without any of these is an event of the chat: a pin, a timer, a background."""
_ANONYMOUS_ADMIN: Final = 1087968824


class Verdict(StrEnum):
    KEEP = "keep"
    DROP = "drop"
    GREET_STRANGER = "greet_stranger"
    """Tell the person, once an hour at most, who this bot is for."""
    GREET_ANONYMOUS = "greet_anonymous"
    """A member writes as the group itself: nobody can tell who it is."""
    REFUSE_PRESS = "refuse_press"
    """A press by somebody who is not on the list: it must be answered, and nothing kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotName:
    id: int
    username: str
    commands: frozenset[str]
    """Those that we know; others in a group are for other bots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Somebody came into a group, or spoke there. `sender` is looked up and forgotten; None for one who came."""

    chat: int
    sender: int | None


def sign_of_somebody(update: Json) -> Sign | None:
    """What an update tells of who is in a group, whether it is let in or not; bots and channels are no persons."""
    message = update.get("message")
    if not isinstance(message, dict) or message.get("chat", {}).get("type") == "private":
        return None
    chat, sender = int(message["chat"]["id"]), message.get("from", {})
    if "new_chat_members" in message:
        return Sign(chat=chat, sender=None)
    if "sender_chat" in message or sender.get("is_bot") or not _CONTENT.intersection(message):
        return None
    return Sign(chat=chat, sender=int(sender["id"]))


def command_in(message: Json) -> str:
    """The command that a message begins with, without its slash; nothing if it begins with none."""
    match = _COMMAND.match(str(message.get("text") or message.get("caption") or ""))
    return "" if match is None else match[1].lower()


def sender_of(update: Json) -> int | None:
    """Whose update it is; None for one without a person behind it."""
    for kind in ("message", "edited_message", "callback_query", "my_chat_member"):
        sender = update.get(kind, {}).get("from", {}).get("id")
        if sender is not None:
            return int(sender)
    return None


def lane_of(update: Json) -> str:
    """Updates of one lane are worked one after another: those of a chat, else those of a person."""
    press = update.get("callback_query", {})
    for holder in (
        update.get("message"),
        update.get("edited_message"),
        update.get("my_chat_member"),
        press.get("message"),
    ):
        if holder and "chat" in holder:
            return f"chat:{holder['chat'].get('id')}"
    return f"person:{sender_of(update)}"


def admit(update: Json, *, is_listed: bool, bot: BotName) -> Verdict:
    """What to do with a raw update. `is_listed`: whether its sender has a position, or is about to get one."""
    if "callback_query" in update:
        return Verdict.KEEP if is_listed else Verdict.REFUSE_PRESS
    if "my_chat_member" in update:
        return Verdict.DROP if update["my_chat_member"]["chat"].get("type") == "private" else Verdict.KEEP
    message = update.get("message") or update.get("edited_message")
    if not isinstance(message, dict) or "chat" not in message:
        return Verdict.DROP
    if message["chat"].get("type") == "private":
        return _in_private(message, is_listed)
    if "edited_message" in update:
        return Verdict.DROP
    return _in_group(message, is_listed, bot)


def _in_private(message: Json, is_listed: bool) -> Verdict:
    if not _CONTENT.intersection(message):
        return Verdict.DROP
    if is_listed or _ENTRY.match(str(message.get("text", ""))):
        return Verdict.KEEP
    return Verdict.GREET_STRANGER


def _in_group(message: Json, is_listed: bool, bot: BotName) -> Verdict:
    if any(event in message for event in _EVENTS):
        return Verdict.KEEP
    if not (_is_command(message, bot) or _replies_to(message, bot)):
        return Verdict.DROP
    if message.get("from", {}).get("id") == _ANONYMOUS_ADMIN or "sender_chat" in message:
        return Verdict.GREET_ANONYMOUS if _is_command(message, bot) else Verdict.DROP
    return Verdict.KEEP if is_listed else Verdict.DROP


def _is_command(message: Json, bot: BotName) -> bool:
    match = _COMMAND.match(str(message.get("text") or message.get("caption") or ""))
    if match is None:
        return False
    if match[2] is not None:
        return match[2].lower() == bot.username.lower()
    return match[1].lower() in bot.commands


def _replies_to(message: Json, bot: BotName) -> bool:
    """A first-level message of a topic «replies» to the topic's creation: that is no reply to the bot."""
    replied = message.get("reply_to_message", {})
    if "forum_topic_created" in replied:
        return False
    return bool(replied.get("from", {}).get("id") == bot.id)
