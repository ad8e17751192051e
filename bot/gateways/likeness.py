"""Likeness of Russian words, by Snowball's stems; what words mean to an office is the domain's."""

import snowballstemmer


class RussianStemmer:
    """Fulfils `risk.vocabulary.Stemmer`. Not for use by several threads: Snowball keeps the word."""

    def __init__(self) -> None:
        self._snowball = snowballstemmer.stemmer("russian")

    def stem(self, word: str) -> str:
        stem: str = self._snowball.stemWord(word)
        return stem
