"""Absences: who may note them, what is refused, who is told, and what the cards say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from risk.errors import (
    AbsenceFault,
    AbsenceOverlaps,
    AbsenceRefused,
    DatesUnclear,
    NotPermitted,
    UnknownChoice,
)
from risk.ids import PersonId, RiskId
from risk.notices import AbsenceEnded, AbsenceNoted, Message
from risk.people import Actor
from risk.staff_events import StaffEvent, StaffEventKind
from risk.standing import Panel, Subject
from risk.use_cases.absence_steps import (
    AskDeputies,
    absence_to_end,
    absences,
    deputies_asked,
    people_to_note,
    typed_absence,
)
from risk.use_cases.absence_turns import note_absences_turning
from risk.use_cases.absences import EndAbsence, NoteAbsence, end_absence, note_absence
from risk.use_cases.reading import Away, card_facts
from risk.use_cases.rota import rota_from
from risk.use_cases.rota_telling import AbsenceTold
from tests.risk.rota import DAY, TODAY, away, back, days, planned, rota, told
from tests.support.offices import CURATOR, HEAD_ROADS, NOW, OFFICER, Offices, StaffedOffice


async def history(office: StaffedOffice) -> list[StaffEvent]:
    async with office.view() as view:
        return [each for each in await view.staff_events.all() if each.kind.value.startswith("absence")]


async def fault(office: StaffedOffice, command: NoteAbsence) -> AbsenceFault:
    with pytest.raises(AbsenceRefused) as refused:
        await note_absence(command, actor=office.head, uow=office.uow, now=NOW)
    return refused.value.fault


async def test_ones_own_absence_is_noted_and_the_deputy_alone_is_told(offices: Offices, office: StaffedOffice) -> None:
    absence = await away(office, office.olga, days(3, 7), deputy=office.ivan)
    async with office.view() as view:
        assert list((await rota_from(view, TODAY + 3 * DAY)).away_on(TODAY + 3 * DAY)) == [
            await office.person(office.olga)
        ]
        assert (await rota_from(view, TODAY)).away_on(TODAY) == {}
    assert await planned(offices) == await planned(offices, office.ivan) == [AbsenceNoted(absence=absence.id)]


async def test_an_absence_noted_for_another_tells_them_and_their_deputy_but_not_who_noted_it(
    offices: Offices, office: StaffedOffice
) -> None:
    absence = await away(office, office.olga, days(3, 7), deputy=office.ivan, by=office.head)
    for person in (office.olga, office.ivan):
        assert await planned(offices, person) == [AbsenceNoted(absence=absence.id)]
    assert await planned(offices, office.head) == []
    await away(office, office.ivan, days(10, 11), deputy=office.head, by=office.head)
    assert await planned(offices, office.head) == []


async def test_the_history_names_positions_and_days_and_nobody(office: StaffedOffice) -> None:
    absence = await away(office, office.olga, days(3, 7), by=office.head)
    await back(office, absence, by=office.olga)
    noted, ended = await history(office)
    span = {"first_day": "2026-11-23", "last_day": "2026-11-27"}
    assert (noted.kind, noted.facts) == (StaffEventKind.ABSENCE_NOTED, span)
    assert (ended.kind, ended.facts) == (StaffEventKind.ABSENCE_ENDED, span)
    assert noted.by != noted.position == ended.position == ended.by


async def test_others_absences_are_for_whoever_has_the_power(office: StaffedOffice) -> None:
    absence = await away(office, office.olga, days(3, 7))
    with pytest.raises(NotPermitted):
        await away(office, office.olga, days(10, 11), by=office.ivan)
    with pytest.raises(NotPermitted):
        await back(office, absence, by=office.ivan)
    await back(office, absence, by=office.head)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (2, 1, AbsenceFault.REVERSED),
        (-3, -1, AbsenceFault.OVER),
        (0, 400, AbsenceFault.TOO_FAR),
    ],
)
async def test_days_that_make_no_sense_are_refused(
    offices: Offices, office: StaffedOffice, first: int, last: int, expected: AbsenceFault
) -> None:
    olga = await office.person(office.olga)
    assert await fault(office, NoteAbsence(person=olga, days=days(first, last), deputy=None)) is expected
    assert await planned(offices) == []


async def test_overlapping_days_are_refused_with_those_noted_already(office: StaffedOffice) -> None:
    await away(office, office.olga, days(-5, 3), by=office.head)
    with pytest.raises(AbsenceOverlaps) as refused:
        await away(office, office.olga, days(3, 9))
    assert (refused.value.first_day, refused.value.last_day) == (TODAY - 5 * DAY, TODAY + 3 * DAY)
    await away(office, office.olga, days(4, 9))


async def test_a_deputy_is_another_person_who_is_there(office: StaffedOffice) -> None:
    olga, ivan = await office.person(office.olga), await office.person(office.ivan)
    await away(office, office.ivan, days(7, 8))
    asked = NoteAbsence(person=olga, days=days(3, 7), deputy=ivan)
    assert await fault(office, asked) is AbsenceFault.DEPUTY_AWAY
    assert await fault(office, replace(asked, deputy=olga)) is AbsenceFault.DEPUTY_THEMSELF
    await note_absence(replace(asked, days=days(3, 6)), actor=office.olga, uow=office.uow, now=NOW)


async def test_whoever_does_not_work_here_is_neither_away_nor_a_deputy(offices: Offices, office: StaffedOffice) -> None:
    theirs = await offices.theirs.person(offices.theirs.olga)
    olga = await office.person(office.olga)
    for stranger in (theirs, PersonId(4040)):
        for command in (
            NoteAbsence(person=stranger, days=days(0, 1), deputy=None),
            NoteAbsence(person=olga, days=days(0, 1), deputy=stranger),
        ):
            with pytest.raises(UnknownChoice):
                await note_absence(command, actor=office.head, uow=office.uow, now=NOW)


async def test_coming_back_early_ends_the_absence_with_yesterday(offices: Offices, office: StaffedOffice) -> None:
    absence = await away(office, office.olga, days(-3, 5), deputy=office.ivan)
    await back(office, absence, by=office.olga)
    assert [each.last_day for each in (await rota(office, TODAY - 9 * DAY)).absences] == [TODAY - DAY]
    ended = AbsenceEnded(person=absence.person, first_day=absence.first_day, last_day=absence.last_day, begun=True)
    assert await planned(offices, office.ivan) == [AbsenceNoted(absence=absence.id), ended]
    assert await planned(offices, office.olga) == []
    with pytest.raises(UnknownChoice):
        await back(office, absence, by=office.olga)


@pytest.mark.parametrize("first", [0, 3])
async def test_what_has_not_begun_before_today_is_forgotten(
    offices: Offices, office: StaffedOffice, first: int
) -> None:
    absence = await away(office, office.olga, days(first, 5), deputy=office.ivan)
    await back(office, absence, by=office.head)
    assert (await rota(office, TODAY - 9 * DAY)).absences == []
    for person in (office.olga, office.ivan):
        ended = (await planned(offices, person))[-1]
        assert isinstance(ended, AbsenceEnded)
        assert not ended.begun
    with pytest.raises(UnknownChoice):
        await back(office, absence, by=office.olga)


async def test_an_absence_that_is_over_cannot_be_ended(office: StaffedOffice) -> None:
    absence = await away(office, office.olga, days(0, 1))
    later = NOW + 2 * DAY
    with pytest.raises(UnknownChoice):
        await end_absence(EndAbsence(absence=absence.id), actor=office.olga, uow=office.uow, now=later)
    with pytest.raises(UnknownChoice):
        await absence_to_end(absence.id, actor=office.olga, view=office.view, now=later)


async def test_a_notice_is_moot_once_its_absence_is_gone_or_over(office: StaffedOffice) -> None:
    absence = await away(office, office.olga, days(3, 7), deputy=office.ivan)
    notice = AbsenceNoted(absence=absence.id)
    assert await told(office, notice, office.ivan) is not None
    assert await told(office, notice, office.head) is None
    assert await told(office, notice, office.ivan, now=NOW + 8 * DAY) is None
    await back(office, absence, by=office.olga)
    assert await told(office, notice, office.ivan) is None


async def facts(office: StaffedOffice, notice: Message, to: Actor) -> AbsenceTold:
    found = await told(office, notice, to)
    assert found is not None
    assert isinstance(found.rota, AbsenceTold)
    return found.rota


async def test_a_notice_says_to_each_what_concerns_them(office: StaffedOffice) -> None:
    absence = await away(office, office.olga, days(3, 7), deputy=office.ivan, by=office.head)
    to_olga = await facts(office, AbsenceNoted(absence=absence.id), office.olga)
    to_ivan = await facts(office, AbsenceNoted(absence=absence.id), office.ivan)
    assert (to_olga.to_themself, to_ivan.to_themself) == (True, False)
    assert (to_olga.noted_by, to_olga.first_day) == ("руководитель МЦУ", absence.first_day)
    assert to_olga.deputy is not None
    assert to_olga.deputy.person.id == await office.person(office.ivan)


async def test_nobody_is_told_of_somebody_who_left_the_office(office: StaffedOffice) -> None:
    absence = await away(office, office.olga, days(3, 7), deputy=office.ivan)
    ended = AbsenceEnded(person=absence.person, first_day=TODAY, last_day=TODAY, begun=False)
    assert await told(office, ended, office.ivan) is not None
    await leaves(office, office.olga)
    assert await told(office, ended, office.ivan) is None
    assert await told(office, AbsenceNoted(absence=absence.id), office.ivan) is None


async def leaves(office: StaffedOffice, who: Actor) -> None:
    async with office.uow() as unit:
        person = await office.person(who)
        for position in await unit.people.positions():
            if position.holder == person:
                await unit.people.vacate(position.id, NOW)
        await unit.commit()


async def stands_in(office: StaffedOffice, who: Actor, ahead: int = 0) -> PersonId | None:
    day = TODAY + ahead * DAY
    deputy = (await rota(office, day)).standing_in(await office.person(who), day)
    return None if deputy is None else deputy.person.id


async def test_a_deputy_who_goes_away_later_hands_on_and_one_who_leaves_is_nobody(office: StaffedOffice) -> None:
    await away(office, office.olga, days(0, 9), deputy=office.ivan)
    await away(office, office.ivan, days(5, 7), deputy=office.head)
    assert await stands_in(office, office.olga, 4) == await office.person(office.ivan)
    assert await stands_in(office, office.olga, 5) == await office.person(office.head)
    await leaves(office, office.ivan)
    assert await stands_in(office, office.olga, 4) is None


async def test_the_list_shows_ones_own_and_to_whoever_may_note_them_everybodys(office: StaffedOffice) -> None:
    await away(office, office.olga, days(3, 7))
    await away(office, office.ivan, days(0, 1))
    to_olga = await absences(0, actor=office.olga, view=office.view, now=NOW)
    to_head = await absences(0, actor=office.head, view=office.view, now=NOW)
    assert [each.absence.person for each in to_olga.own] == [await office.person(office.olga)]
    assert to_olga.others == ()
    assert to_head.own == []
    assert [each.absence.first_day for each in to_head.others] == [TODAY, TODAY + 3 * DAY]
    later = await absences(0, actor=office.head, view=office.view, now=NOW + 2 * DAY)
    assert len(later.others) == 1


async def test_everybody_else_may_be_chosen_once_however_many_positions_they_hold(office: StaffedOffice) -> None:
    async with office.uow() as unit:
        vacant = next(each for each in await unit.people.positions() if each.holder is None)
        await unit.people.seat(vacant.id, await office.person(office.olga), NOW)
        await unit.commit()
    asked = await people_to_note(0, actor=office.head, view=office.view, now=NOW)
    people = [each.person.id for each in asked.people]
    assert len(people) == len(set(people)) == 5
    assert await office.person(office.head) not in people


async def test_only_those_who_are_there_are_offered_as_deputies(office: StaffedOffice) -> None:
    await away(office, office.ivan, days(7, 8))
    olga = await office.person(office.olga)
    asked = await deputies_asked(
        AskDeputies(person=olga, days=days(3, 7)), actor=office.olga, view=office.view, now=NOW
    )
    offered = {each.person.id for each in asked.deputies}
    assert offered.isdisjoint({olga, await office.person(office.ivan)})
    assert len(offered) == 4


async def test_typed_days_are_read_against_the_offices_today(office: StaffedOffice) -> None:
    just_past_midnight = NOW.replace(hour=21, minute=30)
    asked = await typed_absence("сегодня", actor=office.olga, view=office.view, now=just_past_midnight)
    assert asked.days == days(1, 1)
    with pytest.raises(DatesUnclear):
        await typed_absence("когда-нибудь", actor=office.olga, view=office.view, now=NOW)


ROADS_AWAY = Away(until=TODAY + DAY, deputy="руководитель МЦУ")


async def responsible_away(office: StaffedOffice, risk: RiskId, after: timedelta = timedelta()) -> Away | None:
    async with office.view() as view:
        return (await card_facts(view, risk, Panel.MAIN, NOW + after)).responsible_away


async def wanted(office: StaffedOffice, risk: RiskId) -> int:
    async with office.view() as view:
        [standing] = await view.standing.of(Subject.RISK, risk)
    return standing.wanted


async def test_a_card_names_who_stands_in_while_its_responsible_person_is_away(office: StaffedOffice) -> None:
    roads = office.actor(HEAD_ROADS)
    risk = await office.filed("Яма на дороге")
    before = await wanted(office, risk.id)
    absence = await away(office, roads, days(0, 1), deputy=office.head)
    assert await wanted(office, risk.id) == before + 1
    assert await responsible_away(office, risk.id) == ROADS_AWAY
    assert await responsible_away(office, risk.id, 2 * DAY) is None
    await away(office, office.head, days(0, 1))
    assert await wanted(office, risk.id) == before + 2
    assert await responsible_away(office, risk.id) == replace(ROADS_AWAY, deputy=None)
    await back(office, absence, by=roads)
    assert await responsible_away(office, risk.id) is None
    assert await wanted(office, risk.id) == before + 3


async def test_cards_of_other_blocks_stay_as_they_are(office: StaffedOffice) -> None:
    risk = await office.filed("Яма на дороге")
    before = await wanted(office, risk.id)
    await away(office, office.actor(OFFICER), days(0, 1))
    await away(office, office.actor(CURATOR), days(3, 4))
    assert await wanted(office, risk.id) == before


async def test_beginning_and_end_are_written_down_once_and_shown_on_cards(office: StaffedOffice) -> None:
    risk = await office.filed("Яма на дороге")
    absence = await away(office, office.actor(HEAD_ROADS), days(1, 2))
    before = await wanted(office, risk.id)
    turned = [
        await note_absences_turning(uow=office.uow, now=NOW + ahead * DAY / 2) for ahead in range(8) for _ in range(2)
    ]
    assert sum(turned) == 2
    assert await wanted(office, risk.id) == before + 2
    assert [(each.kind, each.by, each.facts) for each in (await history(office))[1:]] == [
        (StaffEventKind.ABSENCE_BEGUN, None, {"absence": str(absence.id), "day": "2026-11-21"}),
        (StaffEventKind.ABSENCE_OVER, None, {"absence": str(absence.id), "day": "2026-11-23"}),
    ]


async def test_what_a_stopped_program_missed_is_written_down_when_it_runs_again(office: StaffedOffice) -> None:
    await away(office, office.actor(HEAD_ROADS), days(1, 2))
    assert await note_absences_turning(uow=office.uow, now=NOW + 20 * DAY) == 2


async def test_an_absence_noted_in_the_place_of_a_forgotten_one_turns_too(office: StaffedOffice) -> None:
    first = await away(office, office.olga, days(0, 2))
    assert await note_absences_turning(uow=office.uow, now=NOW) == 1
    await back(office, first, by=office.olga)
    await away(office, office.olga, days(1, 2))
    assert await note_absences_turning(uow=office.uow, now=NOW + DAY) == 1


async def test_an_office_where_nobody_is_away_has_nothing_to_turn(office: StaffedOffice) -> None:
    assert await note_absences_turning(uow=office.uow, now=NOW) == 0
