"""Lists of appeals: which of them are asked for, and counts of what waits for somebody."""

from dataclasses import dataclass
from enum import StrEnum

from risk.appeals import AppealSource
from risk.ids import BlockKey, TerritoryKey


class Standing(StrEnum):
    """By how they stand."""

    OPEN = "open"
    OVERDUE = "overdue"
    TODAY = "today"
    DEFERRED = "deferred"
    PRESSED = "pressed"
    """«Ждём подтверждения выгрузкой»."""
    UNDISTRIBUTED = "undistributed"
    TO_CHECK = "to_check"
    """Vanished from a newer export."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealsAsked:
    """Every field narrows; `channel` is who registered it."""

    standing: Standing = Standing.OPEN
    block: BlockKey | None = None
    channel: AppealSource | None = None
    territory: TerritoryKey | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undistributed:
    """How many no rule took, and how many of these are past their date."""

    count: int
    overdue: int
