"""The tick that finds what is due, at a thousand and at a million open items, with the same 200 due in both.

Both databases are made anew and take turns. A turn is one `nudge`: it climbs the ladders of 200 items, puts what is
said into messages and commits. The plan of each query that looks for what is due is printed: none may be a full scan.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import Select, select, text

from bot.presets.loading import load_preset
from risk.ids import OfficeId
from risk.people import Address, MessengerKind
from risk.use_cases.nudging import nudge
from storage import tables
from storage.database import Database, DatabaseKind, open_file
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

NOW: Final = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""Friday, 14:00 in Moscow."""
DUE: Final = 200
OFFICE: Final = OfficeId(1)


@dataclass(frozen=True, slots=True)
class Bed:
    """A database with so many open items."""

    items: int
    database: Database
    units: Units


def main() -> None:
    asked = _parser().parse_args()
    asyncio.run(compare(few=asked.few, many=asked.many, rounds=asked.rounds))


async def compare(*, few: int, many: int, rounds: int) -> None:
    with TemporaryDirectory() as folder:
        beds = [await _made(Path(folder) / f"{items}.db", items) for items in (few, many)]
        took: dict[int, list[float]] = {bed.items: [] for bed in beds}
        for turn in range(rounds + 1):
            for bed in beds:
                seconds = await _turn(bed)
                if turn:  # the first one warms both up
                    took[bed.items].append(seconds)
        for bed in beds:
            _say(f"{bed.items:>9} open: {median(took[bed.items]) * 1000:.0f} ms a tick with {DUE} due")
        _say(f"ratio {median(took[many]) / median(took[few]):.2f}")
        for line in await _plans(beds[-1]):
            _say(line)
        for bed in beds:
            await bed.database.close()


async def _made(path: Path, items: int) -> Bed:
    database = open_file(path, DatabaseKind.PRODUCTION)
    await SqlDirectory(database).found(load_preset("pestovo"), now=NOW)
    units = Units(database=database)
    async with units.of(OFFICE)() as unit:
        for seat in await unit.people.positions():
            address = Address(messenger=MessengerKind.TELEGRAM, value=str(1000 + seat.id))
            await unit.people.seat(seat.id, await unit.people.find_or_add(address), NOW)
        await unit.commit()
    async with database.write() as connection:
        rows = [_row(number, items) for number in range(items)]
        await connection.execute(tables.obligations.insert(), rows)
        await connection.execute(text("ANALYZE"))
        await connection.commit()
    return Bed(items, database, units)


def _row(number: int, items: int) -> dict[str, Any]:
    """Items spread over the months ahead; the last ones are due, so that nothing helps to find them but an index."""
    is_due = number >= items - DUE
    due_at = NOW - timedelta(hours=1) if is_due else NOW + timedelta(days=2, minutes=number % 200_000)
    return {
        "office_id": OFFICE,
        "matter": "risk",
        "matter_id": number + 1,
        "round": 1,
        "kind": "check",
        "place": 0,
        "due_at": due_at,
        "counted_from": NOW - timedelta(days=1),
        "block": ("roads", "social", "economy", "rural")[number % 4],
        "level": "medium",
        "since": NOW - timedelta(days=1),
        "climbed_to": NOW - timedelta(days=1),
        "next_at": due_at,
    }


async def _turn(bed: Bed) -> float:
    """Seconds. Afterwards everything is as it was."""
    began = time.perf_counter()
    given = await nudge(uow=bed.units.of(OFFICE), view=bed.units.view_of(OFFICE), now=NOW)
    seconds = time.perf_counter() - began
    assert given == DUE, given
    async with bed.database.write() as connection:
        await connection.execute(tables.nudges.delete())
        await connection.execute(tables.outbox.delete())
        table = tables.obligations
        again = {"climbed_to": NOW - timedelta(days=1), "next_at": table.c.due_at}
        await connection.execute(table.update().where(table.c.due_at < NOW).values(**again))
        await connection.commit()
    return seconds


async def _plans(bed: Bed) -> Sequence[str]:
    obligations, nudges = tables.obligations, tables.nudges
    looked_for: dict[str, Select[Any]] = {
        "rungs": select(obligations).where(
            obligations.c.office_id == OFFICE, tables.obligation_open, obligations.c.next_at <= NOW
        ),
        "nudges": select(nudges).where(nudges.c.office_id == OFFICE, tables.nudge_pending, nudges.c.release_at <= NOW),
    }
    told = []
    async with bed.database.read() as connection:
        for name, query in looked_for.items():
            written = query.compile(connection.sync_connection, compile_kwargs={"literal_binds": True})
            rows = await connection.execute(text(f"EXPLAIN QUERY PLAN {written}"))
            told += [f"{name}: {row.detail}" for row in rows]
    return told


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=1_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=9)
    return parser


if __name__ == "__main__":
    main()
