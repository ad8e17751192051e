"""Whether there is room on the disk where the database lies."""

import shutil
from pathlib import Path
from typing import Final

from bot.doctor.finding import Finding, amiss, fine

MEGABYTE: Final = 1024 * 1024
LEAST_FREE: Final = 500 * MEGABYTE
TIMES_DATABASE: Final = 3
"""A backup, a migration's copy and the write-ahead log may each come to the size of the database."""


def look_at_disk(database: Path) -> Finding:
    folder = next(each for each in database.absolute().parents if each.is_dir())
    free = shutil.disk_usage(folder).free
    needed = max(LEAST_FREE, TIMES_DATABASE * (database.stat().st_size if database.exists() else 0))
    if free < needed:
        return amiss(
            f"На диске мало места: свободно {_megabytes(free)}, а нужно {_megabytes(needed)}. "
            f"Освободите место там, где {folder}."
        )
    return fine(f"Места на диске хватает: свободно {_megabytes(free)}.")


def _megabytes(size: int) -> str:
    return f"{size // MEGABYTE} МБ"
