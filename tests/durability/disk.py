"""What lies on the disk: words in the database's files, and rows of a database that nobody may disturb."""

import shutil
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Rows = list[tuple[Any, ...]]


def files_with(words: str, database: Path) -> list[str]:
    """Names of the database's files, its write-ahead log among them, that hold the words in any form."""
    forms = (words.encode(), words.encode("unicode_escape"), words.encode("utf-16-le"))
    files = [(file.name, file.read_bytes()) for file in sorted(database.parent.glob(f"{database.name}*"))]
    return [name for name, data in files if any(form in data for form in forms)]


def rows(database: Path, query: str) -> Rows:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def rows_as_left(database: Path, query: str) -> Rows:
    """Read from a copy: opening a database after a crash recovers it, and that is the bot's own affair."""
    with TemporaryDirectory() as folder:
        for file in (database, database.with_name(f"{database.name}-wal")):
            if file.exists():
                shutil.copy(file, folder)
        return rows(Path(folder) / database.name, query)
