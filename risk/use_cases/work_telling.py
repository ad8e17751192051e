"""Whether a planned notice about working a risk still holds, and what it needs to be worded."""

from dataclasses import dataclass
from datetime import datetime

from risk.closure import missing
from risk.moves import correction_on_its_way
from risk.notices import (
    AnswerReported,
    AnswerSentBack,
    ApprovalAsked,
    BlockReturned,
    ClosureProposed,
    ReturnProposed,
    RiskFollowed,
    UnknownAnswered,
    UnknownAsked,
    WorkNotice,
)
from risk.ports import Unit
from risk.risks import RiskState
from risk.standing import Panel
from risk.use_cases.reading import CardFacts, card_facts
from risk.workings import Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkTold:
    """The risk that the notice speaks of, as it stands now, and the unknown that is asked about or was."""

    card: CardFacts
    unknown: Unknown | None = None
    unknown_place: int = 0


async def work_told(unit: Unit, notice: WorkNotice, now: datetime) -> WorkTold | None:
    """What the courier words; None when the notice no longer holds."""
    card = await card_facts(unit, notice.risk, Panel.MAIN, now)
    if not _holds(notice, card):
        return None
    if isinstance(notice, UnknownAsked | UnknownAnswered):
        return WorkTold(card=card, unknown=card.working.unknowns[notice.unknown], unknown_place=notice.unknown)
    return WorkTold(card=card)


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
        case UnknownAnswered(round=number, unknown=place):
            is_there = risk.round == number and place < len(working.unknowns)
            return is_there and working.unknowns[place].is_settled
        case ClosureProposed(round=number):
            is_watched = risk.round == number and risk.state is RiskState.WATCHED
            return is_watched and not missing(risk, working, card.office.plan)
        case ReturnProposed(round=number):
            is_there = risk.state is RiskState.WATCHED or not risk.is_open
            return risk.round == number and is_there and risk.state is not RiskState.MERGED
        case RiskFollowed(state=state):
            return risk.state is state
        case BlockReturned():
            return risk.is_open and risk.block is None
