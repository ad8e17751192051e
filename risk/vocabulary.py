"""The words by which an office knows its blocks, levels and territories, prepared once, and found in texts.

What a match means is decided in `understanding`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from risk.ids import BlockKey, LevelKey, TerritoryKey
from risk.offices import OfficePlan, Territory
from risk.placenames import SETTLEMENT_WORDS, forms_of, is_place


class Stemmer(Protocol):
    """Brings the forms of a word to one stem. Words come in lower case, with «е» for «ё»."""

    def stem(self, word: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a text as it was written, and its stem."""

    written: str
    stem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Words `begins:ends` of a text are (a form of) `entry`."""

    begins: int
    ends: int
    entry: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and phrases by the stem of their first word."""

    by_first: Mapping[str, tuple[tuple[str, ...], ...]]

    def matches(self, words: Sequence[Word]) -> tuple[Match, ...]:
        """What of the lexicon the words say, in order; a phrase takes the place of the words inside it."""
        found: list[Match] = []
        for begins, word in enumerate(words):
            fitting = (entry for entry in self.by_first.get(word.stem, ()) if _stands_at(entry, words, begins))
            longest = max(fitting, key=len, default=())
            if longest and (not found or begins >= found[-1].ends):
                found.append(Match(begins=begins, ends=begins + len(longest), entry=longest))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A settlement: its name as the preset has it, and the forms of each word of the name."""

    name: str
    territory: TerritoryKey
    forms: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Built once per plan by `vocabulary_of` and kept by whoever asks for understanding."""

    plan: OfficePlan
    stemmer: Stemmer
    blocks: tuple[tuple[BlockKey, Lexicon], ...]
    block_of: Mapping[TerritoryKey, BlockKey]
    levels: tuple[tuple[LevelKey, Lexicon], ...]
    territories: tuple[tuple[TerritoryKey, Lexicon], ...]
    settlements: Mapping[str, tuple[Settlement, ...]]
    """By every form of the first word of the name, the longest name first."""

    def words_of(self, text: str) -> tuple[Word, ...]:
        plain = "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf")
        return tuple(Word(written=word, stem=_stem(word, self.stemmer)) for word in _WORD.findall(plain))

    def settlements_in(self, words: Sequence[Word]) -> tuple[tuple[Match, Settlement], ...]:
        """Settlements that the words name, in order; the longest name wins («Русское Пестово»)."""
        found: list[tuple[Match, Settlement]] = []
        for begins in range(len(words)):
            settlement = self._settlement_at(words, begins)
            if settlement is not None and (not found or begins >= found[-1][0].ends):
                ends = begins + len(settlement.forms)
                found.append((Match(begins=begins, ends=ends, entry=(settlement.name,)), settlement))
        return tuple(found)

    def _settlement_at(self, words: Sequence[Word], begins: int) -> Settlement | None:
        before = words[begins - 1].written if begins else ""
        for settlement in self.settlements.get(_plain(words[begins].written), ()):
            written = [word.written for word in words[begins : begins + len(settlement.forms)]]
            if _agree(written, settlement.forms) and is_place(
                written, before, _plain(_WORD.findall(settlement.name)[-1])
            ):
                return settlement
        return None


def vocabulary_of(plan: OfficePlan, stemmer: Stemmer) -> Vocabulary:
    return Vocabulary(
        plan=plan,
        stemmer=stemmer,
        blocks=tuple((block.key, _lexicon((*block.words, *block.topics), stemmer)) for block in plan.blocks),
        block_of={territory: block.key for block in plan.blocks for territory in block.territories},
        levels=tuple((level.key, _lexicon(level.words, stemmer)) for level in plan.levels),
        territories=tuple((each.key, _lexicon((each.title,), stemmer)) for each in plan.territories),
        settlements=_settlements(plan.territories),
    )


_WORD: Final = re.compile(r"[^\W_]+")


def _plain(word: str) -> str:
    return word.lower().replace("ё", "е")


def _stem(word: str, stemmer: Stemmer) -> str:
    return stemmer.stem(_plain(word))


def _stands_at(entry: tuple[str, ...], words: Sequence[Word], place: int) -> bool:
    return entry == tuple(word.stem for word in words[place : place + len(entry)])


def _agree(written: Sequence[str], forms: tuple[frozenset[str], ...]) -> bool:
    return len(written) == len(forms) and all(_plain(word) in each for word, each in zip(written, forms, strict=True))


def _lexicon(phrases: Iterable[str], stemmer: Stemmer) -> Lexicon:
    by_first: dict[str, dict[tuple[str, ...], None]] = {}
    for phrase in phrases:
        entry = tuple(_stem(word, stemmer) for word in _WORD.findall(phrase))
        if entry:
            by_first.setdefault(entry[0], {})[entry] = None
    return Lexicon({first: tuple(entries) for first, entries in by_first.items()})


def _settlements(territories: Iterable[Territory]) -> Mapping[str, tuple[Settlement, ...]]:
    by_form: dict[str, list[Settlement]] = {}
    for territory in territories:
        for name in territory.settlements:
            own = [word for word in _WORD.findall(name) if _plain(word) not in SETTLEMENT_WORDS]
            settlement = Settlement(name=" ".join(own), territory=territory.key, forms=tuple(map(forms_of, own)))
            for form in settlement.forms[0] if own else ():
                by_form.setdefault(form, []).append(settlement)
    return {form: tuple(sorted(all_, key=lambda each: -len(each.forms))) for form, all_ in by_form.items()}
