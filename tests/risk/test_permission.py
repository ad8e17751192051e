"""The one gate: who acts, in which seats, and what these permit; all read in the transaction that acts."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from risk.errors import NotHere, NotListed, NotPermitted
from risk.ids import RoleKey
from risk.people import Actor
from risk.powers import POWER_FOR, Action, Power
from risk.use_cases.permission import holders, permitted
from tests.support.offices import (
    CURATOR,
    HEAD,
    HEAD_ROADS,
    MEMBER,
    NOW,
    OFFICER,
    PLAN,
    Offices,
    StaffedOffice,
    telegram,
)

HEAD_SOCIAL = RoleKey("head_social")


async def seat(office: StaffedOffice, actor: Actor, role: RoleKey) -> None:
    """Give the person one more seat, whoever holds it."""
    async with office.uow() as unit:
        position = next(each for each in await unit.people.positions() if each.role == role)
        await unit.people.seat(position.id, await unit.people.find_or_add(actor.address), NOW)
        await unit.commit()


async def powers(office: StaffedOffice, actor: Actor) -> frozenset[Power]:
    async with office.view() as unit:
        return (await permitted(unit, actor, Action.READ_RISKS)).powers


async def roles_holding(office: StaffedOffice, power: Power) -> Sequence[RoleKey]:
    async with office.view() as unit:
        return [each.role for each in await holders(unit, power)]


@pytest.mark.parametrize("action", Action)
async def test_a_person_without_a_position_may_do_nothing(office: StaffedOffice, action: Action) -> None:
    async with office.view() as unit:
        with pytest.raises(NotListed):
            await permitted(unit, office.stranger, action)


@pytest.mark.parametrize("action", Action)
async def test_a_position_in_another_office_counts_for_nothing_here(offices: Offices, action: Action) -> None:
    theirs = offices.theirs.head
    for actor in (theirs, Actor(office=offices.ours.id, address=theirs.address)):
        async with offices.ours.view() as unit:
            with pytest.raises(NotListed):
                await permitted(unit, actor, action)


@pytest.mark.parametrize("action", Action)
async def test_whoever_acts_for_another_office_does_nothing_in_their_own(offices: Offices, action: Action) -> None:
    astray = Actor(office=offices.theirs.id, address=offices.ours.head.address)
    async with offices.ours.view() as unit:
        with pytest.raises(NotListed):
            await permitted(unit, astray, action)


async def test_an_address_that_is_known_and_holds_no_seat_is_not_listed(office: StaffedOffice) -> None:
    async with office.uow() as unit:
        await unit.people.find_or_add(office.stranger.address)
        with pytest.raises(NotListed):
            await permitted(unit, office.stranger, Action.READ_RISKS)


@pytest.mark.parametrize("role", [CURATOR, HEAD, OFFICER, HEAD_ROADS, MEMBER])
@pytest.mark.parametrize("action", Action)
async def test_an_action_is_permitted_by_its_power_alone(office: StaffedOffice, role: RoleKey, action: Action) -> None:
    actor, held = office.actor(role), {CURATOR, HEAD, OFFICER, HEAD_ROADS, MEMBER}
    power = POWER_FOR[action]
    async with office.view() as unit:
        if power in PLAN.powers_of({role}, held=held):
            assert power in (await permitted(unit, actor, action)).powers
        else:
            with pytest.raises(NotPermitted) as refused:
                await permitted(unit, actor, action)
            assert refused.value.power is power


async def test_a_curator_may_read_and_not_classify(office: StaffedOffice) -> None:
    """The preset of the tests says so; a table in which everybody may do everything would prove nothing."""
    assert await powers(office, office.actor(CURATOR)) == {Power.READ, Power.FILE, Power.WORK, Power.REPORT}


async def test_powers_of_several_seats_add_up_and_the_first_seat_signs(office: StaffedOffice) -> None:
    await seat(office, office.olga, HEAD_SOCIAL)
    await seat(office, office.olga, CURATOR)
    async with office.view() as unit:
        member = await permitted(unit, office.olga, Action.READ_RISKS)
    assert [each.role for each in member.positions] == [CURATOR, HEAD_SOCIAL, MEMBER]
    assert member.acting_as.role == CURATOR
    assert Power.CLASSIFY in member.powers


async def test_holders_are_the_occupied_seats_of_the_step_in_force(office: StaffedOffice) -> None:
    assert await roles_holding(office, Power.CLASSIFY) == [HEAD, OFFICER, HEAD_ROADS, MEMBER, MEMBER]


async def test_in_an_office_without_people_nobody_holds_a_power(offices: Offices) -> None:
    founded = await offices.directory.found(replace(PLAN, key="third"), now=NOW)
    async with offices.units.view_of(founded)() as unit:
        assert [await holders(unit, power) for power in Power] == [()] * len(Power)


async def test_the_next_step_holds_a_power_until_somebody_comes_to_the_first(offices: Offices) -> None:
    founded = await offices.directory.found(replace(PLAN, key="third"), now=NOW)
    for role in (CURATOR, HEAD):
        async with offices.units.of(founded)() as unit:
            vacant = next(each for each in await unit.people.positions() if each.role == role)
            await unit.people.seat(vacant.id, await unit.people.find_or_add(telegram(vacant.id)), NOW)
            assert [each.role for each in await holders(unit, Power.BIND)] == [role]
            await unit.commit()


IN_A_GROUP = [action for action in Action if action is not Action.BIND_ALERT_CHAT]


@pytest.mark.parametrize("action", IN_A_GROUP)
async def test_the_office_is_not_spoken_of_in_a_group_that_is_not_its_alert_chat(
    offices: Offices, office: StaffedOffice, action: Action
) -> None:
    for chat in (telegram(-5), offices.theirs.chat.address):
        async with office.view() as unit:
            with pytest.raises(NotHere):
                await permitted(unit, replace(office.head, chat=chat), action)


OF_THE_OFFICER = frozenset({Power.IMPORT, Power.DISTRIBUTE})
"""What the officer for ИМ and ПОС is entrusted with before the head."""


@pytest.mark.parametrize("action", IN_A_GROUP)
async def test_the_alert_chat_and_the_private_talk_are_the_offices_places(
    office: StaffedOffice, action: Action
) -> None:
    actor = office.actor(OFFICER) if POWER_FOR[action] in OF_THE_OFFICER else office.head
    for chat in (office.chat.address, None):
        async with office.view() as unit:
            await permitted(unit, replace(actor, chat=chat), action)


async def test_a_chat_may_be_bound_from_within_any_group(office: StaffedOffice) -> None:
    async with office.view() as unit:
        await permitted(unit, replace(office.head, chat=telegram(-5)), Action.BIND_ALERT_CHAT)


async def test_in_a_strange_group_a_stranger_learns_no_more_than_anywhere(office: StaffedOffice) -> None:
    async with office.view() as unit:
        with pytest.raises(NotListed):
            await permitted(unit, replace(office.stranger, chat=telegram(-5)), Action.READ_RISKS)
