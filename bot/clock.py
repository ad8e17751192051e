"""The two clocks, and the only reader of time.

*Office time* is what deadlines, quiet hours and invitations go by; it only moves forward and can be moved in a
sandbox. *Machine time* is real: pacing, back-off, `retry_after` and time-outs go by it.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

_log = structlog.get_logger(__name__)

STEP: Final = timedelta(seconds=2)
"""A clock that is further back than this was set; less is the trembling of a clock that is being kept right."""


class MachineClock:
    """`now` flows evenly from the moment the program started; `wall` is what the machine shows, which may be set."""

    def __init__(self) -> None:
        self._started_at = self.wall()
        self._started = self.monotonic()

    def wall(self) -> datetime:
        """Aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this module is the reader of the clock

    def now(self) -> datetime:
        """Aware UTC. Whoever sets the machine's clock moves no retry nearer or further."""
        return self._started_at + timedelta(seconds=self.monotonic() - self._started)

    def monotonic(self) -> float:
        """Seconds, for measuring and pacing."""
        return time.monotonic()


class OfficeClock:
    """What the machine shows plus a shift, never going back even when the machine's clock does: then it stands."""

    def __init__(self, read: Callable[[], datetime], shift: timedelta = timedelta()) -> None:
        self._read = read
        self._shift = shift
        self._latest = read() + shift
        self._stands = False
        self.steps_back = 0
        """How often the machine's clock was set back."""

    @property
    def shift(self) -> timedelta:
        return self._shift

    def now(self) -> datetime:
        """Aware UTC."""
        shown = self._read() + self._shift
        self._watch(self._latest - shown)
        self._latest = max(self._latest, shown)
        return self._latest

    def move_to(self, moment: datetime) -> None:
        """Let office time be `moment` from now on. Raises ValueError for a moment in the past."""
        if moment < self.now():
            raise ValueError("office time moves forward only")
        self._shift = moment - self._read()
        self._latest = moment
        self._stands = False

    def _watch(self, behind: timedelta) -> None:
        """One line when the clock was set back, one when it has caught up."""
        if behind > STEP and not self._stands:
            self._stands = True
            self.steps_back += 1
            seconds = round(behind.total_seconds())
            _log.warning("the machine's clock was set back; office time stands until it catches up", seconds=seconds)
        elif behind <= timedelta() and self._stands:
            self._stands = False
            _log.info("the machine's clock has caught up; office time goes on")
