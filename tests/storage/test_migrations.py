"""Migrations go up, down and up again, match the tables, keep every row, and are preceded by a copy."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.util.exc import CommandError
from sqlalchemy import CheckConstraint, create_engine, inspect
from sqlalchemy.dialects import sqlite

from storage import database
from storage.database import (
    DatabaseInUse,
    DatabaseKind,
    DatabaseUnreadable,
    FileLock,
    downgrade,
    kind_of,
    migrate,
    open_beside,
    open_existing,
    schema_revision,
    upgrade,
)
from storage.tables import metadata
from tests.support.offices import opened_copy

NEXT = '''"""A later form: positions are rebuilt, which drops and remakes a table that others refer to."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0007"


def upgrade() -> None:
    with op.batch_alter_table("positions", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("positions", recreate="always") as batch:
        batch.drop_column("note")
'''
KILLED_BEFORE_THE_END = """
import os
import sys
from pathlib import Path

from storage import database

database._mark = lambda *_: os._exit(9)
database.migrate(Path(sys.argv[1]), database.DatabaseKind.PRODUCTION)
"""
ROOT = Path(__file__).resolve().parents[2]
BREAKING = NEXT.replace("def upgrade() -> None:", 'def upgrade() -> None:\n    op.execute("DELETE FROM people")')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mcu-pilot.db"


@pytest.fixture
async def filled(offices_file: Path, tmp_path: Path) -> Path:
    async with opened_copy(offices_file, tmp_path) as offices:
        await offices.ours.filed()
        await offices.ours.drafted()
    return offices.path


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A later version of the program, with one more migration; its file."""
    folder = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    later = folder / "versions" / "9999_later.py"
    later.write_text(NEXT, encoding="utf-8")
    monkeypatch.setattr(database, "MIGRATIONS", folder)
    return later


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but Alembic's own; of positions the columns that they always had."""
    connection = sqlite3.connect(path)
    names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    columns = {"positions": "id, office_id, role, number, holder"}
    rows = {
        name: connection.execute(f"select {columns.get(name, '*')} from {name} order by 1, 2").fetchall()
        for name in names
        if name not in {"alembic_version", "sqlite_sequence"}
    }
    connection.close()
    return rows


def broken_references(path: Path) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    broken = connection.execute("pragma foreign_key_check").fetchall()
    connection.close()
    return broken


def as_in_an_index(condition: Any) -> str:
    """As SQLite is told it: without the names of tables."""
    if condition is None:
        return "None"
    return str(condition.compile(dialect=sqlite.dialect(), compile_kwargs={"include_table": False}))


def test_the_migrated_file_is_what_the_tables_say(path: Path) -> None:
    migrate(path, DatabaseKind.PRODUCTION)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_checks_and_partial_indexes_are_in_the_file_too(path: Path) -> None:
    """Alembic compares neither, so each is looked for by its name."""
    migrate(path, DatabaseKind.PRODUCTION)
    engine = create_engine(f"sqlite:///{path}")
    found = inspect(engine)
    for table in metadata.sorted_tables:
        wanted = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        assert {each["name"] for each in found.get_check_constraints(table.name)} == wanted
        partial = {str(each.name): each.dialect_options["sqlite"]["where"] for each in table.indexes}
        indexes = {each["name"]: each.get("dialect_options", {}) for each in found.get_indexes(table.name)}
        for name, condition in partial.items():
            assert str(indexes[name].get("sqlite_where")) == as_in_an_index(condition)
    engine.dispose()


def test_no_table_gives_an_id_twice(path: Path) -> None:
    """A later migration that rebuilds a table must say so again, for reflection does not see it."""
    migrate(path, DatabaseKind.PRODUCTION)
    connection = sqlite3.connect(path)
    definitions = dict(connection.execute("select name, sql from sqlite_master where type = 'table'").fetchall())
    connection.close()
    numbered = [table.name for table in metadata.sorted_tables if table.c.keys()[0] == "id" and table.name != "about"]
    assert len(numbered) > 10
    assert [name for name in numbered if "AUTOINCREMENT" not in definitions[name]] == []


def test_migrations_go_up_down_and_up(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    tables = []
    with engine.connect() as connection:
        for move, revision in ((upgrade, "head"), (downgrade, "base"), (upgrade, "head")):
            move(connection, revision)
            tables.append(set(inspect(connection).get_table_names()) - {"alembic_version"})
            connection.rollback()
    engine.dispose()
    assert tables == [set(metadata.tables), set(), set(metadata.tables)]


def test_a_filled_database_keeps_every_row_through_an_upgrade(filled: Path, newer: Path) -> None:
    before = contents(filled)
    assert before["risks"]
    assert before["positions"]
    assert migrate(filled, DatabaseKind.PRODUCTION)
    assert schema_revision(filled) == ("9999", "9999")
    assert contents(filled) == before
    assert broken_references(filled) == []


def test_a_filled_database_keeps_every_row_through_up_down_and_up(filled: Path, newer: Path) -> None:
    before = contents(filled)
    engine = create_engine(f"sqlite:///{filled}")
    with engine.connect() as connection:
        upgrade(connection, "head")
        downgrade(connection, "0007")
        upgrade(connection, "head")
    engine.dispose()
    assert contents(filled) == before


def test_a_copy_is_made_before_a_filled_database_is_upgraded(filled: Path, newer: Path) -> None:
    before = contents(filled)
    migrate(filled, DatabaseKind.PRODUCTION)
    copy = filled.with_name(f"{filled.name}.before-9999")
    assert contents(copy) == before
    assert schema_revision(copy)[0] == "0007"
    assert not list(filled.parent.glob("*.partial"))


def test_the_copy_is_as_private_as_the_database(filled: Path, newer: Path) -> None:
    filled.chmod(0o600)
    migrate(filled, DatabaseKind.PRODUCTION)
    assert filled.with_name(f"{filled.name}.before-9999").stat().st_mode & 0o077 == 0


def test_a_new_or_a_current_database_needs_no_copy(path: Path) -> None:
    for _ in range(2):
        migrate(path, DatabaseKind.PRODUCTION)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_an_upgrade_that_breaks_references_says_so(filled: Path, newer: Path) -> None:
    newer.write_text(BREAKING, encoding="utf-8")
    with pytest.raises(RuntimeError, match="broken references"):
        migrate(filled, DatabaseKind.PRODUCTION)


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(filled: Path, newer: Path) -> None:
    before = contents(filled)
    newer.write_text(BREAKING, encoding="utf-8")
    with pytest.raises(RuntimeError):
        migrate(filled, DatabaseKind.PRODUCTION)
    assert contents(filled) == before
    assert schema_revision(filled)[0] == "0007"


def test_a_process_killed_while_it_makes_the_database_leaves_one_that_can_be_made(path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED_BEFORE_THE_END, path], cwd=ROOT, check=False)
    assert killed.returncode == 9
    assert (schema_revision(path)[0], kind_of(path)) == (None, None)
    assert migrate(path, DatabaseKind.PRODUCTION)
    assert kind_of(path) is DatabaseKind.PRODUCTION


@pytest.mark.parametrize("kind", DatabaseKind)
def test_a_database_that_was_left_without_its_kind_learns_it(path: Path, kind: DatabaseKind) -> None:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        upgrade(connection, "head")
    engine.dispose()
    assert kind_of(path) is None
    assert migrate(path, kind)
    assert kind_of(path) is kind
    assert not migrate(path, kind)


@pytest.mark.parametrize("opening", [open_beside, open_existing])
def test_beside_a_running_bot_a_database_of_an_older_form_is_not_migrated(
    filled: Path, newer: Path, opening: Any
) -> None:
    with FileLock(filled), pytest.raises(DatabaseInUse):
        opening(filled, DatabaseKind.PRODUCTION)
    assert schema_revision(filled)[0] == "0007"


@pytest.mark.parametrize("opening", [open_beside, open_existing])
async def test_beside_a_running_bot_a_database_of_the_newest_form_is_opened(filled: Path, opening: Any) -> None:
    with FileLock(filled):
        await opening(filled, DatabaseKind.PRODUCTION).close()


@pytest.mark.parametrize("opening", [open_beside, open_existing])
async def test_a_database_of_an_older_form_is_migrated_once_no_bot_runs(
    filled: Path, newer: Path, opening: Any
) -> None:
    await opening(filled, DatabaseKind.PRODUCTION).close()
    assert schema_revision(filled)[0] == "9999"


@pytest.mark.parametrize("look", [kind_of, schema_revision, lambda path: migrate(path, DatabaseKind.PRODUCTION)])
def test_a_file_that_is_no_database_is_named_and_left_as_it_is(path: Path, look: Any) -> None:
    path.write_bytes(b"no database at all " * 1000)
    before = path.read_bytes()
    with pytest.raises(DatabaseUnreadable, match=path.name):
        look(path)
    assert path.read_bytes() == before


def test_a_folder_in_the_place_of_the_database_is_named(path: Path) -> None:
    path.mkdir()
    with pytest.raises(DatabaseUnreadable, match=path.name):
        migrate(path, DatabaseKind.PRODUCTION)


def test_a_database_of_a_later_version_is_not_touched(
    filled: Path, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(filled, DatabaseKind.PRODUCTION)
    before = filled.read_bytes()
    monkeypatch.undo()
    with pytest.raises(CommandError):
        migrate(filled, DatabaseKind.PRODUCTION)
    assert filled.read_bytes() == before
    assert not filled.with_name(f"{filled.name}.before-0006").exists()
