"""The offer of a note: one line and one button, then what became of it."""

import pytest

from handlers.views.notes import offer
from risk.ids import NoteOfferId, PersonId, PositionId, RiskId
from risk.masking import PLACEHOLDERS
from risk.notes import NoteOffer, OfferStatus
from risk.risks import RiskNumber
from risk.typed import PERSONAL_PAGE_HIDDEN
from risk.use_cases.notes import OfferFacts
from tests.handlers.builders import SATURDAY, office, titles


def facts(status: OfferStatus = OfferStatus.OPEN, *, words: str = "Вода есть") -> OfferFacts:
    made = NoteOffer(
        id=NoteOfferId(9),
        risk=RiskId(7),
        author=PersonId(4),
        said_by=PositionId(5),
        message=55,
        words=words,
        status=status,
        touched_at=SATURDAY,
    )
    return OfferFacts(office=office(), offer=made, number=RiskNumber(serial=12, year=2026))


def test_an_offer_asks_in_one_line_with_one_button_and_does_not_repeat_the_words() -> None:
    shown = offer(facts())
    assert shown.text == "Записать эти слова в историю ИР-12/26?"
    assert titles(shown.keyboard) == [["Записать заметкой"]]


@pytest.mark.parametrize("hidden", [*PLACEHOLDERS, PERSONAL_PAGE_HIDDEN])
def test_an_offer_says_beforehand_that_something_will_be_hidden(hidden: str) -> None:
    assert offer(facts(words=f"Звонила {hidden}")).text.endswith("? Личные данные в записи будут скрыты.")


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (OfferStatus.TAKEN, "Записано в историю ИР-12/26."),
        (OfferStatus.LAPSED, "Слова остались только в чате, в историю ИР-12/26 не записаны."),
    ],
)
def test_an_offer_that_is_over_says_what_became_of_it_and_has_no_button(status: OfferStatus, says: str) -> None:
    shown = offer(facts(status, words=""))
    assert (shown.text, shown.keyboard) == (says, None)
