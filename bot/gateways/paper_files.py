"""The folder beside the database where papers and pictures lie from their making until they were sent."""

import os
import shutil
import struct
from collections.abc import Collection
from pathlib import Path
from typing import Final

from storage.copies import sync_folder

MOST_FILE_BYTES: Final = 50 * 2**20
"""What a bot may send at most."""
MOST_PHOTO_BYTES: Final = 10 * 2**20
MOST_SIDES: Final = 10_000
"""Of a photo's width and height together."""
MOST_OBLONG: Final = 20
"""How many times one side of a photo may be longer than the other."""

_PARTIAL: Final = ".partial"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEAD: Final = struct.Struct(">8s8sII")
"""The beginning of a PNG: its signature, the head of its first chunk, width, height."""


class PaperFiles:
    """Everything here waits for the disk."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path_of(self, name: str) -> Path:
        return self._root / name

    def begin(self, name: str) -> Path:
        """Where it is to be written, with room for scraps beside it; whoever begins drops the scraps at the end."""
        scratch = self._scratch(name)
        self.remove(name)
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)
        scratch.mkdir(mode=0o700)
        return scratch / name

    def keep(self, name: str) -> None:
        """A whole file from here on, for its owner alone."""
        partial = self._scratch(name) / name
        partial.chmod(0o600)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.rename(self.path_of(name))
        sync_folder(self._root)

    def drop_scraps(self, name: str) -> None:
        scratch = self._scratch(name)
        if scratch.is_dir():
            shutil.rmtree(scratch)

    def _scratch(self, name: str) -> Path:
        return self.path_of(f"{name}{_PARTIAL}")

    def remove(self, name: str) -> None:
        self.path_of(name).unlink(missing_ok=True)
        self.drop_scraps(name)

    def lies(self, name: str) -> bool:
        return self.path_of(name).is_file()

    def size_of(self, name: str) -> int:
        """In bytes."""
        return self.path_of(name).stat().st_size

    def may_be_photo(self, name: str) -> bool:
        """Whether the messenger takes it as a picture to be shown; any other is sent as a file."""
        with self.path_of(name).open("rb") as file:
            head = file.read(_HEAD.size)
        if len(head) < _HEAD.size or self.size_of(name) > MOST_PHOTO_BYTES:
            return False
        signature, _, width, height = _HEAD.unpack(head)
        if signature != _PNG:
            return False
        longer, shorter = max(width, height), min(width, height)
        return bool(longer + shorter <= MOST_SIDES and longer <= MOST_OBLONG * shorter)

    def names(self) -> frozenset[str]:
        """Of all files, those in the making included: by the name that each will have."""
        if not self._root.is_dir():
            return frozenset()
        return frozenset(each.name.removesuffix(_PARTIAL) for each in self._root.iterdir())

    def remove_all(self, names: Collection[str]) -> None:
        for name in names:
            self.remove(name)


def papers_folder(database: Path) -> Path:
    return database.parent / "papers"
