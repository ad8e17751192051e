"""The one door to documents, pictures and workbooks as files: behind it libraries are loaded that take a while.

All of it waits for the disk and the processor: call it in a thread.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from risk.documents import Document, Picture, Register


def set_document(document: Document, path: Path, *, made_at: datetime, template: Path | None = None) -> None:
    """A .docx."""
    raise NotImplementedError


def draw(picture: Picture, path: Path) -> None:
    """A PNG, as wide as a phone has dots."""
    from storage.documents import pictures  # noqa: PLC0415 - a second or two

    pictures.draw(picture, path)


def set_workbook(title: str, registers: Iterable[Register], path: Path, *, made_at: datetime) -> None:
    """An .xlsx, whose rows are read once, as they come; scraps lie beside it until it is done."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - a start need not wait for it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(str(path), options | {"tmpdir": str(path.parent)}) as book:
        book.set_properties({"title": title, "created": made_at.astimezone(UTC).replace(tzinfo=None)})
        formats = {kind: book.add_format({"num_format": form}) for kind, form in _FORMS.items()}
        for register in registers:
            sheet = book.add_worksheet(register.title)
            sheet.freeze_panes(1, 0)
            for place, (title_of_column, width) in enumerate(zip(register.columns, register.widths, strict=True)):
                sheet.set_column(place, place, width)
                sheet.write_string(0, place, title_of_column)
            row = 0
            for row, cells in enumerate(register.rows, 1):
                for place, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, place, cell[:32_767])
                    elif isinstance(cell, date):
                        sheet.write_datetime(row, place, cell, formats[type(cell)])
                    elif cell is not None:
                        sheet.write_number(row, place, cell)
            sheet.autofilter(0, 0, row, len(register.columns) - 1)


_FORMS = {date: "dd.mm.yyyy", datetime: "dd.mm.yyyy hh:mm"}
