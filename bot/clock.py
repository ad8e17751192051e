"""The two clocks, and the only reader of time.

*Office time* is what deadlines, quiet hours and invitations go by; it only moves forward and can be moved in a
sandbox. *Machine time* is real: pacing, back-off, `retry_after` and time-outs go by it.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class MachineClock:
    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this module is the reader of the clock

    def monotonic(self) -> float:
        """Seconds, for measuring and pacing."""
        return time.monotonic()


class OfficeClock:
    """Machine time plus a shift, never going back even when the machine's clock does."""

    def __init__(self, read: Callable[[], datetime], shift: timedelta = timedelta()) -> None:
        self._read = read
        self._shift = shift
        self._latest = read() + shift

    @property
    def shift(self) -> timedelta:
        return self._shift

    def now(self) -> datetime:
        """Aware UTC."""
        self._latest = max(self._latest, self._read() + self._shift)
        return self._latest

    def move_to(self, moment: datetime) -> None:
        """Let office time be `moment` from now on. Raises ValueError for a moment in the past."""
        if moment < self.now():
            raise ValueError("office time moves forward only")
        self._shift = moment - self._read()
        self._latest = moment
