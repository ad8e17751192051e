"""The same risk twice: what resembles it is shown, a member decides; a mention is spread, two risks become one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from risk.drafts import Draft
from risk.errors import MergedWithItself, RiskNotFound, UnknownChoice
from risk.events import EventKind
from risk.ids import RiskId
from risk.moves import Move
from risk.people import Actor, Member
from risk.ports import OpenUnit, Understand, Unit, UnitOfWork
from risk.powers import Action
from risk.reach import reach_facts
from risk.risks import NumberAsked, Risk, RiskNumber
from risk.understanding import Part, Understanding
from risk.use_cases.permission import permitted
from risk.use_cases.proposing import propose_return
from risk.use_cases.rounds import InHand, in_hand, keep, move
from risk.workings import Ending, EndingKind

COMPARED_BACK: Final = timedelta(days=60)
"""Closed risks that were filed earlier are not offered as the same."""


async def understood_among(unit: Unit, parts: Sequence[Part], understand: Understand, now: datetime) -> Understanding:
    """What the parts say, and which risks of the office they may repeat."""
    understood = understand(parts, unit.office.plan)
    others = await unit.risks.comparable(now - COMPARED_BACK)
    return replace(understood, alike=understand.resembling(understood.gist, understood.sources, others))


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRisks:
    """One risk goes into another; both keep their histories, and a pointer leads from the first to the second."""

    risk: RiskId
    round: int
    into: RiskId


async def merge_risks(command: MergeRisks, *, actor: Actor, uow: OpenUnit, now: datetime) -> RiskNumber:
    async with uow() as unit:
        member = await permitted(unit, actor, Action.DECIDE_RISK)
        hand = await in_hand(unit, command.risk, command.round)
        other = await unit.risks.get(command.into)
        if other is None:
            raise UnknownChoice
        await _merged(unit, member, hand, other, now)
        await unit.commit()
    return other.number


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeNumbered:
    """`/merge 12 9`."""

    risk: NumberAsked
    into: NumberAsked


async def merge_numbered(command: MergeNumbered, *, actor: Actor, uow: OpenUnit, now: datetime) -> RiskNumber:
    async with uow() as unit:
        member = await permitted(unit, actor, Action.DECIDE_RISK)
        risk, other = await _numbered(unit, command.risk), await _numbered(unit, command.into)
        hand = InHand(risk=risk, working=await unit.workings.current(risk))
        await _merged(unit, member, hand, other, now)
        await unit.commit()
    return other.number


async def mentioned(unit: UnitOfWork, member: Member, hand: InHand, draft: Draft, now: datetime) -> None:
    """Somebody met the topic once more: a measure of spread. The caller commits."""
    fresh = tuple(source for source in draft.sources if source not in hand.risk.sources)
    risk = replace(hand.risk, sources=(*hand.risk.sources, *fresh))
    working = replace(hand.working, mentions=hand.working.mentions + 1, disturbed_at=now)
    told = ", ".join(source.link or source.label or "" for source in draft.sources)
    seen = reach_facts(None if draft.choices.reach is None else draft.choices.reach.figures)
    await keep(unit, member, InHand(risk=risk, working=working), EventKind.MENTIONED, now, text=told, **seen)
    await unit.followers.add(risk.id, member.acting_as.id)
    if not risk.is_open:
        await propose_return(unit, member, hand, now)


async def _merged(unit: UnitOfWork, member: Member, hand: InHand, other: Risk, now: datetime) -> None:
    """Raises MergedWithItself; UnknownChoice when the other one is merged itself."""
    if other.id == hand.risk.id:
        raise MergedWithItself
    theirs = await unit.workings.current(other)
    if theirs.ending is not None and theirs.ending.kind is EndingKind.MERGED:
        raise UnknownChoice
    ending = Ending(kind=EndingKind.MERGED, at=now, by=member.acting_as.id, into=other.id)
    gone = InHand(risk=hand.risk, working=replace(hand.working, ending=ending))
    await move(unit, member, gone, Move.MERGE, EventKind.MERGED, now, text=str(other.number))
    for position in {hand.risk.filed_by, *await unit.followers.of(hand.risk.id)}:
        await unit.followers.add(other.id, position)
    fresh = tuple(source for source in hand.risk.sources if source not in other.sources)
    grown = InHand(
        risk=replace(other, sources=(*other.sources, *fresh)),
        working=replace(theirs, mentions=theirs.mentions + 1 + hand.working.mentions, disturbed_at=now),
    )
    await keep(unit, member, grown, EventKind.TOOK_IN, now, text=str(hand.risk.number))


async def _numbered(unit: Unit, asked: NumberAsked) -> Risk:
    risk = await unit.risks.numbered(asked)
    if risk is None:
        raise RiskNotFound(str(asked))
    return risk
