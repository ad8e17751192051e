"""What members type is made safe to keep: a note hides numbers, an official text keeps those of services."""

from collections.abc import Callable
from typing import Any

import pytest

from risk.masking import EMAIL_HIDDEN, NAME_HIDDEN, NUMBER_HIDDEN
from risk.typed import LONGEST_ANSWER, LONGEST_NOTE, PERSONAL_PAGE_HIDDEN, note, official_text, said_as_note
from risk.understanding import RawMessage
from risk.units import units
from tests.support.offices import NOW

BOTH = pytest.mark.parametrize("read", [note, official_text])
Read = Callable[[str], str | None]

PHONE = "8 (81669) 5-55-55"


def test_a_phone_of_a_service_stays_in_an_official_text() -> None:
    text = f"Подвоз воды организован. Диспетчер: {PHONE}, почта: dispetcher@example.ru."
    assert official_text(text) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"Звонила жительница, {PHONE}", f"Звонила жительница, {NUMBER_HIDDEN}"),
        ("Писать на anna@example.ru", f"Писать на {EMAIL_HIDDEN}"),
        ("Ответила [id123|Анна Петрова]", f"Ответила {NAME_HIDDEN}"),
    ],
)
def test_a_note_keeps_nothing_that_leads_to_a_person(typed: str, kept: str) -> None:
    assert note(typed) == kept


def test_what_is_said_in_a_chat_hides_people_whom_the_messenger_names() -> None:
    said = RawMessage(message_id=1, sent_at=NOW, text="Зоряна видела: чинят", name_ranges=((0, 6),))
    assert said_as_note(said) == f"{NAME_HIDDEN} видела: чинят"


@pytest.mark.parametrize("more", [{"text": "Вода есть", "is_forward": True}, {"text": "👍"}, {"text": " "}])
def test_somebody_elses_words_and_signs_alone_are_no_note(more: dict[str, Any]) -> None:
    assert said_as_note(RawMessage(message_id=1, sent_at=NOW, **more)) is None


@BOTH
@pytest.mark.parametrize("page", ["https://vk.com/id123456", "vk.com/wall123_45", "https://vk.com/im?sel=5"])
def test_a_personal_page_goes_from_both(read: Read, page: str) -> None:
    assert read(f"Первым написал {page}, потом другие") == f"Первым написал {PERSONAL_PAGE_HIDDEN}, потом другие"


@BOTH
def test_a_public_page_stays_in_both(read: Read) -> None:
    text = "Ответ размещён: https://vk.com/wall-2_9 и на сайте"
    assert read(text) == text


@BOTH
def test_several_pages_are_hidden_each_in_its_place(read: Read) -> None:
    typed = "vk.com/id1 и https://vk.com/wall-2_9 и vk.com/id2"
    assert read(typed) == f"{PERSONAL_PAGE_HIDDEN} и https://vk.com/wall-2_9 и {PERSONAL_PAGE_HIDDEN}"


@BOTH
@pytest.mark.parametrize("typed", ["", "  \n ", "...", "—", "👍", "https://vk.com/id123456", " vk.com/id1 vk.com/id2 "])
def test_without_words_there_is_nothing_to_keep(read: Read, typed: str) -> None:
    assert read(typed) is None


@pytest.mark.parametrize("typed", [PHONE, "anna@example.ru"])
def test_a_note_of_a_hidden_number_alone_says_nothing(typed: str) -> None:
    assert note(typed) is None


@BOTH
def test_lines_stay_and_spaces_are_tidied(read: Read) -> None:
    assert read("  Первая   строка \n\n  вторая\tстрока  ") == "Первая строка\n\nвторая строка"


@pytest.mark.parametrize(("read", "longest"), [(note, LONGEST_NOTE), (official_text, LONGEST_ANSWER)])
@pytest.mark.parametrize("letter", ["я", "𝓐"])
def test_what_is_too_long_is_shortened_by_utf16_units(read: Read, longest: int, letter: str) -> None:
    as_long_as_may_be = letter * (longest // units(letter))
    assert read(as_long_as_may_be) == as_long_as_may_be
    shortened = read(as_long_as_may_be + letter)
    assert shortened is not None
    assert shortened.endswith("…")
    assert longest - 2 <= units(shortened) <= longest


def test_an_answer_may_be_longer_than_a_note() -> None:
    long = "слово " * 300
    told = official_text(long)
    assert told == long.strip()
    shorter = note(long)
    assert shorter is not None
    assert units(shorter) <= LONGEST_NOTE
