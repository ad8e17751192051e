"""Rows of an import before they count: each with what follows from it, and how they compare with what is known."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Final

from risk.appeal_states import STEP_WORDS, StepWords, state_of
from risk.appeal_terms import due_of, signs_of_due
from risk.appeals import Appeal, AppealState
from risk.ids import TerritoryKey
from risk.offices import OfficePlan
from risk.placenames import SETTLEMENT_WORDS
from risk.routing import Distribution, Routed, signs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedAppeal:
    """`digest` tells whether two exports say the same of an appeal."""

    appeal: Appeal
    digest: str
    state: AppealState
    due_at: datetime
    routed: Routed | None
    territory: TerritoryKey | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How many staged rows are new, changed or the same; how many known ones of the period are missing, of how many."""

    new: int
    changed: int
    same: int
    vanished: int
    in_period: int


class Derivation:
    """What follows from what an export says, by the rules of one office; appeals alike are worked out once."""

    def __init__(self, plan: OfficePlan, words: StepWords = STEP_WORDS) -> None:
        self._plan = plan
        self._words = words
        self._distribution: Distribution = plan.distribution
        self._territories: Mapping[str, TerritoryKey] = {
            _place(settlement): territory.key for territory in plan.territories for settlement in territory.settlements
        }
        self._municipalities = frozenset(map(_plain, plan.municipalities))
        self._routed: dict[tuple[TerritoryKey | None, tuple[str | None, ...]], Routed | None] = {}
        self._due: dict[tuple[object, ...], datetime] = {}

    def is_ours(self, municipality: str | None) -> bool:
        """A row that names no municipality is the office's own."""
        if not self._municipalities or municipality is None:
            return True
        return _plain(municipality) in self._municipalities

    def of(self, appeal: Appeal) -> StagedAppeal:
        territory = self.territory_of(appeal)
        return StagedAppeal(
            appeal=appeal,
            digest=digest_of(appeal),
            state=state_of(appeal, self._words),
            due_at=self._due_at(appeal),
            routed=self.routed(appeal, territory),
            territory=territory,
        )

    def territory_of(self, appeal: Appeal) -> TerritoryKey | None:
        return None if appeal.settlement is None else self._territories.get(_place(appeal.settlement))

    def routed(self, appeal: Appeal, territory: TerritoryKey | None) -> Routed | None:
        signs = territory, signs_of(appeal)
        if signs not in self._routed:
            self._routed[signs] = self._distribution.of(appeal, territory)
        return self._routed[signs]

    def _due_at(self, appeal: Appeal) -> datetime:
        plan = self._plan
        signs = signs_of_due(appeal, plan.calendar)
        known = None if signs is None else self._due.get(signs)
        if known is None:
            known = due_of(appeal, plan.appeal_terms, plan.calendar).at
            if signs is not None:
                self._due[signs] = known
        return known


def digest_of(appeal: Appeal) -> str:
    """Of every fact that is kept, in the order of the fields."""
    facts = "\x1f".join("\x00" if fact is None else str(fact) for fact in _facts(appeal))
    return hashlib.blake2b(facts.encode(), digest_size=12).hexdigest()


_facts: Final = attrgetter(*Appeal.__dataclass_fields__)


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("ё", "е").split())


@lru_cache(maxsize=4096)
def _place(settlement: str) -> str:
    """The name alone: «деревня Охона» and «д. Охона» are one place."""
    words = _plain(settlement).replace(".", " ").split()
    named = [word for word in words if word not in SETTLEMENT_WORDS]
    return " ".join(named or words)
