"""Handing duty over: a line for each shift that had somebody, a word to who begins, and never twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from risk.dates import Days
from risk.duties import on_duty, shift_of
from risk.notices import DutyBegins, DutyHandedOver
from risk.people import Actor, Place
from risk.use_cases.duty_handover import hand_duty_over
from risk.use_cases.rota_telling import DutyTold, HandOverTold
from risk.use_cases.telling import notice_facts
from storage import tables
from storage.mapping import NOTICE
from tests.risk.calendars import utc
from tests.risk.rota import DAY, TODAY, away, days, put_on_duty, rota, seat_of, told
from tests.support.offices import NOW, OFFICER, Offices, StaffedOffice, opened_copy, telegram

FRIDAY_EVENING = utc("2026-11-20 15:00")
SATURDAY_MORNING = utc("2026-11-21 06:00")
SUNDAY_MORNING = utc("2026-11-22 06:00")
MONDAY_MORNING = utc("2026-11-23 06:00")
SECOND = timedelta(seconds=1)


@pytest.fixture
def officer(office: StaffedOffice) -> Actor:
    return office.actor(OFFICER)


async def ticks(office: StaffedOffice, *moments: datetime) -> list[int]:
    """How much was planned at each moment."""
    return [await hand_duty_over(uow=office.uow, now=moment) for moment in moments]


Said = TypeVar("Said", DutyBegins, DutyHandedOver)


async def said(offices: Offices, kind: type[Said]) -> Sequence[Said]:
    notices = (NOTICE.validate_json(row["notice"]) for row in await offices.rows(tables.outbox))
    return [each for each in notices if isinstance(each, kind)]


async def told_in_chat(
    office: StaffedOffice, notice: DutyHandedOver, now: datetime, place: Place | None = None
) -> HandOverTold | None:
    async with office.view() as view:
        facts = await notice_facts(view, notice, place or office.chat, now=now)
    if facts is None:
        return None
    assert isinstance(facts.rota, HandOverTold)
    return facts.rota


async def handed_over(offices: Offices) -> DutyHandedOver:
    [notice] = await said(offices, DutyHandedOver)
    return notice


async def test_a_weekend_is_handed_over_each_morning_and_begun_once(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(0, 2))
    moments = [FRIDAY_EVENING, SATURDAY_MORNING, SUNDAY_MORNING, MONDAY_MORNING]
    assert await ticks(office, *(moment - SECOND for moment in moments[:1]), *moments) == [0, 1, 1, 1, 1]
    person, position = await office.person(officer), await seat_of(office, officer)
    assert await said(offices, DutyBegins) == [DutyBegins(person=person, day=TODAY)]
    goes_on = partial(DutyHandedOver, had=position, had_by=person, next=position, next_by=person)
    assert await said(offices, DutyHandedOver) == [
        goes_on(day=TODAY),
        goes_on(day=TODAY + DAY),
        DutyHandedOver(day=TODAY + 2 * DAY, had=position, had_by=person, next=None, next_by=None),
    ]


async def test_nights_between_working_days_are_each_begun_anew(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(3, 4))
    evenings = [FRIDAY_EVENING + 3 * DAY, FRIDAY_EVENING + 4 * DAY]
    assert await ticks(office, *evenings) == [1, 2]
    assert len(await said(offices, DutyBegins)) == 2


async def test_a_shift_of_nobodys_is_not_spoken_of(offices: Offices, office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(1, 1))
    await put_on_duty(office, None, days(1, 1))
    assert await ticks(office, FRIDAY_EVENING, SATURDAY_MORNING, SUNDAY_MORNING) == [0, 0, 0]


async def test_an_office_without_duty_has_nothing_to_hand_over(office: StaffedOffice) -> None:
    assert await ticks(office, FRIDAY_EVENING, SATURDAY_MORNING) == [0, 0]


async def test_without_an_alert_chat_only_who_begins_is_told(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(0, 2))
    async with offices.database.write() as connection:
        await connection.execute(tables.chats.delete())
        await connection.commit()
    assert await ticks(office, FRIDAY_EVENING, SATURDAY_MORNING) == [1, 0]
    assert await said(offices, DutyHandedOver) == []


async def test_a_shift_taken_over_in_the_night_is_begun_by_who_takes_it(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(0, 0))
    await ticks(office, FRIDAY_EVENING)
    night = FRIDAY_EVENING + timedelta(hours=8)
    await put_on_duty(office, office.olga, days(0, 0), now=night)
    assert await ticks(office, night, night + SECOND) == [1, 0]
    begun = await said(offices, DutyBegins)
    assert [each.person for each in begun] == [
        await office.person(officer),
        await office.person(office.olga),
    ]
    assert await told(office, begun[0], officer, now=night) is None


async def test_the_deputy_begins_and_hands_over(offices: Offices, office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 0))
    await away(office, officer, days(0, 0), deputy=office.olga)
    await ticks(office, FRIDAY_EVENING, SATURDAY_MORNING)
    olga = await office.person(office.olga)
    assert await said(offices, DutyBegins) == [DutyBegins(person=olga, day=TODAY)]
    over = await handed_over(offices)
    assert (over.had, over.had_by) == (await seat_of(office, officer), olga)


async def test_who_had_the_shift_is_not_changed_by_a_later_assignment(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(0, 0))
    await ticks(office, SATURDAY_MORNING)
    async with office.uow() as unit:
        [duty] = await unit.duties.ending_from(TODAY)
        await unit.duties.assign(replace(duty, position=None))
        await unit.commit()
    over = await handed_over(offices)
    told_now = await told_in_chat(office, over, SATURDAY_MORNING)
    assert told_now is not None
    assert told_now.had.position.id == await seat_of(office, officer)


async def test_the_line_counts_what_came_in_during_the_shift(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(0, 0))
    await office.filed("До закрытия", now=FRIDAY_EVENING - SECOND)
    first = await office.filed("Вечером", now=FRIDAY_EVENING)
    last = await office.filed("Под утро", now=SATURDAY_MORNING - SECOND)
    await office.filed("Утром", now=SATURDAY_MORNING)
    await ticks(office, SATURDAY_MORNING)
    over = await handed_over(offices)
    in_time = await told_in_chat(office, over, SATURDAY_MORNING)
    assert in_time is not None
    assert list(in_time.filed) == [first.number, last.number]
    assert (in_time.overdue, in_time.late) == (0, False)


async def test_overdue_risks_are_counted_as_of_the_telling(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    risk = await office.filed("Яма")
    await put_on_duty(office, officer, days(0, 0))
    await ticks(office, SATURDAY_MORNING)
    told_now = await told_in_chat(office, await handed_over(offices), SATURDAY_MORNING)
    assert risk.verify_by < SATURDAY_MORNING
    assert told_now is not None
    assert told_now.overdue == 1


@pytest.mark.parametrize(
    ("after", "late"),
    [(timedelta(hours=3), False), (timedelta(hours=3) + SECOND, True), (timedelta(hours=24), True)],
)
async def test_a_line_that_comes_late_says_so(
    offices: Offices, office: StaffedOffice, officer: Actor, after: timedelta, late: bool
) -> None:
    await put_on_duty(office, officer, days(0, 0))
    await ticks(office, SATURDAY_MORNING)
    told_now = await told_in_chat(office, await handed_over(offices), SATURDAY_MORNING + after)
    assert told_now is not None
    assert told_now.late is late


async def test_a_line_is_moot_after_a_day_and_in_another_chat(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(0, 0))
    await ticks(office, SATURDAY_MORNING)
    over = await handed_over(offices)
    assert await told_in_chat(office, over, SUNDAY_MORNING + SECOND) is None
    assert await told_in_chat(office, over, SATURDAY_MORNING, Place(address=telegram(-77))) is None


async def test_a_stopped_program_says_the_last_shift_once_and_none_before(
    offices: Offices, office: StaffedOffice, officer: Actor
) -> None:
    await put_on_duty(office, officer, days(0, 2))
    await ticks(office, MONDAY_MORNING + timedelta(hours=5), MONDAY_MORNING + timedelta(hours=6))
    assert (await handed_over(offices)).day == TODAY + 2 * DAY


async def test_who_begins_reads_until_when(office: StaffedOffice, officer: Actor) -> None:
    await put_on_duty(office, officer, days(0, 1))
    begins = DutyBegins(person=await office.person(officer), day=TODAY)
    facts = await told(office, begins, officer, now=FRIDAY_EVENING)
    assert facts is not None
    assert isinstance(facts.rota, DutyTold)
    assert (facts.rota.begins, facts.rota.ends) == (FRIDAY_EVENING, SUNDAY_MORNING)
    assert await told(office, begins, officer, now=SUNDAY_MORNING) is None


Made = list[tuple[str | None, Days]]

spans = st.builds(lambda first, length: days(first, first + length), st.integers(0, 9), st.integers(0, 5))
assignments = st.lists(st.tuples(st.sampled_from(["officer", "olga", None]), spans), min_size=1, max_size=4)
clock = st.lists(st.integers(0, 12 * 24 * 6), min_size=1, max_size=40).map(sorted)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=assignments, minutes=clock, again=st.integers(1, 3))
async def test_each_shift_is_said_once_if_the_clock_asks_within_a_day_of_its_end(
    offices_file: Path, tmp_path_factory: pytest.TempPathFactory, made: Made, minutes: list[int], again: int
) -> None:
    async with opened_copy(offices_file, tmp_path_factory.mktemp("duty")) as offices:
        office = offices.ours
        people = {"officer": office.actor(OFFICER), "olga": office.olga, None: None}
        for who, span in made:
            await put_on_duty(office, people[who], span)
        moments = [NOW + timedelta(minutes=10 * minute) for minute in minutes]
        for moment in moments:
            await ticks(office, *[moment] * again)
        assigned = (await rota(office)).duties
        days_said = [each.day for each in await said(offices, DutyHandedOver)]
        begun = [(each.day, each.person) for each in await said(offices, DutyBegins)]
    shifts = [shift_of(TODAY + ahead * DAY, office.plan.calendar) for ahead in range(20)]
    heard = [each.day for each in shifts if any(each.ends <= at < each.ends + DAY for at in moments)]
    assert sorted(days_said) == [day for day in heard if on_duty(assigned, day) is not None]
    assert len(set(begun)) == len(begun)
