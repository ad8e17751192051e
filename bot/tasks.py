"""Background tasks and who owns them: the one place that starts any, so that none is lost or fails in silence."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

_log = structlog.get_logger(__name__)

T = TypeVar("T")


async def unless_stopped(work: Coroutine[Any, Any, T], stopped: asyncio.Event) -> T | None:
    """The result of `work`; None, with the work given up, once `stopped` is set."""
    asked = asyncio.create_task(work)  # noqa: TID251 - awaited or cancelled right here
    stop = asyncio.create_task(stopped.wait())  # noqa: TID251 - the same
    try:
        await asyncio.wait({asked, stop}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.cancel()
        if not asked.done():
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)
    return None if asked.cancelled() else asked.result()


class TaskOwner:
    """Keeps its tasks alive, reports those that fail, and waits for all of them when it is closed."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], *, name: str, awaited: bool = False) -> asyncio.Task[None]:
        """A failure is logged, unless the caller has said that it awaits the task and so learns of it."""
        task = asyncio.create_task(work, name=name)  # noqa: TID251 - this class is the owner of tasks
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard if awaited else self._ended)
        return task

    async def finish(self) -> None:
        """Wait until all tasks, those started meanwhile included, have come to their own end."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def cancel(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self.finish()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            _log.error("task failed", task=task.get_name(), exc_info=error)
