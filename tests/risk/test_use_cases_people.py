"""Seats, invitations to them, and how a code becomes a seat exactly once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from risk.errors import InvitationFault, InvitationRefused
from risk.ids import RoleKey
from risk.notices import Joined
from risk.people import Actor, Position, code_hash
from risk.use_cases.people import AcceptInvitation, IssuedInvitation, accept_invitation, invite_to_vacancies
from storage import tables
from storage.mapping import NOTICE
from tests.support.offices import MEMBER, NOW, PLAN, Offices, StaffedOffice

VALID_FOR = timedelta(days=PLAN.invitation_days)
VACANT = [RoleKey("head_social"), RoleKey("head_economy"), RoleKey("head_rural")]


def codes() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"code-{number}"


CODES = codes()


async def invite(office: StaffedOffice, *, open_seats: int = 0) -> tuple[IssuedInvitation, ...]:
    return await invite_to_vacancies(uow=office.uow, now=NOW, new_code=lambda: next(CODES), open_seats=open_seats)


async def accept(office: StaffedOffice, code: str, actor: Actor, *, after: timedelta = timedelta()) -> Position:
    command = AcceptInvitation(code=code, place=office.private(actor))
    return await accept_invitation(command, address=actor.address, uow=office.uow, now=NOW + after)


async def positions(office: StaffedOffice) -> tuple[Position, ...]:
    async with office.view() as view:
        return await view.people.positions()


async def refusal(office: StaffedOffice, code: str, actor: Actor, *, after: timedelta = timedelta()) -> InvitationFault:
    with pytest.raises(InvitationRefused) as refused:
        await accept(office, code, actor, after=after)
    return refused.value.fault


async def test_every_vacant_seat_is_invited_to_and_no_other(office: StaffedOffice) -> None:
    issued = await invite(office)
    assert [each.position.role for each in issued] == VACANT
    assert {each.expires_at for each in issued} == {NOW + VALID_FOR}
    assert len({each.code for each in issued}) == len(issued)


@pytest.mark.parametrize("open_seats", [0, 1, 3])
async def test_an_open_ended_role_gets_as_many_vacant_numbered_seats_as_asked(
    office: StaffedOffice, open_seats: int
) -> None:
    issued = await invite(office, open_seats=open_seats)
    grown = [each.position for each in issued if each.position.role == MEMBER]
    assert [each.number for each in grown] == [3, 4, 5][:open_seats]


async def test_vacant_numbered_seats_are_used_before_new_ones_are_made(office: StaffedOffice) -> None:
    for asked in (2, 1, 2):
        await invite(office, open_seats=asked)
    assert [each.number for each in await positions(office) if each.role == MEMBER] == [1, 2, 3, 4]


async def test_only_the_hash_of_a_code_is_stored(offices: Offices, office: StaffedOffice) -> None:
    issued = await invite(office)
    rows = await offices.rows(tables.invitations)
    assert [row["code_hash"] for row in rows] == [code_hash(each.code) for each in issued]
    assert not any(each.code in str(rows) for each in issued)


async def test_a_code_seats_whoever_brings_it_and_tells_them(offices: Offices, office: StaffedOffice) -> None:
    [invitation, *_] = await invite(office)
    seat = await accept(office, invitation.code, office.stranger)
    held = next(each for each in await positions(office) if each.id == seat.id)
    assert held.holder == await office.person(office.stranger)
    [row] = await offices.rows(tables.outbox)
    assert (NOTICE.validate_json(row["notice"]), row["address"]) == (
        Joined(position=seat.id),
        office.stranger.address.value,
    )


async def test_a_person_may_hold_several_seats(office: StaffedOffice) -> None:
    first, second, *_ = await invite(office)
    for each in (first, second):
        await accept(office, each.code, office.stranger)
    person = await office.person(office.stranger)
    assert [each.role for each in await positions(office) if each.holder == person] == VACANT[:2]


async def test_an_unknown_code_is_refused(office: StaffedOffice) -> None:
    await invite(office)
    for code in ("", "нет такого", code_hash("code-1")):
        assert await refusal(office, code, office.stranger) is InvitationFault.UNKNOWN


async def test_a_used_code_seats_nobody_else(office: StaffedOffice) -> None:
    [invitation, *_] = await invite(office)
    await accept(office, invitation.code, office.stranger)
    assert await refusal(office, invitation.code, office.olga) is InvitationFault.USED


async def test_whoever_holds_the_seat_already_is_told_so(office: StaffedOffice) -> None:
    [invitation, *_] = await invite(office)
    await accept(office, invitation.code, office.stranger)
    for after in (timedelta(), VALID_FOR):
        assert await refusal(office, invitation.code, office.stranger, after=after) is InvitationFault.HOLDS_ALREADY


@pytest.mark.parametrize(("after", "good"), [(VALID_FOR - timedelta(seconds=1), True), (VALID_FOR, False)])
async def test_a_code_is_good_until_it_expires(office: StaffedOffice, after: timedelta, good: bool) -> None:
    [invitation, *_] = await invite(office)
    if good:
        await accept(office, invitation.code, office.stranger, after=after)
    else:
        assert await refusal(office, invitation.code, office.stranger, after=after) is InvitationFault.EXPIRED


async def test_a_newer_code_voids_the_earlier_one(office: StaffedOffice) -> None:
    [earlier, *_] = await invite(office)
    [newer, *_] = await invite(office)
    assert earlier.position == newer.position
    assert await refusal(office, earlier.code, office.stranger) is InvitationFault.UNKNOWN
    assert await accept(office, newer.code, office.stranger) == newer.position


async def test_a_used_code_stays_known_as_used_when_others_are_issued(office: StaffedOffice) -> None:
    [invitation, *_] = await invite(office)
    await accept(office, invitation.code, office.stranger)
    await invite(office)
    assert await refusal(office, invitation.code, office.olga) is InvitationFault.USED


async def test_a_seat_taken_meanwhile_cannot_be_taken_by_an_unused_code(office: StaffedOffice) -> None:
    [invitation, *_] = await invite(office)
    async with office.uow() as unit:
        await unit.people.seat(invitation.position.id, await office.person(office.ivan), NOW)
        await unit.commit()
    assert await refusal(office, invitation.code, office.stranger) is InvitationFault.USED


async def test_a_code_of_another_office_is_unknown_here(offices: Offices) -> None:
    [invitation, *_] = await invite(offices.theirs)
    assert await refusal(offices.ours, invitation.code, offices.ours.stranger) is InvitationFault.UNKNOWN


async def test_a_refused_code_leaves_no_trace_of_who_brought_it(offices: Offices, office: StaffedOffice) -> None:
    await invite(office)
    await refusal(office, "нет такого", office.stranger)
    assert office.stranger.address.value not in {row["address"] for row in await offices.rows(tables.people)}
