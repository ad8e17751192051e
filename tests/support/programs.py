"""The program as an operator starts it: a process of its own, with its own environment, folder and ports."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.settings import Settings

STARTS_WITHIN: Final = 60.0
ENDS_WITHIN: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    code: int
    said: str
    complained: str


@dataclass(frozen=True, slots=True)
class Program:
    """A running one. Its children write to the same standard error, so its end is the end of them all."""

    process: asyncio.subprocess.Process

    async def says(self, words: str) -> str:
        """Wait for the line with these words; the line itself."""
        return await asyncio.wait_for(self._line_with(words), STARTS_WITHIN)

    async def interrupted(self) -> Ended:
        """Press Ctrl+C and wait until nobody of its family is left."""
        self.process.send_signal(signal.SIGINT)
        return await self.ended()

    async def ended(self) -> Ended:
        said, complained = await asyncio.wait_for(self.process.communicate(), ENDS_WITHIN)
        assert self.process.returncode is not None
        return Ended(code=self.process.returncode, said=said.decode(), complained=complained.decode())

    async def _line_with(self, words: str) -> str:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            if words in line.decode():
                return line.decode()
        raise AssertionError(f"it ended and never said «{words}»: {await self.ended()}")


@asynccontextmanager
async def started(*command: str | Path, environment: dict[str, str], folder: Path) -> AsyncIterator[Program]:
    """Run `command` in `folder`; whatever still runs at the end is asked to end, and its children with it."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env=_bare_environment() | environment,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    program = Program(process)
    try:
        yield program
    finally:
        if process.returncode is None:
            process.terminate()
            await program.ended()


async def finished(*command: str | Path, environment: dict[str, str], folder: Path) -> Ended:
    async with started(*command, environment=environment, folder=folder) as program:
        return await program.ended()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _bare_environment() -> dict[str, str]:
    """This process's own, without what would lead to other modules or settings; an empty token is no token."""
    ours = {name.upper() for name in Settings.model_fields} | {"PYTHONPATH", "PYTHONHOME"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    return inherited | {"BOT_TOKEN": ""}
