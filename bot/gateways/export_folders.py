"""The folders on the office's own server where exports are put: what lies there, is taken, given back or deleted.

Each office has `<root>/<key>`. What is taken lies in a folder of its own below `.taken`, under its own name, so that
a run that ends at any moment leaves every file in one place or the other. Everything here waits for the disk.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage.copies import sync_folder

TAKEN: Final = ".taken"
GIVEN_BACK: Final = "не загружено"
PARTIAL: Final = ".partial"
"""How a name ends while the file is being written."""
_NOT_OFFERED: Final = (".", "~$")
"""Hidden files, and the locks of office programs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenFile:
    """`path` is what the domain knows it by: it holds no name, which may tell of people, and survives a move."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class _Look:
    size: int
    changed: int
    inode: int


def exports_folder(database: Path) -> Path:
    """Beside the database: a training room has folders of its own."""
    return database.parent / "import"


class ExportFolders:
    """One for the whole bot: it remembers how files looked the last time."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._looks: dict[str, dict[str, _Look]] = {}

    def folder_of(self, key: str) -> Path:
        """Made where it is missing, for its owner alone; what somebody else has set up is left as it is."""
        folder = self._root / key
        for each in (self._root, folder, folder / TAKEN):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def take_settled(self, key: str, prefix: str) -> None:
        """Take what has not changed since the last look, the oldest first; names of later ones sort behind.

        Raises OSError.
        """
        folder = self.folder_of(key)
        before, now = self._looks.get(key, {}), dict(_looks(folder))
        self._looks[key] = now
        settled = sorted((look.changed, name) for name, look in now.items() if before.get(name) == look)
        for place, (_, name) in enumerate(settled):
            _take(folder, name, f"{prefix}-{place:04}-{secrets.token_hex(4)}")
            del now[name]

    def taken(self, key: str) -> list[TakenFile]:
        """In the order of their taking. Raises OSError."""
        folder = self.folder_of(key) / TAKEN
        found = []
        for slot in sorted(each for each in folder.iterdir() if each.is_dir()):
            name = _name_in(slot)
            if name is None:
                shutil.rmtree(slot)  # what a killed run has left before the file was in it, or after it was gone
            else:
                found.append(TakenFile(path=f"{key}/{TAKEN}/{slot.name}", name=name))
        return found

    def file_at(self, path: str) -> Path | None:
        slot = self._root / path
        name = _name_in(slot) if slot.is_dir() else None
        return None if name is None else slot / name

    def delete(self, path: str) -> None:
        """Raises OSError."""
        file = self.file_at(path)
        if file is not None:
            file.unlink()
            shutil.rmtree(file.parent)

    def give_back(self, path: str) -> None:
        """Beside, under its own name, with a number where that is taken. Raises OSError."""
        file = self.file_at(path)
        if file is None:
            return
        beside = file.parents[2] / GIVEN_BACK
        beside.mkdir(mode=0o700, exist_ok=True)
        file.replace(free_name(beside, file.name))
        shutil.rmtree(file.parent)


def _looks(folder: Path) -> Iterator[tuple[str, _Look]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            is_offered = not entry.name.startswith(_NOT_OFFERED) and not entry.name.endswith(PARTIAL)
            if is_offered and entry.is_file(follow_symlinks=False):
                stat = entry.stat(follow_symlinks=False)
                yield entry.name, _Look(stat.st_size, stat.st_mtime_ns, stat.st_ino)


def _take(folder: Path, name: str, slot_name: str) -> None:
    """Somebody may have taken it away again."""
    slot = folder / TAKEN / slot_name
    slot.mkdir(mode=0o700)
    try:
        (folder / name).replace(slot / name)
    except FileNotFoundError:
        slot.rmdir()
        return
    sync_folder(slot)
    sync_folder(slot.parent)
    sync_folder(folder)


def _name_in(slot: Path) -> str | None:
    """Whatever is hidden beside it was left by somebody who looked into the folder."""
    return next((each.name for each in slot.iterdir() if not each.name.startswith(_NOT_OFFERED)), None)


def free_name(folder: Path, name: str) -> Path:
    """A name that is not there yet: the wanted one, or with a number."""
    wanted, number = folder / name, 1
    while wanted.exists():
        number += 1
        wanted = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return wanted
