"""Closure by criteria: which lines the outcome asks for, what each rests on, when the watch is quiet.

Порядок, п. 5: the risk is worked off when there is no further spread / no negative social reaction. How many looks
and after how long is the office's setting by criticality; which publications count is a setting too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from risk.deadlines import Deadline, Term, deadline
from risk.offices import OfficePlan, QuietRule
from risk.risks import Risk
from risk.workings import Check, Outcome, Publication, Reaction, Spread, Working


class Criterion(StrEnum):
    """A line of the checklist."""

    VERIFIED = "verified"
    UNKNOWNS_SETTLED = "unknowns_settled"
    MEASURES_NAMED = "measures_named"
    ANSWER_PUBLISHED = "answer_published"
    LINK_COUNTS = "link_counts"
    WAIVED_WITH_REASON = "waived_with_reason"
    RECURRENCE_EXPLAINED = "recurrence_explained"
    QUIET = "quiet"


_WHOLE: Final = (
    Criterion.VERIFIED,
    Criterion.UNKNOWNS_SETTLED,
    Criterion.MEASURES_NAMED,
    Criterion.ANSWER_PUBLISHED,
    Criterion.LINK_COUNTS,
    Criterion.QUIET,
)

LINES: Final[Mapping[Outcome, tuple[Criterion, ...]]] = MappingProxyType(
    {
        Outcome.CONFIRMED: _WHOLE,
        Outcome.PARTLY: _WHOLE,
        Outcome.REFUTED: (Criterion.VERIFIED, Criterion.ANSWER_PUBLISHED, Criterion.LINK_COUNTS),
        Outcome.UNCLEAR: _WHOLE,
    }
)
"""What each outcome asks for. «Уточняется» never meets its first line, so it cannot close."""

UNANSWERED: Final = (Criterion.VERIFIED, Criterion.WAIVED_WITH_REASON, Criterion.QUIET)
"""What is asked for where it was decided to give no public answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A criterion, and whether the round meets it."""

    criterion: Criterion
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How far following the reaction has come: quiet looks of those needed, and when the next one is due."""

    since: datetime
    quiet: int
    needed: int
    next_at: datetime | None
    next_look: Deadline | None = field(default=None, compare=False)
    """The same moment with its arithmetic."""

    @property
    def is_over(self) -> bool:
        return self.quiet >= self.needed


def checklist(risk: Risk, working: Working, plan: OfficePlan) -> Sequence[Line]:
    """The lines that apply, in their order."""
    asked = UNANSWERED if working.waiver is not None else LINES[working.outcome or Outcome.UNCLEAR]
    found_before = working.round > 1 and working.taken_at is None and working.finding is not None
    if working.recurrence is not None or found_before:
        asked = (*asked[:1], Criterion.RECURRENCE_EXPLAINED, *asked[1:])
    return [Line(criterion=each, met=_is_met(each, risk, working, plan)) for each in asked]


def missing(risk: Risk, working: Working, plan: OfficePlan) -> Sequence[Criterion]:
    return [line.criterion for line in checklist(risk, working, plan) if not line.met]


def is_quiet(check: Check, rule: QuietRule) -> bool:
    """Whether the look found neither negative reaction nor spread, or one of the two where the office reads «или»."""
    calm, still = check.reaction is not Reaction.NEGATIVE, check.spread is not Spread.SPREADS
    return (calm and still) if rule is QuietRule.BOTH else (calm or still)


def watch(risk: Risk, working: Working, plan: OfficePlan) -> Watch | None:
    """The watch as it stands; None before publication.

    A look that was not quiet and a new mention begin it anew. A level that asks for no looks is over at once.
    """
    if working.watched_since is None:
        return None
    noisy = [check.at for check in working.checks if not is_quiet(check, plan.quiet_rule)]
    since = max(filter(None, (working.watched_since, working.disturbed_at, *noisy)))
    counted = [check.at for check in working.checks if check.at > since and check.counts]
    terms = plan.level(risk.level).check_after
    next_look = _next_look(since, counted, terms, plan)
    return Watch(
        since=since,
        quiet=min(len(counted), len(terms)),
        needed=len(terms),
        next_at=None if next_look is None else next_look.due_at,
        next_look=next_look,
    )


def _next_look(
    since: datetime, counted: Sequence[datetime], terms: Sequence[Term], plan: OfficePlan
) -> Deadline | None:
    """At its term, but never sooner after the look before than any two terms lie apart: looks in a row are one look."""
    place = len(counted)
    if place >= len(terms):
        return None
    at_its_term = deadline(since, terms[place], plan.calendar)
    if not counted:
        return at_its_term
    amounts = [timedelta(), *(term.amount for term in terms)]
    apart = replace(terms[place], amount=min(later - sooner for sooner, later in pairwise(amounts)))
    return max(at_its_term, deadline(counted[-1], apart, plan.calendar), key=lambda look: look.due_at)


def counting(working: Working, plan: OfficePlan) -> Sequence[Publication]:
    """Publications that count for closure and have not gone."""
    return [
        each for each in working.publications if each.kind in plan.counted_publications and each.missing_since is None
    ]


def _is_met(criterion: Criterion, risk: Risk, working: Working, plan: OfficePlan) -> bool:
    match criterion:
        case Criterion.VERIFIED:
            return working.outcome not in {None, Outcome.UNCLEAR}
        case Criterion.UNKNOWNS_SETTLED:
            return not working.open_unknowns
        case Criterion.MEASURES_NAMED:
            return bool(working.measures)
        case Criterion.ANSWER_PUBLISHED:
            return working.answer is not None and working.answer.is_published
        case Criterion.LINK_COUNTS:
            return bool(counting(working, plan))
        case Criterion.WAIVED_WITH_REASON:
            return working.waiver is not None
        case Criterion.RECURRENCE_EXPLAINED:
            return working.recurrence is not None
        case Criterion.QUIET:
            watched = watch(risk, working, plan)
            return watched is not None and watched.is_over
