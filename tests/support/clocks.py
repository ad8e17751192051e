"""Clocks for stories: time begins at a moment that the story names and then runs as usual."""

import time
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.clock import MachineClock

FRIDAY_MORNING: Final = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
"""Friday, 20 November 2026, 10:00 in Moscow: a working morning."""


class StoryClock(MachineClock):
    def __init__(self, begins: datetime = FRIDAY_MORNING) -> None:
        self._begins = begins
        self._began = time.monotonic()
        self._set_by = timedelta()
        super().__init__()

    def wall(self) -> datetime:
        return self.now() + self._set_by

    def now(self) -> datetime:
        return self._begins + timedelta(seconds=time.monotonic() - self._began)

    def set_back(self, by: timedelta) -> None:
        """Somebody sets the machine's clock."""
        self._set_by -= by

    def leap(self, by: timedelta) -> None:
        """So much time is over at once, for everybody."""
        self._begins += by

    def unix(self) -> float:
        """For the sandbox, which dates messages by it."""
        return self.now().timestamp()
