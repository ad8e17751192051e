"""Reads what members send, with each plan's vocabulary stemmed once."""

from collections.abc import Sequence

from bot.gateways.likeness import RussianStemmer
from risk.offices import OfficePlan
from risk.understanding import Part, Understanding, understand
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
