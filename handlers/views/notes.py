"""The offer to keep a reply to a card as a note: one line under the reply, and what became of it."""

from handlers.keyboards.notes import offer_keyboard
from handlers.views.message import Outgoing, outgoing
from risk.masking import PLACEHOLDERS
from risk.notes import OfferStatus
from risk.risks import RiskNumber
from risk.typed import PERSONAL_PAGE_HIDDEN
from risk.use_cases.notes import OfferFacts


def offer(facts: OfferFacts) -> Outgoing:
    return outgoing([_line(facts)], offer_keyboard(facts))


def noted(number: RiskNumber) -> str:
    return f"Записано в историю {number}."


def _line(facts: OfferFacts) -> str:
    match facts.offer.status:
        case OfferStatus.OPEN:
            return f"Записать эти слова в историю {facts.number}?{_hidden(facts.offer.words)}"
        case OfferStatus.TAKEN:
            return noted(facts.number)
        case OfferStatus.LAPSED:
            return f"Слова остались только в чате, в историю {facts.number} не записаны."


def _hidden(words: str) -> str:
    """Said before the press, so that nobody wonders afterwards where a number has gone."""
    is_hidden = any(each in words for each in (*PLACEHOLDERS, PERSONAL_PAGE_HIDDEN))
    return " Личные данные в записи будут скрыты." if is_hidden else ""
