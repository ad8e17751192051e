"""The round of a risk in hand: read with its risk, kept with its history, its card and what it owes; no acts."""

from dataclasses import dataclass, replace
from datetime import datetime

from risk.errors import OutsideBlock, UnknownChoice
from risk.events import Event, EventKind
from risk.ids import BlockKey, PositionId, RiskId
from risk.link_watch import next_probe_at
from risk.moves import BEGINS_A_ROUND, Move, moved
from risk.notices import RiskFollowed
from risk.offices import OfficePlan
from risk.people import Member, Place
from risk.ports import Unit, UnitOfWork
from risk.risks import Risk
from risk.standing import Panel, Subject
from risk.use_cases.owing import settle_owed
from risk.workings import Working


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """A risk and the round that it is in."""

    risk: Risk
    working: Working


async def in_hand(unit: Unit, risk_id: RiskId, round_of_button: int) -> InHand:
    """Raises UnknownChoice for a button that is left over from an earlier round of working the risk."""
    risk = await unit.risks.get(risk_id)
    if risk is None or risk.round != round_of_button:
        raise UnknownChoice
    return InHand(risk=risk, working=await unit.workings.current(risk))


def require_own_block(unit: Unit, member: Member, risk: Risk, *, asked: PositionId | None = None) -> None:
    """Heads and owners of other blocks keep out of a block's risks; everybody else may work any (решение офиса).

    `asked` is the position that is wanted for this very thing: it may, whatever it heads. Raises OutsideBlock.
    """
    if asked in {position.id for position in member.positions}:
        return
    if is_of_other_block(unit.office.plan, member, risk.block):
        raise OutsideBlock


def is_of_other_block(plan: OfficePlan, member: Member, key: BlockKey | None) -> bool:
    """Whether all that the member does is to head or own other blocks than this one."""
    block = plan.block(key)
    of_blocks = {role for each in plan.blocks for role in (each.head, each.owner) if role is not None}
    roles = {position.role for position in member.positions}
    return block is not None and roles <= of_blocks and not roles & {block.head, block.owner}


async def keep(unit: UnitOfWork, member: Member, hand: InHand, kind: EventKind, now: datetime, **facts: str) -> None:
    """Store what has changed and write it down; the card follows. The caller commits."""
    await unit.risks.save(hand.risk)
    await save_round(unit, hand, now)
    await unit.events.add(Event(risk=hand.risk.id, at=now, kind=kind, position=member.acting_as.id, facts=facts))
    await unit.standing.turn(Subject.RISK, hand.risk.id, Panel.MAIN, opened_by=member.person)


async def move(
    unit: UnitOfWork, member: Member, hand: InHand, step: Move, kind: EventKind, now: datetime, **facts: str
) -> InHand:
    """Keep the round after a move of its risk, and tell whoever follows it. The caller commits.

    Raises MoveNotPossible.
    """
    after = replace(hand.risk, state=moved(hand.risk.state, step))
    after = replace(after, overdue_noted=hand.risk.overdue_noted and after.awaits_still(hand.risk))
    if step in BEGINS_A_ROUND:
        after = replace(after, round=hand.working.round)
        await unit.workings.begin(hand.working)
    arrived = InHand(risk=after, working=hand.working)
    await keep(unit, member, arrived, kind, now, **facts)
    await _tell_followers(unit, member, after, now)
    return arrived


async def store_round(unit: UnitOfWork, hand: InHand, now: datetime) -> None:
    """Store a round that the clock has changed. The caller commits."""
    await unit.risks.save(hand.risk)
    await save_round(unit, hand, now)
    await unit.standing.refresh(Subject.RISK, hand.risk.id)


async def save_round(unit: UnitOfWork, hand: InHand, now: datetime) -> None:
    """The round alone, with what it awaits: nothing that a card shows has changed. The caller commits."""
    await unit.workings.save(hand.working, probe_at=next_probe_at(hand.risk, hand.working))
    await settle_owed(unit, hand.risk, hand.working, now)


async def _tell_followers(unit: UnitOfWork, member: Member, risk: Risk, now: datetime) -> None:
    told = set()
    for position in await unit.followers.of(risk.id):
        holder = (await unit.people.position(position)).holder
        if holder is not None and holder != member.person and holder not in told:
            told.add(holder)
            place = Place(address=await unit.people.address_of(holder))
            await unit.outbox.plan(RiskFollowed(risk=risk.id, state=risk.state), place, due_at=now)
