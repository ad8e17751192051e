"""What is known before an office is: whose person, whose chat, whose code; and how an office is founded."""

from dataclasses import replace

import pytest

from risk.ids import OfficeId
from risk.people import Address, code_hash
from storage.directory import OfficeExists
from tests.support.offices import CURATOR, MEMBER, NOBODY, NOW, PLAN, Offices, telegram


async def test_a_person_belongs_to_the_offices_where_they_hold_a_position(offices: Offices) -> None:
    directory = offices.directory
    assert await directory.offices_of(offices.ours.olga.address) == (offices.ours.id,)
    assert await directory.offices_of(offices.theirs.olga.address) == (offices.theirs.id,)
    assert await directory.offices_of(NOBODY) == ()


async def test_a_person_of_two_offices_is_listed_in_both(offices: Offices) -> None:
    async with offices.theirs.uow() as unit:
        vacant = next(each for each in await unit.people.positions() if each.holder is None)
        await unit.people.seat(vacant.id, await unit.people.find_or_add(offices.ours.olga.address), NOW)
        await unit.commit()
    assert await offices.directory.offices_of(offices.ours.olga.address) == (offices.ours.id, offices.theirs.id)


async def test_two_seats_in_one_office_are_one_office(offices: Offices) -> None:
    async with offices.ours.uow() as unit:
        curator = next(each for each in await unit.people.positions() if each.role == CURATOR)
        await unit.people.seat(curator.id, await offices.ours.person(offices.ours.olga), NOW)
        await unit.commit()
    assert await offices.directory.offices_of(offices.ours.olga.address) == (offices.ours.id,)


async def test_an_address_without_a_position_is_on_no_list(offices: Offices) -> None:
    async with offices.ours.uow() as unit:
        await unit.people.find_or_add(NOBODY)
        await unit.commit()
    assert await offices.directory.offices_of(NOBODY) == ()


@pytest.mark.parametrize(("chat", "office"), [(-1100, OfficeId(1)), (-1200, OfficeId(2)), (-1, None)])
async def test_a_bound_chat_leads_to_its_office(offices: Offices, chat: int, office: OfficeId | None) -> None:
    address: Address = telegram(chat)
    assert await offices.directory.office_of_chat(address) == office


async def test_a_code_leads_to_its_office_by_its_hash_alone(offices: Offices) -> None:
    async with offices.theirs.uow() as unit:
        vacant = next(each for each in await unit.people.positions() if each.holder is None)
        await unit.invitations.issue(vacant.id, code_hash("код"), NOW)
        await unit.commit()
    assert await offices.directory.office_of_code(code_hash("код")) == offices.theirs.id
    assert await offices.directory.office_of_code("код") is None


async def test_a_new_office_has_the_vacant_seats_of_its_plan(offices: Offices) -> None:
    founded = await offices.directory.found(replace(PLAN, key="third"), now=NOW)
    async with offices.units.view_of(founded)() as unit:
        positions = await unit.people.positions()
        assert unit.office.plan == replace(PLAN, key="third")
        assert await unit.chats.alert_chat() is None
    wanted = [(role.key, None) for role in PLAN.roles for _ in range(role.seats)]
    assert [(each.role, each.number) for each in positions] == wanted
    assert all(each.holder is None for each in positions)


async def test_seats_of_a_role_with_several_are_numbered(offices: Offices) -> None:
    roles = tuple(replace(role, seats=3) if role.key == MEMBER else replace(role, seats=1) for role in PLAN.roles)
    founded = await offices.directory.found(replace(PLAN, key="third", roles=roles), now=NOW)
    async with offices.units.view_of(founded)() as unit:
        numbers = [each.number for each in await unit.people.positions() if each.role == MEMBER]
    assert numbers == [1, 2, 3]


async def test_a_key_founds_one_office(offices: Offices) -> None:
    before = await offices.directory.offices()
    with pytest.raises(OfficeExists, match="pestovo"):
        await offices.directory.found(PLAN, now=NOW)
    assert await offices.directory.offices() == before
