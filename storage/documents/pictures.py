"""Pictures laid out: bars, a heat map, a board; what they say is given.

Colours are those that the colour-blind tell apart, and nothing is told by colour alone: numbers stand on every bar and
cell, what the title speaks of is bold or framed.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final, assert_never

from matplotlib import colormaps
from matplotlib.colors import to_hex

from risk.documents import Bar, BarChart, Board, HeatMap, Picture, Tile
from storage.documents.canvas import FAINT_INK, INK, LINE, Canvas, fitting_size, width_of, wrapped
from storage.documents.looks import PHONE, Look

# Okabe and Ito's colours.
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
GREY: Final = "#B0B0B0"
PALE: Final = "#F1F3F5"
_NOTHING: Final = "—"

_TITLE: Final = 1.25
_SMALL: Final = 0.82
_HUGE: Final = 1.9
"""Sizes, in that of plain text."""


def draw(picture: Picture, file: Path | IO[bytes], look: Look = PHONE) -> None:
    """A PNG."""
    laid_out(picture, look).save(file)


def laid_out(picture: Picture, look: Look) -> Canvas:
    canvas = Canvas(look)
    canvas.write(picture.title, size=_TITLE * look.font, bold=True)
    canvas.skip(0.5 * look.font)
    match picture:
        case Board():
            _board(canvas, picture)
        case BarChart():
            _chart(canvas, picture)
        case HeatMap():
            _heat_map(canvas, picture)
        case other:
            assert_never(other)
    canvas.skip(0.5 * look.font)
    canvas.write(picture.source, size=_SMALL * look.font, colour=FAINT_INK)
    return canvas


# --- bars --------------------------------------------------------------------------------------------------------


def _chart(canvas: Canvas, chart: BarChart) -> None:
    if chart.legend is not None:
        _legend(canvas, chart.legend)
    _bars(canvas, chart.bars)


def _legend(canvas: Canvas, legend: tuple[str, str]) -> None:
    size = _SMALL * canvas.look.font
    for words, colour in zip(legend, (BLUE, GREY), strict=True):
        canvas.box(left=canvas.left, top=canvas.top + 0.3 * size, width=size, height=0.8 * size, colour=colour)
        left = canvas.left + 1.6 * size
        canvas.lines(wrapped(words, canvas.width - 1.6 * size, size), left=left, size=size)
    canvas.skip(0.5 * canvas.look.font)


def _bars(canvas: Canvas, bars: Sequence[Bar]) -> None:
    """Each under its label, so that a long one has the whole width."""
    font = canvas.look.font
    if not bars:
        canvas.write(_NOTHING, size=font, colour=FAINT_INK)
        return
    numbers = [number for bar in bars for number in (bar.value, bar.earlier) if number is not None]
    room = max(width_of(_number(number), font, bold=True) for number in numbers) + 0.5 * font
    scale = (canvas.width - room) / max(1, *numbers)
    for bar in bars:
        canvas.lines(
            wrapped(bar.label, canvas.width, font, bold=bar.is_marked), left=canvas.left, size=font, bold=bar.is_marked
        )
        canvas.skip(0.12 * font)
        colour = VERMILION if bar.is_marked else BLUE
        _bar(canvas, bar.value, scale, height=1.05 * font, size=font, colour=colour, bold=True)
        if bar.earlier is not None:
            _bar(canvas, bar.earlier, scale, height=0.8 * font, size=_SMALL * font, colour=GREY)
        canvas.skip(0.5 * font)


def _bar(
    canvas: Canvas, value: int, scale: float, *, height: float, size: float, colour: str, bold: bool = False
) -> None:
    """One of nothing is a line to count from."""
    width = max(1.0, value * scale)
    canvas.box(left=canvas.left, top=canvas.top, width=width, height=height, colour=colour)
    left, middle = canvas.left + width + 0.3 * size, canvas.top + height / 2
    ink = INK if bold else FAINT_INK
    canvas.words_across(_number(value), left=left, middle=middle, size=size, bold=bold, colour=ink)
    canvas.skip(height + 1)


# --- the board ---------------------------------------------------------------------------------------------------

_ABREAST: Final = 2


def _board(canvas: Canvas, board: Board) -> None:
    font = canvas.look.font
    for first in range(0, len(board.tiles), _ABREAST):
        _tiles(canvas, board.tiles[first : first + _ABREAST])
    if board.bars:
        canvas.skip(0.3 * font)
        canvas.write(board.bars_title, size=font, bold=True)
        canvas.skip(0.3 * font)
        _bars(canvas, board.bars)


def _tiles(canvas: Canvas, tiles: Sequence[Tile]) -> None:
    """A row of them, as high as the highest."""
    gap = padding = 0.6 * canvas.look.font
    width = (canvas.width - gap * (_ABREAST - 1)) / _ABREAST
    inner = width - 2.4 * padding
    small = _SMALL * canvas.look.font
    words = [[*wrapped(tile.label, inner, small)] for tile in tiles]
    changes = [wrapped(tile.change, inner, small) if tile.change else [] for tile in tiles]
    number = LINE * _HUGE * canvas.look.font
    lines = max(len(label) + len(change) for label, change in zip(words, changes, strict=True))
    height = padding + number + lines * LINE * small + padding
    top = canvas.top
    for place, tile in enumerate(tiles):
        left = canvas.left + place * (width + gap)
        canvas.box(left=left, top=top, width=width, height=height, colour=PALE)
        if tile.is_alarming:
            canvas.box(left=left, top=top, width=0.35 * padding, height=height, colour=VERMILION)
        canvas.top = top + 0.7 * padding
        left += 1.2 * padding
        size = fitting_size(tile.value, inner, _HUGE * canvas.look.font, bold=True)
        canvas.lines([tile.value], left=left, size=size, bold=True, colour=_ALARM if tile.is_alarming else INK)
        canvas.top = top + 0.7 * padding + number
        canvas.lines(words[place], left=left, size=small)
        canvas.lines(changes[place], left=left, size=small, colour=FAINT_INK)
    canvas.top = top + height + gap


_ALARM: Final = "#A34700"
"""Vermilion, dark enough for letters."""


# --- the heat map ------------------------------------------------------------------------------------------------

_COLUMN_LABEL: Final = 0.74
_LONGEST_TURNED: Final = 9
_WIDEST_CELL: Final = 7
"""In the size of plain text."""


def _heat_map(canvas: Canvas, heat: HeatMap) -> None:
    font = canvas.look.font
    if not heat.rows or not heat.columns:
        canvas.write(_NOTHING, size=font, colour=FAINT_INK)
        return
    width = min(canvas.width / len(heat.columns), _WIDEST_CELL * font)
    height = 1.7 * font
    _column_labels(canvas, heat.columns, width)
    most = max((value for row in heat.values for value in row if value is not None), default=0)
    for row, (label, values) in enumerate(zip(heat.rows, heat.values, strict=True)):
        small = _SMALL * font
        canvas.lines(wrapped(label, canvas.width, small), left=canvas.left, size=small)
        canvas.skip(0.2 * font)
        for column, value in enumerate(values):
            left = canvas.left + column * width
            _cell(canvas, value, most, left=left, width=width, height=height)
        if heat.marked is not None and heat.marked[0] == row:
            _frame(canvas, canvas.left + heat.marked[1] * width, width, height)
        canvas.skip(height + 0.35 * font)


def _cell(canvas: Canvas, value: int | None, most: int, *, left: float, width: float, height: float) -> None:
    colour = "#FFFFFF" if value is None else _heat(value, most)
    canvas.box(left=left, top=canvas.top, width=width - 2, height=height, colour=colour)
    text = _NOTHING if value is None else _number(value)
    size = fitting_size(text, width - 4, canvas.look.font)
    ink = "#FFFFFF" if _is_dark(colour) else INK
    middle = canvas.top + height / 2
    canvas.words_across(text, left=left + (width - 2) / 2, middle=middle, size=size, colour=ink, side="center")


def _frame(canvas: Canvas, left: float, width: float, height: float) -> None:
    """Of four thin boxes, for the cell stays seen."""
    thick = 3.0
    top, wide = canvas.top - thick, width - 2 + 2 * thick
    for at in (top, canvas.top + height):
        canvas.box(left=left - thick, top=at, width=wide, height=thick, colour=VERMILION)
    for aside in (left - thick, left + width - 2):
        canvas.box(left=aside, top=top, width=thick, height=height + 2 * thick, colour=VERMILION)


def _column_labels(canvas: Canvas, labels: Sequence[str], width: float) -> None:
    """Across where each word fits into its column, else upwards."""
    size = _COLUMN_LABEL * canvas.look.font
    room = width - 4
    if all(width_of(word, size) <= room for label in labels for word in label.split(" ")):
        lines = [wrapped(label, room, size) for label in labels]
        top, height = canvas.top, max(map(len, lines)) * LINE * size
        for place, each in enumerate(lines):
            canvas.top = top + height - len(each) * LINE * size
            canvas.lines(each, left=canvas.left + (place + 0.5) * width, size=size, side="center")
        canvas.top = top + height + 0.2 * size
        return
    most = max(1, int(room / (LINE * size)))
    turned = [wrapped(label, _LONGEST_TURNED * canvas.look.font, size, most=most) for label in labels]
    canvas.skip(max(width_of(line, size) for label in turned for line in label) + 0.3 * size)
    for place, each in enumerate(turned):
        left = canvas.left + place * width + (width - len(each) * LINE * size) / 2
        for number, line in enumerate(each):
            canvas.words_upwards(line, left=left + number * LINE * size, bottom=canvas.top, size=size)
    canvas.skip(0.4 * size)


def _heat(value: int, most: int) -> str:
    """From yellow to dark blue, nothing apart; by the root, or one great number would make the others all alike."""
    return to_hex(colormaps["cividis"](1 - math.sqrt(value / most))) if value else PALE


def _is_dark(colour: str) -> bool:
    """Whether white letters are read more easily on it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179


def _number(value: int) -> str:
    """Thousands apart."""
    return f"{value:,}".replace(",", "\u00a0")
