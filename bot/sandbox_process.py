"""The sandbox as the second process beside the bot: started, listened for, ended; what is played in it is elsewhere."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import httpx

from bot.refusals import SandboxEnded
from bot.settings import Settings
from bot.tasks import TaskOwner

STARTS_WITHIN_SECONDS: Final = 20.0
_INSTALLED_IN: Final = Path(__file__).resolve().parents[1]


def sandbox_url(settings: Settings) -> str:
    return f"http://127.0.0.1:{settings.sandbox_port}"


@asynccontextmanager
async def sandbox_beside(settings: Settings) -> AsyncIterator[tuple[httpx.AsyncClient, "asyncio.Task[None]"]]:
    """The sandbox's process and its control side; the task ends when the process does. Raises SandboxEnded."""
    settings.sandbox_world.parent.mkdir(parents=True, exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.sandbox",
        f"--port={settings.sandbox_port}",
        f"--profile={'telegram' if settings.sandbox_limits else 'fast'}",
        f"--state={settings.sandbox_world.resolve()}",
        f"--bot-status=http://127.0.0.1:{settings.status_port}",
        "--until-stdin-ends",  # which the kernel sees to, however the bot ends
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=_INSTALLED_IN,  # `-m` looks here first: another `bot` may lie where we were started
        start_new_session=True,  # Ctrl+C is for the bot, which ends the sandbox after itself
    )
    tasks = TaskOwner()
    ended = tasks.start(_end_of(process), name="sandbox")
    try:
        await _first_line(process)
        async with httpx.AsyncClient(base_url=sandbox_url(settings), trust_env=False) as client:
            yield client, ended
    finally:
        if process.returncode is None:
            process.terminate()
        await tasks.finish()


async def _first_line(process: asyncio.subprocess.Process) -> None:
    """The sandbox says a line once it listens."""
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), STARTS_WITHIN_SECONDS)
    except TimeoutError:
        line = b""
    if not line:
        raise SandboxEnded


async def _end_of(process: asyncio.subprocess.Process) -> None:
    await process.wait()
