"""What follows from a position changing hands, in the same commit; who may do it is asked by the use cases around."""

from dataclasses import replace
from datetime import datetime

from risk.drafts import DraftStatus
from risk.entries import EntryState
from risk.ids import EntryId, PersonId, PositionId
from risk.notices import Joined, PositionLost, RemoveFromChat
from risk.people import Member, Place, Position
from risk.ports import UnitOfWork
from risk.records import RecordStatus
from risk.staff_events import StaffEvent, StaffEventKind
from risk.standing import Panel, Subject
from risk.use_cases.absence_turns import show_on_cards
from risk.use_cases.cards import refresh_cards_of
from risk.use_cases.drafts import close_draft
from risk.use_cases.menus import show_changed_commands
from risk.use_cases.offering import offered_by_person
from risk.use_cases.recording import close_record


async def seated(unit: UnitOfWork, position: Position, person: PersonId, now: datetime, *, by: Member | None) -> None:
    """The position has a holder: they are told what it is and what waits there, and cards name it as held."""
    before = await offered_by_person(unit)
    await withdraw_entries(unit, position.id)
    await unit.people.seat(position.id, person, now)
    await _written_down(unit, StaffEventKind.SEATED, position, now, by)
    private = Place(address=await unit.people.address_of(person))
    await unit.outbox.plan(Joined(position=position.id), private, due_at=now)
    await show_changed_commands(unit, before, now)
    await refresh_cards_of(unit, {position.role})


async def freed(unit: UnitOfWork, position: Position, now: datetime, *, by: Member | None) -> None:
    """The position has no holder: its work stays with it, its former holder loses what it gave in this very commit."""
    former = position.holder
    assert former is not None
    before = await offered_by_person(unit)
    await unit.people.vacate(position.id, now)
    await _written_down(unit, StaffEventKind.DISMISSED, position, now, by)
    private = Place(address=await unit.people.address_of(former))
    left = not any(each.holder == former for each in await unit.people.positions())
    await unit.outbox.plan(PositionLost(position=position.id, left=left), private, due_at=now)
    if left:
        await _left_the_office(unit, former, now)
    await show_changed_commands(unit, before, now)
    await refresh_cards_of(unit, {position.role})
    await show_on_cards(unit, former, unit.office.plan.calendar.local(now).date())


async def withdraw_entries(unit: UnitOfWork, position: PositionId) -> None:
    """Whoever waits at the door of the position waits no more."""
    for entry in await unit.entries.all_open():
        if entry.position == position:
            await unit.entries.save(replace(entry, state=EntryState.WITHDRAWN))
            await refresh_entry(unit, entry.id)


async def refresh_entry(unit: UnitOfWork, entry: EntryId) -> None:
    """Both sides of the door see how far it has come."""
    await unit.standing.refresh(Subject.ENTRY, entry)
    await unit.standing.refresh(Subject.ADMISSION, entry)


async def _left_the_office(unit: UnitOfWork, person: PersonId, now: datetime) -> None:
    """Forms are emptied, questions taken back, doors, absences and the alert chat are theirs no more."""
    for entry in await unit.entries.all_open():
        if entry.person == person:
            await withdraw_entries(unit, entry.position)
    for absence in await unit.absences.ending_from(unit.office.plan.calendar.local(now).date()):
        if absence.person == person:
            await unit.absences.remove(absence.id)
    for draft in await unit.drafts.open_of(person):
        await close_draft(unit, draft, DraftStatus.CANCELLED)
    for record in await unit.records.open_of(person):
        await close_record(unit, record, RecordStatus.CANCELLED)
    for card in await unit.standing.opened_by(person):
        if card.subject is Subject.RISK and card.panel is not Panel.MAIN:
            await unit.standing.turn(card.subject, card.subject_id, Panel.MAIN, opened_by=None)
    alert_chat = await unit.chats.alert_chat()
    if alert_chat is not None:
        await unit.outbox.plan(RemoveFromChat(person=person), replace(alert_chat, thread=None), due_at=now)


async def _written_down(
    unit: UnitOfWork, kind: StaffEventKind, position: Position, now: datetime, by: Member | None
) -> None:
    """Signed by the position of whoever did it; by none, when it was the operator's shell."""
    signed = None if by is None else by.acting_as.id
    await unit.staff_events.add(StaffEvent(at=now, kind=kind, by=signed, position=position.id))
