"""Files that people and the bot have sent: their bytes, ids and addresses; messages only name them."""

import mimetypes
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pydantic import Base64Bytes

MOST_BYTES = 50 * 1024 * 1024
"""What a bot may upload; Telegram refuses the whole request."""
MOST_PHOTO_BYTES = 10 * 1024 * 1024
MOST_DOWNLOADED_BYTES = 20 * 1024 * 1024
"""What a bot may download with getFile."""

_FOLDERS = {"photo": "photos", "video": "videos", "voice": "voice", "video_note": "video_notes", "sticker": "stickers"}


@dataclass(slots=True, kw_only=True)
class StoredFile:
    """One file, for ever under one id; Telegram's bots get a new id for each, and so do ours."""

    id: str
    unique_id: str
    name: str
    mime: str
    content: Base64Bytes
    kind: str | None = None
    """What it was first sent as: a photo cannot be sent as a document later. None until it is sent."""
    path: str | None = None
    """Where the bot downloads it from; None until getFile has told it."""
    made_up: bool = False
    """A stand-in for what nobody has chosen from a disk."""

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(slots=True, kw_only=True)
class Files:
    """All files of a world."""

    entries: dict[str, StoredFile] = field(default_factory=dict)

    def add(self, content: bytes, name: str, *, mime: str | None = None, made_up: bool = False) -> StoredFile:
        """Keep these bytes; the name loses any folders before it."""
        token = secrets.token_urlsafe(18)
        name = PurePosixPath(name.replace("\\", "/")).name or "file"
        file = StoredFile(
            id=f"BQACAgIAAx{token}",
            unique_id=f"AgAD{token[:11]}",
            name=name,
            mime=mime or mimetypes.guess_type(name)[0] or "application/octet-stream",
            content=content,
            made_up=made_up,
        )
        self.entries[file.id] = file
        return file

    def get(self, file_id: str) -> StoredFile | None:
        return self.entries.get(file_id)

    def forget(self, ids: Iterable[str]) -> None:
        """Drop files that came with a call that was refused."""
        for file_id in ids:
            self.entries.pop(file_id, None)

    def publish(self, file: StoredFile) -> str:
        """The file's address below `/file/bot<token>/`."""
        if file.path is None:
            number = sum(other.path is not None for other in self.entries.values())
            suffix = PurePosixPath(file.name).suffix.lower()
            file.path = f"{_FOLDERS.get(file.kind or '', 'documents')}/file_{number}{suffix}"
        return file.path

    def at(self, path: str) -> StoredFile | None:
        """What the bot may download from this address."""
        return next((file for file in self.entries.values() if file.path == path), None)
