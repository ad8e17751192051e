"""The buttons under a list of risks."""

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks import RisksList
from handlers.keyboards.buttons import turning
from risk.use_cases.reading import RisksPage


def risks_keyboard(facts: RisksPage) -> InlineKeyboardMarkup | None:
    """Ways to the pages before and after this one, if there are any."""
    rows = turning(facts.page, facts.pages, lambda page: RisksList(office=facts.office.id, page=page))
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
