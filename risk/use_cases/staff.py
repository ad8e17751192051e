"""The people of the office: the list of positions, freeing one, handing one over to somebody who works here already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from risk.absences import Absence
from risk.entries import Entry, official_name
from risk.errors import NameUnclear, UnknownChoice
from risk.ids import PersonId, PositionId
from risk.notices import NameCorrected
from risk.offices import Office
from risk.people import Actor, Invitation, Person, Place, Position
from risk.ports import OpenUnit, OpenView, Unit
from risk.powers import Action, Power
from risk.risks import Risk
from risk.rota import Colleague
from risk.seats import present_seats
from risk.staff_events import StaffEvent, StaffEventKind
from risk.use_cases.permission import holders, permitted
from risk.use_cases.rota import rota_from
from risk.use_cases.seating import freed, seated


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffedPosition:
    """A position as the list shows it: who holds it and whether they are here, or who is awaited.

    `deputy` is who stands in for the holder today, while they are away.
    """

    position: Position
    person: Person | None
    away: Absence | None
    deputy: Person | None
    invitation: Invitation | None
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Every position that is held or wanted, in the office's order.

    `allowed` says what the reader may do about them, `page` what is shown.
    """

    office: Office
    positions: Sequence[StaffedPosition]
    allowed: frozenset[Power]
    page: int
    now: datetime

    @property
    def held(self) -> Sequence[StaffedPosition]:
        return [each for each in self.positions if each.person is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A position that is about to be freed or handed over, and how much work goes with it."""

    office: Office
    position: Position
    holder: Person
    open_risks: int
    heirs: Sequence[StaffedPosition]
    """Positions whose holders may take it over: one for each other person of the office."""

    def heir(self, person: PersonId) -> Person:
        """Raises UnknownChoice for somebody who left meanwhile."""
        for each in self.heirs:
            if each.person is not None and each.person.id == person:
                return each.person
        raise UnknownChoice


async def may_ask_about_staff(*, actor: Actor, view: OpenView) -> None:
    """Whether this person may ask in this chat at all; what they asked for is shown to them elsewhere."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_STAFF)


async def staff(page: int, *, actor: Actor, view: OpenView, now: datetime) -> Staff:
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_STAFF)
        staffed = await _staffed(unit, now)
        return Staff(office=unit.office, positions=staffed, allowed=member.powers, page=page, now=now)


async def staff_to_free(page: int, *, actor: Actor, view: OpenView, now: datetime) -> Staff:
    """As `staff`, for whoever is about to choose a position that is to change hands."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.FREE_POSITION)
        staffed = await _staffed(unit, now)
        return Staff(office=unit.office, positions=staffed, allowed=member.powers, page=page, now=now)


async def hand_over(position: PositionId, *, actor: Actor, view: OpenView, now: datetime) -> HandOver:
    """What there is to know before a position changes hands. Raises UnknownChoice when nobody holds it."""
    async with view() as unit:
        await permitted(unit, actor, Action.FREE_POSITION)
        staffed = await _staffed(unit, now)
        chosen = next((each for each in staffed if each.position.id == position), None)
        if chosen is None or chosen.person is None:
            raise UnknownChoice
        return HandOver(
            office=unit.office,
            position=chosen.position,
            holder=chosen.person,
            open_risks=len(await work_of(unit, chosen.position)),
            heirs=_heirs(staffed, chosen.person.id),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePosition:
    """`holder` is who held it when the button was made: a successor is not freed by an old button."""

    position: PositionId
    holder: PersonId


async def free_position(command: FreePosition, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        member = await permitted(unit, actor, Action.FREE_POSITION)
        position = await _held_by(unit, command.position, command.holder)
        await freed(unit, position, now, by=member)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandPositionOver:
    position: PositionId
    holder: PersonId
    heir: PersonId


async def hand_position_over(command: HandPositionOver, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """From its holder to another person who works here, who keeps what they had."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.HAND_POSITION_OVER)
        position = await _held_by(unit, command.position, command.holder)
        heirs = {each.holder for each in await unit.people.positions()} - {command.holder}
        if command.heir not in heirs:
            raise UnknownChoice
        await freed(unit, position, now, by=member)
        await seated(unit, position, command.heir, now, by=member)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectOwnName:
    typed: str


async def correct_own_name(command: CorrectOwnName, *, actor: Actor, uow: OpenUnit, now: datetime) -> str:
    """A surname changes, or was mistyped at the door; whoever may invite is told. The name as papers bear it now.

    Raises NameUnclear.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.CORRECT_OWN_NAME)
        name = official_name(command.typed)
        if name is None:
            raise NameUnclear
        await unit.people.give_name(member.person, name)
        signed = member.acting_as.id
        corrected = StaffEvent(at=now, kind=StaffEventKind.NAME_CORRECTED, by=signed, position=signed)
        await unit.staff_events.add(corrected)
        for inviter in await holders(unit, Power.INVITE):
            if inviter.holder not in {None, member.person}:
                private = Place(address=await unit.people.address_of(inviter.holder))
                await unit.outbox.plan(NameCorrected(person=member.person), private, due_at=now)
        await unit.commit()
    return name


async def work_of(unit: Unit, position: Position) -> Sequence[Risk]:
    """Open work that stays with the position: risks of its blocks and those filed from it.

    The earliest due first; those that await nothing by a day come last, as in the list of open risks.
    """
    blocks = {block.key for block in unit.office.plan.blocks if block.head == position.role}
    own = [risk for risk in await unit.risks.all_open() if risk.block in blocks or risk.filed_by == position.id]
    return sorted(own, key=lambda risk: (risk.due_at is None, risk.due_at or risk.verify_by, risk.id))


async def _held_by(unit: Unit, position: PositionId, holder: PersonId) -> Position:
    found = await unit.people.find_position(position)
    if found is None or found.holder != holder:
        raise UnknownChoice
    return found


async def _staffed(unit: Unit, now: datetime) -> Sequence[StaffedPosition]:
    invitations = {each.position: each for each in await unit.invitations.unused()}
    entries = {each.position: each for each in await unit.entries.all_open()}
    today = unit.office.plan.calendar.local(now).date()
    rota = await rota_from(unit, today)
    away = rota.away_on(today)
    deputies = {person: rota.standing_in(person, today) for person in away if person in rota.colleagues}
    return [
        StaffedPosition(
            position=position,
            person=None if position.holder is None else rota.people[position.holder],
            away=None if position.holder is None else away.get(position.holder),
            deputy=_person_of(deputies.get(position.holder) if position.holder is not None else None),
            invitation=invitations.get(position.id),
            entry=entries.get(position.id),
        )
        for position in present_seats(rota.positions, unit.office.plan)
    ]


def _person_of(colleague: Colleague | None) -> Person | None:
    return None if colleague is None else colleague.person


def _heirs(staffed: Sequence[StaffedPosition], holder: PersonId) -> Sequence[StaffedPosition]:
    heirs: dict[PersonId, StaffedPosition] = {}
    for each in staffed:
        if each.person is not None and each.person.id != holder:
            heirs.setdefault(each.person.id, each)
    return list(heirs.values())
