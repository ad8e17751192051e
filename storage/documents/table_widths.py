"""How wide the columns of a table are: by their shares, but no word is torn in two while there is room elsewhere."""

from typing import Final

from docx.shared import Cm, Length, Pt

from risk.documents import Table
from storage.documents.canvas import width_of

_SIDES: Final = Cm(0.45)
"""What is left free at the sides of a cell."""
_NARROWER: Final = 0.88
"""Letters of papers, in relation to those that are measured."""


SMALLEST: Final = 8.5
"""Points: smaller letters are not read on paper."""
_STEP: Final = 0.5


def fitting_size(table: Table, width: Length, size: float) -> float:
    """The size of letters, this one or smaller, at which no word is torn; the smallest, if there is none."""
    while size > SMALLEST and sum(_all_needed(table, size)) > width:
        size -= _STEP
    return size


def column_widths(table: Table, width: Length, size: float) -> list[Length]:
    needed = _all_needed(table, size)
    if sum(needed) >= width:
        return [Length(width * each // sum(needed)) for each in needed]
    narrow: set[int] = set()
    while True:
        room = width - sum(needed[place] for place in narrow)
        shares = sum(column.share for place, column in enumerate(table.columns) if place not in narrow)
        widths = [
            needed[place] if place in narrow else room * column.share // shares
            for place, column in enumerate(table.columns)
        ]
        too_narrow = {place for place, each in enumerate(widths) if each < needed[place]}
        if not too_narrow:
            return [Length(each) for each in widths]
        narrow |= too_narrow


def _all_needed(table: Table, size: float) -> list[int]:
    return [_needed(table, place, size) for place in range(len(table.columns))]


def _needed(table: Table, place: int, size: float) -> int:
    """For the longest word of the column, were it bold."""
    cells = (table.columns[place].title, *(row[place] for row in table.rows))
    longest = max((word for cell in cells for word in cell.split(" ")), key=len, default="")
    return int(Pt(width_of(longest, size, bold=True)) * _NARROWER) + _SIDES
