"""Copies of a database: made while the bot runs, verified by opening them, and either whole or not there at all.

Speaks to SQLite itself, as `database` does. How a copy is put back is said in `restoring`.
"""

import errno
import fcntl
import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self

from storage.database import DatabaseKind, DatabaseMissing, WrongDatabaseKind, is_known_form, kind_of

MANIFEST: Final = "manifest"
"""The table that a copy has over its database: one row that says what it is a copy of."""
PARTIAL: Final = ".partial"
COUNTED: Final = ("offices", "people", "positions", "risks", "events", "drafts", "outbox")
_NAMES: Final = {DatabaseKind.PRODUCTION: "mcu-pilot", DatabaseKind.SANDBOX: "mcu-pilot-sandbox"}
_NO_ROOM: Final = frozenset({sqlite3.SQLITE_FULL})


class CopyDamaged(Exception):
    """The file is no database, a damaged one, or not what was copied."""


class CopyTooNew(Exception):
    """A later version of the program has made it."""


class FolderUnusable(Exception):
    """Nothing can be written there."""


class NoRoom(Exception):
    """The disk is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a copy is of. `waiting`: updates in it that were not worked yet; `sha256`: of all rows of all tables."""

    program: str
    kind: DatabaseKind
    form: str
    offices: tuple[str, ...]
    copied_at: datetime
    waiting: int
    rows: dict[str, int]
    sha256: str

    def written(self) -> str:
        return json.dumps(asdict(self) | {"copied_at": self.copied_at.isoformat()}, ensure_ascii=False)

    @classmethod
    def read(cls, written: str) -> Self:
        told = json.loads(written)
        told |= {"kind": DatabaseKind(told["kind"]), "offices": tuple(told["offices"])}
        return cls(**told | {"copied_at": datetime.fromisoformat(told["copied_at"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    path: Path
    manifest: Manifest


def make_copy(database: Path, folder: Path, kind: DatabaseKind, *, program: str, now: datetime) -> Copy:
    """A verified copy of the database as it is at one moment. Nobody who works with it has to wait.

    Raises DatabaseMissing, WrongDatabaseKind, DatabaseUnreadable, FolderUnusable, NoRoom, CopyDamaged.
    """
    _require_kind(database, kind)
    with _trouble_named(folder):
        with _partial(folder) as partial:
            manifest = _copied(database, partial, program=program, now=now)
            if verified(partial, kind) != manifest:
                raise CopyDamaged(partial)
            final = _free_name(folder, kind, now)
            partial.rename(final)
        sync_folder(folder)
    return Copy(path=final, manifest=manifest)


def drop_older(folder: Path, kind: DatabaseKind, *, keep: int) -> Sequence[Path]:
    """Leave the newest `keep` copies of ours in the folder, and everything else; what was dropped."""
    named = re.compile(rf"{_NAMES[kind]}-\d{{8}}T\d{{6}}Z(?:-\d+)?\.db")
    ours = sorted((each for each in folder.iterdir() if named.fullmatch(each.name)), key=_age, reverse=True)
    older = [each for each in ours if each.is_file() and not each.is_symlink() and is_copy_of(each, kind)][keep:]
    for each in older:
        each.unlink()
    return older


def verified(copy: Path, kind: DatabaseKind) -> Manifest | None:
    """Open the file and look through all of it; None for a sound one without a manifest, made by other means.

    Raises CopyDamaged, CopyTooNew, WrongDatabaseKind.
    """
    try:
        with closing(connected(copy)) as connection:
            return _looked_through(connection, copy, kind)
    except sqlite3.DatabaseError as error:
        raise CopyDamaged(copy) from error


def is_copy_of(path: Path, kind: DatabaseKind) -> bool:
    """By its manifest alone; nothing else in the file is looked at."""
    try:
        with closing(connected(path)) as connection:
            manifest = manifest_in(connection)
    except sqlite3.DatabaseError:
        return False
    return manifest is not None and manifest.kind is kind


def connected(path: Path) -> sqlite3.Connection:
    """To a file that nobody else has open and nobody is to change."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def manifest_in(connection: sqlite3.Connection) -> Manifest | None:
    if not _has(connection, MANIFEST):
        return None
    return Manifest.read(connection.execute("SELECT told FROM manifest").fetchone()[0])


def sync_folder(folder: Path) -> None:
    """Only now does a renamed file keep its new name whatever happens."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _require_kind(database: Path, kind: DatabaseKind) -> None:
    found = kind_of(database)
    if found is None:
        raise DatabaseMissing(database)
    if found is not kind:
        raise WrongDatabaseKind(found)


def _copied(database: Path, partial: Path, *, program: str, now: datetime) -> Manifest:
    """Rows are counted and summed up in the same transaction that is copied."""
    source = sqlite3.connect(database, isolation_level=None, timeout=10)
    target = sqlite3.connect(partial, isolation_level=None)
    with closing(source), closing(target):
        source.execute("PRAGMA query_only=ON")
        source.execute("BEGIN")
        manifest = _manifest_of(source, program=program, now=now)
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        target.execute("CREATE TABLE manifest (told TEXT NOT NULL)")
        target.execute("INSERT INTO manifest VALUES (?)", (manifest.written(),))
    return manifest


def _manifest_of(connection: sqlite3.Connection, *, program: str, now: datetime) -> Manifest:
    one = connection.execute
    return Manifest(
        program=program,
        kind=DatabaseKind(one("SELECT kind FROM about").fetchone()[0]),
        form=str(one("SELECT version_num FROM alembic_version").fetchone()[0]),
        offices=tuple(key for (key,) in one("SELECT key FROM offices ORDER BY id")),
        copied_at=now,
        waiting=one("SELECT count(*) FROM inbox WHERE state = 'waiting'").fetchone()[0],
        rows={name: one(f"SELECT count(*) FROM {name}").fetchone()[0] for name in COUNTED},  # noqa: S608 - names of ours
        sha256=_sum_of(connection),
    )


def _looked_through(connection: sqlite3.Connection, copy: Path, kind: DatabaseKind) -> Manifest | None:
    sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    if not sound or connection.execute("PRAGMA foreign_key_check").fetchall():
        raise CopyDamaged(copy)
    if not _has(connection, "about") or not _has(connection, "alembic_version"):
        raise CopyDamaged(copy)
    found = DatabaseKind(connection.execute("SELECT kind FROM about").fetchone()[0])
    if found is not kind:
        raise WrongDatabaseKind(found)
    if not is_known_form(str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])):
        raise CopyTooNew(copy)
    manifest = manifest_in(connection)
    if manifest is not None:
        again = _manifest_of(connection, program=manifest.program, now=manifest.copied_at)
        if again != manifest:
            raise CopyDamaged(copy)
    return manifest


def _sum_of(connection: sqlite3.Connection) -> str:
    """Of what the tables say, whatever pages it lies on."""
    summed = hashlib.sha256()
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    for (name,) in connection.execute(query).fetchall():
        if name == MANIFEST:
            continue
        width = len(connection.execute(f"SELECT * FROM {name} LIMIT 0").description)  # noqa: S608 - a table's own name
        by_all = ", ".join(str(column + 1) for column in range(width))
        summed.update(name.encode())
        for row in connection.execute(f"SELECT * FROM {name} ORDER BY {by_all}"):  # noqa: S608 - the same
            summed.update(repr(row).encode())
    return summed.hexdigest()


def _has(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None


@contextmanager
def _partial(folder: Path) -> Iterator[Path]:
    """A private file that takes its real name when it is whole. What a killed run has left is swept away."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    path = folder / f".mcu-pilot-{os.getpid()}{PARTIAL}"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield path
    finally:
        os.close(handle)
        _drop(path)


def _sweep(folder: Path) -> None:
    """Drop partial copies whose makers are no more: the kernel has let go of their locks."""
    for path in folder.glob(f".mcu-pilot-*{PARTIAL}"):
        handle = os.open(path, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            _drop(path)
        finally:
            os.close(handle)


def _drop(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _free_name(folder: Path, kind: DatabaseKind, now: datetime) -> Path:
    stem = f"{_NAMES[kind]}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(each for name in names if not (each := folder / f"{name}.db").exists())


def _age(copy: Path) -> tuple[Any, ...]:
    """By the moment in its name, and by the number of those of one second."""
    moment, _, number = copy.stem.partition("Z")
    return moment, int(number.lstrip("-") or 1)


@contextmanager
def _trouble_named(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoRoom(folder) from error
        raise FolderUnusable(folder) from error
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) in _NO_ROOM:
            raise NoRoom(folder) from error
        raise
