"""A backup: a whole, verified, private file of one moment, made while others write; older ones dropped by request."""

import fcntl
import json
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from storage import copies
from storage.copies import (
    CopyDamaged,
    CopyTooNew,
    FolderUnusable,
    Manifest,
    NoRoom,
    drop_older,
    make_copy,
    verified,
)
from storage.database import DatabaseKind, DatabaseMissing, FileLock, WrongDatabaseKind, migrate, newest_revision
from storage.inbox import Inbox, Received
from tests.support.offices import MEMBER, NOW, Offices

PRODUCTION: Final = DatabaseKind.PRODUCTION
NAME: Final = "mcu-pilot-20261120T070000Z.db"


def copied(offices: Offices, folder: Path, *, seconds: int = 0) -> copies.Copy:
    now = NOW + timedelta(seconds=seconds)
    return make_copy(offices.path, folder, PRODUCTION, program="0.1.0", now=now)


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def touch(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.touch()
    return path


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "copies"


async def test_a_copy_holds_all_and_says_what_it_is_of(offices: Offices, folder: Path) -> None:
    await offices.ours.filed("Яма на дороге")
    await Inbox(offices.database, 42).take([Received(update_id=1, lane="chat:1", payload={})], NOW)
    made = copied(offices, folder)
    assert made.path == folder / NAME
    assert rows(made.path, "select gist from risks") == [("Яма на дороге",)]
    told = made.manifest
    assert (told.program, told.kind, told.form) == ("0.1.0", PRODUCTION, newest_revision())
    assert (told.offices, told.copied_at, told.waiting) == (("pestovo", "zarechny"), NOW, 1)
    assert told.rows["risks"] == 1
    assert verified(made.path, PRODUCTION) == told


async def test_a_copy_is_one_private_file(offices: Offices, folder: Path) -> None:
    made = copied(offices, folder)
    assert names(folder) == [NAME]
    assert (mode(made.path), mode(folder)) == (0o600, 0o700)
    assert rows(made.path, "pragma journal_mode") == [("delete",)]
    assert names(folder) == [NAME], "opening it leaves nothing beside it"


async def test_a_copy_is_made_while_a_bot_holds_the_database(offices: Offices, folder: Path) -> None:
    with FileLock(offices.path):
        async with offices.ours.uow() as unit:
            await unit.people.add_position(MEMBER, number=9)
            made = copied(offices, folder)
            await unit.commit()
    assert rows(made.path, "select count(*) from positions where number = 9") == [(0,)]
    assert rows(offices.path, "select count(*) from positions where number = 9") == [(1,)]


async def test_a_copy_made_under_writing_is_of_one_moment(offices: Offices, folder: Path) -> None:
    """A writer moves one unit from a row to another, always both in one transaction: a copy never sees one half."""
    with closing(sqlite3.connect(offices.path)) as connection:
        connection.execute("insert into counters values (1, 1, 500), (1, 2, 500)")
        connection.commit()
    done = threading.Event()

    def writes() -> None:
        with closing(sqlite3.connect(offices.path, timeout=10)) as writer:
            while not done.is_set():
                writer.execute("update counters set last = last - 1 where year = 1")
                writer.execute("update counters set last = last + 1 where year = 2")
                writer.commit()

    writer = threading.Thread(target=writes)
    writer.start()
    try:
        made = [copied(offices, folder, seconds=second) for second in range(5)]
    finally:
        done.set()
        writer.join()
    seen = [rows(each.path, "select last from counters where year < 3 order by year") for each in made]
    assert [first + second for [(first,), (second,)] in seen] == [1000] * 5
    assert len({tuple(each) for each in seen}) > 1, "the writer never wrote between two copies"


async def test_two_copies_of_one_second_have_two_names(offices: Offices, folder: Path) -> None:
    names = [copied(offices, folder).path.name for _ in range(3)]
    assert names == [NAME, NAME.replace("Z", "Z-2"), NAME.replace("Z", "Z-3")]


async def test_only_the_oldest_copies_of_ours_are_dropped(offices: Offices, folder: Path) -> None:
    made = [copied(offices, folder, seconds=second).path for second in (0, 0, 5, 9)]
    folder.joinpath("mcu-pilot-20200101T000000Z.db").write_bytes(b"of somebody else")
    folder.joinpath("mcu-pilot-sandbox-20200101T000000Z.db").write_bytes(made[0].read_bytes())
    touch(folder / "notes.txt")
    raw = folder / "mcu-pilot-20200102T000000Z.db"
    raw.write_bytes(offices.path.read_bytes())
    others = set(names(folder)) - {each.name for each in made}
    assert list(drop_older(folder, PRODUCTION, keep=2)) == [made[1], made[0]]
    assert set(names(folder)) == others | {made[2].name, made[3].name}


async def test_what_a_killed_run_left_is_swept_and_what_a_running_one_writes_is_not(
    offices: Offices, folder: Path
) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        touch(folder / f".mcu-pilot-999{copies.PARTIAL}{ending}")
    running = touch(folder / f".mcu-pilot-998{copies.PARTIAL}")
    with running.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        copied(offices, folder)
        assert set(names(folder)) == {NAME, running.name}


def test_there_is_nothing_to_copy_where_there_is_no_database(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(DatabaseMissing):
        make_copy(tmp_path / "mcu-pilot.db", folder, PRODUCTION, program="", now=NOW)
    assert not folder.exists()


async def test_a_database_of_the_other_kind_is_not_copied(offices: Offices, folder: Path) -> None:
    with pytest.raises(WrongDatabaseKind):
        make_copy(offices.path, folder, DatabaseKind.SANDBOX, program="", now=NOW)


async def test_a_folder_that_cannot_be_one_is_named(offices: Offices, folder: Path) -> None:
    touch(folder)
    with pytest.raises(FolderUnusable, match=folder.name):
        copied(offices, folder)


async def test_a_full_disk_is_named_and_leaves_nothing(
    offices: Offices, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def small(path: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(path, **options)
        if copies.PARTIAL in str(path):
            connection.execute("pragma max_page_count = 3")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(NoRoom, match=folder.name):
        copied(offices, folder)
    assert names(folder) == []


def changed(made: copies.Copy, statement: str) -> Path:
    with closing(sqlite3.connect(made.path)) as connection:
        connection.execute(statement)
        connection.commit()
    return made.path


@pytest.mark.parametrize(
    "statement",
    [
        "update risks set gist = 'Яма'",
        "delete from events",
        "update manifest set told = replace(told, '\"waiting\": 0', '\"waiting\": 3')",
        "update positions set holder = 999 where id = 1",
        "drop table about",
    ],
)
async def test_a_copy_that_was_changed_is_no_copy(offices: Offices, folder: Path, statement: str) -> None:
    await offices.ours.filed()
    with pytest.raises(CopyDamaged):
        verified(changed(copied(offices, folder), statement), PRODUCTION)


@pytest.mark.parametrize("at", range(1, 10))
async def test_a_copy_with_a_spoilt_page_is_no_copy(offices: Offices, folder: Path, at: int) -> None:
    await offices.ours.filed()
    made = copied(offices, folder)
    data = bytearray(made.path.read_bytes())
    place = len(data) * at // 10 // 4096 * 4096
    data[place : place + 4096] = b"\xa5" * 4096
    made.path.write_bytes(data)
    with pytest.raises(CopyDamaged):
        verified(made.path, PRODUCTION)


async def test_half_of_a_copy_is_no_copy(offices: Offices, folder: Path) -> None:
    made = copied(offices, folder)
    made.path.write_bytes(made.path.read_bytes()[: made.path.stat().st_size // 2])
    with pytest.raises(CopyDamaged):
        verified(made.path, PRODUCTION)


async def test_a_copy_of_a_later_form_is_told_from_a_damaged_one(offices: Offices, folder: Path) -> None:
    with pytest.raises(CopyTooNew):
        verified(changed(copied(offices, folder), "update alembic_version set version_num = '9999'"), PRODUCTION)


async def test_a_copy_of_the_other_kind_is_refused(offices: Offices, folder: Path) -> None:
    with pytest.raises(WrongDatabaseKind):
        verified(copied(offices, folder).path, DatabaseKind.SANDBOX)


def test_a_sound_file_made_by_other_means_has_no_manifest(tmp_path: Path) -> None:
    path = tmp_path / "mcu-pilot.db"
    migrate(path, PRODUCTION)
    assert verified(path, PRODUCTION) is None


def test_a_manifest_is_read_as_it_was_written() -> None:
    manifest = Manifest(
        program="0.1.0",
        kind=PRODUCTION,
        form="0004",
        offices=("pestovo",),
        copied_at=datetime(2026, 11, 20, 7, 0, 0, 5, tzinfo=UTC),
        waiting=2,
        rows={"risks": 3},
        sha256="ab",
    )
    assert Manifest.read(manifest.written()) == manifest
    assert json.loads(manifest.written())["copied_at"] == "2026-11-20T07:00:00.000005+00:00"
