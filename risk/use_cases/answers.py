"""The official answer between its drafting and its report: who is asked to approve it, and how a published one changes.

No use cases: what is here is part of them, and their callers commit.
"""

from dataclasses import replace
from datetime import datetime

from risk.errors import ApprovalMissing, MoveNotPossible
from risk.events import EventKind
from risk.ids import RiskId
from risk.moves import correction_on_its_way
from risk.notices import AnswerReported, ApprovalAsked
from risk.people import Member
from risk.ports import UnitOfWork
from risk.powers import Power
from risk.use_cases.addressing import tell_seated
from risk.use_cases.permission import holders
from risk.use_cases.rounds import InHand, keep
from risk.workings import Answer, Working


async def ask_approval(unit: UnitOfWork, member: Member, risk: RiskId, now: datetime) -> None:
    """Whoever may approve is asked, but for the one who acts."""
    await tell_seated(unit, await holders(unit, Power.APPROVE), ApprovalAsked(risk=risk), now, but=member.person)


async def report_answer(unit: UnitOfWork, working: Working, now: datetime) -> None:
    """The alert chat gets the report in the procedure's two parts (Порядок, п. 3)."""
    alert_chat = await unit.chats.alert_chat()
    if alert_chat is not None:
        await unit.outbox.plan(AnswerReported(risk=working.risk, round=working.round), alert_chat, due_at=now)


async def correct(unit: UnitOfWork, member: Member, hand: InHand, corrected: Answer, now: datetime) -> None:
    """A corrected text of a published answer.

    Where the office asks approval it is approved anew, as any other text; whoever may approve does so by correcting.
    """
    if not unit.office.plan.approves_answers:
        await _take_effect(unit, member, hand, corrected, now)
    elif Power.APPROVE in member.powers:
        await _take_effect(unit, member, hand, _approved(corrected, member, now), now)
    else:
        await _keep(unit, member, hand, replace(corrected, submitted_at=now), EventKind.SUBMITTED, now)
        await ask_approval(unit, member, hand.risk.id, now)


async def approve_correction(unit: UnitOfWork, member: Member, hand: InHand, correction: Answer, now: datetime) -> None:
    """Raises MoveNotPossible for one that was approved already or sent back."""
    if not correction.awaits_approval:
        raise MoveNotPossible(hand.risk.state)
    await _keep(unit, member, hand, _approved(correction, member, now), EventKind.APPROVED, now)


async def send_correction_back(
    unit: UnitOfWork, member: Member, hand: InHand, correction: Answer, remark: str, now: datetime
) -> None:
    await _keep(unit, member, hand, returned(correction, remark), EventKind.SENT_BACK, now, text=remark)


async def publish_correction(unit: UnitOfWork, member: Member, hand: InHand, correction: Answer, now: datetime) -> None:
    """A person has placed the corrected text on its platforms. Raises ApprovalMissing."""
    if not correction.is_approved:
        raise ApprovalMissing
    await _take_effect(unit, member, hand, correction, now)


def correction_in(hand: InHand) -> Answer | None:
    return correction_on_its_way(hand.risk.state, hand.working)


def returned(answer: Answer, remark: str) -> Answer:
    """Without its approval, and no longer waiting for one."""
    return replace(answer, remark=remark, submitted_at=None, approved_at=None, approved_by=None)


def _approved(answer: Answer, member: Member, now: datetime) -> Answer:
    return replace(answer, approved_by=member.acting_as.id, approved_at=now)


async def _take_effect(unit: UnitOfWork, member: Member, hand: InHand, corrected: Answer, now: datetime) -> None:
    """The earlier text stays as a version. The reaction is followed since the first publication, as it was."""
    before = hand.working.answer
    assert before is not None
    in_force = replace(corrected, published_by=before.published_by, published_at=before.published_at, corrected_at=now)
    earlier = (*hand.working.earlier_answers, before)
    working = replace(hand.working, answer=in_force, earlier_answers=earlier, correction=None)
    await keep(unit, member, InHand(risk=hand.risk, working=working), EventKind.CORRECTED, now)
    await report_answer(unit, working, now)


async def _keep(
    unit: UnitOfWork, member: Member, hand: InHand, correction: Answer, kind: EventKind, now: datetime, **facts: str
) -> None:
    working = replace(hand.working, correction=correction)
    await keep(unit, member, InHand(risk=hand.risk, working=working), kind, now, **facts)
