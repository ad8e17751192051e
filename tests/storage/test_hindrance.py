"""What keeps SQLite from its work: told apart from mistakes, and proved to be over."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.database import Database, DatabaseKind, migrate, open_file
from storage.hindrance import DatabaseUnavailable, Hindrance
from storage.vitals import read_vitals
from tests.support.offices import NOW


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await asyncio.to_thread(open_file, tmp_path / "mcu-pilot.db", DatabaseKind.SANDBOX)
    yield opened
    await opened.close()


@pytest.fixture
def told(database: Database) -> list[Hindrance | None]:
    noticed: list[Hindrance | None] = []
    database.noticed = noticed.append
    return noticed


async def says(database: Database, *pragmas: str) -> None:
    """To the writing connection."""
    async with database._writer.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        for pragma in pragmas:
            await (await driver.execute(pragma)).fetchall()


FULL = ("VACUUM", "PRAGMA max_page_count=1")


async def test_a_full_disk_is_no_room_and_room_is_proved(database: Database, told: list[Hindrance | None]) -> None:
    await says(database, *FULL)
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable) as unavailable:
            await database.prove_writable()
        assert unavailable.value.why is Hindrance.NO_ROOM
    await says(database, "PRAGMA max_page_count=100000")
    await database.prove_writable()
    assert told == [Hindrance.NO_ROOM, Hindrance.NO_ROOM, None]


async def test_the_proof_leaves_no_trace(database: Database) -> None:
    async with database.read() as connection:
        before = (await connection.execute(text("select name from sqlite_master order by 1"))).all()
    await database.prove_writable()
    async with database.read() as connection:
        assert (await connection.execute(text("select name from sqlite_master order by 1"))).all() == before


async def test_a_file_held_by_another_program_is_busy(database: Database, told: list[Hindrance | None]) -> None:
    await says(database, "PRAGMA busy_timeout=10")
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(DatabaseUnavailable):
        await database.prove_writable()
    other.close()
    await database.prove_writable()
    assert told == [Hindrance.BUSY, None]


async def test_a_file_that_may_not_be_written_is_read_only(database: Database, told: list[Hindrance | None]) -> None:
    await says(database, "PRAGMA query_only=ON")
    with pytest.raises(DatabaseUnavailable):
        await database.prove_writable()
    assert told == [Hindrance.READ_ONLY]


async def _write_much(database: Database) -> None:
    async with database.write() as connection:
        await connection.execute(text("update about set time_shift_seconds = 5"))
        await connection.execute(text("create table large as select zeroblob(100000)"))
        await connection.commit()


async def test_a_full_disk_changes_nothing_by_half(database: Database) -> None:
    await says(database, *FULL)
    with pytest.raises(DatabaseUnavailable):
        await _write_much(database)
    async with database.read() as connection:
        assert (await connection.execute(text("select time_shift_seconds from about"))).scalar_one() == 0


async def test_a_mistake_of_ours_is_no_hindrance(database: Database, told: list[Hindrance | None]) -> None:
    with pytest.raises(OperationalError):
        async with database.write() as connection:
            await connection.execute(text("select nothing from nowhere"))
    with pytest.raises(IntegrityError):
        async with database.write() as connection:
            await connection.execute(text("insert into about (id, kind) values (2, 'sandbox')"))
    assert told == []


def test_a_migration_that_finds_the_file_held_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mcu-pilot.db"
    migrate(path, DatabaseKind.SANDBOX)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("drop table alembic_version")
        other.execute("pragma journal_mode=delete")
        other.execute("begin exclusive")
        connect = sqlite3.connect
        monkeypatch.setattr("sqlite3.dbapi2.connect", lambda *a, **k: connect(*a, **{**k, "timeout": 0.01}))
        with pytest.raises(DatabaseUnavailable):
            migrate(path, DatabaseKind.SANDBOX)
    other.close()


async def test_an_empty_database_has_nothing_waiting(database: Database) -> None:
    vitals = await read_vitals(database, NOW)
    assert (vitals.offices, vitals.inbox, vitals.cards_due, vitals.notices_due) == (0, {}, 0, 0)
    assert vitals.oldest_due_at is None
