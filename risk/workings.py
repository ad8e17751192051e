"""The working of a risk, one value for each round: what was found, asked, done, answered and seen; no rules of moving.

Порядок, п. 2–5: verification, unknown circumstances, measures taken and planned, the answer with its platforms and its
publications, residents' reaction. A round that is over stays as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Self, TypeVar

from risk.ids import PositionId, RiskId
from risk.offices import PublicationKind
from risk.probes import Probe

FREE_TEXTS: Final = frozenset(
    {
        "grounds",
        "question",
        "answer",
        "what",
        "text",
        "platforms",
        "remark",
        "reason",
        "link",
        "cause",
        "forecast",
        "address",
        "final",
        "title",
    }
)
"""Fields of words and links that people put in, and of what strangers' pages say; what stands in them goes with the
words of a closed risk."""


class Outcome(StrEnum):
    """What verification came to."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    REFUTED = "refuted"
    UNCLEAR = "unclear"


class Reaction(StrEnum):
    """How residents take the answer."""

    NONE = "none"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Spread(StrEnum):
    """Whether the topic goes on spreading."""

    SPREADS = "spreads"
    STILL = "still"
    SOURCE_GONE = "source_gone"


class EndingKind(StrEnum):
    """How a round ended; each needs evidence of its own."""

    CRITERIA = "criteria"
    OVERRIDE = "override"
    NOT_A_RISK = "not_a_risk"
    MERGED = "merged"
    RETURNED = "returned"
    """The risk is worked anew in the next round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Figures of spread, as somebody read them off the platform; None where it shows none."""

    views: int | None = None
    reposts: int | None = None
    comments: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachSeen:
    """The figures, and when they were read off."""

    figures: Reach
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The outcome of verification and what it rests on."""

    outcome: Outcome
    grounds: str
    by: PositionId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A circumstance still unknown: the question, the position that is asked, until when; the answer beside it.

    `asked_by` is the position that put the question and hears of the answer.
    """

    question: str
    asked: PositionId
    until: date
    asked_by: PositionId | None = None
    answer: str | None = None
    answered_by: PositionId | None = None
    answered_at: datetime | None = None

    @property
    def is_settled(self) -> bool:
        return self.answer is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is done about the risk: planned until a day, or taken at a moment.

    `position` is whose measure it is, as it was put on record; `taken_by` only said that it is taken.
    """

    what: str
    position: PositionId
    until: date
    taken_at: datetime | None = None
    taken_by: PositionId | None = None

    @property
    def is_taken(self) -> bool:
        return self.taken_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interim:
    """«Информация проверяется, ответим до …»: published like an answer, with a promise of its own."""

    text: str
    platforms: str
    promised_until: date
    published_by: PositionId
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The official answer. Phones of services stay as typed; `remark` is why it was last returned.

    `corrected_at` is when this text took the place of an earlier one that was published, and is None for the first.
    """

    text: str
    platforms: str
    drafted_by: PositionId
    drafted_at: datetime
    submitted_at: datetime | None = None
    approved_by: PositionId | None = None
    approved_at: datetime | None = None
    remark: str | None = None
    published_by: PositionId | None = None
    published_at: datetime | None = None
    corrected_at: datetime | None = None

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_approved(self) -> bool:
        """An approval is of the text that it was given to, never of a later one."""
        return self.approved_at is not None and self.approved_at >= self.drafted_at

    @property
    def awaits_approval(self) -> bool:
        return self.submitted_at is not None and self.remark is None and not self.is_approved


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """«Без публичного ответа», and why."""

    reason: str
    by: PositionId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A link to the published answer; `link` has no scheme. `seen_by` is who looked and found it in its place.

    `first` is how the page was when a probe first reached it, or when somebody last said that it is as it should be;
    `last` is the last probe, whatever it found.
    """

    link: str
    kind: PublicationKind
    added_by: PositionId
    added_at: datetime
    seen_by: PositionId | None = None
    seen_at: datetime | None = None
    missing_since: datetime | None = None
    changed_since: datetime | None = None
    first: Probe | None = None
    last: Probe | None = None

    @property
    def address(self) -> str:
        return f"https://{self.link}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A look at residents' reaction. `in_place` is None when nobody was asked about the links."""

    at: datetime
    by: PositionId
    reaction: Reaction
    spread: Spread
    in_place: bool | None = None
    reach: Reach | None = None
    counts: bool = True
    """Whether it came at its time; an earlier one is kept, and matters when it is not quiet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """Why the topic spreads again and what is expected of it; with the corrected answer, the work of a later round."""

    cause: str
    forecast: str
    by: PositionId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How the round ended, and why when a person decided it. `into` is the risk that this one was merged into."""

    kind: EndingKind
    at: datetime
    by: PositionId
    reason: str | None = None
    into: RiskId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """One round of working a risk. `disturbed_at` is the last new mention: the watch begins anew from there.

    `begun_at` is None in the first round, which begins with the filing.

    `alike` are risks that this one resembled when it was filed; somebody may decide that they are one.

    `first_reach` is what the filer saw; it stands beside the checks, which are compared with it, and goes on from round
    to round.

    `correction` is a corrected text on its way to be approved and published: until it is there, `answer` is in force.
    """

    risk: RiskId
    round: int
    watcher: PositionId
    begun_at: datetime | None = None
    verifier: PositionId | None = None
    taken_at: datetime | None = None
    findings: tuple[Finding, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    measures: tuple[Measure, ...] = ()
    interims: tuple[Interim, ...] = ()
    answer: Answer | None = None
    earlier_answers: tuple[Answer, ...] = ()
    correction: Answer | None = None
    waiver: Waiver | None = None
    publications: tuple[Publication, ...] = ()
    first_reach: ReachSeen | None = None
    checks: tuple[Check, ...] = ()
    mentions: int = 0
    alike: tuple[RiskId, ...] = ()
    disturbed_at: datetime | None = None
    recurrence: Recurrence | None = None
    ending: Ending | None = None

    @property
    def finding(self) -> Finding | None:
        """The finding in force: the last one."""
        return self.findings[-1] if self.findings else None

    @property
    def outcome(self) -> Outcome | None:
        return None if self.finding is None else self.finding.outcome

    @property
    def watched_since(self) -> datetime | None:
        """When the answer was published, or it was decided that there is none."""
        if self.waiver is not None:
            return self.waiver.at
        return None if self.answer is None else self.answer.published_at

    @property
    def reach(self) -> Reach | None:
        """The figures in force: those of the last check that gave any, before it the filer's."""
        given = [check.reach for check in self.checks if check.reach is not None]
        first = None if self.first_reach is None else self.first_reach.figures
        return given[-1] if given else first

    @property
    def open_unknowns(self) -> Sequence[Unknown]:
        return [each for each in self.unknowns if not each.is_settled]

    @property
    def named_positions(self) -> frozenset[PositionId]:
        """Positions that others have named here: history names those who acted."""
        return frozenset((*(each.asked for each in self.unknowns), *(each.position for each in self.measures)))

    def with_unknown(self, index: int, unknown: Unknown) -> Self:
        return replace(self, unknowns=_at(self.unknowns, index, unknown))

    def with_publication(self, publication: Publication) -> Self:
        """In the place of the one with the same link, or after the others: buttons name publications by their place."""
        links = [each.link for each in self.publications]
        place = links.index(publication.link) if publication.link in links else len(links)
        return replace(self, publications=_at(self.publications, place, publication))

    def with_measure(self, index: int, measure: Measure) -> Self:
        return replace(self, measures=_at(self.measures, index, measure))

    def next_round(self, recurrence: Recurrence | None, *, begun_at: datetime) -> "Working":
        """The round that follows: what was found and is still being done goes on, the answer is to be written anew."""
        return Working(
            risk=self.risk,
            round=self.round + 1,
            watcher=self.watcher,
            begun_at=begun_at,
            findings=self.findings if recurrence is not None else (),
            unknowns=tuple(self.open_unknowns),
            measures=tuple(each for each in self.measures if not each.is_taken),
            first_reach=self.first_reach,
            recurrence=recurrence,
        )

    def without_words(self) -> Self:
        """The same round with its free texts empty; numbers, moments, outcomes, kinds and positions stay."""
        emptied: Self = _emptied("", self)
        return emptied


def _emptied(name: str, value: Any) -> Any:
    """What the field holds, however deep, with its free texts empty. What was never said stays None."""
    if isinstance(value, tuple):
        return tuple(_emptied(name, each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _emptied(each.name, getattr(value, each.name)) for each in fields(value)})
    return "" if name in FREE_TEXTS and value is not None else value


_Item = TypeVar("_Item")


def _at(items: tuple[_Item, ...], index: int, item: _Item) -> tuple[_Item, ...]:
    return (*items[:index], item, *items[index + 1 :])
