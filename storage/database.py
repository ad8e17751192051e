"""SQLite itself: connections, transactions, the file's lock, its kind, its migrations.

Dialect-bound SQL is here, and in `copies` and `restoring`, which handle whole files.

One process owns the file. There is one writing connection, whose transactions begin IMMEDIATE so that none of them
can fail half-way for want of the write lock, and a few reading ones that refuse to write.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Table,
    case,
    cast,
    create_engine,
    event,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.hindrance import PRIMARY_CODE, DatabaseUnavailable, Hindrance, hindrance_of
from storage.tables import Moment, about

MIGRATIONS: Final = Path(__file__).parent / "migrations"
READERS: Final = 4
PROOF_BYTES: Final = 65_536
_KEPT_AS: Final = "%Y-%m-%d %H:%M:%f000"
_UNREADABLE: Final = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CANTOPEN})

upsert = insert
"""An insert that may go on with ON CONFLICT; each dialect has its own."""

transaction_open: ContextVar[bool] = ContextVar("transaction_open", default=False)
"""True inside a transaction. Whatever waits for the network or for people must find it False."""


def has_text_under(names: Collection[str], document: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a value kept as JSON has a text that is not empty under any of these names, however deep."""
    leaf = func.json_tree(document).table_valued("key", "atom")
    return select(literal(1)).select_from(leaf).where(leaf.c.key.in_(names), leaf.c.atom != "").exists()


def has_number_under(name: str, numbers: Collection[int], document: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a value kept as JSON has one of these numbers under the name, however deep."""
    leaf = func.json_tree(document).table_valued("key", "atom")
    return select(literal(1)).select_from(leaf).where(leaf.c.key == name, leaf.c.atom.in_(numbers)).exists()


def midnight_of(
    day: ColumnElement[date], shifts: Sequence[tuple[ColumnElement[date], ColumnElement[str]]]
) -> ColumnElement[str]:
    """The moment, as `Moment` keeps it, at which a day begins for an office.

    `shifts`: in their order, until which day its clocks had to be turned by so much («-10800 seconds») to show UTC; the
    last one goes on.
    """
    begun = [(until, func.strftime(_KEPT_AS, day, shift)) for until, shift in shifts]
    if len(begun) == 1:
        return begun[0][1]
    return case(*((day <= until, moment) for until, moment in begun[:-1]), else_=begun[-1][1])


def days_between(earlier: ColumnElement[date], later: ColumnElement[date]) -> ColumnElement[int]:
    return cast(func.julianday(later) - func.julianday(earlier), Integer)


def week_of(day: ColumnElement[date], begins: ColumnElement[int]) -> ColumnElement[str]:
    """The first day of the week that it is in, as ISO text; `begins` is 0 for Monday."""
    since_sunday = cast(func.strftime("%w", day), Integer)
    into = (since_sunday + 6 - begins) % 7
    return func.date(func.julianday(day) - into)


async def insert_many(connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Thousands of rows with the same names, past the work that a statement of values costs for each of them."""
    if not rows:
        return
    statement = table.insert().compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names = statement.positiontup or []
    dated = [place for place, name in enumerate(names) if isinstance(table.c[name].type, (Date, Moment))]
    in_order = itemgetter(*names)
    stored = [list(in_order(row)) for row in rows]
    for values in stored:
        for place in dated:
            values[place] = _as_stored(values[place])
    await connection.exec_driver_sql(str(statement), list(map(tuple, stored)))


def _as_stored(value: date | None) -> str | None:
    """As `Moment` and `Date` do it; the driver knows the rest."""
    if value is None:
        return None
    if isinstance(value, datetime):
        moment = value if value.tzinfo is UTC else value.astimezone(UTC)
        return moment.replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.isoformat()


class DatabaseKind(StrEnum):
    """What the file was created as; it never changes."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"


class DatabaseInUse(Exception):
    """Another process holds the file."""


class DatabaseMissing(Exception):
    """There is no database yet."""


class DatabaseUnreadable(Exception):
    """The file is no SQLite database, a damaged one, or one that may not be opened."""


class WrongDatabaseKind(Exception):
    """A sandbox was asked for and the file is a production database, or the other way round."""

    def __init__(self, found: DatabaseKind) -> None:
        super().__init__(found.value)
        self.found = found


class FileLock(AbstractContextManager["FileLock"]):
    """One process per database: an advisory lock beside the file, let go by the kernel when the process dies."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise DatabaseInUse(self._path) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class Database:
    """Transactions on one file, already migrated.

    `noticed` is told of each hindrance that is met, and of None once the file was proved writable.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.noticed: Callable[[Hindrance | None], None] = lambda _: None
        self._writer = _engine(path, pool_size=1, begin="BEGIN IMMEDIATE", query_only=False)
        self._readers = _engine(path, pool_size=READERS, begin="BEGIN", query_only=True)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction; what is not committed when the block ends is rolled back.

        Raises DatabaseUnavailable.
        """
        async with self._transaction(self._writer) as connection:
            yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A view of the database at one moment. Raises DatabaseUnavailable."""
        async with self._transaction(self._readers) as connection:
            yield connection

    async def truncate_wal(self) -> None:
        """Let nothing that was deleted linger in the write-ahead log. Raises DatabaseUnavailable."""
        async with self._hindrances_told(), self._writer.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            assert driver is not None
            await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def prove_writable(self) -> None:
        """Commit something that needs room and leaves no trace. Raises DatabaseUnavailable."""
        async with self.write() as connection:
            await connection.exec_driver_sql("CREATE TABLE proof (room BLOB)")
            await connection.execute(text("INSERT INTO proof VALUES (zeroblob(:size))"), {"size": PROOF_BYTES})
            await connection.exec_driver_sql("DROP TABLE proof")
            await connection.commit()
        self.noticed(None)

    async def close(self) -> None:
        await self._readers.dispose()
        await self._writer.dispose()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        async with self._hindrances_told(), engine.connect() as connection:
            await connection.begin()
            token = transaction_open.set(True)
            try:
                yield connection
            finally:
                transaction_open.reset(token)

    @asynccontextmanager
    async def _hindrances_told(self) -> AsyncIterator[None]:
        try:
            yield
        except DBAPIError as error:
            why = hindrance_of(error)
            if why is None:
                raise
            self.noticed(why)
            raise DatabaseUnavailable(why) from error


def open_file(path: Path, kind: DatabaseKind) -> Database:
    """Create or migrate the file, after a backup copy when it held an older form, and open it.

    Raises WrongDatabaseKind when the file exists and is of the other kind.
    """
    migrate(path, kind)
    return Database(path)


def open_beside(path: Path, kind: DatabaseKind) -> Database:
    """As `open_file`, for whoever works beside the bot: nothing is created or migrated under a running one.

    Raises WrongDatabaseKind, DatabaseUnreadable; DatabaseInUse when the file must be changed and a bot holds it.
    """
    if not is_current(path, kind):
        with FileLock(path):
            migrate(path, kind)
    return Database(path)


def open_existing(path: Path, kind: DatabaseKind) -> Database:
    """As `open_beside`, for whoever only looks at what is there. Raises DatabaseMissing rather than create it."""
    if kind_of(path) is None:
        raise DatabaseMissing(path)
    return open_beside(path, kind)


def migrate(path: Path, kind: DatabaseKind, *, copied: bool = False) -> bool:
    """Bring the file to the newest form, whole or not at all; True when anything was done. `copied`: there is a copy.

    Raises WrongDatabaseKind, DatabaseUnreadable, and Alembic's CommandError for a later version's file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_current(path, kind):
        return False
    with _migrating(path) as connection:
        before, newest = _revision(connection), newest_revision()
        if before is not None and before != newest:
            _scripts().get_revision(before)  # a later version's form is refused before it is copied
        if before not in {None, newest} and not copied:
            _backup(connection, path.with_name(f"{path.name}.before-{newest}"))
        _moved(connection, command.upgrade, "head", afterwards=lambda: _mark(connection, kind))
    path.chmod(0o600)
    return True


def kind_of(path: Path) -> DatabaseKind | None:
    """What the file was created as; None when there is none, an empty one, or one whose making was interrupted."""
    if not path.exists() or path.stat().st_size == 0:
        return None
    with _migrating(path) as connection:
        return _kind(connection)


def schema_revision(path: Path) -> tuple[str | None, str | None]:
    """The form that the file has and the newest there is."""
    if not path.exists():
        return None, newest_revision()
    with _migrating(path) as connection:
        return _revision(connection), newest_revision()


def is_known_form(revision: str) -> bool:
    """Whether this version of the program can bring a database of that form to its own."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


@contextmanager
def offline(path: Path) -> Iterator[Connection]:
    """One transaction on a file that no bot works with, committed when the block ends. Raises DatabaseUnreadable."""
    with _migrating(path) as connection, connection.begin():
        yield connection


def newest_revision() -> str | None:
    return _scripts().get_current_head()


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(connection: Connection, revision: str) -> None:
    """Migrate up. Foreign keys are off meanwhile, for a batch migration would delete children, and checked after."""
    _moved(connection, command.upgrade, revision)


def downgrade(connection: Connection, revision: str) -> None:
    _moved(connection, command.downgrade, revision)


def _moved(
    connection: Connection,
    move: Callable[[Config, str], None],
    revision: str,
    *,
    afterwards: Callable[[], None] = lambda: None,
) -> None:
    """Move and do `afterwards` in one transaction: whatever interrupts them leaves the file as it was."""
    config = alembic_config()
    config.attributes["connection"] = connection
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.commit()
    with connection.begin():
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver itself begins none before CREATE or DROP
        move(config, revision)
        afterwards()
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"the migration left broken references: {broken[:5]}")


def _mark(connection: Connection, kind: DatabaseKind) -> None:
    """Write down for ever what the file is, unless it knows."""
    if _kind(connection) is None:
        connection.execute(about.insert().values(id=1, kind=kind.value))


def is_current(path: Path, kind: DatabaseKind) -> bool:
    """Whether there is nothing to do. Raises WrongDatabaseKind."""
    found = kind_of(path)
    if found is None:
        return False
    if found is not kind:
        raise WrongDatabaseKind(found)
    revision, newest = schema_revision(path)
    return revision == newest


def _kind(connection: Connection) -> DatabaseKind | None:
    if not connection.dialect.has_table(connection, about.name):
        return None
    found = connection.execute(select(about.c.kind)).scalar_one_or_none()
    return None if found is None else DatabaseKind(found)


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(alembic_config())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _migrating(path: Path) -> Iterator[Connection]:
    """A plain connection for migrations, closed with its engine. Raises DatabaseUnreadable, DatabaseUnavailable."""
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        if _says_unreadable(error):
            raise DatabaseUnreadable(path) from error
        why = hindrance_of(error)
        if why is not None:
            raise DatabaseUnavailable(why) from error
        raise
    finally:
        engine.dispose()


def _says_unreadable(error: DBAPIError) -> bool:
    extended = getattr(error.orig, "sqlite_errorcode", None)
    return extended is not None and extended & PRIMARY_CODE in _UNREADABLE


def _backup(connection: Connection, target: Path) -> None:
    """A consistent copy, the write-ahead log included."""
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    connection.execute(text("VACUUM INTO :target"), {"target": str(partial)})
    connection.commit()
    shutil.move(partial, target)


def _engine(path: Path, *, pool_size: int, begin: str, query_only: bool) -> AsyncEngine:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        connect_args={"isolation_level": None},
        poolclass=AsyncAdaptedQueuePool,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,  # an error's text goes to the log, where nobody's words belong
    )

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(driver_connection: Any, _record: Any) -> None:
        cursor = driver_connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "secure_delete=ON",
            f"query_only={'ON' if query_only else 'OFF'}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
