"""Misfortunes ordered in advance, and which call each of them meets; the server carries them out."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.sandbox.refusals import RefusalError, too_many_requests

EVERY_METHOD = "*"


class FaultKind(StrEnum):
    """What goes wrong: an answer with this code, or no answer at all."""

    TOO_MANY = "429"
    FORBIDDEN = "403"
    BAD_REQUEST = "400"
    BROKEN = "500"
    BAD_GATEWAY = "502"
    TIMEOUT = "timeout"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"


_DESCRIPTIONS = {
    FaultKind.FORBIDDEN: "Forbidden: bot was blocked by the user",
    FaultKind.BAD_REQUEST: "Bad Request: chat not found",
    FaultKind.BROKEN: "Internal Server Error",
    FaultKind.BAD_GATEWAY: "Bad Gateway",
}


@dataclass(slots=True, kw_only=True)
class Fault:
    """One misfortune in store."""

    kind: FaultKind
    method: str | None = None
    """None means every method but getUpdates, «*» every single one."""
    chat: int | None = None
    retry_after: int = 1
    description: str | None = None
    times: int = 1
    """How many calls it still meets; 0 means until it is cleared."""
    until: float | None = None
    """When it passes by itself; None for one that is only counted."""
    applied: bool = False
    """For a timeout: whether the call takes effect although nobody hears the answer."""

    @property
    def takes_effect(self) -> bool:
        """Whether the call is carried out before the connection dies."""
        return self.kind is FaultKind.DROP_AFTER or (self.kind is FaultKind.TIMEOUT and self.applied)

    @property
    def silent(self) -> bool:
        """Whether the bot gets no answer."""
        return self.kind in {FaultKind.TIMEOUT, FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER}

    def refusal(self, now: float) -> RefusalError:
        """The answer of a fault that answers; a flood that passes by itself tells when."""
        if self.kind is FaultKind.TOO_MANY:
            lasts = self.retry_after if self.until is None else max(1, math.ceil(self.until - now))
            return too_many_requests(lasts)
        return RefusalError(int(self.kind), self.description or _DESCRIPTIONS[self.kind])

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is to suffer it."""
        if self.method is None:
            named = method != "getUpdates"
        else:
            named = self.method == EVERY_METHOD or self.method.lower() == method.lower()
        return named and self.chat in {None, chat_id}


class Faults:
    """The faults in store, in the order they were ordered."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._waiting)

    def add(self, fault: Fault) -> None:
        """Order a fault."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Let everything go well again."""
        self._waiting.clear()

    def take(self, method: str, chat_id: int | None, *, now: float) -> Fault | None:
        """The fault that this call meets, used up by one; those whose time has passed are no more."""
        self._waiting = [fault for fault in self._waiting if fault.until is None or now < fault.until]
        for fault in self._waiting:
            if fault.meets(method, chat_id):
                self._use_up(fault)
                return fault
        return None

    def _use_up(self, fault: Fault) -> None:
        if fault.times == 1:
            self._waiting.remove(fault)
        elif fault.times > 1:
            fault.times -= 1
