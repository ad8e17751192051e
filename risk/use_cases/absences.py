"""Noting that somebody will be away and that they are back; what is asked before is in `absence_steps`."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from risk.absences import Absence, check_days, may_deputise
from risk.dates import Days
from risk.errors import AbsenceFault, AbsenceRefused, UnknownChoice
from risk.ids import AbsenceId, PersonId
from risk.notices import AbsenceEnded, AbsenceNoted
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Action
from risk.rota import Rota
from risk.staff_events import StaffEvent, StaffEventKind
from risk.use_cases.absence_turns import show_on_cards
from risk.use_cases.permission import permitted
from risk.use_cases.rota import rota_from

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAbsence:
    person: PersonId
    days: Days
    deputy: PersonId | None


async def note_absence(command: NoteAbsence, *, actor: Actor, uow: OpenUnit, now: datetime) -> Absence:
    """Note one's own absence, or with the power for it another's; tell the deputy, and whoever it was noted for.

    Raises AbsenceRefused and AbsenceOverlaps.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.NOTE_OWN_ABSENCE)
        await require_say_over(unit, actor, member, command.person)
        today = unit.office.plan.calendar.local(now).date()
        rota = await rota_from(unit, min(today, command.days.first))
        check_absence(command, rota, today)
        absence = await unit.absences.note(_drawn_up(command, member, now))
        await _tell(unit, AbsenceNoted(absence=absence.id), absence, member, now)
        await _written_down(unit, StaffEventKind.ABSENCE_NOTED, absence, rota, member, now)
        await show_on_cards(unit, absence.person, today)
        await unit.commit()
    return absence


@dataclass(frozen=True, slots=True, kw_only=True)
class EndAbsence:
    """The person is here from today on, or will not be away at all."""

    absence: AbsenceId


async def end_absence(command: EndAbsence, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """What is under way ends with yesterday; what has not begun before today is forgotten. Both sides are told.

    Raises UnknownChoice for an absence that was ended or is over.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.NOTE_OWN_ABSENCE)
        today = unit.office.plan.calendar.local(now).date()
        absence = await absence_not_over(unit, command.absence, today)
        await require_say_over(unit, actor, member, absence.person)
        if absence.first_day < today:
            await unit.absences.save(replace(absence, last_day=today - _DAY))
        else:
            await unit.absences.remove(absence.id)
        ended = AbsenceEnded(
            person=absence.person,
            first_day=absence.first_day,
            last_day=absence.last_day,
            begun=absence.first_day < today,
        )
        await _tell(unit, ended, absence, member, now)
        rota = await rota_from(unit, today)
        await _written_down(unit, StaffEventKind.ABSENCE_ENDED, absence, rota, member, now)
        await show_on_cards(unit, absence.person, today)
        await unit.commit()


def check_absence(command: NoteAbsence, rota: Rota, today: date) -> None:
    """Raises AbsenceRefused, AbsenceOverlaps, and UnknownChoice for people who do not work here."""
    rota.colleague(command.person)
    check_days(command.person, command.days, today, rota.absences)
    if command.deputy is None:
        return
    rota.colleague(command.deputy)
    if command.deputy == command.person:
        raise AbsenceRefused(AbsenceFault.DEPUTY_THEMSELF)
    if not may_deputise(command.deputy, command.person, command.days, rota.absences):
        raise AbsenceRefused(AbsenceFault.DEPUTY_AWAY)


async def require_say_over(unit: Unit, actor: Actor, member: Member, person: PersonId) -> None:
    """Of oneself everybody may say that they are away; of others, whoever has the power."""
    if person != member.person:
        await permitted(unit, actor, Action.NOTE_ABSENCE)


async def absence_not_over(unit: Unit, absence: AbsenceId, today: date) -> Absence:
    """Raises UnknownChoice for one that was ended, or is over."""
    found = await unit.absences.get(absence)
    if found is None or found.last_day < today:
        raise UnknownChoice
    return found


def _drawn_up(command: NoteAbsence, member: Member, now: datetime) -> Absence:
    return Absence(
        id=AbsenceId(0),
        person=command.person,
        first_day=command.days.first,
        last_day=command.days.last,
        deputy=command.deputy,
        noted_by=member.acting_as.id,
        noted_at=now,
    )


async def _tell(
    unit: UnitOfWork, notice: AbsenceNoted | AbsenceEnded, absence: Absence, member: Member, now: datetime
) -> None:
    """The person and their deputy; whoever does it knows already."""
    for person in (absence.person, absence.deputy):
        if person is not None and person != member.person:
            private = Place(address=await unit.people.address_of(person))
            await unit.outbox.plan(notice, private, due_at=now)


async def _written_down(
    unit: UnitOfWork, kind: StaffEventKind, absence: Absence, rota: Rota, member: Member, now: datetime
) -> None:
    whose = rota.colleagues.get(absence.person)
    facts = {"first_day": absence.first_day.isoformat(), "last_day": absence.last_day.isoformat()}
    position = None if whose is None else whose.main_position.id
    await unit.staff_events.add(StaffEvent(at=now, kind=kind, by=member.acting_as.id, position=position, facts=facts))
