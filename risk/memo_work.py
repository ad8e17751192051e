"""What a memo tells of risks: those of its period, measures taken and planned, causes of what spread again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from risk.figures import Asked, Figure
from risk.ids import BlockKey, PositionId, RiskId
from risk.offices import OfficePlan
from risk.risk_figures import RiskStory
from risk.risks import RiskNumber
from risk.workings import Answer, EndingKind, Interim, Publication, Working

_PUT_ASIDE: Final = frozenset({EndingKind.NOT_A_RISK, EndingKind.MERGED})
"""Of such a round nothing is still to be done: it was no risk, or another one goes on with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTold:
    """A risk of the period. `figures` are those it is counted as; `ending` is how it was closed, None while open.
    `is_taken_up`: somebody has begun to verify it.

    `answer` is the one in force at the last moment; `publications` are its own. A text that was kept for a while only
    is empty.
    """

    number: RiskNumber
    gist: str
    block: BlockKey | None
    figures: frozenset[Figure]
    is_taken_up: bool
    ending: EndingKind | None
    answer: Answer | None
    interim: Interim | None
    is_waived: bool
    publications: tuple[Publication, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTold:
    """`position` took it, or is to take it; `day` is when it was taken, or until when it is planned."""

    number: RiskNumber
    block: BlockKey | None
    what: str
    position: PositionId
    day: date
    is_taken: bool
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseTold:
    """Why a topic spread again, and what was expected of it."""

    number: RiskNumber
    block: BlockKey | None
    day: date
    cause: str
    forecast: str


def risks_told(stories: Iterable[RiskStory], asked: Asked, plan: OfficePlan) -> Sequence[RiskTold]:
    """Every risk that a figure of the period counts, in the order of numbers."""
    told = [_risk_told(story, figures, asked) for story in stories if (figures := story.figures(asked, plan))]
    return sorted(told, key=lambda each: (each.number.year, each.number.serial))


def measures_taken(stories: Iterable[RiskStory], asked: Asked) -> Sequence[MeasureTold]:
    """In the period, in any round, in their order."""
    found = [
        (measure.taken_at, _measure(story, measure.what, measure.position, day, is_taken=True))
        for story in stories
        for working in story.rounds
        for measure in working.measures
        if measure.taken_at is not None and asked.begins <= measure.taken_at < asked.ends
        for day in [asked.calendar.local(measure.taken_at).date()]
    ]
    return [told for _, told in sorted(found, key=lambda each: each[0])]


def measures_planned(
    stories: Iterable[RiskStory], asked: Asked, planned_at: Mapping[tuple[RiskId, str], datetime]
) -> Sequence[MeasureTold]:
    """Not taken yet at the last moment, those due first. `planned_at`: when each was put on record, where known."""
    today = asked.calendar.local(asked.stands_at).date()
    found = [
        _measure(story, each.what, each.position, each.until, is_late=each.until < today)
        for story in stories
        for working in [round_of(story, asked.stands_at)]
        if working is not None and not _is_put_aside(working, asked.stands_at)
        for each in working.measures
        if (each.taken_at is None or each.taken_at > asked.stands_at)
        and planned_at.get((story.risk.id, each.what), asked.stands_at) <= asked.stands_at
    ]
    return sorted(found, key=lambda each: each.day)


def causes_told(stories: Iterable[RiskStory], asked: Asked) -> Sequence[CauseTold]:
    """Recorded in the period, of whatever spread again."""
    return [
        CauseTold(
            number=story.risk.number,
            block=story.risk.block,
            day=asked.calendar.local(why.at).date(),
            cause=why.cause,
            forecast=why.forecast,
        )
        for story in stories
        for why in (working.recurrence for working in story.rounds)
        if why is not None and asked.begins <= why.at < asked.ends
    ]


def round_of(story: RiskStory, moment: datetime) -> Working | None:
    """The last round that had begun by then, be it over; None when the risk was not yet filed."""
    begun = [each for each in story.rounds if (each.begun_at or story.risk.filed_at) <= moment]
    return begun[-1] if begun else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _InForce:
    """What had been published by some moment."""

    answer: Answer | None = None
    interim: Interim | None = None
    is_waived: bool = False
    publications: tuple[Publication, ...] = ()


def _risk_told(story: RiskStory, figures: frozenset[Figure], asked: Asked) -> RiskTold:
    working = round_of(story, asked.stands_at)
    ending = None if working is None else working.ending
    in_force = _InForce() if working is None else _in_force(working, asked.stands_at)
    return RiskTold(
        number=story.risk.number,
        gist=story.risk.gist,
        block=story.risk.block,
        figures=figures,
        is_taken_up=working is not None and working.taken_at is not None and working.taken_at <= asked.stands_at,
        ending=None if ending is None or ending.at > asked.stands_at else ending.kind,
        answer=in_force.answer,
        interim=in_force.interim,
        is_waived=in_force.is_waived,
        publications=in_force.publications,
    )


def _in_force(working: Working, moment: datetime) -> _InForce:
    answers = [*working.earlier_answers, *([] if working.answer is None else [working.answer])]
    published = [each for each in answers if each.published_at is not None and each.published_at <= moment]
    interims = [each for each in working.interims if each.published_at <= moment]
    return _InForce(
        answer=published[-1] if published else None,
        interim=interims[-1] if interims else None,
        is_waived=working.waiver is not None and working.waiver.at <= moment,
        publications=tuple(each for each in working.publications if each.added_at <= moment),
    )


def _is_put_aside(working: Working, moment: datetime) -> bool:
    return working.ending is not None and working.ending.at <= moment and working.ending.kind in _PUT_ASIDE


def _measure(
    story: RiskStory, what: str, position: PositionId, day: date, *, is_taken: bool = False, is_late: bool = False
) -> MeasureTold:
    known = story.risk
    return MeasureTold(
        number=known.number,
        block=known.block,
        what=what,
        position=position,
        day=day,
        is_taken=is_taken,
        is_late=is_late,
    )
