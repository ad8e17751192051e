"""The folder beside the database where papers and pictures lie from their making until they were sent."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from storage.copies import sync_folder

_PARTIAL: Final = ".partial"


class PaperFiles:
    """Everything here waits for the disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path_of(self, name: str) -> Path:
        return self._root / name

    def write(self, name: str, fill: Callable[[Path], None]) -> None:
        """A whole file under its name, or none: for its owner alone."""
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = self.path_of(f"{name}{_PARTIAL}")
        partial.unlink(missing_ok=True)
        fill(partial)
        partial.chmod(0o600)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.rename(self.path_of(name))
        sync_folder(self._root)

    def remove(self, name: str) -> None:
        self.path_of(name).unlink(missing_ok=True)


def papers_folder(database: Path) -> Path:
    return database.parent / "papers"
