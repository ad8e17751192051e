"""The offer to keep what somebody said in reply to a card as a note of its risk; nothing is kept without a press."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from risk.ids import NoteOfferId, PersonId, PositionId, RiskId


class OfferStatus(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    LAPSED = "lapsed"
    """Nobody has pressed for days: what was said stays in the chat alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOffer:
    """`words` are safe to keep, and stand here until the offer ends; `message` is the reply in which they were said.

    `said_by` is the position that its author acted as when they said it.
    """

    id: NoteOfferId
    risk: RiskId
    author: PersonId
    said_by: PositionId
    message: int
    words: str
    status: OfferStatus
    touched_at: datetime

    def ended(self, status: OfferStatus, at: datetime) -> Self:
        """After its end nothing of what was said is kept here."""
        return replace(self, status=status, words="", touched_at=at)
