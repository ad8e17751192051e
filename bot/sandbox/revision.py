"""The number of the world's latest change, and waiting for it; what changed is told elsewhere."""

import asyncio
from collections.abc import Callable


class Revision:
    """A number that only grows; whoever waits for a condition is asked anew after each step."""

    def __init__(self) -> None:
        self.number = 0
        self._stepped = asyncio.Event()
        self.closed = False

    def step(self) -> None:
        """Something changed: wake everybody who waits."""
        self.number += 1
        stepped, self._stepped = self._stepped, asyncio.Event()
        stepped.set()

    def close(self) -> None:
        """The server is going down: let nobody wait any longer."""
        self.closed = True
        self.step()

    async def after(self, number: int, *, seconds: float) -> int:
        """Wait at most `seconds` for anything newer than `number`; answers the number that is reached."""
        await self.until(lambda: self.number != number, seconds=seconds)
        return self.number

    async def until(self, holds: Callable[[], bool], *, seconds: float) -> bool:
        """Wait at most `seconds` for the condition; answers whether it holds in the end."""
        try:
            async with asyncio.timeout(seconds):
                while not holds() and not self.closed:
                    await self._stepped.wait()
        except TimeoutError:
            pass
        return holds()
