"""How an office reports: hours, the week it counts by, who signs; all of it its own settings, for no act gives any."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

from risk.bundle_hours import DIGEST_HOUR
from risk.ids import RoleKey


class LatenessTold(StrEnum):
    """Where figures of lateness by block are shown."""

    CHAT = "chat"
    PRIVATE = "private"
    """To those alone who may read reports of the whole office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTerms:
    """Weekdays are counted from 0 for Monday.

    `digest_at`: hour of the digest on working days. `memo_on`, `memo_at`: when the memo of the week that ends, or has
    ended, comes by itself; None for never. `rating_minimum`: no share is published of fewer items than these.
    `addressee`: to whom a memo is addressed, as it is written at its top. `signed_by`: whose position signs papers.
    """

    digest_at: time = DIGEST_HOUR
    lateness_told: LatenessTold = LatenessTold.CHAT
    week_begins: int = 0
    memo_on: int | None = None
    memo_at: time = time(16)
    rating_minimum: int = 5
    addressee: str | None = None
    signed_by: RoleKey | None = None


WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""As a preset names them, from 0."""
NEVER: Final = "never"
"""Instead of a weekday: the memo does not come by itself."""
FEWEST_RATED: Final = 1
MOST_RATED: Final = 100
"""Items, as bounds of `rating_minimum`."""

DEFAULT_REPORTS: Final = ReportTerms()
