"""Rows of an import before they count: each with what follows from it, and how they compare with what is known."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from risk.appeal_states import STEP_WORDS, StepWords, state_of
from risk.appeal_terms import due_of, signs_of_due
from risk.appeals import Appeal, AppealState, Regime
from risk.export_columns import Field
from risk.ids import TerritoryKey
from risk.offices import OfficePlan
from risk.placenames import SETTLEMENT_WORDS
from risk.routing import Distribution, Routed, signs_of


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedAppeal:
    """`told` is what the file alone says, where facts that it has no columns for were taken from what is known."""

    appeal: Appeal
    state: AppealState
    due_at: datetime
    routed: Routed | None
    territory: TerritoryKey | None
    told: Appeal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A staged row, and the appeal that says what its file has no column for; None when nothing is known of it."""

    row: int
    told: Appeal
    known: Appeal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How many staged rows are new, changed or the same; how many known ones of the period are missing, of how many.

    `newer`: rows about appeals of which a newer export has told already; they change nothing.
    """

    new: int
    changed: int
    same: int
    newer: int
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
            state=state_of(appeal, self._words),
            due_at=self._due_at(appeal),
            routed=self.routed(appeal, territory),
            territory=territory,
        )

    def of_lacking(self, row: Lacking, absent: Collection[Field]) -> StagedAppeal:
        """What follows once the facts of absent columns are those that are known."""
        appeal = row.told if row.known is None else filled(row.told, row.known, absent)
        staged = self.of(appeal)
        return staged if appeal == row.told else replace(staged, told=row.told)

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


TOLD_BY: Final[Mapping[str, tuple[Field, ...]]] = MappingProxyType(
    {
        "regime": (Field.LAW, Field.FAST_TRACK),
        "channel": (Field.CHANNEL, Field.POST),
        "group": (Field.GROUP,),
        "topic": (Field.TOPIC,),
        "kind": (Field.KIND,),
        "settlement": (Field.SETTLEMENT,),
        "municipality": (Field.MUNICIPALITY,),
        "department": (Field.DEPARTMENT,),
        "executor": (Field.EXECUTOR,),
        "organisation": (Field.ORGANISATION,),
        "planned_on": (Field.PLANNED,),
        "finished_on": (Field.FINISHED,),
        "finished_at": (Field.FINISHED,),
        "first_answered_at": (Field.FIRST_ANSWERED,),
        "first_answer_in_norm": (Field.FIRST_ANSWER_IN_NORM,),
        "first_answer_time": (Field.FIRST_ANSWER_TIME,),
        "step": (Field.STEP,),
        "outcome": (Field.OUTCOME,),
        "mark": (Field.MARK, Field.CLOSING),
        "satisfaction": (Field.CLOSING,),
        "repeated": (Field.REPEATED,),
        "post": (Field.POST,),
    }
)
"""Which columns say a fact; those of the number and of the creation no export lacks."""
_NEEDS_EACH: Final = frozenset({"regime"})
"""Facts for which one of their columns is not enough."""


def untold(absent: Collection[Field]) -> frozenset[str]:
    """Facts of which a file without these columns says nothing, or not all."""
    return frozenset(
        fact
        for fact, fields in TOLD_BY.items()
        if (any if fact in _NEEDS_EACH else all)(each in absent for each in fields)
    )


def filled(told: Appeal, known: Appeal, absent: Collection[Field]) -> Appeal:
    """A column that is not in the file says nothing, other than an empty cell: what is known of its fact stays."""
    facts: dict[str, Any] = {fact: getattr(known, fact) for fact in untold(absent)}
    facts = {fact: value for fact, value in facts.items() if value is not None}
    if "regime" in facts:
        facts["regime"] = _regime(told.regime, known.regime, absent)
    if "step" in facts and told.finished_on is not None and told.finished_on != known.finished_on:
        del facts["step"]  # it was a step before this end
    return replace(told, **facts)


def _regime(told: Regime, known: Regime, absent: Collection[Field]) -> Regime:
    if told is Regime.LAW_59:
        return told
    if known is Regime.LAW_59:
        return known if Field.LAW in absent else told
    return known if Field.FAST_TRACK in absent else told


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("ё", "е").split())


@lru_cache(maxsize=4096)
def _place(settlement: str) -> str:
    """The name alone: «деревня Охона» and «д. Охона» are one place."""
    words = _plain(settlement).replace(".", " ").split()
    named = [word for word in words if word not in SETTLEMENT_WORDS]
    return " ".join(named or words)
