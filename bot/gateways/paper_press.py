"""Lets a paper's file be made in a process of its own, which may take the processor, swell or die without the bot."""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from bot.gateways.paper_wire import LONGEST_LINE, Order, Part, Said, packed, read_line

CHILD: Final = "bot.gateways.paper_child"
_INSTALLED_IN: Final = Path(__file__).resolve().parents[2]
_LENT: Final = (
    *("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONTZPATH", "TMPDIR"),
    *("PYTHONDONTWRITEBYTECODE", "MPLCONFIGDIR", "XDG_CACHE_HOME", "OPENBLAS_NUM_THREADS"),
)
"""What of the environment the process gets: no token and no password is among it."""


class NotMade(Exception):
    """The process failed, or is gone: how, and where in its code."""


async def made_apart(order: Order, parts: AsyncIterable[Part] | None = None) -> str | None:
    """Why the template was refused, if it was. `parts` are asked for as fast as they are written.

    Raises NotMade, and whatever `parts` do. Whoever gives it up ends the process.
    """
    async with _started() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its end is noticed where it is read
            await _say(process.stdin, order)
            if parts is not None:
                async for part in parts:
                    await _say(process.stdin, part)
        told = await process.stdout.readline()
        if not told:
            raise NotMade(f"ended with {await process.wait()}")
        said, values = read_line(told)
        if said is Said.FAILED:
            raise NotMade("\n".join(map(str, values)))
        return None if values[0] is None else str(values[0])


async def _say(mouth: asyncio.StreamWriter, said: Order | Part) -> None:
    mouth.write(packed(said))
    await mouth.drain()


@asynccontextmanager
async def _started() -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        CHILD,
        stdin=asyncio.subprocess.PIPE,  # open as long as the bot lives: the kernel sees to its end
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LONGEST_LINE,
        cwd=_INSTALLED_IN,  # `-m` looks here first: another `bot` may lie where we were started
        env={name: os.environ[name] for name in _LENT if name in os.environ},
        start_new_session=True,  # Ctrl+C is for the bot, which ends this one after itself
    )
    try:
        yield process
    finally:
        await _ended(process)


async def _ended(process: asyncio.subprocess.Process) -> None:
    """What it still had to say is taken from the pipe: until then nobody learns that it is gone."""
    assert process.stdout is not None
    assert process.stdin is not None
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.stdin.close()
    while await process.stdout.read(2**16):
        pass
    await process.wait()
