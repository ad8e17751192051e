"""Whether a file can be an office's template of papers: a whole .docx without macros, that unpacks to a sane size."""

import zipfile
from pathlib import Path
from typing import Final

_MEBIBYTE: Final = 2**20
MOST_BYTES: Final = 10 * _MEBIBYTE
MOST_UNPACKED: Final = 64 * _MEBIBYTE
_MOST_PARTS: Final = 2000
_MACROS: Final = ("vbaproject.bin", "vbadata.xml")
_DECLARES: Final = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
"""No office program writes these, and an XML bomb is made of them."""


class TemplateRefused(Exception):
    """`why` is for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check_template(path: Path) -> None:
    """Raises TemplateRefused."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TemplateRefused("too big")
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive)
    except (OSError, zipfile.BadZipFile, ValueError, RuntimeError):
        # An encrypted one is no archive, as is one of the program's yesterday.
        raise TemplateRefused("not a .docx") from None


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TemplateRefused("unpacks too big")
    names = {part.filename.lower() for part in parts}
    if "word/document.xml" not in names:
        raise TemplateRefused("not a .docx")
    if any(name.endswith(_MACROS) for name in names):
        raise TemplateRefused("macros")
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            content = archive.read(part)
            if any(mark in content for mark in _DECLARES):
                raise TemplateRefused("declares entities")
