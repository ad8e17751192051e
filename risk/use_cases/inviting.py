"""Invitations: one-time codes to positions, issued in the chat or the operator's shell; who comes is `entering`'s."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from risk.errors import UnknownChoice
from risk.ids import PersonId, PositionId, RoleKey
from risk.offices import Office
from risk.people import Actor, Position, code_hash
from risk.ports import OpenUnit, OpenView, Unit, UnitOfWork
from risk.powers import Action
from risk.seats import wanted_seats
from risk.staff_events import StaffEvent, StaffEventKind
from risk.use_cases.permission import permitted
from risk.use_cases.seating import withdraw_entries

NewCode = Callable[[], str]
"""Makes a code that nobody can guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedInvitation:
    """A code to hand over; it is shown once, here, and never stored."""

    office: Office
    position: Position
    code: str
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancies:
    """What may be invited to: the vacant seats, and the roles that grow by invitation."""

    office: Office
    seats: tuple[Position, ...]
    growing: tuple[RoleKey, ...]


async def vacancies(*, actor: Actor, view: OpenView) -> Vacancies:
    async with view() as unit:
        await permitted(unit, actor, Action.INVITE)
        plan = unit.office.plan
        seats = wanted_seats(await unit.people.positions(), plan)
        growing = tuple(role.key for role in plan.roles if role.open_ended)
        return Vacancies(
            office=unit.office,
            seats=tuple(each for each in seats if each.role not in growing),
            growing=growing,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteToSeat:
    """To a vacant seat; or, naming its holder, to a seat whose holder the newcomer is to succeed."""

    position: PositionId
    succeeds: PersonId | None = None


async def invite_to_seat(
    command: InviteToSeat, *, actor: Actor, uow: OpenUnit, now: datetime, new_code: NewCode
) -> IssuedInvitation:
    """Raises UnknownChoice when the seat changed hands since it was offered."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.INVITE)
        if command.succeeds is not None:  # whoever comes takes the position from its holder
            await permitted(unit, actor, Action.HAND_POSITION_OVER)
        position = await unit.people.find_position(command.position)
        if position is None or position.holder != command.succeeds or not await is_wanted(unit, position):
            raise UnknownChoice
        issued = await _issued(unit, position, now, new_code, by=member.acting_as.id, succeeds=command.succeeds)
        await unit.commit()
    return issued


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteToRole:
    """To a role that grows: the lowest vacant seat of it is taken, or a new numbered one is made."""

    role: RoleKey


async def invite_to_role(
    command: InviteToRole, *, actor: Actor, uow: OpenUnit, now: datetime, new_code: NewCode
) -> IssuedInvitation:
    async with uow() as unit:
        member = await permitted(unit, actor, Action.INVITE)
        if command.role not in {role.key for role in unit.office.plan.roles if role.open_ended}:
            raise UnknownChoice
        position = await _free_seat(unit, command.role, now)
        issued = await _issued(unit, position, now, new_code, by=member.acting_as.id)
        await unit.commit()
    return issued


async def invite_to_vacancies(
    *, uow: OpenUnit, now: datetime, new_code: NewCode, open_seats: int = 1
) -> tuple[IssuedInvitation, ...]:
    """Invite to every vacant position that is wanted; roles that grow get vacant seats up to `open_seats`.

    Earlier unused codes of these positions stop working. For the operator's shell.
    """
    async with uow() as unit:
        await _grow(unit, open_seats)
        wanted = wanted_seats(await unit.people.positions(), unit.office.plan)
        issued = tuple([await _issued(unit, each, now, new_code, by=None) for each in wanted])
        await unit.commit()
    return issued


async def is_wanted(unit: Unit, position: Position) -> bool:
    """Neither a seat of a dropped role nor one more than its role has."""
    plan = unit.office.plan
    if position.holder is not None:
        return position.role in plan.role_keys
    return position in wanted_seats(await unit.people.positions(), plan)


async def _issued(
    unit: UnitOfWork,
    position: Position,
    now: datetime,
    new_code: NewCode,
    *,
    by: PositionId | None,
    succeeds: PersonId | None = None,
) -> IssuedInvitation:
    code, expires_at = new_code(), now + timedelta(days=unit.office.plan.invitation_days)
    await withdraw_entries(unit, position.id)
    await unit.invitations.issue(position.id, code_hash(code), expires_at, issued_by=by, succeeds=succeeds)
    await unit.staff_events.add(StaffEvent(at=now, kind=StaffEventKind.INVITED, by=by, position=position.id))
    return IssuedInvitation(office=unit.office, position=position, code=code, issued_at=now, expires_at=expires_at)


async def _free_seat(unit: UnitOfWork, role: RoleKey, now: datetime) -> Position:
    """A vacant seat that nobody is invited to or waits for, else a new one. An expired invitation holds no seat."""
    awaited = {each.position for each in await unit.invitations.unused_after(now)}
    awaited |= {each.position for each in await unit.entries.all_open()}
    seats = [each for each in await unit.people.positions() if each.role == role]
    free = [each for each in seats if each.holder is None and each.id not in awaited]
    if free:
        return min(free, key=lambda each: each.number or 0)
    return await _new_seat(unit, role, seats)


async def _new_seat(unit: UnitOfWork, role: RoleKey, seats: list[Position]) -> Position:
    number = max((each.number or 0 for each in seats), default=0) + 1
    return await unit.people.position(await unit.people.add_position(role, number=number))


async def _grow(unit: UnitOfWork, open_seats: int) -> None:
    for role in unit.office.plan.roles:
        if role.open_ended:
            seats = [each for each in await unit.people.positions() if each.role == role.key]
            vacant = sum(each.holder is None for each in seats)
            for _ in range(open_seats - vacant):
                seats.append(await _new_seat(unit, role.key, seats))
