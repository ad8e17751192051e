"""One pacer for everything the bot sends: by absolute deadlines, per chat, per group and overall, urgent first."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    per_second: float
    chat_per_second: float
    group_per_minute: int


@dataclass(slots=True)
class _Lane:
    """One chat: when it may be written to next, and when it was written to lately."""

    free_at: float = 0.0
    sent: deque[float] = field(default_factory=deque)


@dataclass(slots=True)
class _Waiter:
    chat: int | None
    urgent: bool
    granted: asyncio.Future[None]


class Pacer:
    """`turn` returns when the next message may leave. Groups have negative identifiers, as Telegram gives them."""

    def __init__(self, limits: Limits, seconds: Callable[[], float]) -> None:
        self._limits = limits
        self._seconds = seconds
        self._free_at = 0.0
        self._lanes: dict[int, _Lane] = {}
        self._waiting: list[_Waiter] = []
        self._alarm: asyncio.TimerHandle | None = None

    async def turn(self, chat: int | None, *, urgent: bool) -> None:
        waiter = _Waiter(chat, urgent, asyncio.get_running_loop().create_future())
        self._waiting.append(waiter)
        self._grant()
        try:
            await waiter.granted
        finally:
            if waiter in self._waiting:
                self._waiting.remove(waiter)

    def hold(self, chat: int | None, seconds: float) -> None:
        """The messenger asked to wait: this chat, or everything when it named none."""
        until = self._seconds() + seconds
        if chat is None:
            self._free_at = max(self._free_at, until)
        else:
            lane = self._lane(chat)
            lane.free_at = max(lane.free_at, until)

    def _grant(self) -> None:
        """Let go all who may go now, urgent ones first; set the alarm for the next."""
        now = self._seconds()
        for waiter in sorted(self._waiting, key=lambda each: not each.urgent):
            if self._allowed_at(waiter.chat) <= now and not waiter.granted.done():
                self._note(waiter.chat, now)
                self._waiting.remove(waiter)
                waiter.granted.set_result(None)
        self._forget_idle(now)
        self._set_alarm(now)

    def _set_alarm(self, now: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._waiting:
            soonest = min(self._allowed_at(waiter.chat) for waiter in self._waiting)
            self._alarm = asyncio.get_running_loop().call_later(max(0.0, soonest - now), self._grant)

    def _allowed_at(self, chat: int | None) -> float:
        if chat is None:
            return self._free_at
        lane = self._lane(chat)
        moments = [self._free_at, lane.free_at]
        if chat < 0 and len(lane.sent) >= self._limits.group_per_minute:
            moments.append(lane.sent[-self._limits.group_per_minute] + MINUTE)
        return max(moments)

    def _note(self, chat: int | None, now: float) -> None:
        """Deadlines advance from the last deadline, so that a late timer does not slow the whole."""
        step = 1 / self._limits.per_second
        self._free_at = max(self._free_at, now - step) + step
        if chat is None:
            return
        lane = self._lane(chat)
        lane.free_at = max(lane.free_at, now) + 1 / self._limits.chat_per_second
        lane.sent.append(now)
        while len(lane.sent) > self._limits.group_per_minute:
            lane.sent.popleft()

    def _lane(self, chat: int) -> _Lane:
        return self._lanes.setdefault(chat, _Lane())

    def _forget_idle(self, now: float) -> None:
        if len(self._lanes) > 10_000:
            self._lanes = {
                chat: lane
                for chat, lane in self._lanes.items()
                if lane.free_at > now or (lane.sent and lane.sent[-1] > now - MINUTE)
            }
