"""People who come by invitations, for the tests of what happens at the door and after it."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from risk.entries import Entry
from risk.people import Actor, Position
from risk.use_cases.entering import AcceptInvitation, GiveOfficialName, accept_invitation, give_official_name
from risk.use_cases.inviting import InviteToSeat, IssuedInvitation, invite_to_seat, invite_to_vacancies
from tests.support.offices import NOW, StaffedOffice

_NUMBERS = count(1)


def new_code() -> str:
    return f"code-{next(_NUMBERS)}"


async def invited(office: StaffedOffice, *, open_seats: int = 0) -> tuple[IssuedInvitation, ...]:
    """By the operator's shell, to every vacancy."""
    return await invite_to_vacancies(uow=office.uow, now=NOW, new_code=new_code, open_seats=open_seats)


async def accepts(office: StaffedOffice, code: str, actor: Actor, *, after: timedelta = timedelta()) -> None:
    command = AcceptInvitation(code=code, place=office.private(actor))
    await accept_invitation(command, address=actor.address, uow=office.uow, now=NOW + after)


async def names_themself(office: StaffedOffice, actor: Actor, name: str) -> None:
    await give_official_name(GiveOfficialName(typed=name), address=actor.address, uow=office.uow, now=NOW)


async def positions(office: StaffedOffice) -> tuple[Position, ...]:
    async with office.view() as view:
        return await view.people.positions()


async def open_entries(office: StaffedOffice) -> Sequence[Entry]:
    async with office.view() as view:
        return await view.entries.all_open()


async def at_the_door(office: StaffedOffice, name: str) -> Entry:
    """Somebody came by the head's invitation to the first vacancy and said their name."""
    vacant = next(each for each in await positions(office) if each.holder is None)
    invitation = await invite_to_seat(
        InviteToSeat(position=vacant.id), actor=office.head, uow=office.uow, now=NOW, new_code=new_code
    )
    newcomer = office.newcomer
    await accepts(office, invitation.code, newcomer)
    await names_themself(office, newcomer, name)
    return (await open_entries(office))[-1]
