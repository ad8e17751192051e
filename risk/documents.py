"""A document as a tree of blocks, a picture, a workbook: what they say is given as values, how they are set is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Align(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """`level` 1 is a section; navigation sees it."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of a paragraph; `link` is an address with its scheme."""

    text: str
    bold: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    runs: tuple[Run, ...]
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    items: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`share`: of the width of the table, in relation to the other columns."""

    title: str
    align: Align = Align.LEFT
    share: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Every row has a cell for each column; with `has_total` the last row is a total."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    has_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A marked place that somebody is to fill in; `hint` says what with."""

    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The block at the end: the position, a place for the signature, the official name or a place for it."""

    position: str
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`earlier` is the value of the period before, drawn beside it; `is_marked` is what the title speaks of."""

    label: str
    value: int
    earlier: int | None = None
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """`title` says the finding, `legend` what the bars and the bars before are, `source` by what data and of when."""

    title: str
    bars: tuple[Bar, ...]
    source: str
    legend: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """`values` by row, then by column; None where there is nothing to count. `marked` is the cell of the title."""

    title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int | None, ...], ...]
    source: str
    marked: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A big number with its name, and how it has changed."""

    label: str
    value: str
    change: str = ""
    is_alarming: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The picture of a digest: tiles, and under them bars."""

    title: str
    tiles: tuple[Tile, ...]
    bars: tuple[Bar, ...]
    bars_title: str
    source: str


Picture = BarChart | HeatMap | Board


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture inside a document."""

    picture: Picture


Block = Heading | Paragraph | Bullets | Table | Field | Signature | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """`title` is its name for a reader's list of files, too; `on_one_page` asks for a close setting."""

    title: str
    blocks: tuple[Block, ...]
    on_one_page: bool = False


Cell = str | int | float | date | datetime | None
"""Moments are naive, as clocks in the office show them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A sheet of a workbook: `rows` may be long, and are read once. `widths` are in characters."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: Iterable[tuple[Cell, ...]]
