"""One polite line to whoever is not on the list, at most once an hour for each address, remembered in memory only."""

from collections.abc import Callable
from typing import Final

HOUR: Final = 3600.0
REMEMBERED: Final = 10_000
"""Addresses kept in mind; past that the oldest are forgotten, so that nobody can fill the memory."""


class Courtesy:
    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._told: dict[int, float] = {}

    def is_due(self, address: int) -> bool:
        """Whether the line should be said now; asking counts as saying it."""
        now = self._seconds()
        if now - self._told.get(address, -HOUR) < HOUR:
            return False
        self._told.pop(address, None)
        self._told[address] = now
        while len(self._told) > REMEMBERED:
            del self._told[next(iter(self._told))]
        return True
