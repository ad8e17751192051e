"""How people come to hold positions: invitations issued, invitations accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from risk.errors import InvitationFault, InvitationRefused
from risk.ids import OfficeId
from risk.notices import Joined
from risk.offices import OfficePlan
from risk.people import Address, Invitation, Place, Position, code_hash
from risk.ports import OpenUnit, Registry, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedInvitation:
    """A code to hand over; it is shown once, here, and never stored."""

    position: Position
    code: str
    expires_at: datetime


async def found_office(plan: OfficePlan, *, registry: Registry, now: datetime) -> OfficeId:
    """Make an office of its plan, with its seats vacant. The operator's shell alone may do this."""
    return await registry.found(plan, now=now)


async def invite_to_vacancies(
    *, uow: OpenUnit, now: datetime, new_code: Callable[[], str], open_seats: int = 1
) -> tuple[IssuedInvitation, ...]:
    """Invite to every vacant position; roles that grow get vacant seats up to `open_seats`.

    Earlier unused codes of these positions stop working. For the operator's shell.
    """
    async with uow() as unit:
        await _grow(unit, open_seats)
        expires_at = now + timedelta(days=unit.office.plan.invitation_days)
        issued = tuple(
            IssuedInvitation(position=position, code=new_code(), expires_at=expires_at)
            for position in await unit.people.positions()
            if position.holder is None
        )
        for each in issued:
            await unit.invitations.issue(each.position.id, code_hash(each.code), expires_at)
        await unit.commit()
    return issued


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation:
    code: str
    place: Place


async def accept_invitation(command: AcceptInvitation, *, address: Address, uow: OpenUnit, now: datetime) -> Position:
    """Seat whoever brought a good code. Needs no power: the code is the right.

    Raises InvitationRefused when the code is unknown, used or expired, or the seat is theirs already.
    """
    async with uow() as unit:
        invitation = await unit.invitations.by_hash(code_hash(command.code))
        position = await _vacant_seat(unit, invitation, address, now)
        assert invitation is not None
        person = await unit.people.find_or_add(address)
        await unit.people.seat(position.id, person, now)
        await unit.invitations.mark_used(invitation.id, person, now)
        await unit.outbox.plan(Joined(position=position.id), command.place, due_at=now)
        await unit.commit()
    return position


async def _grow(unit: UnitOfWork, open_seats: int) -> None:
    positions = await unit.people.positions()
    for role in unit.office.plan.roles:
        if not role.open_ended:
            continue
        seats = [each for each in positions if each.role == role.key]
        vacant = sum(each.holder is None for each in seats)
        last = max((each.number or 0 for each in seats), default=0)
        for number in range(last + 1, last + 1 + max(0, open_seats - vacant)):
            await unit.people.add_position(role.key, number=number)


async def _vacant_seat(unit: UnitOfWork, invitation: Invitation | None, address: Address, now: datetime) -> Position:
    if invitation is None:
        raise InvitationRefused(InvitationFault.UNKNOWN)
    position = await unit.people.position(invitation.position)
    if position.holder is not None and position.holder == await unit.people.find(address):
        raise InvitationRefused(InvitationFault.HOLDS_ALREADY)
    if invitation.used or position.holder is not None:
        raise InvitationRefused(InvitationFault.USED)
    if now >= invitation.expires_at:
        raise InvitationRefused(InvitationFault.EXPIRED)
    return position
