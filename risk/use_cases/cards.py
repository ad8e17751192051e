"""What is pressed on a card: panels, block, criticality; and what the clock writes on it."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from risk.closure import missing
from risk.errors import NotPermitted, RiskNotFound, SomeoneElses, UnknownChoice
from risk.events import Event, EventKind
from risk.ids import BlockKey, LevelKey, PersonId, RiskId, RoleKey
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Action, Power
from risk.risks import (
    AWAITING_ANSWER,
    RETURNS_BEFORE_DECISION,
    NumberAsked,
    Risk,
    answer_deadline,
    verification_deadline,
)
from risk.standing import CARD_PANELS, Panel, Subject
from risk.use_cases.permission import permitted
from risk.use_cases.proposing import propose_closure
from risk.use_cases.rounds import InHand, store_round


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnCard:
    """Open another panel of the card."""

    risk: RiskId
    round: int
    panel: Panel


async def turn_card(command: TurnCard, *, actor: Actor, uow: OpenUnit) -> None:
    async with uow() as unit:
        member = await permitted(unit, actor, _opening(command.panel))
        await _risk(unit, command.risk, command.round)
        if command.panel not in CARD_PANELS:
            raise UnknownChoice
        await unit.standing.turn(Subject.RISK, command.risk, command.panel, opened_by=member.person)
        await unit.commit()


def _opening(panel: Panel) -> Action:
    """Each button on the other panels asks for a power of its own."""
    return Action.OPEN_PANEL if panel in {Panel.BLOCKS, Panel.LEVELS} else Action.BROWSE_CARD


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBlock:
    risk: RiskId
    round: int
    block: BlockKey | None


async def set_block(command: SetBlock, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """After blocks have returned the risk, only whoever decides gives it to one. Raises NotPermitted."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.SET_BLOCK)
        risk = await _risk(unit, command.risk, command.round)
        if command.block is not None and command.block not in unit.office.plan.block_keys:
            raise UnknownChoice
        if risk.returns >= RETURNS_BEFORE_DECISION and Power.DECIDE not in member.powers:
            raise NotPermitted(Power.DECIDE)
        if command.block != risk.block:
            given = replace(risk, block=command.block)
            await store_round(unit, InHand(risk=given, working=await unit.workings.current(risk)), now)
            await unit.events.add(
                _event(EventKind.BLOCK_SET, risk, member, now, before=risk.block, after=command.block)
            )
        await _back_to_main(unit, risk, member)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLevel:
    """`confirmed` is the second press that the highest level asks for."""

    risk: RiskId
    round: int
    level: LevelKey
    confirmed: bool = False


async def set_level(command: SetLevel, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Set the criticality; the deadline is worked out anew from the moment of filing.

    The highest level takes two presses of one person: the first opens the question, the second answers it. Whoever
    was asked may answer even without the power to classify: a filer is asked about the risk they have just filed.
    Raises SomeoneElses when another person's question is confirmed.
    """
    async with uow() as unit:
        asked = await _asked_to_confirm(unit, command.risk)
        own_question = await unit.people.find(actor.address) in asked
        plan = unit.office.plan
        answers = own_question and command.level in {plan.highest.key, plan.highest_without_confirmation.key}
        action = Action.ANSWER_OWN_LEVEL_QUESTION if answers else Action.SET_LEVEL
        member = await permitted(unit, actor, action)
        risk = await _risk(unit, command.risk, command.round)
        if command.level not in {*plan.level_keys, risk.level}:
            raise UnknownChoice
        if command.confirmed and asked and not own_question:
            raise SomeoneElses
        confirmed = command.confirmed and own_question
        if command.level == plan.highest.key != risk.level and not confirmed:
            await unit.standing.turn(Subject.RISK, risk.id, Panel.CONFIRM_HIGHEST, opened_by=member.person)
        else:
            await _level_set(unit, risk, member, command.level, now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCard:
    """`/card 12`: the card is wanted here, anew."""

    asked: NumberAsked
    place: Place


async def post_card(command: PostCard, *, actor: Actor, uow: OpenUnit) -> None:
    async with uow() as unit:
        await permitted(unit, actor, Action.POST_CARD)
        risk = await unit.risks.numbered(command.asked)
        if risk is None:
            raise RiskNotFound(str(command.asked))
        await unit.standing.post(Subject.RISK, risk.id, command.place)
        await unit.commit()


async def refresh_cards_of(unit: UnitOfWork, heads: AbstractSet[RoleKey]) -> None:
    """Open cards of the blocks that these roles head: who answers for them is shown there."""
    blocks = {block.key for block in unit.office.plan.blocks if block.head in heads}
    if not blocks:
        return
    for risk in await unit.risks.all_open():
        if risk.block in blocks:
            await unit.standing.refresh(Subject.RISK, risk.id)


async def note_overdue(*, uow: OpenUnit, now: datetime) -> int:
    """Write «просрочено» once into the history and onto the card of each risk whose deadline has passed."""
    async with uow() as unit:
        overdue = await unit.risks.overdue_unnoted(now)
        for risk in overdue:
            await unit.risks.save(replace(risk, overdue_noted=True))
            kind = EventKind.ANSWER_OVERDUE if risk.state in AWAITING_ANSWER else EventKind.VERIFICATION_OVERDUE
            await unit.events.add(Event(risk=risk.id, at=now, kind=kind, position=None))
            await unit.standing.refresh(Subject.RISK, risk.id)
        if overdue:
            await unit.commit()
    return len(overdue)


async def _risk(unit: Unit, risk_id: RiskId, round_of_button: int) -> Risk:
    """Raises UnknownChoice for a button that is left over from an earlier round of working the risk."""
    risk = await unit.risks.get(risk_id)
    if risk is None or risk.round != round_of_button:
        raise UnknownChoice
    return risk


async def _asked_to_confirm(unit: Unit, risk: RiskId) -> set[PersonId | None]:
    """Of whom the second press is awaited; nobody, when no question stands or it was withdrawn meanwhile."""
    cards = await unit.standing.of(Subject.RISK, risk)
    return {card.opened_by for card in cards if card.panel is Panel.CONFIRM_HIGHEST}


async def _level_set(unit: UnitOfWork, risk: Risk, member: Member, level: LevelKey, now: datetime) -> None:
    """All deadlines follow the level, the next look at the reaction among them."""
    working = await unit.workings.current(risk)
    if level != risk.level or risk.suggested_level is not None:
        plan = unit.office.plan
        begun = working.begun_at or risk.filed_at
        changed = replace(
            risk,
            level=level,
            suggested_level=None,
            verify_by=verification_deadline(begun, level, plan).due_at,
            answer_by=None if risk.answer_by is None else answer_deadline(begun, level, plan).due_at,
        )
        still_overdue = changed.is_overdue(now)
        hand = InHand(risk=replace(changed, overdue_noted=risk.overdue_noted and still_overdue), working=working)
        await store_round(unit, hand, now)
        if missing(risk, working, plan):
            await propose_closure(unit, member, hand, now)
    if level != risk.level:
        await unit.events.add(_event(EventKind.LEVEL_SET, risk, member, now, before=risk.level, after=level))
    await _back_to_main(unit, risk, member)


async def _back_to_main(unit: UnitOfWork, risk: Risk, member: Member) -> None:
    await unit.standing.turn(Subject.RISK, risk.id, Panel.MAIN, opened_by=member.person)


def _event(
    kind: EventKind, risk: Risk, member: Member, now: datetime, *, before: str | None, after: str | None
) -> Event:
    facts = {key: value for key, value in (("before", before), ("after", after)) if value is not None}
    return Event(risk=risk.id, at=now, kind=kind, position=member.acting_as.id, facts=facts)
