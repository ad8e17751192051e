"""Reads what members send, with each plan's vocabulary stemmed once."""

from collections.abc import Iterable, Sequence

from bot.gateways.likeness import RussianStemmer, fuzzy_ratio
from risk.finding import Sought
from risk.offices import OfficePlan
from risk.risks import Risk
from risk.sameness import likeliest
from risk.sources import Source
from risk.understanding import Alike, Part, Understanding, understand
from risk.vocabulary import Vocabulary, vocabulary_of


class Reading:
    """Fulfils `risk.ports.Understand`."""

    def __init__(self) -> None:
        self._stemmer = RussianStemmer()
        self._vocabularies: dict[str, Vocabulary] = {}

    def __call__(self, parts: Sequence[Part], plan: OfficePlan) -> Understanding:
        known = self._vocabularies.get(plan.key)
        if known is None or known.plan != plan:
            known = self._vocabularies[plan.key] = vocabulary_of(plan, self._stemmer)
        return understand(parts, known)

    def resembling(self, gist: str | None, sources: Sequence[Source], risks: Iterable[Risk]) -> tuple[Alike, ...]:
        found = likeliest(gist or "", sources, risks, stem=self._stemmer.stem, ratio=fuzzy_ratio)
        return tuple(Alike(risk=risk.id, sameness=sameness) for risk, sameness in found)

    def sought(self, typed: str) -> Sought:
        return Sought.read(typed, self._stemmer.stem)
