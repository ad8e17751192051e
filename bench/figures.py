"""Figures of a digest and of a summary, next to plain sqlite3 that counts the same, at ten thousand and a million.

The rows are made anew, a year of them: a fiftieth is open, the others were finished. Both take turns in one run and
must come to the same numbers. The digest is yesterday and what stands now; the summary is the month and
the one before it, whole, by block and by channel, as `report_of` has it with the figures of risks. Plans are printed.
"""

import argparse
import asyncio
import sqlite3
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import func, select, text

from risk.figures import OF_APPEALS, Asked, Cut, Figure, Tally, asked_of
from risk.periods import PeriodKind, period_of
from risk.use_cases.reporting import report_of, tally_of
from storage import tables
from storage.figure_places import Among, found
from storage.figure_questions import shape_of, values_of
from tests.support.offices import NOW, Offices, build_offices, opened_copy

DAY: Final = timedelta(days=1)
DAYS: Final = 365
CHUNK: Final = 20_000
FINISHED: Final = """
    SELECT {by} count(*), sum(CASE WHEN finished_at IS NOT NULL THEN finished_at > due_at
        ELSE strftime('%Y-%m-%d %H:%M:%f000', finished_on, '-3 hours') >= due_at END),
      sum((kind IS NULL OR kind = 'solvable') AND outcome = 'solved'),
      sum((kind IS NULL OR kind = 'solvable') AND outcome = 'explained'),
      sum(mark IS NOT NULL OR satisfaction IN ('pleased', 'displeased')),
      sum(mark >= 4 OR (mark IS NULL AND satisfaction = 'pleased')),
      CAST(julianday(finished_on) - julianday(created_on) AS INTEGER) AS took
    FROM appeals WHERE office_id = 1 AND finished_on BETWEEN :first AND :last AND state <> 'open'
      AND vanished_in IS NULL GROUP BY {by} took"""
CREATED: Final = """
    SELECT {by} count(*), sum(repeated) FROM appeals
    WHERE office_id = 1 AND source IN ('im', 'pos', 'hand') AND created_on BETWEEN :first AND :last {group}"""
STANDING: Final = """
    SELECT {by} count(*), sum(due_at <= :moment), sum(pressed_at <= :moment), sum(block IS NULL),
      sum(state = 'deferred')
    FROM appeals WHERE office_id = 1 AND state IN ('open', 'deferred') AND created_on <= :on AND vanished_in IS NULL
      AND (state = 'open' OR finished_on IS NULL OR finished_on > :on) {group}"""
LATER: Final = """
    SELECT {by} count(*), sum(due_at <= :moment), sum(pressed_at <= :moment), sum(block IS NULL)
    FROM appeals WHERE office_id = 1 AND finished_on > :on AND state NOT IN ('open', 'deferred')
      AND created_on <= :on AND vanished_in IS NULL {group}"""
UNMARKED: Final = """
    SELECT {by} count(*) FROM appeals WHERE office_id = 1 AND state = 'answered' AND finished_on IS NULL
      AND created_on <= :on {group}"""
VANISHED: Final = """
    SELECT {by} count(*) FROM appeals WHERE office_id = 1 AND vanished_in IS NOT NULL AND created_on <= :on {group}"""
PLAIN: Final = (FINISHED, CREATED, STANDING, LATER, UNMARKED, VANISHED)
COLUMN_OF: Final = {None: "", Cut.BLOCK: "block,", Cut.CHANNEL: "source,"}


def main() -> None:
    asked = _parser().parse_args()
    asyncio.run(compare([int(each) for each in asked.rows], asked.rounds))


async def compare(sizes: Sequence[int], rounds: int) -> None:
    with TemporaryDirectory() as folder:
        await build_offices(Path(folder) / "offices.db")
        for size in sizes:
            place = Path(folder) / str(size)
            place.mkdir()
            async with opened_copy(Path(folder) / "offices.db", place) as offices:
                await asyncio.to_thread(_fill, offices.path, size)
                await _measure(offices, size, rounds)


async def _measure(offices: Offices, size: int, rounds: int) -> None:
    calendar = offices.ours.plan.calendar
    today = calendar.local(NOW).date()
    digest = replace(asked_of(period_of(PeriodKind.DAY, today - DAY), calendar, now=NOW), stands_at=NOW)
    month = asked_of(period_of(PeriodKind.MONTH, today - 30 * DAY), calendar, now=NOW)
    before = asked_of(month.period.next(-1), calendar, now=NOW)
    ways: dict[str, tuple[list[float], list[float]]] = {"digest": ([], []), "summary": ([], [])}
    async with offices.ours.view() as unit:
        connection = sqlite3.connect(offices.path)
        for number in range(rounds + 1):
            if number == 1:  # the round that was for warming is not counted
                ways = {"digest": ([], []), "summary": ([], [])}
            took, told = _timed_plainly(connection, [(digest, None)])
            ways["digest"][0].append(took)
            began = time.perf_counter()
            tally = await tally_of(unit, digest)
            ways["digest"][1].append(time.perf_counter() - began)
            _require_same(told, tally)
            cuts = (None, Cut.BLOCK, Cut.CHANNEL)
            took, told = _timed_plainly(connection, [(each, cut) for each in (before, month) for cut in cuts])
            ways["summary"][0].append(took)
            began = time.perf_counter()
            report = await report_of(unit, month, cuts=(Cut.BLOCK, Cut.CHANNEL), now=NOW)
            ways["summary"][1].append(time.perf_counter() - began)
            _require_same(told, Tally(figures=_sum(group.tally for group in report.cuts[Cut.CHANNEL])))
        connection.close()
    for name, (plain, ours) in ways.items():
        base, own = median(plain) * 1000, median(ours) * 1000
        _say(f"{size:>9} {name}: {base:.1f} ms plainly, {own:.1f} ms by the report, ratio {own / base:.2f}")
    for line in await _plans(offices, digest):
        _say(line)


def _sum(tallies: Iterator[Tally]) -> Mapping[Figure, int]:
    each = list(tallies)
    return {figure: sum(tally[figure] for tally in each) for figure in OF_APPEALS}


def _require_same(told: Mapping[str, int], tally: Tally) -> None:
    """Of the last question asked plainly."""
    names = (Figure.FINISHED, Figure.NEW, Figure.OPEN, Figure.AWAITING_MARK, Figure.TO_CHECK)
    ours = {each.name: tally[each] for each in names}
    assert told == ours, (told, ours)


def _timed_plainly(
    connection: sqlite3.Connection, questions: Sequence[tuple[Asked, Cut | None]]
) -> tuple[float, Mapping[str, int]]:
    began = time.perf_counter()
    for asked, cut in questions:
        told = [_plainly(connection, query, asked, cut) for query in PLAIN]
    took = time.perf_counter() - began
    place = 0 if questions[-1][1] is None else 1
    finished, new, still, later, unmarked, vanished = (sum(row[place] for row in rows) for rows in told)
    counted = (finished, new, still + later, unmarked, vanished)
    names = (Figure.FINISHED, Figure.NEW, Figure.OPEN, Figure.AWAITING_MARK, Figure.TO_CHECK)
    return took, dict(zip([each.name for each in names], counted, strict=True))


def _plainly(connection: sqlite3.Connection, query: str, asked: Asked, cut: Cut | None) -> Sequence[Any]:
    by = COLUMN_OF[cut]
    written = query.format(by=by, group=f"GROUP BY {by.strip(',')}" if by else "")
    values = {
        "first": asked.period.first.isoformat(),
        "last": asked.period.last.isoformat(),
        "on": asked.stands_on.isoformat(),
        "moment": asked.stands_at.replace(tzinfo=None).isoformat(" ", "microseconds"),
    }
    return connection.execute(written, values).fetchall()


def _fill(path: Path, size: int) -> None:
    """Without the indexes, which are made again when all rows are there."""
    connection = sqlite3.connect(path)
    indexes = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'appeals' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    known = [column.name for column in tables.appeals.c if column.name in _row(0, size)]
    marks = ", ".join(f":{name}" for name in known)
    for first in range(0, size, CHUNK):
        rows = [_row(number, size) for number in range(first, min(first + CHUNK, size))]
        connection.executemany(f"INSERT INTO appeals ({', '.join(known)}) VALUES ({marks})", rows)  # noqa: S608 - names of ours
    for _, written in indexes:
        connection.execute(written)
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def _row(number: int, size: int) -> dict[str, Any]:
    """The newest last. Of a hundred two are open, one is deferred, one awaits its mark."""
    created = NOW.date() - DAYS * DAY + (number * DAYS // size) * DAY
    kind, took = number % 100, number % 23
    is_open = kind < 2 or created + took * DAY > NOW.date()
    finished = None if is_open or kind in {2, 3} else created + took * DAY
    state = "open" if is_open else "deferred" if kind == 2 else "answered"
    return {
        "office_id": 1,
        "source": ("im", "pos")[number % 2],
        "number": str(number),
        "regime": "pos_ordinary",
        "created_on": created.isoformat(),
        "topic_group": f"Тема {number % 15}",
        "finished_on": None if finished is None else finished.isoformat(),
        "outcome": ("solved", "explained")[number % 2],
        "mark": number % 7 if 1 <= number % 7 <= 5 else None,
        "repeated": number % 9 == 0,
        "state": state,
        "due_at": f"{created + 15 * DAY} 15:00:00.000000",
        "block": ("roads", "social", "economy", "rural", None)[number % 5],
        "chosen": 0,
        "extensions": 0,
        "returns": 0,
        "unsettled": 0,
    }


async def _plans(offices: Offices, asked: Asked) -> Sequence[str]:
    told = []
    async with offices.database.read() as connection:
        for among in Among:
            query = select(func.count()).where(found(tables.appeals.c, shape_of(asked), among))
            query = query.params(values_of(asked, offices.ours.id))
            written = query.compile(connection.sync_connection, compile_kwargs={"literal_binds": True})
            rows = await connection.execute(text(f"EXPLAIN QUERY PLAN {written}"))
            told += [f"{among}: {row.detail}" for row in rows]
    return told


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", nargs="+", default=["10000", "1000000"])
    parser.add_argument("--rounds", type=int, default=5)
    return parser


if __name__ == "__main__":
    main()
