"""Russian typography of papers and pictures: spaces that do not break, «ёлочки», dashes; the words stay as they are."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce
from typing import Any, Final, TypeVar, assert_never

from handlers.days import MONTHS_OF_DAYS
from risk.documents import (
    Bar,
    BarChart,
    Block,
    Board,
    Bullets,
    Column,
    Document,
    Field,
    Figure,
    Heading,
    HeatMap,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    Tile,
)

T = TypeVar("T", bound=Document | Picture)
P = TypeVar("P", bound=Picture)

NBSP: Final = "\u00a0"


def typographic(text: str) -> str:
    """Only spaces, quotation marks and dashes change; addresses and what looks like one stay untouched."""
    pieces = _ADDRESS.split(text)
    return "".join(piece if place % 2 else _words(piece) for place, piece in enumerate(pieces))


def well_set(composed: T) -> T:
    """The same document or picture with every text of it typographic. Addresses behind links stay as they are."""
    if isinstance(composed, Document):
        blocks = tuple(map(_block, composed.blocks))
        return replace(composed, title=typographic(composed.title), blocks=blocks)
    return _picture(composed)


# --- texts -------------------------------------------------------------------------------------------------------

_ADDRESS: Final = re.compile(r"(\S*(?:://|www\.|@)\S*|[\w.-]+\.[a-z]{2,}/\S*)")
_SPACE: Final = "[ \u00a0]"
_MONTHS: Final = "|".join(MONTHS_OF_DAYS)
_UNITS: Final = (
    r"тыс|млн|млрд|руб|коп|кв|куб|км|м|см|мм|га|кг|т|л|чел|шт|экз|ч|час\w*|мин|сек"
    r"|дн\w*|день|дней|раз|раза|г|гг|год\w*|лет"
)
_SHORT: Final = "а|и|в|во|на|не|ни|с|со|к|ко|о|об|от|у|по|за|из|до|без|для|при|над|под|но"
_ABBREVIATED: Final = "ул|пер|просп|пл|д|кв|г|с|п|пос|дер|р|ст|ч|стр|рис|табл|обл|им|гл|т"


def _binding(pattern: str, flags: int = 0) -> Callable[[str], str]:
    """No line ends at the space that follows what the pattern finds."""
    found = re.compile(rf"({pattern}) (?=\S|\Z)", flags)
    return lambda text: found.sub(rf"\1{NBSP}", text)


def _dashes(text: str) -> str:
    """Between words an em dash that does not begin a line; between numbers an en dash."""
    text = re.sub(rf"(?<=\S){_SPACE}[-–—](?=[ \u00a0]\S)", f"{NBSP}—", text)
    return _RANGE.sub(r"\1–\2", text)


_RANGE: Final = re.compile(
    r"(?<![\w/.:,–№-])(?<!№[ \u00a0])(\d{1,4}(?:[.,:]\d{1,4})*)-(\d{1,4}(?:[.,:]\d{1,4})*)(?![\w/–-]|[.,:]\d)"
)


def _quotes(text: str) -> str:
    """«Ёлочки», and „лапки“ inside them; where they do not pair nothing changes."""
    if '"' not in text:
        return text
    written: list[str] = []
    open_ones: list[str] = []
    for place, sign in enumerate(text):
        if sign in _OPENS:
            open_ones.append(sign)
        elif sign in _CLOSES:
            if not open_ones or open_ones.pop() != _CLOSES[sign]:
                return text
        elif sign == '"':
            if _opens(text, place):
                open_ones.append(sign := "„" if "«" in open_ones else "«")
            elif not open_ones:
                return text
            else:
                sign = _OPENS[open_ones.pop()]  # noqa: PLW2901 - the sign that is written in its place
        written.append(sign)
    return text if open_ones else "".join(written)


_OPENS: Final = {"«": "»", "„": "“"}
_CLOSES: Final = {"»": "«", "“": "„"}
_BEFORE_OPENING: Final = frozenset(' \u00a0\n\t([{«„"-–—/')


def _opens(text: str, place: int) -> bool:
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    return (not before or before in _BEFORE_OPENING) and bool(after) and not after.isspace()


_STEPS: Final[tuple[Callable[[str], str], ...]] = (
    _quotes,
    _dashes,
    _binding(r"[№§]"),
    _binding(rf"(?<![\w-])(?:{_SHORT})", re.IGNORECASE),
    _binding(rf"(?<![\w-])(?<!\d[ \u00a0])(?:{_ABBREVIATED})\.", re.IGNORECASE),
    _binding(r"(?<![\w.])[А-ЯЁ]\."),
    lambda text: re.sub(r"(?<=[а-яё]) (?=[А-ЯЁ]\.[ \u00a0]?[А-ЯЁ]\.)", NBSP, text),
    lambda text: re.sub(rf"(?<=\d) (?=(?:{_MONTHS}|{_UNITS})(?!\w))", NBSP, text),
    lambda text: re.sub(r"(?<=\d) (?=[%₽])", NBSP, text),
    _binding(rf"(?<!\w)(?:{_MONTHS})(?= \d{{4}}(?!\d))"),
    lambda text: re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NBSP, text),
    lambda text: re.sub(r"(?<=\w) (?=(?:же|ли|бы|б|ж|ль)(?!\w))", NBSP, text),
)


def _words(text: str) -> str:
    return reduce(lambda said, step: step(said), _STEPS, text)


# --- the tree ----------------------------------------------------------------------------------------------------


def _block(block: Block) -> Block:
    match block:
        case Heading():
            return replace(block, text=typographic(block.text))
        case Paragraph():
            return replace(block, runs=_runs(block.runs))
        case Bullets():
            return replace(block, items=tuple(map(_runs, block.items)))
        case Table():
            return replace(
                block,
                columns=tuple(map(_column, block.columns)),
                rows=tuple(tuple(map(typographic, row)) for row in block.rows),
            )
        case Field():
            return replace(block, hint=typographic(block.hint))
        case Signature(name=name):
            set_name = None if name is None else typographic(name)
            return replace(block, position=typographic(block.position), name=set_name)
        case Figure():
            return replace(block, picture=_picture(block.picture))
        case other:
            assert_never(other)


def _runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(replace(run, text=typographic(run.text)) for run in runs)


def _column(column: Column) -> Column:
    return replace(column, title=typographic(column.title))


def _picture(picture: P) -> P:
    return replace(picture, title=typographic(picture.title), source=typographic(picture.source), **_parts(picture))


def _parts(picture: Picture) -> dict[str, Any]:
    match picture:
        case Board():
            return {
                "tiles": tuple(map(_tile, picture.tiles)),
                "bars": _bars(picture.bars),
                "bars_title": typographic(picture.bars_title),
            }
        case BarChart(legend=legend):
            said = None if legend is None else (typographic(legend[0]), typographic(legend[1]))
            return {"bars": _bars(picture.bars), "legend": said}
        case HeatMap():
            rows, columns = map(typographic, picture.rows), map(typographic, picture.columns)
            return {"rows": tuple(rows), "columns": tuple(columns)}
        case other:
            assert_never(other)


def _bars(bars: Iterable[Bar]) -> tuple[Bar, ...]:
    return tuple(replace(bar, label=typographic(bar.label)) for bar in bars)


def _tile(tile: Tile) -> Tile:
    return replace(tile, label=typographic(tile.label), value=typographic(tile.value), change=typographic(tile.change))
