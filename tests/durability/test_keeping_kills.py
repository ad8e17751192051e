"""A copy, a restore or a purge that is killed at any moment leaves everything whole, and done again it succeeds."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import insert

from bot.keeping.purging import purge
from risk.retention import Retention
from storage import tables
from storage.copies import make_copy, verified
from storage.database import Database
from tests.durability.disk import files_with
from tests.durability.keepers import (
    KIND,
    Work,
    backing_up,
    die_after,
    die_at,
    lines_of,
    purging_at,
    restoring_from,
)
from tests.support.offices import NOW, Offices, opened_copy

LAST: Final = 24
"""Lines before the end, each of which is tried: there files take their names."""
OTHERS: Final = 8
MOMENTS: Final = 6
OLD: Final = "Зоряна-Прежнее"
THEN: Final = NOW + timedelta(days=400)
NOTICES: Final = 450
"""More than two transactions of a purge."""

pytestmark = pytest.mark.usefixtures("_nursery")


@pytest.fixture
async def template(offices_file: Path, tmp_path: Path) -> Path:
    """A database with a risk closed long ago, and notices sent long ago."""
    folder = tmp_path / "template"
    folder.mkdir()
    async with opened_copy(offices_file, folder) as offices:
        await offices.ours.filed(OLD)
        await _close_all(offices)
        return offices.path


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Callable[[], Path]:
    """A copy of it in a folder of its own, each time anew."""
    numbers = count(1)

    def made() -> Path:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        path = folder / template.name
        path.write_bytes(template.read_bytes())
        return path

    return made


async def _close_all(offices: Offices) -> None:
    row = {"office_id": 1, "kind": "joined", "notice": "{}", "messenger": "telegram", "address": "1", "thread": None}
    async with offices.database.write() as connection:
        await connection.execute(tables.risks.update().values(state="closed"))
        sent = [row | {"state": "sent", "due_at": NOW} for _ in range(NOTICES)]
        await connection.execute(insert(tables.outbox).values(sent))
        await connection.commit()
    await offices.database.truncate_wal()


@contextmanager
def told(seed: int, cut: str) -> Iterator[None]:
    """What is needed to find the place again."""
    try:
        yield
    except BaseException as fault:
        fault.add_note(f"seed: {seed}, killed {cut}")
        raise


def each_death(work_in: Callable[[Path], Work], place: Callable[[], Path]) -> Iterator[Path]:
    """The place, after the work there was killed: at lines of ours, then at any moments."""
    seed = random.randrange(2**32)
    dice, lines = random.Random(seed), lines_of(work_in(place()))
    for line in [*dice.sample(lines[:-LAST], OTHERS), *lines[-LAST:]]:
        path = place()
        with told(seed, f"at line {line} of {lines[-1]}"):
            die_at(line, work_in(path))
            yield path
    for _ in range(MOMENTS):
        path, seconds = place(), dice.uniform(0, 0.15)
        with told(seed, f"after {seconds} s"):
            die_after(seconds, work_in(path))
            yield path


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def is_whole(path: Path) -> bool:
    return rows(path, "pragma integrity_check") == [("ok",)] and rows(path, "pragma foreign_key_check") == []


@pytest.mark.slow
def test_a_killed_backup_leaves_no_copy_or_a_whole_one(place: Callable[[], Path]) -> None:
    seen = set()
    for path in each_death(lambda path: backing_up(path, path.parent / "copies", NOW), place):
        folder = path.parent / "copies"
        made = list(folder.glob("mcu-pilot-*.db"))
        seen.add(len(made))
        assert all(verified(each, KIND) is not None for each in made)
        assert is_whole(path)
        again = make_copy(path, folder, KIND, program="0.1.0", now=NOW + timedelta(seconds=1)).path
        assert {each.name for each in folder.iterdir()} == {again.name, *(each.name for each in made)}
    assert 0 in seen


@pytest.mark.slow
def test_a_killed_restore_leaves_the_old_database_or_the_new_one(place: Callable[[], Path], tmp_path: Path) -> None:
    copy = make_copy(place(), tmp_path / "copies", KIND, program="0.1.0", now=NOW).path

    def changed() -> Path:
        path = place()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("update risks set gist = 'Новое'")
            connection.commit()
        return path

    for path in each_death(lambda path: restoring_from(copy, path, NOW), changed):
        assert is_whole(path)
        [(gist,)] = rows(path, "select gist from risks")
        assert gist in {OLD, "Новое"}
        kept = [path, *path.parent.glob(f"{path.name}.aside-*Z")]
        assert "Новое" in {rows(each, "select gist from risks")[0][0] for each in kept}, "the earlier one is lost"
        restoring_from(copy, path, NOW)()
        assert is_whole(path)
        assert rows(path, "select gist from risks") == [(OLD,)]
        assert not list(path.parent.glob("*.restoring*"))


@pytest.mark.slow
async def test_a_killed_purge_loses_no_count_and_is_finished_by_the_next(place: Callable[[], Path]) -> None:
    for path in each_death(lambda path: purging_at(path, THEN), place):
        assert is_whole(path)
        _counts_are_kept(path)
        await _purged(path)
        assert is_whole(path)
        _counts_are_kept(path)
        assert rows(path, "select count(*) from outbox") == [(0,)]
        assert rows(path, "select gist, sources from risks") == [("", "[]")]
        assert files_with(OLD, path) == []


def _counts_are_kept(path: Path) -> None:
    left = rows(path, "select (select count(*) from outbox), (select coalesce(sum(count), 0) from tallies)")
    assert sum(left[0]) == NOTICES


async def _purged(path: Path) -> None:
    database = Database(path)
    await purge(database, Retention(), THEN)
    await database.close()
