"""Figures of risks, out of their rounds: what each risk was in a period, and how it stood at a moment.

Rounds hold the moments of what was done in them, so any earlier moment can be told again; but block, territory and
criticality are those of now, and so is a deadline that came of the criticality.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from risk.figures import CUTS_OF_RISKS, Asked, Cut, Figure, GroupKey, Scope, Tally
from risk.offices import OfficePlan
from risk.risks import Risk, answer_deadline, verification_deadline
from risk.workings import EndingKind, Outcome, Working

_CLOSED_BY: Final[Mapping[EndingKind, Figure]] = MappingProxyType(
    {
        EndingKind.CRITERIA: Figure.RISKS_WORKED_OFF,
        EndingKind.OVERRIDE: Figure.RISKS_OVERRIDDEN,
        EndingKind.NOT_A_RISK: Figure.RISKS_DISMISSED,
        EndingKind.MERGED: Figure.RISKS_MERGED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskStory:
    """A risk with all its rounds, the first first."""

    risk: Risk
    rounds: Sequence[Working]

    def figures(self, asked: Asked, plan: OfficePlan) -> frozenset[Figure]:
        """What it is counted as; each figure counts a risk once."""
        happened = [(figure, at) for figure, at in self._happenings() if asked.tells_of(at)]
        return frozenset({figure for figure, _ in happened} | self._standing(asked.stands_at, plan))

    def round_at(self, moment: datetime) -> Working | None:
        """The round that was going on then; None when the risk was not yet, or no more, open."""
        for working in reversed(self.rounds):
            if self._begun(working) <= moment:
                is_over = working.ending is not None and working.ending.at <= moment
                return None if is_over else working
        return None

    def due_at(self, working: Working, moment: datetime, plan: OfficePlan) -> datetime | None:
        """When what the round then awaited was due; None while the reaction was watched."""
        if _is_watched(working, moment):
            return None
        is_current = working.round == self.risk.round
        if not _is_verified(working, moment):
            if is_current:
                return self.risk.verify_by
            return verification_deadline(self._begun(working), self.risk.level, plan).due_at
        if is_current and self.risk.answer_by is not None:
            return self.risk.answer_by
        return answer_deadline(self._begun(working), self.risk.level, plan).due_at

    def _happenings(self) -> Iterator[tuple[Figure, datetime]]:
        yield Figure.RISKS_NEW, self.risk.filed_at
        for each in self.rounds:
            if each.begun_at is not None:
                yield Figure.RISKS_RETURNED, each.begun_at
            if each.watched_since is not None:
                yield Figure.RISKS_ANSWERED, each.watched_since
            if each.ending is not None and each.ending.kind in _CLOSED_BY:
                yield _CLOSED_BY[each.ending.kind], each.ending.at

    def _standing(self, moment: datetime, plan: OfficePlan) -> set[Figure]:
        working = self.round_at(moment)
        if working is None:
            return set()
        due = self.due_at(working, moment, plan)
        late = {Figure.RISKS_OVERDUE} if due is not None and due <= moment else set()
        return {Figure.RISKS_OPEN, _stage(working, moment), *late}

    def _begun(self, working: Working) -> datetime:
        return self.risk.filed_at if working.begun_at is None else working.begun_at


def is_in(risk: Risk, scope: Scope) -> bool:
    """Whether the risk belongs to the scope; one of channels or topics has none."""
    if not scope.has_risks or (scope.blocks is not None and risk.block not in scope.blocks):
        return False
    if scope.lacks is not None and _group(risk, scope.lacks) is not None:
        return False
    return scope.territory is None or risk.territory == scope.territory


def risks_tally(stories: Iterable[RiskStory], asked: Asked, plan: OfficePlan) -> Tally:
    counted = Counter(figure for story in stories for figure in story.figures(asked, plan))
    return Tally(figures=dict(counted))


def risks_counted(stories: Iterable[RiskStory], figure: Figure, asked: Asked, plan: OfficePlan) -> Sequence[Risk]:
    """The risks that the figure counts, in the order of their numbers."""
    found = [story.risk for story in stories if figure in story.figures(asked, plan)]
    return sorted(found, key=lambda risk: (risk.number.year, risk.number.serial))


def risks_tallies(stories: Iterable[RiskStory], asked: Asked, cut: Cut, plan: OfficePlan) -> Mapping[GroupKey, Tally]:
    """By block or territory; risks have no other cut."""
    if cut not in CUTS_OF_RISKS:
        return {}
    groups: dict[GroupKey, list[RiskStory]] = {}
    for story in stories:
        groups.setdefault(_group(story.risk, cut), []).append(story)
    return {key: risks_tally(those, asked, plan) for key, those in groups.items()}


def _group(risk: Risk, cut: Cut) -> GroupKey:
    """Of a cut that risks have."""
    return risk.block if cut is Cut.BLOCK else risk.territory


def _stage(working: Working, moment: datetime) -> Figure:
    if _is_watched(working, moment):
        return Figure.RISKS_WATCHED
    return Figure.RISKS_TO_ANSWER if _is_verified(working, moment) else Figure.RISKS_TO_VERIFY


def _is_watched(working: Working, moment: datetime) -> bool:
    return working.watched_since is not None and working.watched_since <= moment


def _is_verified(working: Working, moment: datetime) -> bool:
    """By the last finding of then; a round that took its finding over is verified from its beginning."""
    known = [each for each in working.findings if each.at <= moment]
    return bool(known) and known[-1].outcome is not Outcome.UNCLEAR
