"""What `/find` looks for: words in any of their forms, or pieces of words and numbers; where, the storage knows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

_Thing = TypeVar("_Thing")

_WORD = re.compile(r"\w+")
_AROUND = '.,;:!?…«»"()'
"""Of a word that was copied out of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[_Thing]):
    """The newest ones, and how many there are in all."""

    shown: Sequence[_Thing]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Words that a text must hold, all of them; «вода» is found as «воды», «Мира» in «улице Мира», «6100» in a number.

    `stem` takes words in lower case, with «е» for «ё».
    """

    words: tuple[str, ...]
    stem: Callable[[str], str]

    @classmethod
    def read(cls, typed: str, stem: Callable[[str], str]) -> Self:
        typed_words = (each.strip(_AROUND) for each in _folded(typed).split())
        return cls(words=tuple(each for each in typed_words if each), stem=stem)

    def is_in(self, text: str) -> bool:
        folded = _folded(text)
        return all(word in folded or self._in_a_form(word, folded) for word in self.words)

    def _in_a_form(self, word: str, text: str) -> bool:
        """Only words that begin with the stem are stemmed: to stem each word of each text would take long."""
        stem = self.stem(word)
        if not stem or stem not in text:
            return False
        return any(each.startswith(stem) and self.stem(each) == stem for each in _WORD.findall(text))


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
