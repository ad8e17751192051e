"""The buttons under the choice of an office."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.offices import OfficeChosen
from handlers.keyboards.buttons import button
from risk.offices import Office


def offices_keyboard(others: Sequence[Office]) -> InlineKeyboardMarkup:
    rows = [[button(each.plan.title, OfficeChosen(office=each.id))] for each in others]
    return InlineKeyboardMarkup(inline_keyboard=rows)
