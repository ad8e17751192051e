"""`clean`: an export without what is personal, written beside it; offline, and nothing of the original is touched.

The result is separated text in UTF-8 with its mark, `;` between cells: Excel opens it by a double click, anybody can
look into it before sending it, and nothing hides in it as in a workbook (other sheets, notes, properties).
"""

import csv
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from bot.export_lines import REFUSED, TITLES, quoted
from bot.gateways.sheet_reader import SheetReader, SheetReading
from risk.cleaning import kept_columns
from risk.export_columns import Fate, LayoutKind
from risk.export_layouts import Recognition
from risk.harmless import harmless
from risk.sheet_faults import SheetRefused

MARK_OF_CLEANED: Final = " очищено"
PARTIAL: Final = ".partial"
WITH_MARK: Final = "utf-8-sig"

_DROPPED: Final = (
    (Fate.PERSONAL, "Убраны столбцы с личными данными"),
    (Fate.STAFF, "Убраны столбцы с именами сотрудников"),
    (Fate.UNKNOWN, "Убраны незнакомые столбцы"),
    (Fate.LEFT, "Не нужны для учёта, тоже убраны"),
)


class CannotClean(Exception):
    """Nothing was written; the text is a plain line for whoever gave the command."""


async def clean_file(path: Path, reader: SheetReader | None = None) -> list[str]:
    """Raises CannotClean, OSError."""
    cleaned = path.with_name(f"{path.stem}{MARK_OF_CLEANED}.csv")
    try:
        async with (reader or SheetReader()).cleaning(path) as reading:
            _check(path, reading.recognition)
            count = await _written(cleaned, reading.recognition, reading)
    except SheetRefused as refused:
        raise CannotClean(f"{path}: {REFUSED[refused.fault]} Ничего не записано.") from None
    except PermissionError:
        raise CannotClean(f"{path}: в эту папку нельзя писать. Скопируйте файл в другую и повторите.") from None
    return [f"Записано: {cleaned}, строк {count}.", *_told(reading.recognition)]


def _check(path: Path, found: Recognition) -> None:
    if found.layout is None:
        raise CannotClean(
            f"{path}: не похоже на выгрузку ИМ или ПОС, нет столбцов «Номер» или «Номер инцидента». "
            "Что в таких столбцах личное, неизвестно. Ничего не записано."
        )
    if found.missing:
        raise CannotClean(f"{path}: нет столбцов: {quoted(found.missing)}. Ничего не записано.")


def _told(found: Recognition) -> Iterator[str]:
    assert found.layout is not None
    yield f"Это {TITLES[found.layout]}. Остались столбцы: {quoted(found.headers(Fate.KEPT))}."
    for fate, says in _DROPPED:
        headers = found.headers(fate)
        if headers:
            yield f"{says}: {quoted(headers)}."
    if found.layout is LayoutKind.IM:
        yield (
            "В оставшихся столбцах убраны личные страницы и переписка, хвосты ссылок и исполнители, "
            "которые не названы как организация."
        )


async def _written(path: Path, found: Recognition, reading: SheetReading[tuple[str, ...]]) -> int:
    count = 0
    with _replacing(path) as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([harmless(column.header) for column in kept_columns(found)])
        async for row in _rows(reading):
            writer.writerow([harmless(cell) for cell in row])
            count += 1
    return count


async def _rows(reading: SheetReading[tuple[str, ...]]) -> AsyncIterator[tuple[str, ...]]:
    async for batch in reading.batches():
        for row in batch:
            yield row


@contextmanager
def _replacing(path: Path) -> Iterator[IO[str]]:
    """The file is whole, or it is as it was; for its owner alone."""
    partial = path.with_name(f".{path.name}{PARTIAL}")
    partial.unlink(missing_ok=True)  # what a killed run has left
    try:
        with open(
            partial, "x", encoding=WITH_MARK, newline="", opener=lambda name, flags: os.open(name, flags, 0o600)
        ) as file:
            yield file
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
