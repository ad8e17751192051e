"""The one door to documents, pictures and workbooks as files: behind it libraries are loaded that take a while.

All of it waits for the disk and the processor: call it in a thread.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from risk.documents import Document, Picture, Register


def set_document(document: Document, path: Path, *, made_at: datetime, template: Path | None = None) -> None:
    """A .docx. Raises TemplateRefused: set it without one then."""
    from storage.documents.word import write_by_template, write_document  # noqa: PLC0415 - half a second

    if template is None:
        write_document(document, path, made_at=made_at)
    else:
        write_by_template(document, path, made_at=made_at, template=template)


def draw(picture: Picture, path: Path) -> None:
    """A PNG, as wide as a phone has dots."""
    from storage.documents import pictures  # noqa: PLC0415 - a second or two

    pictures.draw(picture, path)


def set_workbook(title: str, registers: Iterable[Register], path: Path, *, made_at: datetime) -> None:
    """An .xlsx, whose rows are read once, as they come; scraps lie beside it until it is done."""
    from storage.documents.workbook import write_workbook  # noqa: PLC0415 - a start need not wait for it

    write_workbook(title, registers, path, made_at=made_at)
