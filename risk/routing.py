"""Rules of distribution: which block an imported appeal goes to, and by which word of it; no rule invents a block.

The rules are the office's own («правила распределения»). The first that fits wins; after them a settlement of a
territorial block gives its block. What no rule takes waits for a person.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from risk.appeals import Appeal
from risk.ids import BlockKey, TerritoryKey


class RoutingField(StrEnum):
    """What of an appeal a rule looks at."""

    DEPARTMENT = "department"
    EXECUTOR = "executor"
    ORGANISATION = "organisation"
    GROUP = "group"
    TOPIC = "topic"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule:
    """`words` by field: of each field that is named one word must stand in the appeal, as whole words, case aside."""

    block: BlockKey
    words: Mapping[RoutingField, tuple[str, ...]]

    def __hash__(self) -> int:
        return hash((self.block, tuple(sorted(self.words.items()))))

    def match(self, appeal: Appeal) -> tuple[RoutingField, str] | None:
        """The field and the word that it fits by, of the last field that it names; None when it does not fit."""
        found: tuple[RoutingField, str] | None = None
        for field, words in self.words.items():
            cell = plain(_VALUES[field](appeal) or "")
            word = next((each for each in words if cell and _stands_in(plain(each), cell)), None)
            if word is None:
                return None
            found = field, word
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed:
    """Where an appeal goes and why: by the rule of that number, from 1; without one, by its settlement."""

    block: BlockKey
    field: RoutingField
    word: str
    rule: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """The rules of an office, with the blocks of its territories. Appeals alike are worked out once."""

    rules: tuple[RoutingRule, ...]
    block_of_territory: Mapping[TerritoryKey, BlockKey]

    def of(self, appeal: Appeal, territory: TerritoryKey | None) -> Routed | None:
        for number, rule in enumerate(self.rules, start=1):
            fits = rule.match(appeal)
            if fits is not None:
                field, word = fits
                return Routed(block=rule.block, field=field, word=word, rule=number)
        block = None if territory is None else self.block_of_territory.get(territory)
        if block is None:
            return None
        return Routed(block=block, field=RoutingField.SETTLEMENT, word=appeal.settlement or "")


@cache
def plain(words: str) -> str:
    """As words are compared: without case, ё and whatever stands between them."""
    return " ".join(_words(words))


def signs_of(appeal: Appeal) -> tuple[str | None, ...]:
    """All that a rule may look at: appeals with the same signs go to the same block."""
    return _signs(appeal)


_VALUES: Final[Mapping[RoutingField, Callable[[Appeal], str | None]]] = MappingProxyType(
    {
        RoutingField.DEPARTMENT: lambda appeal: appeal.department,
        RoutingField.EXECUTOR: lambda appeal: appeal.executor,
        RoutingField.ORGANISATION: lambda appeal: appeal.organisation,
        RoutingField.GROUP: lambda appeal: appeal.group,
        RoutingField.TOPIC: lambda appeal: appeal.topic,
        RoutingField.SETTLEMENT: lambda appeal: appeal.settlement,
    }
)


_signs: Final[Callable[[Appeal], tuple[str | None, ...]]] = attrgetter(*(field.value for field in _VALUES))


def _words(text: str) -> Iterator[str]:
    return (found.group().casefold().replace("ё", "е") for found in re.finditer(r"\w+", text))


def _stands_in(word: str, cell: str) -> bool:
    """«образование» stands in «комитет образования» no more than in «образованность»: whole words alone count."""
    return bool(word) and f" {word} " in f" {cell} "
