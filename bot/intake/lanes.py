"""Lanes: updates of one chat are worked in the order of their receipt, lanes beside one another."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from bot.tasks import TaskOwner
from storage.inbox import Receipt

IN_HAND: Final = 100
"""Updates worked at one time; bounded is faster and steadier than unbounded."""


class Lanes:
    def __init__(self, work: Callable[[Receipt], Awaitable[None]], tasks: TaskOwner) -> None:
        self._work = work
        self._tasks = tasks
        self._lanes: dict[str, deque[Receipt]] = {}
        self._room = asyncio.Semaphore(IN_HAND)
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def in_hand(self) -> int:
        """Updates taken and not finished."""
        return sum(map(len, self._lanes.values()))

    def put(self, receipt: Receipt) -> None:
        self._idle.clear()
        lane = self._lanes.get(receipt.lane)
        if lane is not None:
            lane.append(receipt)
            return
        self._lanes[receipt.lane] = deque([receipt])
        self._tasks.start(self._run(receipt.lane), name=f"lane {receipt.lane}")

    async def idle(self) -> None:
        """Wait until nothing is in hand."""
        await self._idle.wait()

    async def _run(self, name: str) -> None:
        lane = self._lanes[name]
        while lane:
            async with self._room:
                await self._work(lane[0])
            lane.popleft()
        del self._lanes[name]
        if not self._lanes:
            self._idle.set()
