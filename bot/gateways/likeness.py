"""Likeness of Russian words, by Snowball's stems, and of texts, by RapidFuzz; what likeness means is the domain's."""

import snowballstemmer
from rapidfuzz import fuzz


class RussianStemmer:
    """Fulfils `risk.vocabulary.Stemmer`. Not for use by several threads: Snowball keeps the word."""

    def __init__(self) -> None:
        self._snowball = snowballstemmer.stemmer("russian")

    def stem(self, word: str) -> str:
        stem: str = self._snowball.stemWord(word)
        return stem


def fuzzy_ratio(one: str, other: str) -> float:
    """The `ratio` of `risk.sameness`: from 0 to 100, by the letters to put in and take out; the order does not matter.

    Plain on purpose: RapidFuzz's ratios of tokens give 100 as soon as one text contains the other.
    """
    return fuzz.ratio(one, other)
