"""The buttons under the question whether it is really them."""

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.people import EntryAnswer
from handlers.keyboards.buttons import button
from risk.use_cases.entering import EntryFacts


def admission_keyboard(facts: EntryFacts) -> InlineKeyboardMarkup:
    office, entry = facts.office.id, facts.entry.id
    yes = button("Да, это так", EntryAnswer(office=office, entry=entry, is_them=True))
    no = button("Нет", EntryAnswer(office=office, entry=entry, is_them=False))
    return InlineKeyboardMarkup(inline_keyboard=[[yes, no]])
