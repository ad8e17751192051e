"""Retention: how long what may lead to a person, or is needed no more, is kept; the dropping is storage's affair."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kept(StrEnum):
    """What is kept for a while only."""

    SET_ASIDE = "set_aside"
    """Updates that could not be worked in, masked, and the places where they failed."""
    DRAFTS = "drafts"
    """Forms that were filed or cancelled, records that were made or cancelled, offers of a note that are over."""
    NOTICES = "notices"
    """Messages of the bot's own accord that have come to their end; how many there were stays."""
    REMINDERS = "reminders"
    """Nudges that have come to their end, and what was owed once it is over; their messages are among the notices."""
    PAPERS = "papers"
    """That a paper was asked for and made; its file goes sooner. Digests stay: they are figures."""
    MISHAPS = "mishaps"
    """Lines of the ledger; how many there were stays."""
    CLOSED_TEXTS = "closed_texts"
    """Gist, sources and free words of closed risks; number, block, level, dates, states and outcomes stay."""
    INVITATIONS = "invitations"
    """Used or expired invitations and the entries that came of them."""
    FORMER_NAMES = "former_names"
    """Official names of people who hold nothing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """In days; 0 keeps for ever. The operator's settings; no act sets these terms."""

    set_aside_days: int = 30
    drafts_days: int = 30
    outbox_days: int = 90
    closed_text_days: int = 365
    invitations_days: int = 90
    former_names_days: int = 365

    def cutoff(self, what: Kept, now: datetime) -> datetime | None:
        """What is older than this is dropped; None when it is kept for ever."""
        days = self._days(what)
        return None if days == 0 else now - timedelta(days=days)

    def _days(self, what: Kept) -> int:
        match what:
            case Kept.SET_ASIDE:
                return self.set_aside_days
            case Kept.DRAFTS:
                return self.drafts_days
            case Kept.NOTICES | Kept.REMINDERS | Kept.PAPERS | Kept.MISHAPS:
                return self.outbox_days
            case Kept.CLOSED_TEXTS:
                return self.closed_text_days
            case Kept.INVITATIONS:
                return self.invitations_days
            case Kept.FORMER_NAMES:
                return self.former_names_days
