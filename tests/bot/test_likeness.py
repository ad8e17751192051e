"""Rules of likeness: the forms of a Russian word have one stem; texts are as like as few letters part them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateways.likeness import RussianStemmer, fuzzy_ratio
from risk.vocabulary import Stemmer


@pytest.mark.parametrize(
    "forms",
    [
        "вода воды воде воду водой",
        "школа школы школе школу школ",
        "автобус автобуса автобусы автобусов",
        "яма ямы ям ямами",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    stemmer: Stemmer = RussianStemmer()

    assert len({stemmer.stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("word", ["", "я", "tram", "112", "水", "ъ" * 5000])
def test_any_word_has_a_stem(word: str) -> None:
    assert isinstance(RussianStemmer().stem(word), str)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("вода", "вода", 100), ("вода", "снег", 0), ("", "", 100), ("", "вода", 0), ("мир", "ремонт мир", 46.2)],
)
def test_equal_texts_have_the_ratio_of_a_hundred_and_strange_ones_of_nothing(
    one: str, other: str, ratio: float
) -> None:
    assert fuzzy_ratio(one, other) == pytest.approx(ratio, abs=0.1)


def test_a_text_inside_a_longer_one_is_not_equal_to_it() -> None:
    assert fuzzy_ratio("вода мир", "авария вода дорога мир ремонт труба") < 50


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_ratio_is_within_a_hundred_and_the_same_from_both_sides(one: str, other: str) -> None:
    assert 0 <= fuzzy_ratio(one, other) <= 100
    assert fuzzy_ratio(one, other) == fuzzy_ratio(other, one)
