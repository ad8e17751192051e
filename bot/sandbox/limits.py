"""How often the bot may send, in windows that slide over time; the methods say what counts as sending."""

import math
from collections import deque
from dataclasses import dataclass

JITTER = 0.1
"""Seconds by which windows are shorter: a bot that waits just long enough must not suffer for the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `times` in `seconds`."""

    times: int
    seconds: float


PER_GROUP = Limit(times=20, seconds=60)
PER_CHAT = Limit(times=1, seconds=1)
OVERALL = Limit(times=30, seconds=1)


class Throttle:
    """Telegram's published limits; a refused call does not count against them.

    `haste` shortens all windows alike, for tests that have no minutes to spend; the figures stay Telegram's.
    """

    def __init__(self, haste: float = 1.0) -> None:
        self._haste = haste
        self._sent: dict[tuple[Limit, int], deque[float]] = {}

    def wait_for(self, chat_id: int, *, now: float) -> int | None:
        """Whole seconds to be silent for, or None after counting this message as sent."""
        windows = [self._window(limit, key, now) for limit, key in _limits_of(chat_id)]
        if waits := [wait for wait, _ in windows if wait > 0]:
            return max(1, math.ceil(max(waits)))
        for _, sent in windows:
            sent.append(now)
        return None

    def forget(self) -> None:
        """Start with clean windows."""
        self._sent.clear()

    def _window(self, limit: Limit, key: int, now: float) -> tuple[float, deque[float]]:
        """How long this limit still bars, and the times it remembers."""
        sent = self._sent.setdefault((limit, key), deque())
        length = (limit.seconds - JITTER) / self._haste
        while sent and now - sent[0] >= length:
            sent.popleft()
        wait = sent[-limit.times] + length - now if len(sent) >= limit.times else 0.0
        return wait, sent


def _limits_of(chat_id: int) -> list[tuple[Limit, int]]:
    limits = [(OVERALL, 0), (PER_CHAT, chat_id)]
    return [*limits, (PER_GROUP, chat_id)] if chat_id < 0 else limits
