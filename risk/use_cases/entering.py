"""How people come to hold positions: by an invitation, under their official name, confirmed by whoever invites."""

from dataclasses import dataclass, replace
from datetime import datetime

from risk.entries import Entry, EntryState, official_name
from risk.errors import EntryClosed, EntryWaiting, InvitationFault, InvitationRefused, NameUnclear
from risk.ids import EntryId, PersonId
from risk.offices import Office
from risk.people import Actor, Address, Invitation, Member, Place, Position, code_hash
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Action, Power
from risk.staff_events import StaffEvent, StaffEventKind
from risk.standing import Subject
from risk.use_cases.inviting import is_wanted
from risk.use_cases.permission import holders, permitted
from risk.use_cases.seating import freed, refresh_entry, seated


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """All that is said of an entry, to whoever enters and to whoever confirms."""

    office: Office
    entry: Entry
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation:
    code: str
    place: Place


async def accept_invitation(command: AcceptInvitation, *, address: Address, uow: OpenUnit, now: datetime) -> None:
    """Let whoever brought a good code to the door of its position. Needs no power: the code is the right.

    Raises InvitationRefused when the code is unknown, used or expired, or the seat is theirs already.
    """
    async with uow() as unit:
        invitation = await unit.invitations.by_hash(code_hash(command.code))
        if invitation is None:
            raise InvitationRefused(InvitationFault.UNKNOWN)
        await _require_free_seat(unit, invitation, address, now)
        person = await unit.people.person(await unit.people.find_or_add(address))
        entry = await unit.entries.begin(invitation.id, invitation.position, person.id, now)
        await unit.invitations.mark_used(invitation.id, person.id, now)
        await unit.staff_events.add(
            StaffEvent(at=now, kind=StaffEventKind.ENTERED, by=None, position=invitation.position)
        )
        await unit.standing.post(Subject.ENTRY, entry.id, command.place)
        if person.official_name is not None:
            await _named(unit, entry, person.official_name, now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOfficialName:
    typed: str


async def give_official_name(command: GiveOfficialName, *, address: Address, uow: OpenUnit, now: datetime) -> None:
    """The name for papers, typed at the door; typed again, it takes the place of the first.

    One person may stand at the doors of several positions, and has one name at all of them.

    Needs no power: nobody but the person can say it. Raises NameUnclear, EntryWaiting, EntryClosed.
    """
    async with uow() as unit:
        person = await unit.people.find(address)
        entries = [each for each in await unit.entries.all_open() if each.person == person]
        if not entries:
            raise EntryClosed
        name = official_name(command.typed)
        if name is None:
            raise NameUnclear if any(each.state is EntryState.NAMING for each in entries) else EntryWaiting
        for entry in entries:
            await _named(unit, entry, name, now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEntry:
    """The inviter's answer to «Это действительно …?»."""

    entry: EntryId
    is_them: bool


async def answer_entry(command: AnswerEntry, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Raises EntryClosed when somebody else has answered, or the person gave up, meanwhile."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.ADMIT)
        entry = await unit.entries.get(command.entry)
        if entry is None or entry.state is not EntryState.WAITING:
            raise EntryClosed
        if command.is_them and not await is_wanted(unit, await unit.people.position(entry.position)):
            raise EntryClosed
        if command.is_them:
            await _admitted(unit, entry, now, by=member)
        else:
            await _declined(unit, entry, member, now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskEntryAgain:
    """The question is wanted here, anew: the list of people offers it."""

    entry: EntryId
    place: Place


async def ask_entry_again(command: AskEntryAgain, *, actor: Actor, uow: OpenUnit) -> None:
    async with uow() as unit:
        await permitted(unit, actor, Action.ADMIT)
        entry = await unit.entries.get(command.entry)
        if entry is None or entry.state is not EntryState.WAITING:
            raise EntryClosed
        await unit.standing.post(Subject.ADMISSION, entry.id, command.place)
        await unit.commit()


async def entry_facts(unit: Unit, entry_id: EntryId) -> EntryFacts:
    """For the courier: an entry as it is now."""
    entry = await unit.entries.get(entry_id)
    assert entry is not None
    return EntryFacts(office=unit.office, entry=entry, position=await unit.people.position(entry.position))


async def _require_free_seat(unit: UnitOfWork, invitation: Invitation, address: Address, now: datetime) -> None:
    position = await unit.people.position(invitation.position)
    if position.holder is not None and position.holder == await unit.people.find(address):
        raise InvitationRefused(InvitationFault.HOLDS_ALREADY)
    if invitation.used or position.holder not in {None, invitation.succeeds}:
        raise InvitationRefused(InvitationFault.USED)
    if not await is_wanted(unit, position):
        raise InvitationRefused(InvitationFault.UNKNOWN)
    if now >= invitation.expires_at:
        raise InvitationRefused(InvitationFault.EXPIRED)


async def _named(unit: UnitOfWork, entry: Entry, name: str, now: datetime) -> None:
    """The name is known: whoever invites is asked, unless there is nobody to ask or they come themselves."""
    named = replace(entry, name=name, state=EntryState.WAITING)
    await unit.entries.save(named)
    await refresh_entry(unit, entry.id)
    invitation = await unit.invitations.get(entry.invitation)
    asked = await _who_confirms(unit, invitation)
    by_the_shell = invitation.issued_by is None
    if entry.person in asked or (by_the_shell and not asked):
        await _admitted(unit, named, now, by=None)
    elif entry.state is EntryState.NAMING:
        for person in asked:
            await unit.standing.post(Subject.ADMISSION, entry.id, Place(address=await unit.people.address_of(person)))


async def _who_confirms(unit: Unit, invitation: Invitation) -> tuple[PersonId, ...]:
    """The inviter while they may invite; else all who may."""
    may = {each.id: each.holder for each in await holders(unit, Power.INVITE) if each.holder is not None}
    inviter = None if invitation.issued_by is None else may.get(invitation.issued_by)
    return tuple(sorted(set(may.values()))) if inviter is None else (inviter,)


async def _admitted(unit: UnitOfWork, entry: Entry, now: datetime, *, by: Member | None) -> None:
    await unit.entries.save(replace(entry, state=EntryState.CONFIRMED))
    await unit.people.give_name(entry.person, entry.name)
    await _named_elsewhere(unit, entry, now)
    position = await unit.people.position(entry.position)
    if position.holder is not None:
        await freed(unit, position, now, by=by)
    await seated(unit, position, entry.person, now, by=by)
    await refresh_entry(unit, entry.id)


async def _named_elsewhere(unit: UnitOfWork, admitted: Entry, now: datetime) -> None:
    """At the door of another position their name is known by now, and need not be asked for."""
    assert admitted.name is not None
    for entry in await unit.entries.all_open():
        if entry.person == admitted.person and entry.state is EntryState.NAMING:
            await _named(unit, entry, admitted.name, now)


async def _declined(unit: UnitOfWork, entry: Entry, by: Member, now: datetime) -> None:
    await unit.entries.save(replace(entry, name=None, state=EntryState.DECLINED))
    declined = StaffEvent(at=now, kind=StaffEventKind.DECLINED, by=by.acting_as.id, position=entry.position)
    await unit.staff_events.add(declined)
    await refresh_entry(unit, entry.id)
