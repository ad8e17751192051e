"""Reading one cell of an export: texts, numbers, days, moments, durations; a cell that cannot be read is a fault.

A stray apostrophe before a text, «-» for an empty cell and numbers that arrive as fractions are the exports' own ways.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeGuard

from risk.masking import mask
from risk.sheets import Cell
from risk.units import units

EARLIEST_YEAR: Final = 2000
LATEST_YEAR: Final = 2100
"""An empty date often arrives as 1900, one without end as 9999."""
LONGEST_WORDS: Final = 200
"""UTF-16 units in the words of a topic, a step or a place: a longer cell is a text that slipped into the column."""
_EXACT_UP_TO: Final = 2**53
"""Past it a number that went through a fraction has lost digits."""


class Wrong(StrEnum):
    """What is wrong with a cell or a row."""

    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    ROUNDED = "rounded"
    """A number written as 6,1E+6 has lost its digits."""
    NOT_A_DATE = "not_a_date"
    DATE_BEYOND = "date_beyond"
    """Before 2000 or after 2100."""
    NOT_A_DURATION = "not_a_duration"
    NOT_YES_NO = "not_yes_no"
    NOT_A_MARK = "not_a_mark"
    TOO_LONG = "too_long"
    """A text stands where a few words should."""
    DOUBLED = "doubled"
    """The number was in an earlier row."""
    CONTRADICTS = "contradicts"
    """Two columns of the same name say different things."""
    SHIFTED = "shifted"
    """The row has more cells than the heading: a separator inside a text has moved them."""


class CellUnfit(Exception):
    """A cell cannot be read; its value is not told."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.value)
        self.wrong = wrong


@lru_cache(maxsize=4096)
def key_of(words: str) -> str:
    """Letters and digits alone: equal for headers and words that differ in case, spaces, marks, ё and е."""
    plain = unicodedata.normalize("NFKC", words).casefold().replace("ё", "е")
    return "".join(char for char in plain if char.isalnum())


def text_of(cell: Cell) -> str:
    """The cell in one line; empty for an empty one and for a dash."""
    if cell is None:
        return ""
    text = cell if isinstance(cell, str) else _written_out(cell)
    text = " ".join(text.removeprefix("'").split())
    return "" if text in _DASHES else text


_DASHES: Final = frozenset({"-", "–", "—", "−"})


def _written_out(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "Да" if cell else "Нет"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def words_of(cell: Cell) -> str | None:
    """A few words: of a topic, a step, a place; links that name people and numbers of theirs are hidden."""
    text = text_of(cell)
    if not text:
        return None
    if units(text) > LONGEST_WORDS:
        raise CellUnfit(Wrong.TOO_LONG)
    return mask(text).text


def number_of(cell: Cell) -> str:
    """The number of an appeal, as text: 6100013.0 is «6100013»."""
    if isinstance(cell, bool | date | timedelta):
        raise CellUnfit(Wrong.NOT_A_NUMBER)
    if isinstance(cell, int | float):
        return _whole(cell)
    text = text_of(cell)
    if not text:
        raise CellUnfit(Wrong.MISSING)
    if _ROUNDED.fullmatch(text):
        raise CellUnfit(Wrong.ROUNDED)
    text = _FRACTION.sub("", _GAPS.sub("", text))
    if not _NUMBER.fullmatch(text) or _PROFILE.match(text):
        raise CellUnfit(Wrong.NOT_A_NUMBER)
    return text


_ROUNDED: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]+")
_FRACTION: Final = re.compile(r"(?<=[0-9])[.,]0+$")
_GAPS: Final = re.compile(r"(?<=[0-9])\s(?=[0-9]{3}(?!\w))")
_NUMBER: Final = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-zА-Яа-яЁё№/_.-]{1,40}")
_PROFILE: Final = re.compile(r"id[0-9]", re.IGNORECASE)
"""The number of somebody's profile is no number of an appeal."""


def _whole(number: float) -> str:
    if not -_EXACT_UP_TO < number < _EXACT_UP_TO:  # also for what is no number at all
        raise CellUnfit(Wrong.ROUNDED if number > 0 else Wrong.NOT_A_NUMBER)
    if number < 0 or number != int(number):
        raise CellUnfit(Wrong.NOT_A_NUMBER)
    return str(int(number))


def moment_of(cell: Cell) -> datetime | date | None:
    """A moment of local clocks, or one with its own zone, or a day where the cell has no hours."""
    found: datetime | date | None
    if isinstance(cell, str):
        text = text_of(cell)
        found = _moment_in(text) if text else None
    elif cell is None or isinstance(cell, date):  # a datetime is a date, too
        found = cell
    else:
        raise CellUnfit(Wrong.NOT_A_DATE)
    if found is not None and not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        raise CellUnfit(Wrong.DATE_BEYOND)
    return found


def _moment_in(text: str) -> datetime | date:
    try:
        if _ISO.match(text):
            return date.fromisoformat(text) if len(text) == len("2026-01-01") else datetime.fromisoformat(text)
        found = _RUSSIAN.fullmatch(text)
        if found is None:
            raise CellUnfit(Wrong.NOT_A_DATE)
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        if found["hour"] is None:
            return day
        seconds = int(found["second"] or 0)
        return datetime(day.year, day.month, day.day, int(found["hour"]), int(found["minute"]), seconds)  # noqa: DTZ001 - local clocks
    except ValueError:
        raise CellUnfit(Wrong.NOT_A_DATE) from None


_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T]|$)")
_RUSSIAN: Final = re.compile(
    r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"
    r"(?:,? (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]+)?)?)?"
)


def duration_of(cell: Cell) -> timedelta | None:
    """«1:11:00», «4 days, 13:57:57.384000», «30:00:00»; a bare fraction is one of a day, as sheets have it."""
    if isinstance(cell, str):
        text = text_of(cell)
        return _duration_in(text) if text else None
    if cell is None:
        return None
    found = timedelta(days=cell) if _is_days(cell) else cell
    if not isinstance(found, timedelta) or not timedelta() <= found <= _LONGEST_DURATION:
        raise CellUnfit(Wrong.NOT_A_DURATION)
    return found


def _is_days(cell: Cell) -> TypeGuard[float]:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell <= _LONGEST_DURATION.days


def _duration_in(text: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    if found is None:
        raise CellUnfit(Wrong.NOT_A_DURATION)
    days, hours, minutes, seconds = found.groups(default="0")
    length = timedelta(days=int(days), hours=int(hours), minutes=int(minutes), seconds=float(seconds.replace(",", ".")))
    if length > _LONGEST_DURATION:
        raise CellUnfit(Wrong.NOT_A_DURATION)
    return length


_DURATION: Final = re.compile(
    r"(?:([0-9]{1,5}) ?(?:days?|дн\.?|день|дня|дней|д\.?),? )?"
    r"([0-9]{1,5}):([0-5]?[0-9])(?::([0-5]?[0-9](?:[.,][0-9]{1,9})?))?",
    re.IGNORECASE,
)
_LONGEST_DURATION: Final = timedelta(days=3660)


def yes_no_of(cell: Cell) -> bool | None:
    """None for an empty cell."""
    if isinstance(cell, bool):
        return cell
    said = key_of(text_of(cell))
    if not said:
        return None
    if said not in _YES_NO:
        raise CellUnfit(Wrong.NOT_YES_NO)
    return _YES_NO[said]


_YES_NO: Final = {"да": True, "нет": False, "true": True, "false": False, "1": True, "0": False}
