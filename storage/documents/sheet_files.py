"""Files as sheets: what python-calamine reads, and separated text; told apart by their content, never by a name.

A file is somebody else's, and so is what it makes a library do: call this in a process that may die.
"""

import csv
import io
import os
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Final, TypeVar

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    ZipError,
)

from risk.sheet_faults import SheetFault, SheetRefused
from risk.sheets import Cell, Row, Sheet
from storage.documents.file_caps import FileCaps

T = TypeVar("T")


def sheets_of(path: Path, caps: FileCaps) -> Iterator[Sheet]:
    """The sheets that hold anything, in order, hidden ones left out; at least one.

    Raises SheetRefused: before the first sheet, and while rows are walked.
    """
    data = _content(path, caps.file_bytes)
    if not data.strip():
        raise SheetRefused(SheetFault.EMPTY)
    sheets = _sheets_in_workbook(data, caps) if _is_workbook(data) else iter((_sheet_in_text(data, path.stem, caps),))
    is_empty = True
    for sheet in sheets:
        is_empty = False
        yield sheet
    if is_empty:
        raise SheetRefused(SheetFault.EMPTY)


def _content(path: Path, most: int) -> bytes:
    """A pipe or a device is no file: opening one must not wait for its other end."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        raise SheetRefused(SheetFault.GONE) from None
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise SheetRefused(SheetFault.NOT_A_SHEET)
        if about.st_size > most:
            raise SheetRefused(SheetFault.TOO_BIG)
        data = b"".join(iter(lambda: os.read(handle, _PIECE), b"")) if about.st_size else b""
    except OSError:
        raise SheetRefused(SheetFault.GONE) from None
    finally:
        os.close(handle)
    return data


_PIECE: Final = 2**20


# --- workbooks ---------------------------------------------------------------------------------------------------

_ZIP: Final = b"PK\x03\x04"
_EMPTY_ZIP: Final = b"PK\x05\x06"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_MOST_ENTRIES: Final = 5000
_ENTRIES_OF_WORKBOOKS: Final = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds an encrypted workbook of today inside the container of yesterday's."""


def _is_workbook(data: bytes) -> bool:
    return data.startswith((_ZIP, _EMPTY_ZIP, _OLE))


def _sheets_in_workbook(data: bytes, caps: FileCaps) -> Iterator[Sheet]:
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise SheetRefused(SheetFault.ENCRYPTED)
    else:
        _check_zip(data, caps)
    is_zip = not data.startswith(_OLE)
    workbook = _refusing(
        lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)),
        SheetFault.DAMAGED if is_zip else SheetFault.NOT_A_SHEET,
    )
    for place, about in enumerate(workbook.sheets_metadata):
        if about.typ is SheetTypeEnum.WorkSheet and about.visible is SheetVisibleEnum.Visible:
            sheet = _refusing(lambda place=place: workbook.get_sheet_by_index(place), SheetFault.DAMAGED)  # type: ignore[misc]  # mypy does not infer a lambda's default
            if sheet.start is not None:
                yield _checked(sheet, caps)


def _check_zip(data: bytes, caps: FileCaps) -> None:
    """By the directory of the archive, nothing of which is unpacked yet; one that lies meets the cap on memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, RuntimeError):
        raise SheetRefused(SheetFault.TRUNCATED) from None
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > caps.unpacked_bytes:
        raise SheetRefused(SheetFault.UNPACKS_TOO_BIG)
    if any(entry.flag_bits & 1 for entry in entries):
        raise SheetRefused(SheetFault.ENCRYPTED)
    if _ENTRIES_OF_WORKBOOKS.isdisjoint(entry.filename.replace("\\", "/").lower() for entry in entries):
        raise SheetRefused(SheetFault.NOT_A_SHEET)


def _refusing(read: Callable[[], T], otherwise: SheetFault) -> T:
    try:
        return read()
    except PasswordError:
        raise SheetRefused(SheetFault.ENCRYPTED) from None
    except ZipError:
        raise SheetRefused(SheetFault.DAMAGED) from None
    except CalamineError:
        raise SheetRefused(otherwise) from None


def _checked(sheet: CalamineSheet, caps: FileCaps) -> Sheet:
    if sheet.width > caps.columns:
        raise SheetRefused(SheetFault.TOO_MANY_COLUMNS)
    if sheet.height > caps.rows:
        raise SheetRefused(SheetFault.TOO_MANY_ROWS)
    return Sheet(title=sheet.name, rows=_rows_of(sheet), height=(sheet.end or (0, 0))[0] + 1)


def _rows_of(sheet: CalamineSheet) -> Iterator[Row]:
    for row in sheet.iter_rows():
        yield [_plain(cell) for cell in row] if time in map(type, row) else row  # type: ignore[misc]  # no times in it


def _plain(cell: Cell | time) -> Cell:
    """A time of day is what sheets show of a duration below a day."""
    if isinstance(cell, time):
        return timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second, microseconds=cell.microsecond)
    return cell


# --- separated text ----------------------------------------------------------------------------------------------

_SEPARATORS: Final = ";\t,"
_LINES_TO_SNIFF: Final = 20
_LONGEST_CELL: Final = 2**20
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_LAST_LINE: Final = "\ue000the end\ue000"
"""Handed to the reader of rows after the last line: a quote that was never closed takes it for its text."""


def _sheet_in_text(data: bytes, title: str, caps: FileCaps) -> Sheet:
    text = _decoded(data).removeprefix("\ufeff")
    if text.lstrip()[:1] in {"<", "{", "%"}:  # a web page, an XML or a JSON, a PDF
        raise SheetRefused(SheetFault.NOT_A_SHEET)
    head, _, rest = text.partition("\n")
    declared = head.strip().lower()
    if declared.startswith("sep=") and len(declared) == len("sep=;"):
        # Excel's own line about the separator is no row, but whoever looks for a row by its number counts it.
        separator, text = declared[-1], "\n" + rest
    else:
        separator = _sniffed(text)
    csv.field_size_limit(_LONGEST_CELL)
    return Sheet(title=title, rows=_rows_in(text, separator, caps), height=text.count("\n") + 1)


def _decoded(data: bytes) -> str:
    if data.startswith(_UTF16):
        return _as_text(data, "utf-16")
    try:
        return _checked_text(data.decode("utf-8"))
    except UnicodeDecodeError as wrong:
        is_cut = wrong.end == len(data) and wrong.reason == "unexpected end of data"
        if data.startswith(_UTF8_MARK) or (is_cut and not data[: wrong.start].isascii()):
            raise SheetRefused(SheetFault.TRUNCATED if is_cut else SheetFault.DAMAGED) from None
    return _as_text(data, "cp1251")


def _as_text(data: bytes, encoding: str) -> str:
    try:
        return _checked_text(data.decode(encoding))
    except UnicodeDecodeError:
        raise SheetRefused(SheetFault.NOT_A_SHEET) from None


def _checked_text(text: str) -> str:
    """Bytes of a picture decode as letters, too, but not without these."""
    if any(code in text for code in _NEVER_IN_TEXT):
        raise SheetRefused(SheetFault.NOT_A_SHEET)
    return text


_NEVER_IN_TEXT: Final = tuple(chr(code) for code in (*range(9), *range(14, 26), *range(27, 32)))


def _sniffed(text: str) -> str:
    """The separator that makes the most rows of one width, the wider the better; headers have commas of their own."""
    lines = text[: _LINES_TO_SNIFF * 4096].splitlines(keepends=True)[:_LINES_TO_SNIFF]
    best = max(_SEPARATORS, key=lambda each: _alike(csv.reader(lines, delimiter=each)))
    if not _alike(csv.reader(lines, delimiter=best)):
        raise SheetRefused(SheetFault.NOT_A_SHEET)
    return best


def _alike(rows: Iterable[list[str]]) -> int:
    widths = Counter(map(len, rows))
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _rows_in(text: str, separator: str, caps: FileCaps) -> Iterator[Row]:
    """A last row that is shorter than the widest, with no end of line after it, was cut off."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(_with_last_line(lines), delimiter=separator)
    widest = count = 0
    row: list[str] = []
    try:
        for following in reader:
            if len(following) > caps.columns:
                raise SheetRefused(SheetFault.TOO_MANY_COLUMNS)
            if following == [_LAST_LINE]:
                break
            if following and _LAST_LINE in following[-1]:
                raise SheetRefused(SheetFault.TRUNCATED)
            if count:
                yield row
            row, widest, count = following, max(widest, len(following)), count + 1
            if count > caps.rows:
                raise SheetRefused(SheetFault.TOO_MANY_ROWS)
    except csv.Error:
        raise SheetRefused(SheetFault.DAMAGED) from None
    if len(row) < widest and not text.endswith(("\n", "\r")):
        raise SheetRefused(SheetFault.TRUNCATED)
    yield row


def _with_last_line(lines: io.StringIO) -> Iterator[str]:
    yield from lines
    yield _LAST_LINE
