"""Invitations: to which seats they lead, how long they are good, and that a code is good once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.entries import EntryState
from risk.errors import InvitationFault, InvitationRefused, NotPermitted, UnknownChoice
from risk.ids import RoleKey
from risk.offices import OPERATOR
from risk.people import Actor, code_hash
from risk.powers import Power
from risk.use_cases.inviting import (
    InviteToRole,
    InviteToSeat,
    IssuedInvitation,
    invite_to_role,
    invite_to_seat,
    vacancies,
)
from storage import tables
from tests.risk.doors import accepts, at_the_door, invited, new_code, open_entries, positions
from tests.support.offices import HEAD_ROADS, MEMBER, NOW, PLAN, Offices, StaffedOffice

VALID_FOR = timedelta(days=PLAN.invitation_days)
VACANT = [RoleKey("head_social"), RoleKey("head_economy"), RoleKey("head_rural")]


async def refusal(office: StaffedOffice, code: str, actor: Actor, *, after: timedelta = timedelta()) -> InvitationFault:
    with pytest.raises(InvitationRefused) as refused:
        await accepts(office, code, actor, after=after)
    return refused.value.fault


async def to_role(office: StaffedOffice, role: RoleKey = MEMBER) -> IssuedInvitation:
    return await invite_to_role(InviteToRole(role=role), actor=office.head, uow=office.uow, now=NOW, new_code=new_code)


async def to_seat(office: StaffedOffice, command: InviteToSeat) -> IssuedInvitation:
    return await invite_to_seat(command, actor=office.head, uow=office.uow, now=NOW, new_code=new_code)


async def test_the_shell_invites_to_every_vacant_seat_and_no_other(office: StaffedOffice) -> None:
    issued = await invited(office)
    assert [each.position.role for each in issued] == VACANT
    assert {each.expires_at for each in issued} == {NOW + VALID_FOR}
    assert len({each.code for each in issued}) == len(issued)


@pytest.mark.parametrize("open_seats", [0, 1, 3])
async def test_an_open_ended_role_gets_as_many_vacant_numbered_seats_as_asked(
    office: StaffedOffice, open_seats: int
) -> None:
    issued = await invited(office, open_seats=open_seats)
    grown = [each.position for each in issued if each.position.role == MEMBER]
    assert [each.number for each in grown] == [3, 4, 5][:open_seats]


async def test_vacant_numbered_seats_are_used_before_new_ones_are_made(office: StaffedOffice) -> None:
    for asked in (2, 1, 2):
        await invited(office, open_seats=asked)
    assert [each.number for each in await positions(office) if each.role == MEMBER] == [1, 2, 3, 4]


async def test_each_invitation_to_a_role_has_a_numbered_seat_of_its_own(office: StaffedOffice) -> None:
    issued = [await to_role(office) for _ in range(3)]
    assert [each.position.number for each in issued] == [3, 4, 5]


async def test_a_seat_of_a_role_that_is_free_again_is_offered_before_a_new_one(office: StaffedOffice) -> None:
    ivans = next(each for each in await positions(office) if each.role == MEMBER and each.number == 2)
    async with office.uow() as unit:
        await unit.people.vacate(ivans.id, NOW)
        await unit.commit()
    assert (await to_role(office)).position.id == ivans.id
    assert (await to_role(office)).position.number == 3


async def test_only_a_role_that_grows_can_be_invited_to(office: StaffedOffice) -> None:
    for role in (HEAD_ROADS, RoleKey("нет такой")):
        with pytest.raises(UnknownChoice):
            await to_role(office, role)


async def test_the_head_is_offered_the_vacant_seats_and_the_roles_that_grow(office: StaffedOffice) -> None:
    offered = await vacancies(actor=office.head, view=office.view)
    assert [each.role for each in offered.seats] == VACANT
    assert offered.growing == (MEMBER,)


async def test_a_held_seat_is_invited_to_only_to_succeed_its_holder(office: StaffedOffice) -> None:
    roads = next(each for each in await positions(office) if each.role == HEAD_ROADS)
    with pytest.raises(UnknownChoice):
        await to_seat(office, InviteToSeat(position=roads.id))
    with pytest.raises(UnknownChoice):
        await to_seat(office, InviteToSeat(position=roads.id, succeeds=await office.person(office.olga)))
    assert (await to_seat(office, InviteToSeat(position=roads.id, succeeds=roads.holder))).position == roads


async def test_only_the_hash_of_a_code_is_stored(offices: Offices, office: StaffedOffice) -> None:
    issued = [*await invited(office), await to_role(office)]
    rows = await offices.rows(tables.invitations)
    assert [row["code_hash"] for row in rows] == [code_hash(each.code) for each in issued]
    assert not any(each.code in str(rows) for each in issued)


async def test_an_unknown_code_is_refused(office: StaffedOffice) -> None:
    await invited(office)
    for code in ("", "нет такого", code_hash("code-1")):
        assert await refusal(office, code, office.newcomer) is InvitationFault.UNKNOWN


async def test_a_code_opens_the_door_once(office: StaffedOffice) -> None:
    [invitation, *_] = await invited(office)
    await accepts(office, invitation.code, office.newcomer)
    for actor in (office.olga, office.newcomer):
        assert await refusal(office, invitation.code, actor) is InvitationFault.USED


async def test_whoever_holds_the_seat_already_is_told_so(office: StaffedOffice) -> None:
    [invitation, *_] = await invited(office)
    async with office.uow() as unit:
        await unit.people.seat(invitation.position.id, await office.person(office.olga), NOW)
        await unit.commit()
    for after in (timedelta(), VALID_FOR):
        assert await refusal(office, invitation.code, office.olga, after=after) is InvitationFault.HOLDS_ALREADY


@pytest.mark.parametrize(("after", "good"), [(VALID_FOR - timedelta(seconds=1), True), (VALID_FOR, False)])
async def test_a_code_is_good_until_it_expires(office: StaffedOffice, after: timedelta, good: bool) -> None:
    [invitation, *_] = await invited(office)
    if good:
        await accepts(office, invitation.code, office.newcomer, after=after)
        assert len(await open_entries(office)) == 1
    else:
        assert await refusal(office, invitation.code, office.newcomer, after=after) is InvitationFault.EXPIRED


async def test_a_newer_code_voids_the_earlier_one(office: StaffedOffice) -> None:
    [earlier, *_] = await invited(office)
    [newer, *_] = await invited(office)
    assert earlier.position == newer.position
    assert await refusal(office, earlier.code, office.newcomer) is InvitationFault.UNKNOWN
    await accepts(office, newer.code, office.newcomer)
    assert [each.position for each in await open_entries(office)] == [newer.position.id]


async def test_a_newer_code_ends_the_waiting_of_whoever_came_by_the_earlier_one(
    offices: Offices, office: StaffedOffice
) -> None:
    entry = await at_the_door(office, "Новикова А. А.")
    await to_seat(office, InviteToSeat(position=entry.position))
    assert [row["state"] for row in await offices.rows(tables.entries)] == [EntryState.WITHDRAWN.value]


async def test_a_seat_taken_meanwhile_cannot_be_taken_by_an_unused_code(office: StaffedOffice) -> None:
    [invitation, *_] = await invited(office)
    async with office.uow() as unit:
        await unit.people.seat(invitation.position.id, await office.person(office.ivan), NOW)
        await unit.commit()
    assert await refusal(office, invitation.code, office.newcomer) is InvitationFault.USED


async def test_a_code_of_another_office_is_unknown_here(offices: Offices) -> None:
    [invitation, *_] = await invited(offices.theirs)
    assert await refusal(offices.ours, invitation.code, offices.ours.newcomer) is InvitationFault.UNKNOWN


async def test_a_refused_code_leaves_no_trace_of_who_brought_it(offices: Offices, office: StaffedOffice) -> None:
    await invited(office)
    await refusal(office, "нет такого", office.newcomer)
    assert office.newcomer.address.value not in {row["address"] for row in await offices.rows(tables.people)}


async def test_an_expired_invitation_holds_no_seat(office: StaffedOffice) -> None:
    first = await to_role(office)
    later = NOW + VALID_FOR
    second = await invite_to_role(
        InviteToRole(role=MEMBER), actor=office.head, uow=office.uow, now=later, new_code=new_code
    )
    assert second.position.id == first.position.id


async def test_to_invite_a_successor_takes_the_power_to_free_the_seat_too(
    offices: Offices, office: StaffedOffice
) -> None:
    """Else whoever may only invite could put somebody, or themself, into anybody's seat."""
    roads = next(each for each in await positions(office) if each.role == HEAD_ROADS)
    async with office.uow() as unit:
        plan = await unit.preset.read()
        await unit.preset.store(replace(plan, powers={**plan.powers, Power.DISMISS: (frozenset({OPERATOR}),)}))
        await unit.commit()
    with pytest.raises(NotPermitted):
        await to_seat(office, InviteToSeat(position=roads.id, succeeds=roads.holder))
    vacant = next(each for each in await positions(office) if each.holder is None)
    await to_seat(office, InviteToSeat(position=vacant.id))
