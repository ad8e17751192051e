"""What the program lacks at the moment, part by part: written to the log when it changes, and not at every try."""

from collections.abc import Callable
from enum import StrEnum

import structlog

_log = structlog.get_logger(__name__)

STARTING = "starting"


class Part(StrEnum):
    """Without any of these the bot does not do its work."""

    UPDATES = "updates"
    """Updates are taken."""
    DATABASE = "database"
    """What is taken can be kept."""
    TELEGRAM = "telegram"
    """Telegram answers."""


class Health:
    """`seconds` never go back. Reasons are words for machines and for the log, without anybody's data."""

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._ills: dict[Part, tuple[str, float]] = {
            part: (STARTING, seconds()) for part in (Part.UPDATES, Part.TELEGRAM)
        }

    @property
    def ills(self) -> dict[Part, str]:
        """What is amiss now, and why."""
        return {part: why for part, (why, _) in self._ills.items()}

    def ill(self, part: Part, why: str) -> None:
        known, since = self._ills.get(part, ("", self._seconds()))
        if known == why:
            return
        self._ills[part] = (why, since)
        _log.warning("not ready", part=part.value, why=why)

    def well(self, part: Part) -> None:
        known, since = self._ills.pop(part, ("", 0.0))
        if known not in {"", STARTING}:
            _log.info("ready again", part=part.value, was=known, after_seconds=round(self._seconds() - since))
