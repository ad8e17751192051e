"""The only place of the sandbox that starts a task; whoever starts one ends it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine


@contextlib.asynccontextmanager
async def running(work: Coroutine[None, None, None], *, name: str) -> AsyncIterator[None]:
    """Keep `work` going for as long as the block lasts, then cancel it and wait until it is gone."""
    task = asyncio.create_task(work, name=name)  # noqa: TID251 - a process of its own, without bot.tasks
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
