"""The folder beside the database where an office's own templates of papers lie: `<root>/<key>/memo.docx`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from risk.papers import PaperKind

_FILES: Final[Mapping[PaperKind, str]] = MappingProxyType({PaperKind.MEMO: "memo.docx"})
"""Which papers may have one."""


class PaperTemplates:
    def __init__(self, root: Path) -> None:
        self._root = root

    def of(self, office: str, kind: PaperKind) -> Path | None:
        """The office's own template of that paper; waits for the disk."""
        name = _FILES.get(kind)
        path = None if name is None else self._root / office / name
        return path if path is not None and path.exists() else None


def templates_folder(database: Path) -> Path:
    return database.parent / "templates"
