"""Why SQLite cannot do its work at the moment, read from its errors; what to do about it is for others."""

import sqlite3
from enum import StrEnum
from typing import Final

from sqlalchemy.exc import DBAPIError


class Hindrance(StrEnum):
    """What stands in the way and may pass by itself, or be cleared by whoever keeps the machine."""

    NO_ROOM = "no room on the disk"
    READ_ONLY = "the file is read-only"
    DISK = "the disk fails"
    BUSY = "another program holds the file"


_HINDRANCES: Final = {
    sqlite3.SQLITE_FULL: Hindrance.NO_ROOM,
    sqlite3.SQLITE_READONLY: Hindrance.READ_ONLY,
    sqlite3.SQLITE_IOERR: Hindrance.DISK,
    sqlite3.SQLITE_BUSY: Hindrance.BUSY,
}
PRIMARY_CODE: Final = 0xFF


class DatabaseUnavailable(Exception):
    """Nothing was changed. The same may succeed later."""

    def __init__(self, why: Hindrance) -> None:
        super().__init__(why.value)
        self.why = why


def hindrance_of(error: DBAPIError) -> Hindrance | None:
    """None for a mistake of ours, which no waiting mends."""
    extended = getattr(error.orig, "sqlite_errorcode", None)
    return None if extended is None else _HINDRANCES.get(extended & PRIMARY_CODE)
