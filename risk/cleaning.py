"""An export without what is personal: only kept columns, each cell as it is read and written out anew."""

from collections.abc import Iterator
from datetime import date, datetime

from risk.cells import CellUnfit
from risk.export_columns import Fate, Field
from risk.export_layouts import Column, Recognition
from risk.export_rows import READ_AS, ExportReading, Post
from risk.sheets import Cell


def kept_columns(recognition: Recognition) -> tuple[Column, ...]:
    return tuple(column for column in recognition.columns if column.fate is Fate.KEPT)


def cleaned_rows(reading: ExportReading) -> Iterator[list[str]]:
    """The cells of the kept columns, row by row, in the order of the file.

    A cell that cannot be read comes empty: it may be a text that slipped into the column. So reading the result gives
    the same appeals, and a faulty row stays one.
    """
    columns = [(column.place, column.field) for column in kept_columns(reading.recognition) if column.field]
    for _, row in reading.raw_rows():
        yield [_clean(field, row[place]) if place < len(row) else "" for place, field in columns]


def _written(found: object) -> str:
    match found:
        case None:
            return ""
        case bool():
            return "Да" if found else "Нет"
        case datetime():
            return found.isoformat(" ")
        case date():
            return f"{found:%d.%m.%Y}"
        case Post():  # of a personal wall nothing stays but the network that it is in
            return f"https://{found.address}" if found.address else found.platform or ""
        case _:
            return str(found)


def _clean(field: Field, cell: Cell) -> str:
    try:
        return "" if cell in (None, "") else _written(READ_AS[field](cell))
    except CellUnfit:
        return ""
