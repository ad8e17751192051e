"""Word forms."""

import pytest

from handlers.russian import accusative, button_title, counted
from risk.units import units


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "часов"),
        (1, "час"),
        (2, "часа"),
        (4, "часа"),
        (5, "часов"),
        (11, "часов"),
        (12, "часов"),
        (14, "часов"),
        (21, "час"),
        (22, "часа"),
        (100, "часов"),
        (101, "час"),
        (111, "часов"),
        (112, "часов"),
        (122, "часа"),
    ],
)
def test_number_decides_the_form_of_its_word(number: int, word: str) -> None:
    assert counted(number, "час", "часа", "часов") == f"{number} {word}"


@pytest.mark.parametrize(
    ("title", "form"),
    [("средняя", "среднюю"), ("низкая", "низкую"), ("жёлтый", "жёлтый"), ("уровень 2", "уровень 2"), ("", "")],
)
def test_feminine_adjectives_are_declined_and_others_left_alone(title: str, form: str) -> None:
    assert accusative(title) == form


def test_button_titles_keep_to_forty_units() -> None:
    assert button_title("Дороги") == "Дороги"
    assert units(button_title("🏠" * 100)) <= 40
