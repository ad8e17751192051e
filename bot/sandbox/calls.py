"""The log of what the bot called, for tests and for the curious; getUpdates is left out of it."""

from collections import deque
from dataclasses import dataclass
from typing import Any

from bot.sandbox.wire import JsonObject

KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the Bot API and what came of it."""

    n: int
    method: str
    params: JsonObject
    ok: bool
    result: Any = None
    error: str | None = None
    at: float


class CallLog:
    """The latest calls, numbered from 1."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._last = 0

    def note(self, method: str, params: JsonObject, *, at: float, result: Any = None, error: str | None = None) -> None:
        """Write down a call; with an error it was refused or went unanswered."""
        self._last += 1
        call = Call(n=self._last, method=method, params=params, ok=error is None, result=result, error=error, at=at)
        self._calls.append(call)

    def since(self, n: int) -> list[Call]:
        """Every kept call numbered above `n`."""
        return [call for call in self._calls if call.n > n]

    def clear(self) -> None:
        """Forget the calls; the numbers go on, so that nobody mistakes a new call for an old one."""
        self._calls.clear()
