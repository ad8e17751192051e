"""Records, field after field: opened by a press, filled, taken back, left.

What may answer is in `record_answers`, what follows in `effects` and `appeal_effects`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from risk.errors import AnswerUnclear, DraftClosed, SomeoneElses, UnknownChoice
from risk.ids import AppealId, ObligationId, PositionId, RecordId, RiskId
from risk.obligations import Matter, ObligationKey
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Action
from risk.records import CHOSEN, OF_APPEAL, OF_OWED, Record, RecordField, RecordKind, RecordStatus
from risk.standing import Subject
from risk.use_cases.appeal_effects import put_on_appeal, require_recordable
from risk.use_cases.effects import put_on_record, require_possible, skipped_fields
from risk.use_cases.holding import owed_about
from risk.use_cases.permission import permitted
from risk.use_cases.record_answers import RecordWords, offered, read_words
from risk.use_cases.rounds import InHand, in_hand, require_own_block

ABANDONED_AFTER: Final = timedelta(days=3)
"""A record that nobody has touched for so long is closed, and what was typed is dropped."""

DECIDED: Final = frozenset({RecordKind.WAIVE, RecordKind.DISMISS, RecordKind.OVERRIDE, RecordKind.REOPEN})
"""Records that take the power to decide; what other power the rest take, `action_of` says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecord:
    """A press that needs words about a risk: its questions stand in private. `item` is the place of an unknown."""

    risk: RiskId
    round: int
    kind: RecordKind
    item: int
    place: Place


async def open_record(command: OpenRecord, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Raises what keeps such a record from being made now, OutsideBlock."""
    async with uow() as unit:
        member = await permitted(unit, actor, action_of(command.kind))
        if command.kind in OF_APPEAL:
            raise UnknownChoice
        record = begun(command.kind, command.place, member, now, item=command.item)
        await begin_record(unit, member, replace(record, risk=command.risk, round=command.round))
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOwedRecord:
    """A press on something owed that does not settle it: the questions about it stand in private."""

    owed: ObligationId
    kind: RecordKind
    place: Place


async def open_owed_record(command: OpenOwedRecord, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """What it is about, a risk or an appeal, the obligation says. Raises as `open_record`, and UnknownChoice."""
    async with uow() as unit:
        member = await permitted(unit, actor, action_of(command.kind))
        owed = await unit.obligations.find(command.owed)
        if owed is None or command.kind not in OF_OWED:
            raise UnknownChoice
        record = begun(command.kind, command.place, member, now, item=owed.id)
        await begin_record(unit, member, _about(record, owed.obligation.key))
        await unit.commit()


def _about(record: Record, key: ObligationKey) -> Record:
    match key.matter:
        case Matter.RISK:
            return replace(record, risk=RiskId(key.matter_id), round=key.round)
        case Matter.APPEAL:
            return replace(record, appeal=AppealId(key.matter_id))


def begun(kind: RecordKind, place: Place, member: Member, now: datetime, *, item: int = 0) -> Record:
    """A record of which nothing is answered yet."""
    return Record(
        id=RecordId(0),
        author=member.person,
        place=place,
        kind=kind,
        item=item,
        status=RecordStatus.OPEN,
        touched_at=now,
    )


async def begin_record(unit: UnitOfWork, member: Member, record: Record) -> None:
    """Let its questions stand in private, if it may be made now. The caller commits.

    Raises what keeps it from being made now, OutsideBlock.
    """
    skipped = await _require_makeable(unit, member, record)
    if not await _is_open_already(unit, member, record):
        await set_records_aside(unit, member)
        stored = await unit.records.add(replace(record, skipped=skipped))
        await unit.standing.post(Subject.RECORD, stored.id, stored.place)


async def _require_makeable(unit: Unit, member: Member, record: Record) -> tuple[RecordField, ...]:
    """Asked at the press and again at the last answer: between them its matter may change hands. Fields to skip."""
    if record.risk is None:
        await require_recordable(unit, member, record)
        is_without_blocks = record.kind is RecordKind.NEW_APPEAL and not unit.office.plan.blocks
        return (RecordField.BLOCK,) if is_without_blocks else ()
    hand = await in_hand(unit, record.risk, record.round)
    await _require_own(unit, member, hand, record.kind, record.item)
    return skipped_fields(hand, record.kind)


async def _require_own(unit: Unit, member: Member, hand: InHand, kind: RecordKind, item: int) -> None:
    """Raises what keeps such a record from being made now, OutsideBlock."""
    require_possible(unit, hand, kind, item)
    require_own_block(unit, member, hand.risk, asked=await _asked_of(unit, hand, kind, item))


async def _asked_of(unit: Unit, hand: InHand, kind: RecordKind, item: int) -> PositionId | None:
    """The position that this very thing is asked of, whatever block it heads. Raises UnknownChoice."""
    if kind in OF_OWED:
        return (await owed_about(unit, Matter.RISK, hand.risk.id, item)).obligation.position
    return hand.working.unknowns[item].asked if kind is RecordKind.UNKNOWN_ANSWER else None


async def _is_open_already(unit: Unit, member: Member, record: Record) -> bool:
    """Pressed twice, or once more after a crash: the question stands, and what was answered stays."""
    return any(_identity(each) == _identity(record) for each in await unit.records.open_of(member.person))


def _identity(record: Record) -> tuple[object, ...]:
    return record.risk, record.appeal, record.round, record.kind, record.item, record.place


async def take_record_words(command: RecordWords, *, actor: Actor, uow: OpenUnit, now: datetime) -> bool:
    """Words go into the field that is asked; False when nothing is, and the message is for somebody else to take.

    Raises AnswerUnclear, LinkUnfit, DayOver or HoldUnfit when they do not answer it.
    """
    async with uow() as unit:
        record = await _awaiting_words(unit, actor, command)
        if record is None or record.asked is None:
            return False
        member = await permitted(unit, actor, action_of(record.kind))
        today = unit.office.plan.calendar.local(now).date()
        value = read_words(record.kind, record.asked, command, today)
        if value is None:
            if command.typed is None:
                return False
            raise AnswerUnclear
        await _filled(unit, member, record, record.asked, value, now)
        # Below the words, where the next question is looked for.
        await unit.standing.post(Subject.RECORD, record.id, record.place, pressed=True)
        await unit.commit()
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseInRecord:
    """A button under the question: which field it answers, and how."""

    record: RecordId
    field: RecordField
    value: str


async def choose_in_record(command: ChooseInRecord, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        member, record = await _own_open_record(unit, actor, command.record)
        if record.asked is not command.field:
            raise UnknownChoice
        value = _chosen(command, await offered(unit, record, command.field, now))
        await _filled(unit, member, record, command.field, value, now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfRecord:
    record: RecordId


async def step_back(command: OfRecord, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Назад»: the last answer is asked for again."""
    async with uow() as unit:
        _, record = await _own_open_record(unit, actor, command.record)
        await unit.records.save(replace(record.stepped_back(), touched_at=now))
        await unit.standing.refresh(Subject.RECORD, record.id)
        await unit.commit()


async def cancel_record(command: OfRecord, *, actor: Actor, uow: OpenUnit) -> None:
    async with uow() as unit:
        _, record = await _own_open_record(unit, actor, command.record)
        await close_record(unit, record, RecordStatus.CANCELLED)
        await unit.commit()


async def close_abandoned_records(*, uow: OpenUnit, now: datetime) -> int:
    """Close the records that nobody has touched for days. How many were closed."""
    async with uow() as unit:
        abandoned = await unit.records.untouched_since(now - ABANDONED_AFTER)
        for record in abandoned:
            await close_record(unit, record, RecordStatus.CANCELLED)
        if abandoned:
            await unit.commit()
    return len(abandoned)


async def set_records_aside(unit: UnitOfWork, member: Member) -> None:
    """Another question is asked now: typed words can answer one only. The caller commits."""
    for record in await unit.records.open_of(member.person):
        await close_record(unit, record, RecordStatus.CANCELLED)


async def close_record(unit: UnitOfWork, record: Record, status: RecordStatus) -> None:
    """End the record; what was typed is dropped from it. The caller commits."""
    await unit.records.save(record.ended(status))
    await unit.standing.refresh(Subject.RECORD, record.id)


def action_of(kind: RecordKind) -> Action:
    """What is owed takes the same power whether it is about a risk or an appeal."""
    return _ACTIONS.get(kind, Action.WORK_RISK)


_ACTIONS: Final[Mapping[RecordKind, Action]] = MappingProxyType(
    {
        RecordKind.REMARK: Action.APPROVE_ANSWER,
        **dict.fromkeys(DECIDED, Action.DECIDE_RISK),
        RecordKind.NEW_APPEAL: Action.REGISTER_APPEAL,
        RecordKind.GIVE: Action.DISTRIBUTE_APPEAL,
        RecordKind.REDIRECT: Action.DISTRIBUTE_APPEAL,
        RecordKind.APPEAL_REMARK: Action.APPROVE_APPEAL,
    }
)


async def _awaiting_words(unit: Unit, actor: Actor, command: RecordWords) -> Record | None:
    person = await unit.people.find(actor.address)
    records = [] if person is None else await unit.records.open_of(person)
    newest = next((each for each in records if each.place == command.place), None)
    return None if newest is None or newest.asked in CHOSEN else newest


async def _own_open_record(unit: UnitOfWork, actor: Actor, record_id: RecordId) -> tuple[Member, Record]:
    """Raises DraftClosed, SomeoneElses. The power that the record takes is asked for again at each press."""
    record = await unit.records.get(record_id)
    action = Action.WORK_RISK if record is None else action_of(record.kind)
    member = await permitted(unit, actor, action)
    if record is None or record.status is not RecordStatus.OPEN:
        raise DraftClosed
    if record.author != member.person:
        raise SomeoneElses
    return member, record


async def _filled(
    unit: UnitOfWork, member: Member, record: Record, asked: RecordField, value: str, now: datetime
) -> None:
    """With the last field the record takes effect in the same commit, of which the caller has asked the power."""
    filled = replace(record.filling(asked, value), touched_at=now)
    if asked is RecordField.LINK and unit.office.plan.page_of(value) is not None:
        filled = replace(filled, skipped=(*filled.skipped, RecordField.LINK_KIND))
    if filled.asked is not None:
        await unit.records.save(filled)
        await unit.standing.refresh(Subject.RECORD, record.id)
        return
    await close_record(unit, await _done(unit, member, filled, now), RecordStatus.DONE)


async def _done(unit: UnitOfWork, member: Member, filled: Record, now: datetime) -> Record:
    """The record after its effect; one of a new appeal is about that appeal then."""
    if filled.risk is None:
        return replace(filled, appeal=await put_on_appeal(unit, member, filled, now))
    hand = await in_hand(unit, filled.risk, filled.round)
    await _require_own(unit, member, hand, filled.kind, filled.item)
    await put_on_record(unit, member, hand, filled, now)
    return filled


def _chosen(command: ChooseInRecord, offered: Mapping[str, str]) -> str:
    """Raises UnknownChoice for a value that the question does not offer."""
    if command.value not in offered:
        raise UnknownChoice
    return offered[command.value]
