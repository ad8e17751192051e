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


WORDLESS: Final = frozenset({EventKind.FILED, EventKind.BLOCK_SET, EventKind.LEVEL_SET, EventKind.VERIFICATION_OVERDUE})
"""Kinds whose facts are keys of the plan alone. Those of any other kind are dropped with the words of a closed risk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of history. `position` is None when the clock did it; `facts` hold keys of the plan, not wording."""

    risk: RiskId
    at: datetime
    kind: EventKind
    position: PositionId | None
    facts: Mapping[str, str] = field(default_factory=dict)
