"""Rules of length and cuts: UTF-16 units, whole words, whole visible characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.units import index_at, shortened, units

FAMILY = "👩‍👩‍👧‍👦"
FLAG = "🇷🇺"


def test_a_character_beyond_the_basic_plane_counts_twice() -> None:
    assert units("вода 👍") == 7
    assert index_at("👍а", 0) == index_at("👍а", 1) == 0
    assert index_at("👍а", 2) == 1
    assert index_at("👍а", 99) == 2


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("нет воды", 8, "нет воды"),
        ("нет воды на улице", 12, "нет воды на…"),
        ("нет воды на улице", 11, "нет воды…"),
        ("водопроводчиками", 8, "водопро…"),
        ("а водопроводчиками", 10, "а водопро…"),
        (FAMILY * 2, 15, f"{FAMILY}…"),
        (f"а{FAMILY}", 8, "а…"),
        (FLAG * 3, 11, f"{FLAG * 2}…"),
        ("е\u0301" * 4, 6, "е\u0301е\u0301…"),
        ("👍🏽👍🏽", 7, "👍🏽…"),
        ("1️⃣2️⃣", 5, "1️⃣…"),
    ],
)
def test_a_text_is_cut_at_a_word_and_never_inside_a_character(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_a_cut_text_always_fits(text: str, limit: int) -> None:
    short = shortened(text, limit)

    assert units(short) <= limit
    assert short == text or short.endswith("…")


def test_a_tower_of_accents_is_cut_like_any_text() -> None:
    assert units(shortened("а" + "\u0301" * 1000, 300)) == 300
