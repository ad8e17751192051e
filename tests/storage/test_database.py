"""The file: one process, one kind for ever, safe pragmas, one writer that loses nothing."""

import asyncio
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from risk.events import Event, EventKind
from risk.ids import RiskId
from storage.database import (
    Database,
    DatabaseInUse,
    DatabaseKind,
    FileLock,
    WrongDatabaseKind,
    kind_of,
    migrate,
    open_file,
    schema_revision,
)
from storage.sandbox_time import read_shift, write_shift
from tests.support.offices import NOW, Offices, StaffedOffice


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "mcu-pilot.db"


def test_a_second_process_is_refused_while_the_first_holds_the_file(path: Path) -> None:
    with FileLock(path), pytest.raises(DatabaseInUse), FileLock(path):
        pass


def test_the_file_is_free_again_once_it_was_let_go(path: Path) -> None:
    for _ in range(2):
        with FileLock(path):
            assert path.parent.is_dir()


def test_a_refused_process_leaves_the_lock_with_its_holder(path: Path) -> None:
    with FileLock(path):
        for _ in range(2):
            with pytest.raises(DatabaseInUse), FileLock(path):
                pass


@pytest.mark.parametrize("kind", DatabaseKind)
def test_a_file_is_of_the_kind_it_was_created_as(path: Path, kind: DatabaseKind) -> None:
    assert kind_of(path) is None
    migrate(path, kind)
    assert kind_of(path) is kind


@pytest.mark.parametrize(
    ("created", "asked"),
    [(DatabaseKind.PRODUCTION, DatabaseKind.SANDBOX), (DatabaseKind.SANDBOX, DatabaseKind.PRODUCTION)],
)
def test_a_file_never_becomes_the_other_kind(path: Path, created: DatabaseKind, asked: DatabaseKind) -> None:
    migrate(path, created)
    before = path.read_bytes()
    with pytest.raises(WrongDatabaseKind) as refused:
        open_file(path, asked)
    assert refused.value.found is created
    assert path.read_bytes() == before


def test_an_empty_file_is_nobodys_yet(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    assert kind_of(path) is None
    assert migrate(path, DatabaseKind.SANDBOX)
    assert kind_of(path) is DatabaseKind.SANDBOX


def test_only_its_owner_may_read_the_file(path: Path) -> None:
    migrate(path, DatabaseKind.PRODUCTION)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_of_the_newest_form_is_left_alone(path: Path) -> None:
    assert migrate(path, DatabaseKind.PRODUCTION)
    assert not migrate(path, DatabaseKind.PRODUCTION)
    found, newest = schema_revision(path)
    assert found == newest is not None


async def test_only_a_sandbox_moves_time(tmp_path: Path) -> None:
    for kind in DatabaseKind:
        database = open_file(tmp_path / kind.value, kind)
        assert await read_shift(database) == 0
        if kind is DatabaseKind.SANDBOX:
            await write_shift(database, 3600)
        else:
            with pytest.raises(IntegrityError, match="only_a_sandbox_moves_time"):
                await write_shift(database, 3600)
        assert await read_shift(database) == (3600 if kind is DatabaseKind.SANDBOX else 0)
        await database.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1), ("busy_timeout", 10_000)],
)
async def test_the_pragmas_are_in_force_on_every_connection(offices: Offices, pragma: str, value: Any) -> None:
    for transaction in (offices.database.write, offices.database.read):
        async with transaction() as connection:
            assert (await connection.execute(text(f"PRAGMA {pragma}"))).scalar_one() == value


async def test_a_reading_transaction_refuses_to_write(offices: Offices) -> None:
    async with offices.database.read() as connection:
        with pytest.raises(OperationalError, match="readonly"):
            await connection.execute(text("DELETE FROM inbox"))


async def test_a_writing_transaction_holds_the_write_lock_from_its_beginning(offices: Offices) -> None:
    async with offices.database.write():
        with sqlite3.connect(offices.path, timeout=0) as other, pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


async def test_320_updates_at_once_lose_none(offices: Offices, office: StaffedOffice) -> None:
    async def number() -> int:
        async with office.uow() as unit:
            given = await unit.risks.next_number(2026)
            await unit.commit()
        return given.serial

    assert sorted(await asyncio.gather(*(number() for _ in range(320)))) == list(range(1, 321))


async def test_readers_are_served_while_a_writer_works(office: StaffedOffice) -> None:
    async def read() -> int:
        async with office.view() as view:
            return len(await view.people.positions())

    async with office.uow():
        assert len(set(await asyncio.gather(*(read() for _ in range(20))))) == 1


async def test_the_write_ahead_log_is_empty_once_truncated(offices: Offices, office: StaffedOffice) -> None:
    await office.filed()
    log = offices.path.with_name(offices.path.name + "-wal")
    assert log.stat().st_size > 0
    await offices.database.truncate_wal()
    assert log.stat().st_size == 0


async def test_an_error_of_the_database_does_not_repeat_the_words_that_were_to_be_stored(
    office: StaffedOffice,
) -> None:
    """Its text goes to the log, where nobody's words belong."""
    event = Event(risk=RiskId(404), at=NOW, kind=EventKind.FILED, position=None, facts={"after": "Зоряна-Проверка"})
    async with office.uow() as unit:
        with pytest.raises(IntegrityError) as refused:
            await unit.events.add(event)
    assert "Зоряна-Проверка" not in str(refused.value)


async def test_a_closed_database_leaves_nothing_in_the_write_ahead_log(path: Path) -> None:
    database: Database = open_file(path, DatabaseKind.SANDBOX)
    await write_shift(database, 60)
    await database.close()
    log = path.with_name(path.name + "-wal")
    assert not log.exists() or log.stat().st_size == 0
