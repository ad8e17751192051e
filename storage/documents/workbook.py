"""Registers written as an .xlsx: filters, a header that stays, real dates, and nothing that a sheet would run.

It loads XlsxWriter: see `setting` for who imports it. Rows are read once, as they come, and are not kept.
"""

import math
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from risk.documents import Cell, Register
from risk.harmless import harmless
from storage.documents.xml_text import allowed_in_xml

MOST_ROWS: Final = 1_048_575
"""Of a sheet, besides its header."""
LONGEST_CELL: Final = 32_767
LONGEST_TITLE: Final = 31
_FORBIDDEN_IN_TITLE: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_RESERVED_TITLE: Final = "history"
_FIRST_DAY: Final = date(1900, 3, 1)
"""Days before it are counted wrongly by every sheet."""
_MOST_DIGITS: Final = 10**15
"""Of whole numbers a sheet keeps fifteen digits; a longer one is a name rather than a number."""


def write_workbook(title: str, registers: Iterable[Register], path: Path, *, made_at: datetime) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
    }
    with Workbook(str(path), options) as book:
        moment = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        book.set_properties({"title": allowed_in_xml(title), "author": "", "created": moment})
        _Writer(book).write(registers)


class _Writer:
    def __init__(self, book: Workbook) -> None:
        self._book = book
        wrapped = {"text_wrap": True, "valign": "top"}
        self._header = book.add_format({"bold": True, "bg_color": "#E7ECF2", "bottom": 1, **wrapped})
        self._text = book.add_format({**wrapped, "num_format": "@"})
        self._number = book.add_format({"valign": "top"})
        self._day = book.add_format({"valign": "top", "num_format": "dd.mm.yyyy"})
        self._moment = book.add_format({"valign": "top", "num_format": "dd.mm.yyyy hh:mm"})
        self._titles: set[str] = set()

    def write(self, registers: Iterable[Register]) -> None:
        for register in registers:
            rows = iter(register.rows)
            more: tuple[Cell, ...] | None = next(rows, None)
            while True:
                more = self._sheet(register, more, rows)
                if more is None:
                    break

    def _sheet(
        self, register: Register, first: tuple[Cell, ...] | None, rows: Iterator[tuple[Cell, ...]]
    ) -> tuple[Cell, ...] | None:
        """One sheet; gives the row that the next one begins with."""
        sheet = self._begun(register)
        written, row = 0, first
        while row is not None and written < MOST_ROWS:
            written += 1
            for column, cell in enumerate(row):
                self._cell(sheet, written, column, cell)
            row = next(rows, None)
        sheet.autofilter(0, 0, written, len(register.columns) - 1)
        return row

    def _begun(self, register: Register) -> Worksheet:
        sheet: Worksheet = self._book.add_worksheet(self._title(register.title))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        for column, (title, width) in enumerate(zip(register.columns, register.widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, _text(title), self._header)
        return sheet

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        match cell:
            case None | "":
                return
            case bool() | str():
                sheet.write_string(row, column, _text(str(cell)), self._text)
            case int() if abs(cell) >= _MOST_DIGITS:
                sheet.write_string(row, column, str(cell), self._text)
            case float() if not math.isfinite(cell):
                return
            case int() | float():
                sheet.write_number(row, column, cell, self._number)
            case datetime():
                self._date(sheet, row, column, cell, self._moment)
            case date():
                self._date(sheet, row, column, cell, self._day)

    def _date(self, sheet: Worksheet, row: int, column: int, at: date, look: Format) -> None:
        if (at.date() if isinstance(at, datetime) else at) < _FIRST_DAY:
            sheet.write_string(row, column, f"{at:%d.%m.%Y}", self._text)
        else:
            sheet.write_datetime(row, column, at, look)

    def _title(self, wanted: str) -> str:
        """As a sheet may be called, and no other is."""
        cleaned = allowed_in_xml(wanted).translate(_FORBIDDEN_IN_TITLE).strip().strip("'").strip()
        words = " ".join(cleaned.split()) or "–"
        for number in range(1, 10_000):
            tail = "" if number == 1 else f" ({number})"
            title = _shortened(words, LONGEST_TITLE - len(tail)) + tail
            if title.lower() not in self._titles | {_RESERVED_TITLE}:
                break
        self._titles.add(title.lower())
        return title


def _text(words: str) -> str:
    return _shortened(harmless(allowed_in_xml(words)), LONGEST_CELL)


def _shortened(words: str, most: int) -> str:
    """By the units that office programs count in; half of a sign is none."""
    units = words.encode("utf-16-le")
    return words if len(units) <= 2 * most else units[: 2 * most].decode("utf-16-le", "ignore").rstrip()
