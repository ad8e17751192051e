"""At the door: an official name, the inviter's answer, and only then a seat."""

from dataclasses import replace

import pytest

from risk.entries import Entry, EntryState
from risk.errors import EntryClosed, EntryWaiting, NameUnclear, NotListed
from risk.ids import RoleKey
from risk.notices import Joined
from risk.people import Actor
from risk.standing import Subject
from risk.use_cases.entering import AnswerEntry, AskEntryAgain, answer_entry, ask_entry_again
from risk.use_cases.inviting import InviteToSeat, invite_to_seat
from risk.use_cases.reading import open_risks
from risk.use_cases.staff import FreePosition, free_position
from storage import tables
from tests.risk.doors import accepts, at_the_door, invited, names_themself, new_code, open_entries, positions
from tests.support.offices import CURATOR, HEAD, HEAD_ROADS, NOW, Offices, StaffedOffice, planned

NAME = "Новикова А. А."


async def answered(office: StaffedOffice, entry: Entry, *, is_them: bool, by: Actor | None = None) -> None:
    command = AnswerEntry(entry=entry.id, is_them=is_them)
    await answer_entry(command, actor=by or office.head, uow=office.uow, now=NOW)


async def state(offices: Offices) -> str:
    [row] = await offices.rows(tables.entries)
    return str(row["state"])


async def asked_places(offices: Offices) -> list[str]:
    rows = await offices.rows(tables.standing)
    return [row["address"] for row in rows if row["subject"] == Subject.ADMISSION.value]


async def holder(office: StaffedOffice, entry: Entry) -> int | None:
    return next(each.holder for each in await positions(office) if each.id == entry.position)


async def test_whoever_comes_by_a_code_is_asked_for_the_name_and_holds_nothing_yet(
    offices: Offices, office: StaffedOffice
) -> None:
    [invitation, *_] = await invited(office)
    await accepts(office, invitation.code, office.newcomer)
    assert await state(offices) == EntryState.NAMING.value
    with pytest.raises(NotListed):
        await open_risks(0, actor=office.newcomer, view=office.view, now=NOW)


async def test_the_inviter_alone_is_asked_whether_it_is_really_them(offices: Offices, office: StaffedOffice) -> None:
    await at_the_door(office, NAME)
    assert await state(offices) == EntryState.WAITING.value
    assert await asked_places(offices) == [office.head.address.value]


async def test_an_invitation_of_the_shell_is_confirmed_by_whoever_may_invite(
    offices: Offices, office: StaffedOffice
) -> None:
    [invitation, *_] = await invited(office)
    await accepts(office, invitation.code, office.newcomer)
    await names_themself(office, office.newcomer, NAME)
    assert await asked_places(offices) == [office.head.address.value]


async def test_when_the_inviter_may_invite_no_more_the_next_holder_is_asked(
    offices: Offices, office: StaffedOffice
) -> None:
    vacant = next(each for each in await positions(office) if each.holder is None)
    invitation = await invite_to_seat(
        InviteToSeat(position=vacant.id), actor=office.head, uow=office.uow, now=NOW, new_code=new_code
    )
    heads = next(each for each in await positions(office) if each.role == HEAD)
    async with office.uow() as unit:
        await unit.people.vacate(heads.id, NOW)
        await unit.commit()
    await accepts(office, invitation.code, office.newcomer)
    await names_themself(office, office.newcomer, NAME)
    assert await asked_places(offices) == [office.actor(CURATOR).address.value]


async def test_the_first_of_an_office_is_seated_at_once_for_nobody_can_confirm_them(
    offices: Offices, office: StaffedOffice
) -> None:
    async with office.uow() as unit:
        for each in await unit.people.positions():
            await unit.people.vacate(each.id, NOW)
        await unit.commit()
    [invitation, *_] = [each for each in await invited(office) if each.position.role == HEAD]
    await accepts(office, invitation.code, office.newcomer)
    await names_themself(office, office.newcomer, NAME)
    assert await state(offices) == EntryState.CONFIRMED.value
    assert await asked_places(offices) == []


async def test_whoever_invites_themself_needs_no_confirmation(office: StaffedOffice) -> None:
    async with office.uow() as unit:
        await unit.people.give_name(await office.person(office.head), "Лапина М. В.")
        await unit.commit()
    vacant = next(each for each in await positions(office) if each.holder is None)
    invitation = await invite_to_seat(
        InviteToSeat(position=vacant.id), actor=office.head, uow=office.uow, now=NOW, new_code=new_code
    )
    await accepts(office, invitation.code, office.head)
    seat = next(each for each in await positions(office) if each.id == vacant.id)
    assert seat.holder == await office.person(office.head)


async def test_who_has_a_name_here_is_not_asked_for_it_again(offices: Offices, office: StaffedOffice) -> None:
    async with office.uow() as unit:
        await unit.people.give_name(await office.person(office.olga), "Соколова О. П.")
        await unit.commit()
    [invitation, *_] = await invited(office)
    await accepts(office, invitation.code, office.olga)
    [entry] = await open_entries(office)
    assert (entry.name, entry.state) == ("Соколова О. П.", EntryState.WAITING)


async def test_what_is_no_name_is_refused_and_the_question_stays(offices: Offices, office: StaffedOffice) -> None:
    [invitation, *_] = await invited(office)
    await accepts(office, invitation.code, office.newcomer)
    with pytest.raises(NameUnclear):
        await names_themself(office, office.newcomer, "Здравствуйте")
    assert await state(offices) == EntryState.NAMING.value


async def test_a_name_typed_again_takes_the_place_of_the_first(office: StaffedOffice) -> None:
    await at_the_door(office, NAME)
    await names_themself(office, office.newcomer, "Новикова Анна Андреевна")
    assert [each.name for each in await open_entries(office)] == ["Новикова Анна Андреевна"]


async def test_other_words_of_whoever_waits_are_answered_with_patience(office: StaffedOffice) -> None:
    await at_the_door(office, NAME)
    with pytest.raises(EntryWaiting):
        await names_themself(office, office.newcomer, "ну что там")


async def test_confirmed_they_hold_the_seat_under_their_name_and_are_told(
    offices: Offices, office: StaffedOffice
) -> None:
    entry = await at_the_door(office, NAME)
    await answered(office, entry, is_them=True)
    assert await holder(office, entry) == entry.person
    async with office.view() as view:
        assert (await view.people.person(entry.person)).official_name == NAME
    assert await planned(offices) == [(Joined(position=entry.position), office.newcomer.address.value)]


async def test_declined_they_hold_nothing_and_no_name_of_theirs_is_kept(
    offices: Offices, office: StaffedOffice
) -> None:
    entry = await at_the_door(office, NAME)
    await answered(office, entry, is_them=False)
    assert await holder(office, entry) is None
    assert await state(offices) == EntryState.DECLINED.value
    assert "Новикова" not in str([await offices.rows(table) for table in tables.metadata.sorted_tables])


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False])
async def test_the_question_is_answered_once(office: StaffedOffice, first: bool, second: bool) -> None:
    entry = await at_the_door(office, NAME)
    await answered(office, entry, is_them=first)
    with pytest.raises(EntryClosed):
        await answered(office, entry, is_them=second)
    with pytest.raises(EntryClosed):
        await names_themself(office, office.newcomer, NAME)
    again = AskEntryAgain(entry=entry.id, place=office.private(office.head))
    with pytest.raises(EntryClosed):
        await ask_entry_again(again, actor=office.head, uow=office.uow)


async def test_an_entry_of_another_office_cannot_be_answered_here(offices: Offices) -> None:
    theirs = await at_the_door(offices.theirs, NAME)
    with pytest.raises(EntryClosed):
        await answered(offices.ours, theirs, is_them=True)


async def test_a_successor_takes_the_seat_in_the_commit_in_which_its_holder_loses_it(office: StaffedOffice) -> None:
    roads = next(each for each in await positions(office) if each.role == HEAD_ROADS)
    wanted = InviteToSeat(position=roads.id, succeeds=roads.holder)
    invitation = await invite_to_seat(wanted, actor=office.head, uow=office.uow, now=NOW, new_code=new_code)
    await accepts(office, invitation.code, office.newcomer)
    await names_themself(office, office.newcomer, NAME)
    assert roads in await positions(office)
    [entry] = await open_entries(office)
    await answered(office, entry, is_them=True)
    assert await holder(office, entry) == entry.person
    with pytest.raises(NotListed):
        await open_risks(0, actor=office.actor(HEAD_ROADS), view=office.view, now=NOW)


async def test_a_successor_may_come_after_the_seat_was_freed(office: StaffedOffice) -> None:
    roads = next(each for each in await positions(office) if each.role == HEAD_ROADS)
    assert roads.holder is not None
    wanted = InviteToSeat(position=roads.id, succeeds=roads.holder)
    invitation = await invite_to_seat(wanted, actor=office.head, uow=office.uow, now=NOW, new_code=new_code)
    command = FreePosition(position=roads.id, holder=roads.holder)
    await free_position(command, actor=office.head, uow=office.uow, now=NOW)
    await accepts(office, invitation.code, office.newcomer)
    assert [each.position for each in await open_entries(office)] == [roads.id]


async def test_the_directory_knows_who_stands_at_which_door(offices: Offices) -> None:
    office = offices.ours
    address = office.newcomer.address
    assert await offices.directory.entering(address, unnamed=False) is None
    [invitation, *_] = await invited(office)
    await accepts(office, invitation.code, office.newcomer)
    assert await offices.directory.entering(address, unnamed=True) == office.id
    await names_themself(office, office.newcomer, NAME)
    assert await offices.directory.entering(address, unnamed=True) is None
    assert await offices.directory.entering(address, unnamed=False) == office.id
    [entry] = await open_entries(office)
    await answered(office, entry, is_them=True)
    assert await offices.directory.entering(address, unnamed=False) is None


@pytest.mark.parametrize("role", [RoleKey("head_social")])
async def test_the_history_says_who_invited_and_who_confirmed(
    offices: Offices, office: StaffedOffice, role: RoleKey
) -> None:
    entry = await at_the_door(office, NAME)
    await answered(office, entry, is_them=True)
    heads = next(each for each in await positions(office) if each.role == HEAD)
    async with office.view() as view:
        history = await view.staff_events.all()
    assert [(each.kind.value, each.by) for each in history] == [
        ("invited", heads.id),
        ("entered", None),
        ("seated", heads.id),
    ]
    assert replace(history[0]).position == entry.position


async def test_one_name_opens_all_the_doors_at_which_a_person_stands(office: StaffedOffice) -> None:
    first, second, *_ = await invited(office)
    for invitation in (first, second):
        await accepts(office, invitation.code, office.newcomer)
    await names_themself(office, office.newcomer, NAME)
    assert [(each.name, each.state) for each in await open_entries(office)] == [(NAME, EntryState.WAITING)] * 2


async def test_a_name_that_was_confirmed_is_not_asked_for_at_another_door(office: StaffedOffice) -> None:
    entry = await at_the_door(office, NAME)
    other = next(each for each in await invited_elsewhere(office, entry))
    await accepts(office, other, office.newcomer)
    await answered(office, entry, is_them=True)
    assert [(each.name, each.state) for each in await open_entries(office)] == [(NAME, EntryState.WAITING)]


async def invited_elsewhere(office: StaffedOffice, entry: Entry) -> list[str]:
    """Codes of invitations to the other vacancies, so that nobody's waiting ends."""
    vacant = [each for each in await positions(office) if each.holder is None and each.id != entry.position]
    issued = [
        await invite_to_seat(
            InviteToSeat(position=each.id), actor=office.head, uow=office.uow, now=NOW, new_code=new_code
        )
        for each in vacant
    ]
    return [each.code for each in issued]


async def test_the_door_of_a_role_that_was_dropped_stays_shut(office: StaffedOffice) -> None:
    entry = await at_the_door(office, NAME)
    seat = next(each for each in await positions(office) if each.id == entry.position)
    async with office.uow() as unit:
        plan = await unit.preset.read()
        await unit.preset.store(replace(plan, roles=tuple(each for each in plan.roles if each.key != seat.role)))
        await unit.commit()
    with pytest.raises(EntryClosed):
        await answered(office, entry, is_them=True)
