"""The hour at which somebody is given the reminders of a morning: chosen, never switched off."""

import re
from datetime import time
from typing import Final

EARLIEST_BUNDLE: Final = time(6)
LATEST_BUNDLE: Final = time(12)
DIGEST_HOUR: Final = time(9)
"""When the morning's digest is counted: what it is to rest on must have come before."""

_CLOCK: Final = re.compile(r"\s*(?:[вВ]\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*", re.ASCII)


def bundle_hour(written: str) -> time | None:
    """«08:30», «8.30», «9»; None for anything else, and for an hour that is not of a morning."""
    match = _CLOCK.fullmatch(written)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:
        return None
    chosen = time(hour, minute)
    return chosen if EARLIEST_BUNDLE <= chosen <= LATEST_BUNDLE else None
