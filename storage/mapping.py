"""Row ⇄ domain, field by field; whole values (plans, parts, notices) are kept as JSON by pydantic's adapters."""

from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Row

from risk.absences import Absence
from risk.appeals import AppealSource
from risk.deadlines import Term
from risk.drafts import Choices, Draft, DraftStatus
from risk.duties import Duty
from risk.entries import Entry, EntryState
from risk.events import Event, EventKind
from risk.ids import (
    AbsenceId,
    AppealId,
    BlockKey,
    DraftId,
    DutyId,
    EntryId,
    InvitationId,
    LevelKey,
    NoteOfferId,
    NudgeId,
    ObligationId,
    OfficeId,
    PersonId,
    PositionId,
    RecordId,
    RiskId,
    RoleKey,
    StandingId,
    TerritoryKey,
)
from risk.ladders import RungKind
from risk.notes import NoteOffer, OfferStatus
from risk.notices import Notice
from risk.nudges import Nudge, NudgeState, Why
from risk.obligations import Hold, Matter, Obligation, ObligationKey, ObligationKind, Owed
from risk.offices import Office, OfficePlan
from risk.people import Address, Invitation, MessengerKind, Person, Place, Position
from risk.records import Record, RecordField, RecordKind, RecordStatus
from risk.risks import Risk, RiskNumber, RiskState
from risk.sources import Source
from risk.staff_events import StaffEvent, StaffEventKind
from risk.standing import Panel, Standing, Subject
from risk.understanding import Part, Understanding
from risk.workings import Working

Values = dict[str, Any]
AnyRow = Row[Any]

PLAN: Final[TypeAdapter[OfficePlan]] = TypeAdapter(OfficePlan)
NOTICE: Final[TypeAdapter[Notice]] = TypeAdapter(Notice)
MESSAGES: Final[TypeAdapter[tuple[int, ...]]] = TypeAdapter(tuple[int, ...])
WORKING: Final[TypeAdapter[Working]] = TypeAdapter(Working)
_TERM: Final[TypeAdapter[Term | None]] = TypeAdapter(Term | None)
_HOLD: Final[TypeAdapter[Hold | None]] = TypeAdapter(Hold | None)
_SOURCES: Final[TypeAdapter[tuple[Source, ...]]] = TypeAdapter(tuple[Source, ...])
_PARTS: Final[TypeAdapter[tuple[Part, ...]]] = TypeAdapter(tuple[Part, ...])
_UNDERSTANDING: Final[TypeAdapter[Understanding]] = TypeAdapter(Understanding)
_CHOICES: Final[TypeAdapter[Choices]] = TypeAdapter(Choices)
_FIELDS: Final[TypeAdapter[tuple[RecordField, ...]]] = TypeAdapter(tuple[RecordField, ...])
_FILLED: Final[TypeAdapter[dict[RecordField, str]]] = TypeAdapter(dict[RecordField, str])
_FACTS: Final[TypeAdapter[dict[str, str]]] = TypeAdapter(dict[str, str])


def dumped(adapter: TypeAdapter[Any], value: Any) -> str:
    return adapter.dump_json(value).decode()


def address_values(address: Address) -> Values:
    return {"messenger": address.messenger.value, "address": address.value}


def place_values(place: Place) -> Values:
    return address_values(place.address) | {"thread": place.thread}


def address_of(row: AnyRow) -> Address:
    return Address(messenger=MessengerKind(row.messenger), value=row.address)


def place_of(row: AnyRow) -> Place:
    return Place(address=address_of(row), thread=row.thread)


def office_of(row: AnyRow) -> Office:
    return Office(id=OfficeId(row.id), plan=PLAN.validate_json(row.plan))


def person_of(row: AnyRow) -> Person:
    return Person(
        id=PersonId(row.id),
        address=address_of(row),
        official_name=row.official_name,
        unreachable_since=row.unreachable_since,
        nudged_at=row.nudged_at,
    )


def position_of(row: AnyRow) -> Position:
    return Position(
        id=PositionId(row.id),
        role=RoleKey(row.role),
        number=row.number,
        holder=_person_or_nobody(row.holder),
        held_since=row.held_since,
    )


def invitation_of(row: AnyRow) -> Invitation:
    return Invitation(
        id=InvitationId(row.id),
        position=PositionId(row.position),
        expires_at=row.expires_at,
        used=row.used_at is not None,
        issued_by=_position_or_none(row.issued_by),
        succeeds=_person_or_nobody(row.succeeds),
    )


def entry_of(row: AnyRow) -> Entry:
    return Entry(
        id=EntryId(row.id),
        invitation=InvitationId(row.invitation),
        position=PositionId(row.position),
        person=PersonId(row.person),
        name=row.name,
        state=EntryState(row.state),
        begun_at=row.begun_at,
    )


def absence_values(absence: Absence) -> Values:
    return {
        "person": absence.person,
        "first_day": absence.first_day,
        "last_day": absence.last_day,
        "deputy": absence.deputy,
        "noted_by": absence.noted_by,
        "noted_at": absence.noted_at,
    }


def absence_of(row: AnyRow) -> Absence:
    return Absence(
        id=AbsenceId(row.id),
        person=PersonId(row.person),
        first_day=row.first_day,
        last_day=row.last_day,
        deputy=_person_or_nobody(row.deputy),
        noted_by=PositionId(row.noted_by),
        noted_at=row.noted_at,
    )


def duty_values(duty: Duty) -> Values:
    return {
        "position": duty.position,
        "first_day": duty.first_day,
        "last_day": duty.last_day,
        "assigned_by": duty.assigned_by,
        "assigned_at": duty.assigned_at,
    }


def duty_of(row: AnyRow) -> Duty:
    return Duty(
        id=DutyId(row.id),
        position=_position_or_none(row.position),
        first_day=row.first_day,
        last_day=row.last_day,
        assigned_by=PositionId(row.assigned_by),
        assigned_at=row.assigned_at,
    )


def staff_event_values(event: StaffEvent) -> Values:
    return {
        "at": event.at,
        "kind": event.kind.value,
        "by": event.by,
        "position": event.position,
        "facts": dumped(_FACTS, dict(event.facts)),
    }


def staff_event_of(row: AnyRow) -> StaffEvent:
    return StaffEvent(
        at=row.at,
        kind=StaffEventKind(row.kind),
        by=_position_or_none(row.by),
        position=_position_or_none(row.position),
        facts=_FACTS.validate_json(row.facts),
    )


def risk_values(risk: Risk) -> Values:
    return {
        "serial": risk.number.serial,
        "year": risk.number.year,
        "state": risk.state.value,
        "round": risk.round,
        "gist": risk.gist,
        "sources": dumped(_SOURCES, risk.sources),
        "block": risk.block,
        "level": risk.level,
        "suggested_level": risk.suggested_level,
        "territory": risk.territory,
        "filed_by": risk.filed_by,
        "filed_at": risk.filed_at,
        "verify_by": risk.verify_by,
        "answer_by": risk.answer_by,
        "due_at": risk.due_at,
        "returns": risk.returns,
        "overdue_noted": risk.overdue_noted,
    }


def risk_of(row: AnyRow) -> Risk:
    return Risk(
        id=RiskId(row.id),
        number=RiskNumber(serial=row.serial, year=row.year),
        state=RiskState(row.state),
        round=row.round,
        gist=row.gist,
        sources=_SOURCES.validate_json(row.sources),
        block=None if row.block is None else BlockKey(row.block),
        level=LevelKey(row.level),
        suggested_level=None if row.suggested_level is None else LevelKey(row.suggested_level),
        territory=None if row.territory is None else TerritoryKey(row.territory),
        filed_by=PositionId(row.filed_by),
        filed_at=row.filed_at,
        verify_by=row.verify_by,
        answer_by=row.answer_by,
        returns=row.returns,
        overdue_noted=row.overdue_noted,
    )


def working_values(working: Working, *, probe_at: datetime | None) -> Values:
    return {
        "risk": working.risk,
        "round": working.round,
        "told": dumped(WORKING, working),
        "watcher": working.watcher,
        "probe_at": probe_at,
    }


def working_of(row: AnyRow) -> Working:
    return WORKING.validate_json(row.told)


def record_values(record: Record) -> Values:
    return place_values(record.place) | {
        "author": record.author,
        "risk": record.risk,
        "appeal": record.appeal,
        "round": record.round,
        "kind": record.kind.value,
        "item": record.item,
        "status": record.status.value,
        "touched_at": record.touched_at,
        "skipped": dumped(_FIELDS, record.skipped),
        "filled": dumped(_FILLED, dict(record.filled)),
    }


def record_of(row: AnyRow) -> Record:
    return Record(
        id=RecordId(row.id),
        author=PersonId(row.author),
        place=place_of(row),
        risk=None if row.risk is None else RiskId(row.risk),
        appeal=None if row.appeal is None else AppealId(row.appeal),
        round=row.round,
        kind=RecordKind(row.kind),
        item=row.item,
        status=RecordStatus(row.status),
        touched_at=row.touched_at,
        skipped=_FIELDS.validate_json(row.skipped),
        filled=_FILLED.validate_json(row.filled),
    )


def note_offer_values(offer: NoteOffer) -> Values:
    return {
        "risk": offer.risk,
        "author": offer.author,
        "said_by": offer.said_by,
        "message": offer.message,
        "words": offer.words,
        "status": offer.status.value,
        "touched_at": offer.touched_at,
    }


def note_offer_of(row: AnyRow) -> NoteOffer:
    return NoteOffer(
        id=NoteOfferId(row.id),
        risk=RiskId(row.risk),
        author=PersonId(row.author),
        said_by=PositionId(row.said_by),
        message=row.message,
        words=row.words,
        status=OfferStatus(row.status),
        touched_at=row.touched_at,
    )


def event_values(event: Event) -> Values:
    return {
        "risk": event.risk,
        "at": event.at,
        "kind": event.kind.value,
        "position": event.position,
        "facts": dumped(_FACTS, dict(event.facts)),
    }


def event_of(row: AnyRow) -> Event:
    return Event(
        risk=RiskId(row.risk),
        at=row.at,
        kind=EventKind(row.kind),
        position=_position_or_none(row.position),
        facts=_FACTS.validate_json(row.facts),
    )


def draft_values(draft: Draft) -> Values:
    return place_values(draft.place) | {
        "author": draft.author,
        "status": draft.status.value,
        "touched_at": draft.touched_at,
        "parts": dumped(_PARTS, draft.parts),
        "understood": dumped(_UNDERSTANDING, draft.understood),
        "choices": dumped(_CHOICES, draft.choices),
        "risk": draft.risk,
    }


def draft_of(row: AnyRow) -> Draft:
    return Draft(
        id=DraftId(row.id),
        author=PersonId(row.author),
        place=place_of(row),
        status=DraftStatus(row.status),
        touched_at=row.touched_at,
        parts=_PARTS.validate_json(row.parts),
        understood=_UNDERSTANDING.validate_json(row.understood),
        choices=_CHOICES.validate_json(row.choices),
        risk=None if row.risk is None else RiskId(row.risk),
    )


def standing_of(row: AnyRow) -> Standing:
    return Standing(
        id=StandingId(row.id),
        subject=Subject(row.subject),
        subject_id=row.subject_id,
        place=place_of(row),
        panel=Panel(row.panel),
        opened_by=_person_or_nobody(row.opened_by),
        message=row.message,
        answers=row.answers,
        retired=MESSAGES.validate_json(row.retired),
        wanted=row.wanted,
        shown=row.shown,
    )


def _person_or_nobody(value: int | None) -> PersonId | None:
    return None if value is None else PersonId(value)


def _position_or_none(value: int | None) -> PositionId | None:
    return None if value is None else PositionId(value)


def owed_of(row: AnyRow) -> Owed:
    key = ObligationKey(
        matter=Matter(row.matter),
        matter_id=row.matter_id,
        round=row.round,
        kind=ObligationKind(row.kind),
        place=row.place,
    )
    obligation = Obligation(
        key=key,
        due_at=row.due_at,
        counted_from=row.counted_from,
        term=None if row.term is None else _TERM.validate_json(row.term),
        position=_position_or_none(row.position),
        block=None if row.block is None else BlockKey(row.block),
        level=None if row.level is None else LevelKey(row.level),
        known_from=None if row.known_from is None else AppealSource(row.known_from),
    )
    return Owed(
        id=ObligationId(row.id),
        obligation=obligation,
        since=row.since,
        climbed_to=row.climbed_to,
        hold=None if row.hold is None else _HOLD.validate_json(row.hold),
    )


def owed_values(owed: Owed) -> Values:
    obligation = owed.obligation
    key = obligation.key
    return {
        "matter": key.matter.value,
        "matter_id": key.matter_id,
        "round": key.round,
        "kind": key.kind.value,
        "place": key.place,
        "due_at": obligation.due_at,
        "counted_from": obligation.counted_from,
        "term": None if obligation.term is None else dumped(_TERM, obligation.term),
        "position": obligation.position,
        "block": obligation.block,
        "level": obligation.level,
        "known_from": obligation.known_from,
        "since": owed.since,
        "climbed_to": owed.climbed_to,
        "hold": None if owed.hold is None else dumped(_HOLD, owed.hold),
    }


def nudge_of(row: AnyRow) -> Nudge:
    return Nudge(
        id=NudgeId(row.id),
        owed=ObligationId(row.owed),
        due_at=row.due_at,
        kind=RungKind(row.kind),
        step=row.step,
        at=row.at,
        of_morning=row.of_morning,
        release_at=row.release_at,
        state=NudgeState(row.state),
        why=None if row.why is None else Why(row.why),
        held_for=None if row.held_for is None else Why(row.held_for),
        position=_position_or_none(row.position),
        person=_person_or_nobody(row.person),
        deputises=row.deputises,
        on_duty=row.on_duty,
        bundle=None if row.bundle is None else NudgeId(row.bundle),
        given_at=row.given_at,
        acted_at=row.acted_at,
        missed=row.missed,
    )


def nudge_values(nudge: Nudge) -> Values:
    return {
        "owed": nudge.owed,
        "due_at": nudge.due_at,
        "kind": nudge.kind.value,
        "step": nudge.step,
        "at": nudge.at,
        "of_morning": nudge.of_morning,
        "release_at": nudge.release_at,
        "state": nudge.state.value,
        "why": nudge.why,
        "held_for": nudge.held_for,
        "position": nudge.position,
        "person": nudge.person,
        "deputises": nudge.deputises,
        "on_duty": nudge.on_duty,
        "bundle": nudge.bundle,
        "given_at": nudge.given_at,
        "acted_at": nudge.acted_at,
        "missed": nudge.missed,
    }
