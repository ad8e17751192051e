"""A picture as words and boxes in their places, measured before it is drawn; what is placed where, `pictures` knows.

Lengths are in points, from the left and from the top. It loads matplotlib: see `setting` for who imports it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Final, Literal

from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from storage.documents.looks import Look

_FAMILY: Final = "DejaVu Sans"
"""It comes with matplotlib, and has Cyrillic."""
_POINTS_OF_INCH: Final = 72
LINE: Final = 1.28
"""Of a line of text, in its size."""
_BASELINE: Final = 1.0
_MIDDLE: Final = 0.365
"""From the middle of a line of digits down to where it stands, in its size."""
ELLIPSIS: Final = "…"
INK: Final = "#1A1A1A"
FAINT_INK: Final = "#595959"
"""Still 7 : 1 on white."""

Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line; `left` is where its side stands, `base` what the letters stand on. `turned`: it is read upwards."""

    text: str
    left: float
    base: float
    size: float
    bold: bool = False
    colour: str = INK
    side: Side = "left"
    turned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    left: float
    top: float
    width: float
    height: float
    colour: str


class Canvas:
    """It grows downwards: `top` is where the next thing is put."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.marks: list[Words | Box] = []
        self.top = look.margin

    @property
    def left(self) -> float:
        return self.look.margin

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.look.width - 2 * self.look.margin

    @property
    def height(self) -> float:
        return self.top + self.look.margin

    def write(self, text: str, *, size: float, bold: bool = False, colour: str = INK) -> None:
        """In as many lines as it takes, from margin to margin."""
        self.lines(wrapped(text, self.width, size, bold=bold), left=self.left, size=size, bold=bold, colour=colour)

    def lines(
        self, lines: list[str], *, left: float, size: float, bold: bool = False, colour: str = INK, side: Side = "left"
    ) -> None:
        for line in lines:
            base = self.top + _BASELINE * size
            words = Words(text=line, left=left, base=base, size=size, bold=bold, colour=colour, side=side)
            self.marks.append(words)
            self.top += LINE * size

    def words_across(
        self, text: str, *, left: float, middle: float, size: float, bold: bool = False, colour: str = INK,
        side: Side = "left",
    ) -> None:  # fmt: skip
        """Beside or inside a box whose middle is there."""
        base = middle + _MIDDLE * size
        text = drawable(text)
        self.marks.append(Words(text=text, left=left, base=base, size=size, bold=bold, colour=colour, side=side))

    def words_upwards(self, text: str, *, left: float, bottom: float, size: float) -> None:
        self.marks.append(Words(text=text, left=left, base=bottom, size=size, turned=True))

    def box(self, *, left: float, top: float, width: float, height: float, colour: str) -> None:
        self.marks.append(Box(left=left, top=top, width=width, height=height, colour=colour))

    def skip(self, points: float) -> None:
        self.top += points

    def save(self, file: Path | IO[bytes]) -> None:
        """A PNG; the same canvas gives the same bytes."""
        self.figure().savefig(file, format="png", dpi=self.look.dots_per_inch, metadata={"Software": None})

    def figure(self) -> Figure:
        width, height = self.look.width, self.height
        inches = (width / _POINTS_OF_INCH, height / _POINTS_OF_INCH)
        figure = Figure(figsize=inches, dpi=self.look.dots_per_inch, facecolor="white")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(height, 0)
        axes.set_axis_off()
        for mark in self.marks:
            if isinstance(mark, Box):
                place = (mark.left, mark.top)
                axes.add_patch(Rectangle(place, mark.width, mark.height, facecolor=mark.colour, edgecolor="none"))
            else:
                axes.text(
                    mark.left,
                    mark.base,
                    mark.text,
                    fontproperties=_font(mark.size, bold=mark.bold),
                    color=mark.colour,
                    horizontalalignment=mark.side,
                    verticalalignment="baseline" if not mark.turned else "bottom",
                    rotation=90 if mark.turned else 0,
                    parse_math=False,
                )
        return figure


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, bold=bold), ismath=False)
    return float(width)


def wrapped(text: str, width: float, size: float, *, bold: bool = False, most: int | None = None) -> list[str]:
    """The text in lines no wider than that; what does not fit into `most` lines ends with an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in drawable(text).split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while width_of(line, size, bold=bold) > width:
            cut = _fitting(line, width, size, bold=bold)
            lines.append(line[:cut])
            line = line[cut:]
    lines.append(line)
    if most is None or len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width_of(last + ELLIPSIS, size, bold=bold) > width:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + ELLIPSIS]


def fitting_size(text: str, width: float, size: float, *, bold: bool = False) -> float:
    """The size, or as much less as it takes to fit."""
    wide = width_of(drawable(text), size, bold=bold)
    return size if wide <= width else size * width / wide


def drawable(text: str) -> str:
    """In one line, without what the font has no sign for: an empty frame tells nobody anything."""
    has = get_font(findfont(_font(1, bold=False))).get_char_index
    return "".join(each for each in text if each.isspace() or has(ord(each))).translate(_BREAKS)


_BREAKS: Final = {ord(each): " " for each in "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"}


def _fitting(word: str, width: float, size: float, *, bold: bool) -> int:
    """How many of its first letters fit; at least one."""
    count = 1
    while count < len(word) and width_of(word[: count + 1], size, bold=bold) <= width:
        count += 1
    return count


@cache
def _font(size: float, *, bold: bool) -> FontProperties:
    return FontProperties(family=_FAMILY, size=size, weight="bold" if bold else "normal")
