"""The history of a risk: what happened, when, by which position; append-only, never reworded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from risk.ids import PositionId, RiskId


class EventKind(StrEnum):
    FILED = "filed"
    BLOCK_SET = "block_set"
    LEVEL_SET = "level_set"
    VERIFICATION_OVERDUE = "verification_overdue"
    ANSWER_OVERDUE = "answer_overdue"
    TAKEN = "taken"
    FOUND = "found"
    UNKNOWN_ASKED = "unknown_asked"
    UNKNOWN_SETTLED = "unknown_settled"
    MEASURE_PLANNED = "measure_planned"
    MEASURE_TAKEN = "measure_taken"
    INTERIM_PUBLISHED = "interim_published"
    ANSWER_DRAFTED = "answer_drafted"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    WAIVED = "waived"
    LINK_ADDED = "link_added"
    LINK_SEEN = "link_seen"
    LINK_MISSING = "link_missing"
    LINK_CHANGED = "link_changed"
    CHECKED = "checked"
    MENTIONED = "mentioned"
    WATCHER_SET = "watcher_set"
    WORKED_OFF = "worked_off"
    OVERRIDDEN = "overridden"
    DISMISSED = "dismissed"
    MERGED = "merged"
    TOOK_IN = "took_in"
    RETURNED = "returned"
    REOPENED = "reopened"
    NOTED = "noted"
    GIST_SET = "gist_set"
    SOURCE_ADDED = "source_added"
    PASSED_UP = "passed_up"
    ACCEPTED = "accepted"
    POSTPONED = "postponed"
    BLOCK_RETURNED = "block_returned"


WORDLESS: Final = frozenset(
    {
        EventKind.FILED,
        EventKind.BLOCK_SET,
        EventKind.LEVEL_SET,
        EventKind.VERIFICATION_OVERDUE,
        EventKind.ANSWER_OVERDUE,
        EventKind.TAKEN,
        EventKind.SUBMITTED,
        EventKind.APPROVED,
        EventKind.PUBLISHED,
        EventKind.CHECKED,
        EventKind.WATCHER_SET,
        EventKind.WORKED_OFF,
        EventKind.PASSED_UP,
    }
)
"""Kinds whose facts are keys of the plan and figures alone. Those of any other kind are dropped with the words of a
closed risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of history. `position` is None when the clock did it; `facts` hold keys of the plan, not wording."""

    risk: RiskId
    at: datetime
    kind: EventKind
    position: PositionId | None
    facts: Mapping[str, str] = field(default_factory=dict)
