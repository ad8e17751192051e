"""What runs in a keeper's process: a copy, a restore or a purge, cut at a line of the program that does it."""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from signal import SIGKILL
from types import FrameType
from typing import Any, Final

from bot.keeping.purging import purge
from risk.retention import Retention
from storage import copies, purging, restoring
from storage.copies import make_copy
from storage.database import Database, DatabaseKind
from storage.restoring import restore

ENDS_WITHIN: Final = 30.0
KIND: Final = DatabaseKind.PRODUCTION
_NURSERY: Final = multiprocessing.get_context("forkserver")
_CUT_IN: Final = frozenset({copies.__file__, restoring.__file__, purging.__file__})

Work = Callable[[], object]


def backing_up(database: Path, folder: Path, now: datetime) -> Work:
    return partial(make_copy, database, folder, KIND, program="0.1.0", now=now)


def restoring_from(copy: Path, database: Path, now: datetime) -> Work:
    return partial(restore, copy, database, KIND, now=now, force=True)


def purging_at(database: Path, now: datetime) -> Work:
    return partial(_purge, database, now)


def lines_of(work: Work) -> list[int]:
    """Each line of ours that the work comes to, by the number of lines passed when it first does."""
    ear, mouth = _NURSERY.Pipe(duplex=False)
    code = _lived(work, None, mouth)
    assert code == 0, f"it ended with {code}"
    return sorted(ear.recv())


def die_at(line: int, work: Work) -> None:
    """Do the work in a process that is killed before that line, counted from 1."""
    _, mouth = _NURSERY.Pipe(duplex=False)
    code = _lived(work, line, mouth)
    assert code == -SIGKILL, f"it ended with {code}"


def die_after(seconds: float, work: Work) -> None:
    """Kill it then, wherever it is, also within SQLite; it may have come to its end before."""
    _, mouth = _NURSERY.Pipe(duplex=False)
    begun, told = _NURSERY.Pipe(duplex=False)
    process = _NURSERY.Process(target=_live, args=(work, None, mouth, told), daemon=True)
    process.start()
    begun.recv()
    process.join(seconds)
    with suppress(ProcessLookupError):
        os.kill(process.pid or 0, SIGKILL)
    process.join(ENDS_WITHIN)
    assert process.exitcode in {0, -SIGKILL}, f"it ended with {process.exitcode}"


def _lived(work: Work, line: int | None, mouth: Any) -> int | None:
    _, told = _NURSERY.Pipe(duplex=False)
    process = _NURSERY.Process(target=_live, args=(work, line, mouth, told), daemon=True)
    process.start()
    mouth.close()
    process.join(ENDS_WITHIN)
    return process.exitcode


def _live(work: Work, line: int | None, mouth: Any, told: Any) -> None:
    told.send("begun")
    passed, first = 0, dict[tuple[str, int], int]()

    def step(frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal passed
        if event == "line":
            passed += 1
            first.setdefault((frame.f_code.co_filename, frame.f_lineno), passed)
            if passed == line:
                os.kill(os.getpid(), SIGKILL)
        return step

    def enter(frame: FrameType, _event: str, _arg: Any) -> Any:
        return step if frame.f_code.co_filename in _CUT_IN else None

    sys.settrace(enter)
    work()
    sys.settrace(None)
    mouth.send(list(first.values()))


def _purge(path: Path, now: datetime) -> None:
    async def purged() -> None:
        database = Database(path)
        await purge(database, Retention(), now)
        await database.close()

    asyncio.run(purged())
