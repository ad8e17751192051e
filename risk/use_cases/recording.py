"""Records, field after field: opened by a press, filled, taken back, left; what follows is in `effects`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from risk.dates import read_day
from risk.errors import AnswerUnclear, DraftClosed, LinkUnfit, SomeoneElses, UnknownChoice
from risk.gist import tidy_gist
from risk.ids import PositionId, RecordId, RiskId
from risk.offices import PublicationKind
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Action
from risk.reach import read_reach
from risk.records import CHOSEN, OF_OWED, Record, RecordField, RecordKind, RecordStatus
from risk.standing import Subject
from risk.typed import LONGEST_NOTE, note, official_text
from risk.understanding import Part
from risk.units import shortened, units
from risk.use_cases.effects import put_on_record, require_possible, skipped_fields
from risk.use_cases.holding import owed_about
from risk.use_cases.permission import permitted
from risk.use_cases.rounds import InHand, in_hand, require_own_block
from risk.workings import Reaction, Spread

ABANDONED_AFTER: Final = timedelta(days=3)
"""A record that nobody has touched for so long is closed, and what was typed is dropped."""

FURTHEST_AHEAD: Final = timedelta(days=366)

DECIDED: Final = frozenset({RecordKind.WAIVE, RecordKind.DISMISS, RecordKind.OVERRIDE, RecordKind.REOPEN})
"""Records that take the power to decide; a remark takes that to approve, the rest that to work."""

LONGEST_GROUNDS: Final = 2 * LONGEST_NOTE
"""UTF-16 units of words and links together: a message may hold hundreds of links."""
_BESIDES: Final = " · "

YES, NO, NONE = "yes", "no", "none"
"""What buttons answer with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecord:
    """A press that needs words: its questions stand in private. `item` is the place of an unknown in its list."""

    risk: RiskId
    round: int
    kind: RecordKind
    item: int
    place: Place


async def open_record(command: OpenRecord, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        member = await permitted(unit, actor, _action(command.kind))
        hand = await in_hand(unit, command.risk, command.round)
        await _require_own(unit, member, hand, command.kind, command.item)
        if not await _is_open_already(unit, member, command):
            await set_records_aside(unit, member)
            record = await unit.records.add(_begun(command, member, skipped_fields(hand, command.kind), now))
            await unit.standing.post(Subject.RECORD, record.id, record.place)
        await unit.commit()


async def _require_own(unit: Unit, member: Member, hand: InHand, kind: RecordKind, item: int) -> None:
    """Asked at the press and again at the last answer: between them the risk and its block may change hands.

    Raises what keeps such a record from being made now, OutsideBlock.
    """
    require_possible(unit, hand, kind, item)
    require_own_block(unit, member, hand.risk, asked=await _asked_of(unit, hand, kind, item))


async def _asked_of(unit: Unit, hand: InHand, kind: RecordKind, item: int) -> PositionId | None:
    """The position that this very thing is asked of, whatever block it heads. Raises UnknownChoice."""
    if kind in OF_OWED:
        return (await owed_about(unit, hand.risk.id, item)).obligation.position
    return hand.working.unknowns[item].asked if kind is RecordKind.UNKNOWN_ANSWER else None


async def _is_open_already(unit: Unit, member: Member, command: OpenRecord) -> bool:
    """Pressed twice, or once more after a crash: the question stands, and what was answered stays."""
    wanted = (command.risk, command.round, command.kind, command.item, command.place)
    records = await unit.records.open_of(member.person)
    return any((each.risk, each.round, each.kind, each.item, each.place) == wanted for each in records)


def _begun(command: OpenRecord, member: Member, skipped: tuple[RecordField, ...], now: datetime) -> Record:
    return Record(
        id=RecordId(0),
        author=member.person,
        place=command.place,
        risk=command.risk,
        round=command.round,
        kind=command.kind,
        item=command.item,
        status=RecordStatus.OPEN,
        touched_at=now,
        skipped=skipped,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWords:
    """A message in private that may answer the open question; `typed` is None for what was forwarded."""

    part: Part
    place: Place
    typed: str | None


async def take_record_words(command: RecordWords, *, actor: Actor, uow: OpenUnit, now: datetime) -> bool:
    """Words go into the field that is asked; False when nothing is, and the message is for somebody else to take.

    Raises AnswerUnclear or LinkUnfit when they do not answer it.
    """
    async with uow() as unit:
        record = await _awaiting_words(unit, actor, command)
        if record is None or record.asked is None:
            return False
        member = await permitted(unit, actor, _action(record.kind))
        today = unit.office.plan.calendar.local(now).date()
        value = _READERS[record.asked](command, today)
        if value is None:
            if command.typed is None:
                return False
            raise AnswerUnclear
        await _filled(unit, member, record, record.asked, value, now)
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
        value = _chosen(command, await _offered(unit, command.field, now))
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


def _action(kind: RecordKind) -> Action:
    if kind is RecordKind.REMARK:
        return Action.APPROVE_ANSWER
    return Action.DECIDE_RISK if kind in DECIDED else Action.WORK_RISK


async def _awaiting_words(unit: Unit, actor: Actor, command: RecordWords) -> Record | None:
    person = await unit.people.find(actor.address)
    records = [] if person is None else await unit.records.open_of(person)
    newest = next((each for each in records if each.place == command.place), None)
    return None if newest is None or newest.asked in CHOSEN else newest


async def _own_open_record(unit: UnitOfWork, actor: Actor, record_id: RecordId) -> tuple[Member, Record]:
    """Raises DraftClosed, SomeoneElses. The power that the record takes is asked for again at each press."""
    record = await unit.records.get(record_id)
    action = Action.WORK_RISK if record is None else _action(record.kind)
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
    hand = await in_hand(unit, record.risk, record.round)
    await _require_own(unit, member, hand, record.kind, record.item)
    await put_on_record(unit, member, hand, filled, now)
    await close_record(unit, filled, RecordStatus.DONE)


async def _offered(unit: Unit, asked: RecordField, now: datetime) -> Mapping[str, str]:
    """What buttons may answer, each with the value that is kept."""
    match asked:
        case RecordField.WHOM:
            return {str(each.id): str(each.id) for each in await unit.people.positions()}
        case RecordField.UNTIL:
            today = unit.office.plan.calendar.local(now).date()
            ahead = (today + timedelta(days=days) for days in range(FURTHEST_AHEAD.days + 1))
            return {day.isoformat(): day.isoformat() for day in ahead}
        case RecordField.PLATFORMS:
            return {str(place): page.title for place, page in enumerate(unit.office.plan.pages)}
        case _:
            return {value: value for value in _CHOICES.get(asked, frozenset())}


def _chosen(command: ChooseInRecord, offered: Mapping[str, str]) -> str:
    """Raises UnknownChoice for a value that the question does not offer."""
    if command.value not in offered:
        raise UnknownChoice
    return offered[command.value]


def _is_ahead(day: date, today: date) -> bool:
    return today <= day <= today + FURTHEST_AHEAD


_CHOICES: Final[Mapping[RecordField, frozenset[str]]] = MappingProxyType(
    {
        RecordField.LINK_KIND: frozenset(PublicationKind),
        RecordField.REACTION: frozenset(Reaction),
        RecordField.SPREAD: frozenset(Spread),
        RecordField.IN_PLACE: frozenset({YES, NO}),
        RecordField.SURE: frozenset({YES}),
        RecordField.REACH: frozenset({NONE}),
    }
)


def _note(command: RecordWords, _: date) -> str | None:
    """A picture or a file stays in the chat; that there was one is part of what somebody rests on."""
    return note(command.typed) if command.typed else None


def _grounds(command: RecordWords, _: date) -> str | None:
    words = note(command.typed or command.part.text)
    sources = [source.link for source in command.part.sources if source.link is not None]
    links = " ".join(each for each in sources if words is None or each not in words)
    attached = "файл или снимок в переписке" if command.part.has_media else ""
    told = shortened(" ".join(filter(None, (words, links))), LONGEST_GROUNDS - units(attached) - len(_BESIDES))
    return _BESIDES.join(filter(None, (told, attached))) or None


def _text(command: RecordWords, _: date) -> str | None:
    return official_text(command.typed) if command.typed else None


def _gist(command: RecordWords, _: date) -> str | None:
    return tidy_gist(command.part.text) if command.typed else None


def _source(command: RecordWords, _: date) -> str | None:
    found = command.part.spoken_or_linked()
    return found[0].link or found[0].label if found else None


def _link(command: RecordWords, _: date) -> str | None:
    """A forward with a link answers too: the question asks for the post itself, whose own address comes first.

    One without is somebody's message: it means what it means otherwise. Raises LinkUnfit for typed words: closure
    rests on the link, so nothing but a public page will do.
    """
    link = next((source.link for source in command.part.sources if source.link is not None), None)
    if link is None and command.typed is not None:
        raise LinkUnfit
    return link


def _day(command: RecordWords, today: date) -> str | None:
    day = read_day(command.typed or "", today)
    return day.isoformat() if day is not None and _is_ahead(day, today) else None


def _reach(command: RecordWords, _: date) -> str | None:
    reach = read_reach(command.typed or "")
    return None if reach is None else command.typed


_READERS: Final[Mapping[RecordField, Callable[[RecordWords, date], str | None]]] = MappingProxyType(
    {
        **dict.fromkeys(RecordField, _note),
        RecordField.GROUNDS: _grounds,
        RecordField.TEXT: _text,
        RecordField.GIST: _gist,
        RecordField.SOURCE: _source,
        RecordField.LINK: _link,
        RecordField.UNTIL: _day,
        RecordField.REACH: _reach,
    }
)
