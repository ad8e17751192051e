"""What is found by words."""

import pytest

from bot.gateways.likeness import RussianStemmer
from risk.finding import Sought


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("вода Мира", "На улице Мира третий день без воды", True),
        ("воду мир", "На улице Мира третий день без воды", True),
        ("дороги", "Ямы на дороге", True),
        ("ёлка", "Упала елка", True),
        ("6100", "6100013 Ямы", True),
        ("vk.com", "Нет света https://vk.com/wall-1_2", True),
        ("вода свет", "На улице Мира третий день без воды", False),
        ("«авария,» . дом.", "Авария у дома", True),
        ("водитель", "Нет воды", False),
        ("вода", "Водитель автобуса", False),
    ],
)
def test_a_word_is_found_in_any_form(typed: str, text: str, found: bool) -> None:
    assert Sought.read(typed, RussianStemmer().stem).is_in(text) is found
