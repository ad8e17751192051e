"""What the program lacks at the moment, part by part: written to the log when it changes, and not at every try."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

import structlog

from storage.hindrance import Hindrance

_log = structlog.get_logger(__name__)

HEARD_OF_WITHIN_SECONDS: Final = 150.0
"""Whatever the way in, Telegram is asked something at least once a minute."""


class Part(StrEnum):
    """Without any of these the bot does not do its work."""

    UPDATES = "updates"
    """Updates are taken."""
    DATABASE = "database"
    """What is taken can be kept."""
    TELEGRAM = "telegram"
    """Telegram answers."""


class Why(StrEnum):
    """In words for the log and for machines; what a database lacks is a `Hindrance`."""

    STARTING = "starting"
    SILENT = "nothing was heard of it lately"
    TOKEN_REFUSED = "the token is refused"  # noqa: S105 - words about a token
    OUT_OF_REACH = "out of reach"
    PROXY_SILENT = "the proxy is out of reach"
    PROXY_REFUSES = "the proxy does not let through"
    SERVER_ERROR = "an error of Telegram's own"
    GARBLED = "the answer is no Bot API's"
    REFUSED = "a refusal"
    TAKEN_BY_ANOTHER = "another program takes the updates of this bot"
    NOT_BROUGHT = "Telegram cannot bring the updates"


class Health:
    """`seconds` never go back."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._ills: dict[Part, tuple[StrEnum, float]] = {
            part: (Why.STARTING, seconds()) for part in (Part.UPDATES, Part.TELEGRAM)
        }
        self._telegram_well_at = seconds()

    @property
    def ills(self) -> dict[Part, StrEnum]:
        """What is amiss now, and why."""
        ills = {part: why for part, (why, _) in self._ills.items()}
        if self._seconds() - self._telegram_well_at > HEARD_OF_WITHIN_SECONDS:
            ills.setdefault(Part.TELEGRAM, Why.SILENT)
        return ills

    def ill(self, part: Part, why: Why | Hindrance) -> None:
        known = self._ills.get(part)
        if known is not None and known[0] is why:
            return
        self._ills[part] = (why, self._seconds() if known is None else known[1])
        _log.warning("not ready", part=part.value, why=why.value)

    def well(self, part: Part) -> None:
        if part is Part.TELEGRAM:
            self._telegram_well_at = self._seconds()
        known = self._ills.pop(part, None)
        if known is not None and known[0] is not Why.STARTING:
            lasted = round(self._seconds() - known[1])
            _log.info("ready again", part=part.value, was=known[0].value, after_seconds=lasted)
