"""The button under the offer to keep a reply as a note."""

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.working import NoteTaken
from handlers.keyboards.buttons import button
from risk.notes import OfferStatus
from risk.use_cases.notes import OfferFacts


def offer_keyboard(facts: OfferFacts) -> InlineKeyboardMarkup | None:
    if facts.offer.status is not OfferStatus.OPEN:
        return None
    take = NoteTaken(office=facts.office.id, offer=facts.offer.id)
    return InlineKeyboardMarkup(inline_keyboard=[[button("Записать заметкой", take)]])
