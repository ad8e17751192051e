"""What became of a call to Telegram: a pure reading of the exception it ended with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError

from bot.gateways.telegram import ProxyRefused, ProxySilent


class Fate(StrEnum):
    SAME = "same"
    """An edit that changes nothing: success."""
    TOPIC_GONE = "topic_gone"
    """The forum's topic was deleted: the chat itself is still there."""
    GONE = "gone"
    """The message to edit is not there any more."""
    FLOOD = "flood"
    """Telegram asked to wait: no attempt."""
    NOT_SENT = "not_sent"
    """It certainly did not arrive: try later."""
    SHUT_OUT = "shut_out"
    """Telegram does not take the token, whatever is sent: no attempt."""
    UNKNOWN = "unknown"
    """The connection broke after the request left."""
    MOVED = "moved"
    """The group has a new address."""
    MALFORMED = "malformed"
    """Telegram does not take the formatting: worth one more try as plain text."""
    REFUSED = "refused"
    """It will never be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    fate: Fate
    why: str
    wait: float = 0.0
    moved_to: int | None = None


FORBIDDEN: Final = "forbidden"
"""The bot was blocked by the person, or is not in the group."""

_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_MALFORMED = ("can't parse entities", "entity", "entities")


def outcome_of(error: TelegramAPIError) -> Outcome:
    match error:
        case TelegramRetryAfter():
            return Outcome(fate=Fate.FLOOD, why="flood", wait=float(error.retry_after))
        case TelegramMigrateToChat():
            return Outcome(fate=Fate.MOVED, why="migrated", moved_to=error.migrate_to_chat_id)
        case TelegramEntityTooLarge():
            return Outcome(fate=Fate.REFUSED, why="too large")
        case TelegramNetworkError():
            return Outcome(fate=Fate.NOT_SENT if _never_left(error) else Fate.UNKNOWN, why="network")
        case TelegramServerError():
            return Outcome(fate=Fate.NOT_SENT, why="server")
        case TelegramUnauthorizedError() | TelegramNotFound():
            return Outcome(fate=Fate.SHUT_OUT, why="token")
        case TelegramConflictError():
            return Outcome(fate=Fate.NOT_SENT, why="conflict")
        case TelegramForbiddenError():
            return Outcome(fate=Fate.REFUSED, why=FORBIDDEN)
        case TelegramBadRequest():
            return _bad_request(error)
    return Outcome(fate=Fate.REFUSED, why=type(error).__name__)


def _never_left(error: TelegramNetworkError) -> bool:
    """Nobody took the connection, so nobody can have read the request."""
    return isinstance(error, ProxySilent | ProxyRefused) or isinstance(error.__cause__, ClientConnectorError)


def _bad_request(error: TelegramBadRequest) -> Outcome:
    said = error.message.lower()
    if "message is not modified" in said:
        return Outcome(fate=Fate.SAME, why="not modified")
    if "message thread not found" in said:
        return Outcome(fate=Fate.TOPIC_GONE, why="topic gone")
    if any(phrase in said for phrase in _GONE):
        return Outcome(fate=Fate.GONE, why="gone")
    if any(phrase in said for phrase in _MALFORMED):
        return Outcome(fate=Fate.MALFORMED, why="malformed")
    return Outcome(fate=Fate.REFUSED, why=error.message[:200])
