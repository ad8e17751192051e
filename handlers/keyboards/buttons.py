"""One button and the column of choices, alike on every keyboard."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.russian import button_title
from risk.offices import Level

Row = list[InlineKeyboardButton]

NUMBERS_IN_A_ROW: Final = 4
"""Of items or groups that a number opens."""


def button(title: str, press: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=button_title(title), callback_data=press.pack())


def choices(offered: Iterable[tuple[str, CallbackData]], back: InlineKeyboardButton) -> list[Row]:
    """Titles one under the other, so that long ones can be read, and the way back."""
    return [*([button(title, press)] for title, press in offered), [back]]


def turning(page: int, pages: int, to: Callable[[int], CallbackData], *, earlier: str = "‹ Назад") -> list[Row]:
    """Ways to the pages before and after this one, if there are any; pages are counted from 0.

    `earlier` is for a keyboard on which «Назад» is already the way up.
    """
    row: Row = []
    if page > 0:
        row.append(button(earlier, to(page - 1)))
    if page + 1 < pages:
        row.append(button("Дальше ›", to(page + 1)))
    return [row] if row else []


def turning_back(page: int, pages: int, to: Callable[[int], CallbackData]) -> list[Row]:
    """Ways through what stands from old to new, with the newest page first: back in time, and forth again."""
    row: Row = []
    if page + 1 < pages:
        row.append(button("‹ Раньше", to(page + 1)))
    if page > 0:
        row.append(button("Позже ›", to(page - 1)))
    return [row] if row else []


def in_rows(buttons: Sequence[InlineKeyboardButton], width: int) -> list[Row]:
    return [list(buttons[at : at + width]) for at in range(0, len(buttons), width)]


def level_title(level: Level) -> str:
    """A level as buttons and lines name it: its sign and its word."""
    return f"{level.sign} {level.title}"
