"""Reads exports in a process of its own, which may be slow, swell or die: the bot answers others meanwhile.

What comes back are appeals and faults, never the rows: residents' texts stay in that process and end with it.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from bot.gateways.sheet_wire import (
    LENGTH_BYTES,
    LONGEST_FRAME,
    NOT_HELD_IN,
    FrameKind,
    Order,
    Task,
    read_recognition,
    read_rows,
    written_order,
)
from risk.appeal_states import STEP_WORDS, StepWords
from risk.export_layouts import ColumnMapping, Recognition
from risk.export_rows import ReadRow
from risk.sheet_faults import SheetFault, SheetRefused
from storage.documents.file_caps import FileCaps

T = TypeVar("T")

_INSTALLED_IN: Final = Path(__file__).resolve().parents[2]
_LENT: Final = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONTZPATH")
"""What of the environment the process gets: no token and no password is among it."""
_OF_THE_END: Final[Mapping[int, SheetFault]] = MappingProxyType(
    {
        -signal.SIGABRT: SheetFault.UNPACKS_TOO_BIG,  # how the library dies when it gets no more memory
        -signal.SIGKILL: SheetFault.UNPACKS_TOO_BIG,  # how the kernel ends what swells
        -signal.SIGXCPU: SheetFault.TOOK_TOO_LONG,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingCaps:
    """100,000 rows of 47 columns take some 0.4 GiB and a few seconds; `seconds` are those that the bot waits."""

    file: FileCaps = field(default_factory=FileCaps)
    memory_bytes: int = 640 * 2**20
    seconds: float = 120.0


class NotHeldIn(Exception):
    """The system does not let the process that reads limit itself: no file is read, for none can be trusted."""


class SheetReading(Generic[T]):
    """A file on its way: what it is, and its rows batch by batch. Each may raise SheetRefused."""

    def __init__(
        self, process: asyncio.subprocess.Process, seconds: float, read: Callable[[list[Any]], tuple[T, ...]]
    ) -> None:
        self._process = process
        self._left = seconds
        self._read = read
        self.recognition: Recognition
        self.height: int | None = None
        """Rows of the sheet at most, for progress."""
        self.unfamiliar: Final[Counter[tuple[str, str]]] = Counter()
        """(header, word) of closed lists that lack the word; complete once the batches have ended."""

    async def begin(self) -> None:
        kind, values = await self._frame()
        if kind is not FrameKind.RECOGNISED:
            raise SheetRefused(SheetFault.DAMAGED)
        with _nothing_else():
            self.recognition = read_recognition(values[0])
            self.height = None if values[1] is None else int(values[1])

    async def batches(self) -> AsyncIterator[tuple[T, ...]]:
        """Nothing of a file may be applied before its last batch has come: a cut file is known by its end."""
        while True:
            kind, values = await self._frame()
            with _nothing_else():
                if kind is FrameKind.ENDED:
                    self.unfamiliar.update({(str(header), str(word)): int(count) for header, word, count in values[0]})
                    return
                batch = self._read(values[0])
            yield batch

    async def _frame(self) -> tuple[FrameKind, list[Any]]:
        assert self._process.stdout is not None
        try:
            length = int.from_bytes(await self._bytes(LENGTH_BYTES))
            if length > LONGEST_FRAME:
                raise SheetRefused(SheetFault.DAMAGED)
            body = await self._bytes(length)
        except asyncio.IncompleteReadError:
            ended = await self._process.wait()
            if ended == NOT_HELD_IN:
                raise NotHeldIn from None
            raise SheetRefused(_OF_THE_END.get(ended, SheetFault.DAMAGED)) from None
        except TimeoutError:
            raise SheetRefused(SheetFault.TOOK_TOO_LONG) from None
        with _nothing_else():
            name, *values = json.loads(body)
            kind = FrameKind(name)
            if kind is not FrameKind.REFUSED:
                return kind, values
            fault = SheetFault(values[0])
        raise SheetRefused(fault)

    async def _bytes(self, count: int) -> bytes:
        """Only the waiting is counted: what the bot does between batches is not the file's fault."""
        assert self._process.stdout is not None
        clock = asyncio.get_running_loop().time
        since = clock()
        try:
            async with asyncio.timeout(self._left):
                return await self._process.stdout.readexactly(count)
        finally:
            self._left = max(0.0, self._left - (clock() - since))


@contextlib.contextmanager
def _nothing_else() -> Any:
    """A process that says something else than it should is one that a file has gained power over."""
    try:
        yield
    except (KeyError, IndexError, TypeError, ValueError):
        raise SheetRefused(SheetFault.DAMAGED) from None


class SheetReader:
    """One for the whole bot: files are read one after another, so that two of them do not swell at once."""

    def __init__(self, caps: ReadingCaps | None = None, *, at_once: int = 1) -> None:
        self._caps = caps or ReadingCaps()
        self._turns = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def reading(
        self,
        path: Path,
        *,
        zone: str,
        mappings: Sequence[ColumnMapping] = (),
        words: StepWords = STEP_WORDS,
    ) -> AsyncIterator[SheetReading[ReadRow]]:
        """What the file holds for an office in this zone. Raises SheetRefused; leaving ends the process."""
        order = self._order(Task.READ, path, zone, tuple(mappings), words)
        async with self._turns, _started(order) as process:
            found = SheetReading(process, self._caps.seconds, read_rows)
            await found.begin()
            yield found

    @asynccontextmanager
    async def cleaning(self, path: Path) -> AsyncIterator[SheetReading[tuple[str, ...]]]:
        """The cells of the kept columns, as `risk.cleaning` leaves them."""
        order = self._order(Task.CLEAN, path, "UTC", (), STEP_WORDS)
        async with self._turns, _started(order) as process:
            found = SheetReading(process, self._caps.seconds, _cells)
            await found.begin()
            yield found

    def _order(self, task: Task, path: Path, zone: str, mappings: tuple[ColumnMapping, ...], words: StepWords) -> Order:
        return Order(
            task=task,
            path=str(path.absolute()),
            zone=zone,
            caps=self._caps.file,
            memory_bytes=self._caps.memory_bytes,
            cpu_seconds=max(1, round(self._caps.seconds)),
            mappings=mappings,
            words=words,
        )


def _cells(rows: list[Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, row)) for row in rows)


@asynccontextmanager
async def _started(order: Order) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.gateways.sheet_child",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a library that panics quotes the file there
        cwd=_INSTALLED_IN,  # `-m` looks here first: another `bot` may lie where we were started
        env={name: os.environ[name] for name in _LENT if name in os.environ},
        start_new_session=True,  # Ctrl+C is for the bot, which ends this one after itself
    )
    try:
        await _hand_over(process, written_order(order))
        yield process
    finally:
        await _ended(process)


async def _hand_over(process: asyncio.subprocess.Process, order: bytes) -> None:
    assert process.stdin is not None
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its end is noticed where it is read
        process.stdin.write(order)
        await process.stdin.drain()
    process.stdin.close()


async def _ended(process: asyncio.subprocess.Process) -> None:
    """What it still had to say is taken from the pipe: until then nobody learns that it is gone."""
    assert process.stdout is not None
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    while await process.stdout.read(2**16):
        pass
    await process.wait()
