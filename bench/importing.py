"""A whole import of a large export, next to python-calamine's reading plus plain `executemany` of the kept columns.

Both are measured in one run, each in a process of its own: time, and the most memory that was in use at once. Ours is
the way of a file from its receipt to its settled end: the reading child, the staging, the preview, the swap; then the
same file once more. The file is made of the samples' rows with numbers of their own, and is not timed.
"""

import argparse
import asyncio
import json
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from python_calamine import load_workbook
from sqlalchemy.ext.asyncio import AsyncConnection

from risk.export_columns import Fate
from risk.export_layouts import recognise
from risk.sheets import Cell
from storage.database import Database
from tests.support.importing import Desk
from tests.support.offices import NOW, build_offices, opened_copy
from tests.support.workbooks import IM_SAMPLE, table_of, workbook

T = TypeVar("T")
PLAIN: Final = "plain"
OURS: Final = "ours"
MEBIBYTE: Final = 2**20


def main() -> None:
    asked = _parser().parse_args()
    if asked.part is None:
        compare(asked.rows, asked.rounds)
        return
    told = plain(asked.file) if asked.part == PLAIN else asyncio.run(ours(asked.file))
    _say(json.dumps(told))


def compare(rows: int, rounds: int) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "export.xlsx"
        file.write_bytes(workbook(_table(rows)))
        _say(f"{rows} rows of 47 columns, {file.stat().st_size / MEBIBYTE:.0f} MiB")
        for _ in range(rounds):
            base, whole = (_in_process(part, file) for part in (PLAIN, OURS))
            plainly, work = base["seconds"], base["processor"]
            _say(f"plain: {plainly:.1f} s, {work:.1f} s of work; reading {base['reading']:.1f} s")
            for name, took in whole["steps"].items():
                own = whole["processor"][name]
                _say(f"{name}: {took:.1f} s, {took / plainly:.2f} of plain; {own:.1f} s of work, {own / work:.2f}")
            _say(f"peak {base['peak']:.0f} MiB plainly")
            _say(f"peak {whole['peak']:.0f} MiB in the bot, {whole['peak_of_child']:.0f} MiB in the process that reads")
            _say(f"write transactions: {whole['swap']:.2f} s the swap, {whole['longest']:.2f} s the longest other")
            _say(f"longest pause for others: {whole['pause']:.2f} s")


def _table(rows: int) -> list[list[Cell]]:
    heading, *sample = table_of(IM_SAMPLE)
    number, identifier = heading.index("Номер инцидента"), heading.index("ID")
    made: list[list[Cell]] = [heading]
    for each in range(rows):
        row = list(sample[each % len(sample)])
        row[number], row[identifier] = float(1_000_000 + each), float(2_000_000 + each)
        made.append(row)
    return made


def _in_process(part: str, file: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.importing", "--part", part, "--file", str(file)]
    ended = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - ourselves
    told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return told


# --- plain ---


def plain(file: Path) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        began, worked = time.perf_counter(), _processor()
        rows: list[Any] = load_workbook(file).get_sheet_by_index(0).to_python()
        read = time.perf_counter()
        kept = [column.place for column in recognise(rows[:20]).columns if column.fate is Fate.KEPT]
        connection = sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"CREATE TABLE appeals (id INTEGER PRIMARY KEY, {', '.join(f'c{each}' for each in kept)})")
        connection.execute("BEGIN IMMEDIATE")
        insert = f"INSERT INTO appeals VALUES (NULL, {', '.join('?' * len(kept))})"  # noqa: S608 - question marks
        connection.executemany(insert, ([row[place] for place in kept] for row in rows[1:]))
        connection.execute("COMMIT")
        ended = time.perf_counter()
        connection.close()
    return {"seconds": ended - began, "processor": _processor() - worked, "reading": read - began, "peak": _peak()}


# --- ours ---


@dataclass(kw_only=True)
class Watch:
    """Of every step how long it took and how much work it was; of transactions and of pauses, the longest."""

    steps: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    longest: float = 0.0
    swap: float = 0.0
    pause: float = 0.0
    swapping: bool = False

    async def step(self, name: str, doing: Awaitable[T]) -> T:
        began, worked = time.perf_counter(), _processor()
        done = await doing
        self.steps[name] = time.perf_counter() - began
        self.processor[name] = _processor() - worked
        return done

    def note_write(self, took: float) -> None:
        if self.swapping:
            self.swap = max(self.swap, took)
        else:
            self.longest = max(self.longest, took)

    async def pauses(self) -> None:
        """How long others would have waited for their turn."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.01)
            self.pause = max(self.pause, time.perf_counter() - began - 0.01)


async def ours(file: Path) -> dict[str, object]:
    with TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        await build_offices(template)
        watch = Watch()
        async with opened_copy(template, Path(folder)) as offices:
            _time_writes(offices.database, watch)
            desk = Desk(office=offices.ours)
            pauses = asyncio.get_running_loop().create_task(watch.pauses())
            for name, now in (("first", NOW), ("again", NOW + timedelta(days=1))):
                await watch.step(name, _imported(desk, file, now, watch, name))
            pauses.cancel()
    return {
        **asdict(watch),
        "peak": _peak(),
        "peak_of_child": _peak_of_children(),
    }


async def _imported(desk: Desk, file: Path, now: datetime, watch: Watch, name: str) -> None:
    one = await watch.step(f"{name}: read and staged", desk.reads(file, now))
    watch.swapping = True
    await watch.step(f"{name}: swapped", desk.loads(one, now))
    watch.swapping = False


def _time_writes(database: Database, watch: Watch) -> None:
    write = database.write

    @asynccontextmanager
    async def timed() -> AsyncIterator[AsyncConnection]:
        async with write() as connection:
            began = time.perf_counter()
            yield connection
            watch.note_write(time.perf_counter() - began)

    database.write = timed  # type: ignore[method-assign]  # a bench watches from outside


def _processor() -> float:
    """Seconds of work, those of the process that reads included once it has ended."""
    return sum(sum(resource.getrusage(whose)[:2]) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _peak() -> float:
    """Of this process alone: what `getrusage` says of it counts in whoever started it."""
    [told] = [line for line in Path("/proc/self/status").read_text("ascii").splitlines() if line.startswith("VmHWM")]
    return int(told.split()[1]) / 1024


def _peak_of_children() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--part", choices=(PLAIN, OURS), help="what one process of the comparison does")
    parser.add_argument("--file", type=Path)
    return parser


if __name__ == "__main__":
    main()
