"""Whether a planned notice about working a risk still holds, and what it needs to be worded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from risk.closure import missing
from risk.ids import PersonId
from risk.moves import correction_on_its_way
from risk.notices import (
    AnswerReported,
    AnswerSentBack,
    ApprovalAsked,
    ChecksDue,
    ClosureProposed,
    ReturnProposed,
    RiskFollowed,
    UnknownAsked,
    WorkNotice,
)
from risk.people import Place
from risk.ports import OpenUnit, Unit
from risk.risks import RiskState
from risk.standing import Panel
from risk.use_cases.proposing import following_now
from risk.use_cases.reading import CardFacts, card_facts
from risk.workings import Unknown, Working


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTold:
    """The risks that the notice speaks of, as they stand now, and the unknown that is asked about."""

    cards: Sequence[CardFacts]
    unknown: Unknown | None = None
    unknown_place: int = 0


async def work_told(unit: Unit, notice: WorkNotice, now: datetime) -> WorkTold | None:
    """What the courier words; None when the notice no longer holds."""
    if isinstance(notice, ChecksDue):
        cards = [await card_facts(unit, each.risk, Panel.MAIN, now) for each in await _due_of(unit, notice.person, now)]
        return WorkTold(cards=cards) if cards else None
    card = await card_facts(unit, notice.risk, Panel.MAIN, now)
    if not _holds(notice, card):
        return None
    if isinstance(notice, UnknownAsked):
        return WorkTold(cards=[card], unknown=card.working.unknowns[notice.unknown], unknown_place=notice.unknown)
    return WorkTold(cards=[card])


async def tell_of_checks(*, uow: OpenUnit, now: datetime) -> int:
    """Tell whoever follows the reaction that looks are due, all of theirs in one message. How many looks.

    A look that nobody can be told of stays untold, for whoever comes to a seat that may decide.
    """
    async with uow() as unit:
        untold = await unit.workings.checks_untold(now)
        if not untold:
            return 0
        following = await following_now(unit, now)
        told = [(working, person) for working in untold if (person := await following.person(working)) is not None]
        for person in sorted({person for _, person in told}):
            place = Place(address=await unit.people.address_of(person))
            await unit.outbox.plan(ChecksDue(person=person), place, due_at=now)
        for working, _ in told:
            await unit.workings.note_told(working)
        if told:
            await unit.commit()
    return len(told)


def _holds(notice: WorkNotice, card: CardFacts) -> bool:
    risk, working = card.risk, card.working
    correction = correction_on_its_way(risk.state, working)
    match notice:
        case AnswerReported(round=number):
            return risk.round == number and working.answer is not None and working.answer.is_published
        case ApprovalAsked():
            return risk.state is RiskState.APPROVING or (correction is not None and correction.awaits_approval)
        case AnswerSentBack():
            answer = correction or working.answer
            return answer is not None and answer.remark is not None
        case UnknownAsked(round=number, unknown=place):
            is_there = risk.round == number and place < len(working.unknowns)
            return risk.is_open and is_there and not working.unknowns[place].is_settled
        case ClosureProposed(round=number):
            is_watched = risk.round == number and risk.state is RiskState.WATCHED
            return is_watched and not missing(risk, working, card.office.plan)
        case ReturnProposed(round=number):
            is_there = risk.state is RiskState.WATCHED or not risk.is_open
            return risk.round == number and is_there and risk.state is not RiskState.MERGED
        case RiskFollowed(state=state):
            return risk.state is state
        case ChecksDue():
            return True


async def _due_of(unit: Unit, person: PersonId, now: datetime) -> Sequence[Working]:
    """Looks that wait for this person: of their positions, and of others' that fall to them while nobody is there."""
    watchers = [position.id for position in await unit.people.positions()]
    due = await unit.workings.checks_due(watchers, now)
    following = await following_now(unit, now)
    return [working for working in due if await following.person(working) == person]
