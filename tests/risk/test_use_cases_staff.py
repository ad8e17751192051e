"""Positions change hands: what is lost in that very commit, what stays with the position, who is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.dates import Days
from risk.drafts import DraftField
from risk.errors import NameUnclear, NotListed, UnknownChoice
from risk.ids import BlockKey, LevelKey, PositionId
from risk.notices import Joined, NameCorrected, PositionLost, RemoveFromChat
from risk.people import Actor, Position
from risk.risks import RiskState
from risk.standing import Panel, Subject
from risk.use_cases import drafts
from risk.use_cases.absences import NoteAbsence, note_absence
from risk.use_cases.cards import SetBlock, SetLevel, TurnCard, set_block, set_level, turn_card
from risk.use_cases.reading import card_facts, open_risks
from risk.use_cases.staff import (
    CorrectOwnName,
    FreePosition,
    HandPositionOver,
    correct_own_name,
    free_position,
    hand_over,
    hand_position_over,
    staff,
    work_of,
)
from risk.use_cases.telling import notice_facts
from storage import tables
from tests.risk.doors import accepts, at_the_door, invited, positions
from tests.risk.worked import put
from tests.support.offices import HEAD_ROADS, MEMBER, NOW, OFFICER, Offices, StaffedOffice, part, planned


async def seat_of(office: StaffedOffice, actor: Actor) -> Position:
    person = await office.person(actor)
    return next(each for each in await positions(office) if each.holder == person)


async def freed(office: StaffedOffice, actor: Actor) -> Position:
    position = await seat_of(office, actor)
    assert position.holder is not None
    command = FreePosition(position=position.id, holder=position.holder)
    await free_position(command, actor=office.head, uow=office.uow, now=NOW)
    return position


async def handed_over(office: StaffedOffice, actor: Actor, heir: Actor) -> Position:
    position = await seat_of(office, actor)
    assert position.holder is not None
    command = HandPositionOver(position=position.id, holder=position.holder, heir=await office.person(heir))
    await hand_position_over(command, actor=office.head, uow=office.uow, now=NOW)
    return position


async def test_work_that_stays_with_a_position_is_told_by_what_is_due_first(office: StaffedOffice) -> None:
    """Not by when it was to be verified: that is over for most of it."""
    watching, answering, fresh = [await office.filed(gist) for gist in ("Яма на дороге", "Нет воды", "Нет света")]
    later = answering.verify_by + timedelta(days=9)
    await put(office, watching, RiskState.WATCHED)
    async with office.uow() as unit:
        await unit.risks.save(replace(answering, state=RiskState.ANSWERING, answer_by=later))
        await unit.commit()
        work = await work_of(unit, await seat_of(office, office.olga))
    assert [each.id for each in work] == [fresh.id, answering.id, watching.id]


async def test_whoever_is_freed_may_do_nothing_from_that_commit_on(office: StaffedOffice) -> None:
    await freed(office, office.olga)
    with pytest.raises(NotListed):
        await open_risks(0, actor=office.olga, view=office.view, now=NOW)


async def test_half_filled_forms_of_whoever_leaves_are_closed_and_emptied(
    offices: Offices, office: StaffedOffice
) -> None:
    draft = await office.drafted(part("Нет света в парке"))
    turn = drafts.TurnDraft(draft=draft.id, panel=Panel.ASK_SOURCE)
    await drafts.turn_draft(turn, actor=office.olga, uow=office.uow, now=NOW)
    person = await office.person(office.olga)
    async with office.view() as view:
        assert await view.prompts.pending(person, draft.place) == (draft.id, DraftField.SOURCE)
    await freed(office, office.olga)
    async with office.view() as view:
        stored = await view.drafts.get(draft.id)
        assert stored is not None
        assert (stored.status.value, stored.parts) == ("cancelled", ())
        assert await view.prompts.pending(person, draft.place) is None
    assert "парке" not in str(await offices.rows(tables.drafts))


async def test_forms_stay_open_for_whoever_keeps_another_position(office: StaffedOffice) -> None:
    draft = await office.drafted()
    await handed_over(office, office.actor(OFFICER), office.olga)
    first = await seat_of(office, office.olga)
    assert first.holder is not None
    command = FreePosition(position=first.id, holder=first.holder)
    await free_position(command, actor=office.head, uow=office.uow, now=NOW)
    async with office.view() as view:
        assert await view.drafts.open_of(await office.person(office.olga)) == [draft]


async def test_an_open_question_of_whoever_leaves_is_taken_back(office: StaffedOffice) -> None:
    """Else nobody could ever answer it: the second press is awaited of one person."""
    risk = await office.filed()
    await set_level(SetLevel(risk=risk.id, round=1, level=LevelKey("high")), actor=office.olga, uow=office.uow, now=NOW)
    await freed(office, office.olga)
    async with office.view() as view:
        [card] = await view.standing.of(Subject.RISK, risk.id)
    assert card.panel is Panel.MAIN
    await turn_card(TurnCard(risk=risk.id, round=1, panel=Panel.LEVELS), actor=office.ivan, uow=office.uow)


async def test_they_are_told_and_taken_out_of_the_alert_chat(offices: Offices, office: StaffedOffice) -> None:
    person = await office.person(office.olga)
    position = await freed(office, office.olga)
    assert await planned(offices) == [
        (PositionLost(position=position.id, left=True), office.olga.address.value),
        (RemoveFromChat(person=person), office.chat.address.value),
    ]


async def test_whoever_keeps_another_position_stays_in_the_chat(offices: Offices, office: StaffedOffice) -> None:
    await handed_over(office, office.actor(OFFICER), office.olga)
    position = await freed(office, office.olga)
    told = [notice for notice, address in await planned(offices) if address == office.olga.address.value]
    assert told[-1] == PositionLost(position=position.id, left=False)


async def test_work_stays_with_the_position_and_is_listed_for_the_successor(
    offices: Offices, office: StaffedOffice
) -> None:
    filed_by_olga, of_the_block = await office.filed(), await office.filed("Пожар", by=office.ivan)
    await set_block(
        SetBlock(risk=filed_by_olga.id, round=1, block=BlockKey("social")),
        actor=office.head,
        uow=office.uow,
        now=NOW,
    )
    await set_block(
        SetBlock(risk=of_the_block.id, round=1, block=BlockKey("roads")), actor=office.head, uow=office.uow, now=NOW
    )
    for leaver, expected in ((office.olga, filed_by_olga), (office.actor(HEAD_ROADS), of_the_block)):
        position = await handed_over(office, leaver, office.actor(OFFICER))
        async with office.view() as view:
            facts = await notice_facts(
                view, Joined(position=position.id), office.private(office.actor(OFFICER)), now=NOW
            )
        assert facts is not None
        assert [risk.number for risk in facts.work] == [expected.number]


async def test_a_card_says_at_once_whether_its_responsible_position_is_held(office: StaffedOffice) -> None:
    risk = await office.filed()
    async with office.view() as view:
        [before] = await view.standing.of(Subject.RISK, risk.id)
    await freed(office, office.actor(HEAD_ROADS))
    async with office.view() as view:
        [after] = await view.standing.of(Subject.RISK, risk.id)
        assert (await card_facts(view, risk.id, Panel.MAIN, NOW)).responsible_vacant
    assert after.wanted > before.wanted


async def test_a_successor_is_not_freed_by_the_button_made_for_the_former_holder(office: StaffedOffice) -> None:
    position = await seat_of(office, office.olga)
    assert position.holder is not None
    old_button = FreePosition(position=position.id, holder=position.holder)
    await handed_over(office, office.olga, office.ivan)
    with pytest.raises(UnknownChoice):
        await free_position(old_button, actor=office.head, uow=office.uow, now=NOW)


async def test_a_position_goes_only_to_somebody_else_of_this_office(offices: Offices, office: StaffedOffice) -> None:
    position = await seat_of(office, office.olga)
    assert position.holder is not None
    for heir in (position.holder, await offices.theirs.person(offices.theirs.olga)):
        command = HandPositionOver(position=position.id, holder=position.holder, heir=heir)
        with pytest.raises(UnknownChoice):
            await hand_position_over(command, actor=office.head, uow=office.uow, now=NOW)


async def test_a_notice_of_a_lost_position_is_moot_once_it_is_held_again(office: StaffedOffice) -> None:
    position = await freed(office, office.olga)
    notice, private = PositionLost(position=position.id, left=True), office.private(office.olga)
    async with office.uow() as unit:
        assert await notice_facts(unit, notice, private, now=NOW) is not None
        await unit.people.seat(position.id, await unit.people.find_or_add(office.olga.address), NOW)
        assert await notice_facts(unit, notice, private, now=NOW) is None


async def test_the_list_shows_holders_vacancies_and_who_is_awaited(office: StaffedOffice) -> None:
    entry = await at_the_door(office, "Новикова А. А.")
    shown = await staff(0, actor=office.olga, view=office.view, now=NOW)
    by_role = {(each.position.role, each.position.number): each for each in shown.positions}
    assert len(shown.held) == 6
    waiting = next(each for each in shown.positions if each.position.id == entry.position)
    assert (waiting.person, waiting.entry, waiting.invitation) == (None, entry, None)
    assert by_role[MEMBER, 1].person is not None
    await invited(office)
    awaited = (await staff(0, actor=office.olga, view=office.view, now=NOW)).positions
    assert sum(each.invitation is not None for each in awaited) == 3


async def test_what_is_asked_before_a_position_changes_hands_names_the_work_and_the_heirs(
    office: StaffedOffice,
) -> None:
    await office.filed()
    position = await seat_of(office, office.olga)
    facts = await hand_over(position.id, actor=office.head, view=office.view, now=NOW)
    assert facts.open_risks == 1
    assert position.holder not in {each.person.id for each in facts.heirs if each.person is not None}
    assert len(facts.heirs) == 5
    with pytest.raises(UnknownChoice):
        await hand_over(PositionId(10_000), actor=office.head, view=office.view, now=NOW)


async def test_a_corrected_name_is_told_to_whoever_invites_and_stands_in_no_row_of_history(
    offices: Offices, office: StaffedOffice
) -> None:
    command = CorrectOwnName(typed="Петрова О.П.")
    assert await correct_own_name(command, actor=office.olga, uow=office.uow, now=NOW) == "Петрова О. П."
    person = await office.person(office.olga)
    assert await planned(offices) == [(NameCorrected(person=person), office.head.address.value)]
    assert "Петрова" not in str([await offices.rows(tables.staff_events), await offices.rows(tables.outbox)])


async def test_what_is_no_name_leaves_the_name_as_it_was(offices: Offices, office: StaffedOffice) -> None:
    with pytest.raises(NameUnclear):
        await correct_own_name(CorrectOwnName(typed="ок"), actor=office.olga, uow=office.uow, now=NOW)
    assert await planned(offices) == []


async def test_whoever_leaves_waits_at_no_other_door_and_is_away_no_more(office: StaffedOffice) -> None:
    [invitation, *_] = await invited(office)
    await accepts(office, invitation.code, office.olga)
    person = await office.person(office.olga)
    away = NoteAbsence(person=person, days=Days(first=NOW.date(), last=NOW.date() + timedelta(days=30)), deputy=None)
    await note_absence(away, actor=office.olga, uow=office.uow, now=NOW)
    await freed(office, office.olga)
    async with office.view() as view:
        assert await view.entries.all_open() == []
        assert await view.absences.ending_from(NOW.date()) == []
