"""Rules of likeness: the forms of a Russian word have one stem."""

import pytest

from bot.gateways.likeness import RussianStemmer
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
