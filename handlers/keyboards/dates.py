"""A month to choose a day from; what the choice is for, and how far it has come, travels in the buttons.

Every button answers: one that leads nowhere answers with nothing.
"""

from calendar import Calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.callbacks.rota import Blank
from handlers.days import WEEKDAYS, month
from handlers.keyboards.buttons import Row, button
from risk.ids import OfficeId

NOWHERE: Final = "·"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthGrid:
    """The month with the number `shown`; days from `earliest` to `latest` can be pressed."""

    office: OfficeId
    shown: int
    earliest: date
    latest: date
    today: date


def month_number(day: date) -> int:
    """Counted from January of the year 0."""
    return day.year * 12 + day.month - 1


def month_rows(
    grid: MonthGrid, *, chosen: Callable[[int], CallbackData], turned: Callable[[int], CallbackData]
) -> list[Row]:
    """Months to turn by, weekdays from Monday, weeks. `chosen` is told the day's number, `turned` the month's."""
    year, month_of_year = divmod(grid.shown, 12)
    weeks = Calendar().monthdatescalendar(year, month_of_year + 1)
    return [
        _heading(grid, date(year, month_of_year + 1, 1), turned),
        [_nothing(grid, weekday) for weekday in WEEKDAYS],
        *([_day(grid, day, chosen) for day in week] for week in weeks),
    ]


def _heading(grid: MonthGrid, first: date, turned: Callable[[int], CallbackData]) -> Row:
    back, forth = grid.shown > month_number(grid.earliest), grid.shown < month_number(grid.latest)
    return [
        button("‹", turned(grid.shown - 1)) if back else _nothing(grid),
        _nothing(grid, month(first)),
        button("›", turned(grid.shown + 1)) if forth else _nothing(grid),
    ]


def _day(grid: MonthGrid, day: date, chosen: Callable[[int], CallbackData]) -> InlineKeyboardButton:
    if month_number(day) != grid.shown or not grid.earliest <= day <= grid.latest:
        return _nothing(grid)
    return button(f"[{day.day}]" if day == grid.today else str(day.day), chosen(day.toordinal()))


def _nothing(grid: MonthGrid, title: str = NOWHERE) -> InlineKeyboardButton:
    return button(title, Blank(office=grid.office))
