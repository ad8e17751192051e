"""What `/find` looks for: words in any of their forms, or pieces of words and numbers; where, the storage knows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

_Thing = TypeVar("_Thing")

_WORD = re.compile(r"\w+")


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
        return cls(words=tuple(_folded(typed).split()), stem=stem)

    def is_in(self, text: str) -> bool:
        folded = _folded(text)
        return all(word in folded or self._in_a_form(word, folded) for word in self.words)

    def _in_a_form(self, word: str, text: str) -> bool:
        """A stem is sought first: to stem each word of each text would take long."""
        stem = self.stem(word)
        return bool(stem) and stem in text and any(self.stem(each) == stem for each in _WORD.findall(text))


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")
