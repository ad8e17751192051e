"""What a sheet of a file holds, as plain values: cells, rows, a title; no library's types, and no file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

Cell = str | int | float | bool | datetime | date | timedelta | None
"""None and an empty text are both an empty cell."""
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`rows` begin with the first row of the file, empty ones included, and may be walked once only.

    `height` is how many there are, for progress; None when it is not known before they are read.
    """

    title: str
    rows: Iterable[Row]
    height: int | None = None


class CellKind(StrEnum):
    """What kind of value stands in a cell: all that may be told of one that may be personal."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"
    DURATION = "duration"


def kind_of(cell: Cell) -> CellKind:
    match cell:
        case None | "":
            return CellKind.EMPTY
        case str():
            return CellKind.TEXT
        case bool():
            return CellKind.YES_NO
        case int() | float():
            return CellKind.NUMBER
        case timedelta():
            return CellKind.DURATION
        case _:
            return CellKind.DATE
