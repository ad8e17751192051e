"""Putting a copy back: the database is the old one or the new one at every moment, and the old one is kept aside.

The messenger is ahead of a restored database. So what it may have been sent since is doubted, as after a crash; what
stands there is edited again; and ids go on far from those that buttons of the lost time carry.
"""

import errno
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, func, or_, select, text, update
from sqlalchemy.exc import DBAPIError

from risk.standing import Subject
from storage import tables
from storage.copies import MANIFEST, CopyDamaged, Manifest, connected, sync_folder, verified
from storage.database import (
    DatabaseKind,
    DatabaseUnreadable,
    FileLock,
    WrongDatabaseKind,
    kind_of,
    migrate,
    offline,
    upsert,
)

RESTORING: Final = ".restoring"
DOUBTED: Final = "restore"
"""Whose claims these are: no run of the program has this name, so the next one takes them for those of an earlier."""
Numbers = Sequence[tuple[str, int, int]]
"""The last number that an office, by its key, gave in a year."""
_BESIDE: Final = ("-wal", "-shm", "-journal")


class DatabaseHoldsData(Exception):
    """There is a database with an office in it, or one that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """`copied_at` is None for a copy that does not say; `aside` is where the earlier database lies."""

    manifest: Manifest | None
    copied_at: datetime | None
    aside: Path | None
    waiting: int
    numbers_go_on: bool
    """Numbers of risks that the earlier database had given are not given again."""


def restore(copy: Path, database: Path, kind: DatabaseKind, *, now: datetime, force: bool) -> Restored:
    """Let the copy be the database. Refused while a bot runs, and over anything that holds data unless by force.

    Raises DatabaseInUse, DatabaseHoldsData, WrongDatabaseKind, CopyDamaged, CopyTooNew, OSError.
    """
    if not copy.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(copy))
    with FileLock(database):
        _require_room(database, kind, force=force)
        given = _numbers_given(database)
        fresh = database.with_name(database.name + RESTORING)
        _drop(fresh)
        _read_in(copy, fresh)
        manifest = verified(fresh, kind)
        waiting = _made_ready(fresh, kind, manifest, given, now)
        aside = _set_aside(database, now)
        fresh.rename(database)
        sync_folder(database.parent)
    copied_at = None if manifest is None else manifest.copied_at
    return Restored(manifest=manifest, copied_at=copied_at, aside=aside, waiting=waiting, numbers_go_on=bool(given))


def _require_room(database: Path, kind: DatabaseKind, *, force: bool) -> None:
    try:
        found = kind_of(database)
    except DatabaseUnreadable:
        if not force:
            raise DatabaseHoldsData(database) from None
        return
    if found is None:
        return
    if found is not kind:
        raise WrongDatabaseKind(found)
    with offline(database) as connection:
        founded = connection.execute(select(tables.offices.c.id).limit(1)).first()
    if founded is not None and not force:
        raise DatabaseHoldsData(database)


def _read_in(copy: Path, fresh: Path) -> None:
    """Page by page, so that a log beside the copy, if there is one, is read in too."""
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    log = copy.with_name(copy.name + "-wal")
    has_log = log.exists() and log.stat().st_size > 0
    try:
        source = sqlite3.connect(copy) if has_log else connected(copy)
        with closing(source), closing(sqlite3.connect(fresh, isolation_level=None)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        raise CopyDamaged(copy) from error


def _numbers_given(database: Path) -> Numbers:
    """By the database that is there, if it can be read; its risks are known to people, whatever became of the file."""
    counters, offices = tables.counters, tables.offices
    query = select(offices.c.key, counters.c.year, counters.c.last).join_from(counters, offices)
    try:
        if kind_of(database) is None:
            return []
        with offline(database) as connection:
            return [(row.key, row.year, row.last) for row in connection.execute(query)]
    except (DatabaseUnreadable, DBAPIError):
        return []


def _made_ready(fresh: Path, kind: DatabaseKind, manifest: Manifest | None, given: Numbers, now: datetime) -> int:
    """Of the newest form, and aware that time has passed since; how many updates wait in it."""
    with offline(fresh) as connection:
        connection.execute(text(f"DROP TABLE IF EXISTS {MANIFEST}"))
    migrate(fresh, kind, copied=True)
    with offline(fresh) as connection:
        _doubt_what_was_due(connection, now)
        _edit_again(connection)
        _ask_groups_again(connection, now)
        _go_on_with_other_ids(connection, now)
        _go_on_with_other_numbers(connection, given)
        _note(connection, manifest, now)
        waiting = len(connection.execute(select(tables.inbox.c.id).where(tables.inbox_waiting)).all())
    _sync(fresh)
    return waiting


def _ask_groups_again(connection: Connection, now: datetime) -> None:
    """A group may have been bound after the copy was made: it has its day anew."""
    connection.execute(update(tables.groups).values(entered_at=now, retry_at=None))


def _doubt_what_was_due(connection: Connection, now: datetime) -> None:
    """It may have been sent after the copy was made: the next run's recovery decides, and the ledger says so."""
    notices, posts = tables.outbox, tables.standing
    planned = tables.outbox_planned & (notices.c.due_at <= now)
    connection.execute(update(notices).where(planned).values(state="claimed", claimed_by=DOUBTED))
    unposted = tables.standing_unfinished & posts.c.message.is_(None) & posts.c.ended.is_(False)
    unclaimed = posts.c.claimed_by.is_(None) & posts.c.refused.is_(None)
    connection.execute(update(posts).where(unposted, unclaimed).values(claimed_by=DOUBTED))


def _edit_again(connection: Connection) -> None:
    """The messages of whatever is open show what has happened since; let them show what the database knows."""
    posts = tables.standing
    subjects = (
        (Subject.RISK, select(tables.risks.c.id).where(tables.risk_open)),
        (Subject.DRAFT, select(tables.drafts.c.id).where(tables.draft_open)),
        (Subject.RECORD, select(tables.records.c.id).where(tables.record_open)),
        (Subject.NOTE_OFFER, select(tables.note_offers.c.id).where(tables.note_offer_open)),
        (Subject.ENTRY, select(tables.entries.c.id).where(tables.entry_open)),
        (Subject.ADMISSION, select(tables.entries.c.id).where(tables.entry_open)),
    )
    of_open = or_(*((posts.c.subject == each.value) & posts.c.subject_id.in_(ids) for each, ids in subjects))
    stands = posts.c.message.is_not(None) & posts.c.ended.is_(False)
    again = {"wanted": posts.c.wanted + 1, "refused": None, "retry_at": None, "attempts": 0}
    connection.execute(update(posts).where(of_open, stands).values(**again))


def _go_on_with_other_ids(connection: Connection, now: datetime) -> None:
    """From the seconds of this moment: a button that was made after the copy must not find something else.

    Ids given since the copy are fewer than the seconds that have passed since the epoch, also after many restores.
    """
    counted = text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    for name in connection.execute(counted).scalars().all():
        going_on = {"name": name, "seq": int(now.timestamp())}
        missing = text(
            "INSERT INTO sqlite_sequence SELECT :name, 0 WHERE :name NOT IN (SELECT name FROM sqlite_sequence)"
        )
        connection.execute(missing, going_on)
        connection.execute(text("UPDATE sqlite_sequence SET seq = max(seq, :seq) WHERE name = :name"), going_on)


def _go_on_with_other_numbers(connection: Connection, given: Numbers) -> None:
    counters, offices = tables.counters, tables.offices
    for key, year, last in given:
        office = connection.execute(select(offices.c.id).where(offices.c.key == key)).scalar_one_or_none()
        if office is not None:
            count = upsert(counters).values(office_id=office, year=year, last=last)
            highest = {"last": func.max(counters.c.last, last)}
            connection.execute(count.on_conflict_do_update(index_elements=["office_id", "year"], set_=highest))


def _note(connection: Connection, manifest: Manifest | None, now: datetime) -> None:
    told = "{}" if manifest is None else manifest.written()
    connection.execute(text("DELETE FROM upkeep WHERE what = 'restore'"))
    connection.execute(tables.upkeep.insert().values(what="restore", done_at=now, told=told))


def _set_aside(database: Path, now: datetime) -> Path | None:
    """The earlier database under a dated name, with all of its log; it also stays where it was till the end."""
    beside = [database.with_name(database.name + ending) for ending in _BESIDE]
    if not database.exists() and not any(each.exists() for each in beside):
        return None
    aside = _free_name(database, now)
    if database.exists():
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        _also_as(database, aside)
    for each, ending in zip(beside, _BESIDE, strict=True):
        if each.exists():  # of a damaged database, or of none: beside a new one it would do harm
            each.rename(aside.with_name(aside.name + ending))
    sync_folder(database.parent)
    return aside


def _also_as(database: Path, aside: Path) -> None:
    """A second name where the disk knows such, else a second file."""
    try:
        os.link(database, aside)
    except OSError:
        shutil.copy2(database, aside)
        _sync(aside)


def _free_name(database: Path, now: datetime) -> Path:
    stem = f"{database.name}.aside-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(each for name in names if not (each := database.with_name(name)).exists())


def _drop(fresh: Path) -> None:
    """What a killed run has left."""
    for ending in ("", *_BESIDE):
        fresh.with_name(fresh.name + ending).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
