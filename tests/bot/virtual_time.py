"""An event loop in which waiting takes no time: its clock jumps to the next timer when nothing else can happen."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _JumpingSelector(selectors.DefaultSelector):
    def __init__(self, late: Callable[[], float]) -> None:
        super().__init__()
        self.now = 1000.0
        self._late = late

    def select(self, timeout: float | None = None) -> Any:
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if timeout is None:
            raise AssertionError("everybody waits and no timer is set")
        self.now += timeout + self._late()
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """`late` tells by how many seconds a timer is late each time."""

    def __init__(self, late: Callable[[], float] = lambda: 0.0) -> None:
        self._jumping = _JumpingSelector(late)
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def in_virtual_time(story: Coroutine[Any, Any, T], *, late: Callable[[], float] = lambda: 0.0) -> T:
    loop = VirtualLoop(late)
    try:
        return loop.run_until_complete(story)
    finally:
        loop.close()


def seconds() -> float:
    """The clock of the running loop."""
    return asyncio.get_running_loop().time()
