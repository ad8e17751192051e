"""Presses that move a risk on: taking it up, publishing, closing by criteria; what needs words is in `recording`."""

from dataclasses import dataclass, replace
from datetime import datetime

from risk.closure import missing
from risk.errors import (
    AnswerMissing,
    ApprovalMissing,
    MoveNotPossible,
    NotWorkedOff,
    TakenBySomeone,
    UnknownChoice,
)
from risk.events import EventKind
from risk.ids import RiskId
from risk.moves import Move
from risk.people import Actor, Member
from risk.ports import OpenUnit, UnitOfWork
from risk.powers import Action
from risk.risks import RiskState
from risk.use_cases.answers import (
    approve_correction,
    ask_approval,
    correction_in,
    publish_correction,
    report_answer,
)
from risk.use_cases.permission import permitted
from risk.use_cases.proposing import propose_closure
from risk.use_cases.rounds import InHand, in_hand, keep, move, require_own_block
from risk.workings import Ending, EndingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRisk:
    """Which risk is meant, in the round that the button was made for."""

    risk: RiskId
    round: int


async def take_up(command: OfRisk, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Взять на проверку»: the first press wins. Raises TakenBySomeone, which names who was first."""
    async with uow() as unit:
        member, hand = await _to_work(unit, actor, command)
        working = hand.working
        if hand.risk.state is RiskState.VERIFYING and working.verifier is not None and working.taken_at is not None:
            first = (await unit.people.position(working.verifier)).title(unit.office.plan)
            local = unit.office.plan.calendar.local
            raise TakenBySomeone(first, at=local(working.taken_at), now=local(now))
        taken = replace(working, verifier=member.acting_as.id, taken_at=now)
        await move(unit, member, InHand(risk=hand.risk, working=taken), Move.TAKE, EventKind.TAKEN, now)
        await unit.commit()


async def submit_answer(command: OfRisk, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«На согласование»: whoever approves answers is asked."""
    async with uow() as unit:
        member, hand = await _to_work(unit, actor, command)
        if hand.working.answer is None:
            raise AnswerMissing
        answer = replace(hand.working.answer, submitted_at=now, remark=None)
        submitted = InHand(risk=hand.risk, working=replace(hand.working, answer=answer))
        await move(unit, member, submitted, Move.SUBMIT, EventKind.SUBMITTED, now)
        await ask_approval(unit, member, command.risk, now)
        await unit.commit()


async def approve_answer(command: OfRisk, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Согласовать»: the answer before its publication, or a correction of a published one."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.APPROVE_ANSWER)
        hand = await in_hand(unit, command.risk, command.round)
        if hand.working.answer is None:
            raise AnswerMissing
        correction = correction_in(hand)
        if correction is None:
            answer = replace(hand.working.answer, approved_by=member.acting_as.id, approved_at=now)
            approved = InHand(risk=hand.risk, working=replace(hand.working, answer=answer))
            await move(unit, member, approved, Move.APPROVE, EventKind.APPROVED, now)
        else:
            await approve_correction(unit, member, hand, correction, now)
        await unit.commit()


async def publish_answer(command: OfRisk, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Ответ размещён»: a person has placed it on its platforms; the alert chat gets the report. Or its correction."""
    async with uow() as unit:
        member, hand = await _to_work(unit, actor, command)
        correction = correction_in(hand)
        if correction is None:
            await _publish(unit, member, hand, now)
        else:
            await publish_correction(unit, member, hand, correction, now)
        await unit.commit()


async def work_off(command: OfRisk, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Отработан», by the criteria (Порядок, п. 5). Raises NotWorkedOff with the lines that are not met."""
    async with uow() as unit:
        member, hand = await _to_work(unit, actor, command)
        if hand.risk.state is not RiskState.WATCHED:
            raise MoveNotPossible(hand.risk.state)
        lacking = missing(hand.risk, hand.working, unit.office.plan)
        if lacking:
            raise NotWorkedOff(tuple(lacking))
        ending = Ending(kind=EndingKind.CRITERIA, at=now, by=member.acting_as.id)
        ended = InHand(risk=hand.risk, working=replace(hand.working, ending=ending))
        await move(unit, member, ended, Move.WORK_OFF, EventKind.WORKED_OFF, now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMeasure:
    """A planned measure, by its place in the list."""

    risk: RiskId
    round: int
    measure: int


async def take_measure(command: OfMeasure, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """A planned measure was taken: one press."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.WORK_RISK)
        hand = await in_hand(unit, command.risk, command.round)
        measures = hand.working.measures
        if not 0 <= command.measure < len(measures) or measures[command.measure].is_taken:
            raise UnknownChoice
        require_own_block(unit, member, hand.risk, asked=measures[command.measure].position)
        taken = replace(measures[command.measure], taken_at=now, taken_by=member.acting_as.id)
        working = hand.working.with_measure(command.measure, taken)
        await keep(unit, member, InHand(risk=hand.risk, working=working), EventKind.MEASURE_TAKEN, now, text=taken.what)
        await unit.commit()


async def take_watch(command: OfRisk, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """From now on the reaction is followed by whoever presses."""
    async with uow() as unit:
        member, hand = await _to_work(unit, actor, command)
        watched = InHand(risk=hand.risk, working=replace(hand.working, watcher=member.acting_as.id))
        await keep(unit, member, watched, EventKind.WATCHER_SET, now)
        await unit.commit()


async def follow(command: OfRisk, *, actor: Actor, uow: OpenUnit) -> bool:
    """Hear of the risk's moves from now on, or no more; whether it is followed now."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.FOLLOW_RISK)
        await in_hand(unit, command.risk, command.round)
        own = member.acting_as.id
        follows = own not in await unit.followers.of(command.risk)
        if follows:
            await unit.followers.add(command.risk, own)
        else:
            await unit.followers.remove(command.risk, own)
        await unit.commit()
    return follows


async def pass_up(command: OfRisk, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Передать в ЦУР»: the text is copied by a person; that it was passed on stands in the history."""
    async with uow() as unit:
        member, hand = await _to_work(unit, actor, command)
        await keep(unit, member, hand, EventKind.PASSED_UP, now)
        await unit.commit()


async def _to_work(unit: UnitOfWork, actor: Actor, command: OfRisk) -> tuple[Member, InHand]:
    member = await permitted(unit, actor, Action.WORK_RISK)
    hand = await in_hand(unit, command.risk, command.round)
    require_own_block(unit, member, hand.risk)
    return member, hand


async def _publish(unit: UnitOfWork, member: Member, hand: InHand, now: datetime) -> None:
    answer = hand.working.answer
    if answer is None:
        raise AnswerMissing
    if unit.office.plan.approves_answers and not answer.is_approved:
        raise ApprovalMissing
    published = replace(hand.working, answer=replace(answer, published_by=member.acting_as.id, published_at=now))
    placed = InHand(risk=hand.risk, working=published)
    watched = await move(unit, member, placed, Move.PUBLISH, EventKind.PUBLISHED, now)
    await report_answer(unit, published, now)
    await propose_closure(unit, member, watched, now)
