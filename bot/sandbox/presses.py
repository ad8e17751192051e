"""Presses on inline buttons, from the press to the bot's answer; the update they make is in `acts`."""

from dataclasses import dataclass

ANSWERABLE_SECONDS = 15 * 60
"""How long Telegram takes an answer to a press; from memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the person who pressed gets to see."""

    text: str | None = None
    show_alert: bool = False
    url: str | None = None


@dataclass(slots=True, kw_only=True)
class Press:
    """One press; answered at most once, and not too late."""

    query_id: str
    pressed_at: float
    answer: Answer | None = None
    expired: bool = False

    def awaits_answer(self, now: float) -> bool:
        """Whether Telegram would still take an answer."""
        return self.answer is None and not self.expired and now - self.pressed_at <= ANSWERABLE_SECONDS
