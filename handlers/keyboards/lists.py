"""The buttons under a list of risks."""

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks import RisksList
from handlers.keyboards.buttons import Row, button
from risk.use_cases.reading import RisksPage


def risks_keyboard(facts: RisksPage) -> InlineKeyboardMarkup | None:
    """Ways to the pages before and after this one, if there are any."""
    office = facts.office.id
    row: Row = []
    if facts.page > 0:
        row.append(button("‹ Назад", RisksList(office=office, page=facts.page - 1)))
    if facts.page + 1 < facts.pages:
        row.append(button("Дальше ›", RisksList(office=office, page=facts.page + 1)))
    return InlineKeyboardMarkup(inline_keyboard=[row]) if row else None
