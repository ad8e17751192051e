"""Tables in monospace, never wider than a phone: aligned numbers, long names above, wide data in several."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiogram.utils.formatting import Pre

WIDTH: Final = 28
"""Characters that a line of monospace has on a phone of 360 pixels, its frame and the bubble's taken off."""

_GAP: Final = " "
_LEAST_NAME: Final = 9
"""With less room beside the numbers, names stand above them."""
_LINES_OF_NAME: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A name and its cells, one for each column."""

    name: str
    cells: Sequence[str]


def table(columns: Sequence[str], rows: Sequence[Row], *, corner: str = "") -> Pre:
    """Cells stand to the right under the names of their columns; `corner` is what the rows are."""
    return Pre("\n".join(_lines(columns, rows, corner)))


def _lines(columns: Sequence[str], rows: Sequence[Row], corner: str) -> list[str]:
    widths = [max(map(len, (name, *(row.cells[at] for row in rows)))) for at, name in enumerate(columns)]
    if _width(widths) > WIDTH and len(columns) > 1:
        half = _fitting(widths)
        first, rest = _part(rows, 0, half), _part(rows, half, len(columns))
        return [*_lines(columns[:half], first, corner), "", *_lines(columns[half:], rest, corner)]
    room = WIDTH - _width(widths) - len(_GAP)
    longest = max(map(len, (corner, *(row.name for row in rows))))
    if longest <= max(room, 0) and room >= min(_LEAST_NAME, longest):
        return [_line(name, longest, cells, widths) for name, cells in _beside(columns, rows, corner)]
    return [*_wrapped(corner), _line("", 0, columns, widths), *_above(rows, widths)]


def _beside(columns: Sequence[str], rows: Sequence[Row], corner: str) -> Sequence[tuple[str, Sequence[str]]]:
    return [(corner, columns), *((row.name, row.cells) for row in rows)]


def _above(rows: Sequence[Row], widths: Sequence[int]) -> list[str]:
    return [line for row in rows for line in (*_wrapped(row.name), _line("", 0, row.cells, widths))]


def _line(name: str, room: int, cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
    return _GAP.join([*([name.ljust(room)] if room else []), *aligned]).rstrip()


def _wrapped(name: str) -> list[str]:
    return textwrap.wrap(name, WIDTH, max_lines=_LINES_OF_NAME, placeholder="…")


def _width(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _fitting(widths: Sequence[int]) -> int:
    """How many columns from the left have room together, one at least."""
    return next((count for count in range(len(widths), 1, -1) if _width(widths[:count]) <= WIDTH), 1)


def _part(rows: Sequence[Row], begins: int, ends: int) -> list[Row]:
    return [Row(name=row.name, cells=row.cells[begins:ends]) for row in rows]
