"""Reminders of some offices on some days, worked out by hand; each told by its moment, by whom it is for, and why.

The hours are those of the presets: an office is open from 9 to 18, and reminders of a morning come at 9. What is
medium is verified within 4 working hours, reminded of 2 working hours before, and told to those above 9 and 27 working
hours after. What is low: 9 working hours, the working day before, 18 and 45. What is high: 2 hours by the clock, 1 hour
before, 1 and 3 hours after.

November 2026: Friday is the 20th and the 27th.
"""

from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.presets.loading import load_preset
from risk.calendar import WorkingHours
from risk.dates import Days
from risk.ids import BlockKey
from risk.obligations import ObligationKind
from risk.records import RecordKind
from risk.routing import RoutingField, RoutingRule
from risk.use_cases.absences import NoteAbsence, note_absence
from risk.use_cases.duties import AssignDuty, assign_duty
from risk.use_cases.reminder_hours import ChooseHour, choose_hour
from risk.use_cases.working import take_up
from tests.risk.reminding.played import Played, played, presets_file
from tests.risk.worked import Pressed, presses, puts
from tests.support.exported import appeal, given_to

__all__ = ["presets_file"]

POTHOLE = "Яма на дороге"


async def on_duty(story: Played, seat: str | None, first: date, last: date, *, by: str = "head") -> None:
    position = None if seat is None else story.seats[seat].id
    command = AssignDuty(position=position, days=Days(first=first, last=last))
    await assign_duty(command, actor=story.actor(by), uow=story.office.uow, now=story.now)


async def goes_away(story: Played, seat: str, first: date, last: date, *, deputy: str | None = None) -> None:
    command = NoteAbsence(
        person=story.person(seat),
        days=Days(first=first, last=last),
        deputy=None if deputy is None else story.person(deputy),
    )
    await note_absence(command, actor=story.actor(seat), uow=story.office.uow, now=story.now)


# --- the calendar ---------------------------------------------------------------------------------


async def test_what_was_filed_on_friday_at_four_is_reminded_of_on_monday(presets_file: Path, tmp_path: Path) -> None:
    """Due: 2 hours of Friday and 2 of Monday, 23.11 11:00. Two working hours before that is Monday 9:00, when the
    reminder of the day comes too: one message. Above a deputy head of the district is the curator, never the head of
    the office: 7 hours of Monday and 2 of Tuesday later. There is nobody whom 27 hours would lead to."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        risk = await story.files("2026-11-20 16:00", POTHOLE, by="member 1", level="medium", block="roads")
        assert risk.verify_by == story.at("2026-11-23 11:00")
        await story.until("2026-11-28 00:00")
        assert await story.said() == [
            "23.11 09:00 head_roads: on_the_day",
            "24.11 09:00 head_roads: overdue",
            "24.11 11:00 curator: up 1",
            "25.11 09:00 head_roads: overdue",
            "26.11 09:00 head_roads: overdue",
            "27.11 09:00 head_roads: overdue",
        ]


async def test_what_is_due_the_same_afternoon_is_reminded_of_two_hours_before(
    presets_file: Path, tmp_path: Path
) -> None:
    """Filed at 10:00, due at 14:00, so at 12:00. That Friday's morning was before it was filed.
    The curator: 4 hours of Friday, 5 of Monday."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        await story.files("2026-11-20 10:00", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-25 00:00")
        assert await story.said() == [
            "20.11 12:00 head_roads: before",
            "23.11 09:00 head_roads: overdue",
            "23.11 14:00 curator: up 1",
            "24.11 09:00 head_roads: overdue",
        ]


async def test_a_deadline_on_a_day_off_is_reminded_of_on_the_last_working_day_before_it(
    presets_file: Path, tmp_path: Path
) -> None:
    """A measure until Saturday the 28th, which lasts till midnight. The working day before the last one is Thursday.
    18 working hours after midnight are over on Tuesday at closing: too late to disturb, so on Wednesday morning."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        risk = await story.files("2026-11-20 10:00", POTHOLE, by="member 1", level="low", block="roads")
        seat = Pressed(str(story.seats["member 2"].id))
        answers = ("Засыпать яму", seat, Pressed("2026-11-28"))
        by = story.actor("member 1")
        await puts(story.office, risk, RecordKind.MEASURE_PLANNED, *answers, by=by, now=story.now)
        await story.until("2026-12-03 00:00")
        assert await story.said(ObligationKind.MEASURE) == [
            "26.11 09:00 member 2: before",
            "27.11 09:00 member 2: on_the_day",
            "30.11 09:00 member 2: overdue",
            "01.12 09:00 member 2: overdue",
            "02.12 09:00 head_roads: up 1",
            "02.12 09:00 member 2: overdue",
        ]


async def test_over_the_new_year_nothing_is_said_and_the_days_do_not_count(presets_file: Path, tmp_path: Path) -> None:
    """From 31.12.2025 to 11.01.2026 everybody is off. Filed on Monday 29.12 at 10:00, due after 9 working hours:
    30.12 10:00. The working day before is the one of the filing, whose morning is over. Up: 8 hours of 30.12, 9 of
    12.01, 1 of 13.01."""
    async with played(presets_file, tmp_path, begins="2025-12-29 09:00") as story:
        await story.files("2025-12-29 10:00", POTHOLE, by="member 1", level="low", block="roads")
        await story.until("2026-01-14 00:00")
        assert await story.said() == [
            "30.12 09:00 head_roads: on_the_day",
            "12.01 09:00 head_roads: overdue",
            "13.01 09:00 head_roads: overdue",
            "13.01 10:00 curator: up 1",
        ]


async def test_a_deadline_over_the_new_year_is_counted_on_after_it(presets_file: Path, tmp_path: Path) -> None:
    """2 hours of 30.12 and 2 of 12.01."""
    async with played(presets_file, tmp_path, begins="2025-12-30 09:00") as story:
        risk = await story.files("2025-12-30 16:00", POTHOLE, by="member 1", level="medium", block="roads")
        assert risk.verify_by == story.at("2026-01-12 11:00")
        await story.until("2026-01-14 00:00")
        assert await story.said() == [
            "12.01 09:00 head_roads: on_the_day",
            "13.01 09:00 head_roads: overdue",
            "13.01 11:00 curator: up 1",
        ]


async def test_on_the_eve_of_a_holiday_the_hour_that_is_not_worked_does_not_count(
    presets_file: Path, tmp_path: Path
) -> None:
    """Thursday 30.04.2026 closes at 17, Friday is off. Filed at 14:30: 2.5 hours of Thursday, 1.5 of Monday 04.05.
    2 hours before 10:30 of Monday: 1.5 of Monday and half an hour of Thursday, 16:30."""
    async with played(presets_file, tmp_path, begins="2026-04-30 09:00") as story:
        risk = await story.files("2026-04-30 14:30", POTHOLE, by="member 1", level="medium", block="roads")
        assert risk.verify_by == story.at("2026-05-04 10:30")
        await story.until("2026-05-06 00:00")
        assert await story.said() == [
            "30.04 16:30 head_roads: before",
            "04.05 09:00 head_roads: on_the_day",
            "05.05 09:00 head_roads: overdue",
            "05.05 10:30 curator: up 1",
        ]


async def test_a_saturday_that_is_worked_is_a_working_day(presets_file: Path, tmp_path: Path) -> None:
    """Saturday 28.11 from 9 to 18: due at 11:00; 7 hours of it and 2 of Monday lead to the curator."""
    plan = _with_days({date(2026, 11, 28): WorkingHours(opens=time(9), closes=time(18))})
    async with played(presets_file, tmp_path, begins="2026-11-27 09:00", **plan) as story:
        risk = await story.files("2026-11-27 16:00", POTHOLE, by="member 1", level="medium", block="roads")
        assert risk.verify_by == story.at("2026-11-28 11:00")
        await story.until("2026-12-01 00:00")
        assert await story.said() == [
            "28.11 09:00 head_roads: on_the_day",
            "30.11 09:00 head_roads: overdue",
            "30.11 11:00 curator: up 1",
        ]


def _with_days(days: dict[date, WorkingHours | None]) -> dict[str, Any]:
    """What changes in the plan of Pestovo when these days are others."""
    calendar = load_preset("pestovo").calendar
    return {"calendar": replace(calendar, exceptions={**calendar.exceptions, **days})}


# --- nights and duty ------------------------------------------------------------------------------


async def test_on_a_saturday_night_whoever_is_on_duty_hears_of_what_is_urgent_and_nobody_else_before_monday(
    presets_file: Path, tmp_path: Path
) -> None:
    """Filed on Saturday at 23:00, due at 1:00: at once, and an hour before, in the shift of Saturday still.
    Whoever is above waits for Monday, and the third who would hear of it at 4:00 is not there."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        await on_duty(story, "officer", date(2026, 11, 20), date(2026, 11, 21))
        await story.files("2026-11-21 23:00", POTHOLE, by="member 1", level="high", block="roads")
        await story.until("2026-11-23 12:00")
        assert await story.said() == [
            "21.11 23:00 officer: at_once",
            "22.11 00:00 officer: before",
            "23.11 09:00 curator: up 1",
            "23.11 09:00 head_roads: overdue",
        ]


async def test_without_anybody_on_duty_what_is_urgent_waits_for_the_morning(presets_file: Path, tmp_path: Path) -> None:
    """Three reminders of one thing by then: one message says it."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        await story.files("2026-11-21 23:00", POTHOLE, by="member 1", level="high", block="roads")
        await story.until("2026-11-23 12:00")
        assert await story.said() == ["23.11 09:00 curator: up 1", "23.11 09:00 head_roads: overdue"]
        held = [row["kind"] for row in await story.rows() if row["held_for"] == "closed"]
        assert len(held) == 4, "at once, before, and the two above"


async def test_what_does_not_hurry_does_not_wake_whoever_is_on_duty(presets_file: Path, tmp_path: Path) -> None:
    """Filed on Saturday: four hours of Monday, due at 13:00, reminded of at 9:00 and at 11:00."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        await on_duty(story, "officer", date(2026, 11, 20), date(2026, 11, 22))
        await story.files("2026-11-21 23:00", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-24 00:00")
        assert await story.said() == ["23.11 09:00 head_roads: on_the_day", "23.11 11:00 head_roads: before"]


async def test_in_working_hours_what_is_urgent_goes_to_whoever_answers_for_it(
    presets_file: Path, tmp_path: Path
) -> None:
    """Friday 10:00, due at 12:00: an hour before, then the curator at 13:00. That evening nothing is left to say."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        await on_duty(story, "officer", date(2026, 11, 20), date(2026, 11, 22))
        await story.files("2026-11-20 10:00", POTHOLE, by="member 1", level="high", block="roads")
        await story.until("2026-11-23 12:00")
        assert await story.said() == [
            "20.11 10:00 head_roads: at_once",
            "20.11 11:00 head_roads: before",
            "20.11 13:00 curator: up 1",
            "23.11 09:00 head_roads: overdue",
        ]


# --- who ------------------------------------------------------------------------------------------


async def test_of_somebody_on_leave_the_deputy_is_reminded(presets_file: Path, tmp_path: Path) -> None:
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        await goes_away(story, "head_roads", date(2026, 11, 20), date(2026, 11, 24), deputy="head_social")
        await story.files("2026-11-20 16:00", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-26 00:00")
        assert await story.said() == [
            "23.11 09:00 head_social: on_the_day",
            "24.11 09:00 head_social: overdue",
            "24.11 11:00 curator: up 1",
            "25.11 09:00 head_roads: overdue",
        ]


async def test_past_somebody_on_leave_without_a_deputy_it_goes_to_who_is_above(
    presets_file: Path, tmp_path: Path
) -> None:
    """The curator stands first then, and nobody is above. On the 25th the head of the block is back."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        await goes_away(story, "head_roads", date(2026, 11, 20), date(2026, 11, 24))
        await story.files("2026-11-20 16:00", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-26 00:00")
        assert await story.said() == [
            "23.11 09:00 curator: on_the_day",
            "24.11 09:00 curator: overdue",
            "25.11 09:00 head_roads: overdue",
        ]


async def test_past_a_vacancy_it_goes_to_who_is_above(presets_file: Path, tmp_path: Path) -> None:
    """The head of the economy block is no senior of the head of the office, who comes next; then the curator."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00", vacant=["head_economy"]) as story:
        await story.files("2026-11-20 16:00", "Закрыли магазин", by="member 1", level="medium", block="economy")
        await story.until("2026-11-25 00:00")
        assert await story.said() == [
            "23.11 09:00 head: on_the_day",
            "24.11 09:00 head: overdue",
            "24.11 11:00 curator: up 1",
        ]


async def test_above_a_junior_block_head_are_the_head_of_the_office_and_the_curator(
    presets_file: Path, tmp_path: Path
) -> None:
    """27 working hours after Monday 11:00: 7, 9, 9 and 2 of Thursday."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        await story.files("2026-11-20 16:00", "Закрыли магазин", by="member 1", level="medium", block="economy")
        await story.until("2026-11-27 00:00")
        assert [line for line in await story.said() if "up" in line] == [
            "24.11 11:00 head: up 1",
            "26.11 11:00 curator: up 2",
        ]


async def test_where_blocks_have_owners_these_come_between(presets_file: Path, tmp_path: Path) -> None:
    """Novoshakhtinsk: the owner is a deputy head of the city; both heads of the office are their juniors."""
    begins = "2026-11-20 09:00"
    async with played(presets_file, tmp_path, "novoshakhtinsk", begins=begins) as story:
        await story.files("2026-11-20 16:00", POTHOLE, by="staff 1", level="medium", block="roads")
        await story.until("2026-11-27 00:00")
        assert await story.said() == [
            "23.11 09:00 head_roads: on_the_day",
            "24.11 09:00 head_roads: overdue",
            "24.11 11:00 owner_city: up 1",
            "25.11 09:00 head_roads: overdue",
            "26.11 09:00 head_roads: overdue",
            "26.11 11:00 curator: up 2",
        ]


async def test_in_an_office_without_blocks_it_is_asked_of_the_first_above(presets_file: Path, tmp_path: Path) -> None:
    """Kamyshlov, five hours ahead of Greenwich; the hours are its own."""
    async with played(presets_file, tmp_path, "kamyshlov", begins="2026-11-20 09:00") as story:
        await story.files("2026-11-20 16:00", POTHOLE, by="member 1", level="medium")
        await story.until("2026-11-26 00:00")
        assert await story.said() == [
            "23.11 09:00 head: on_the_day",
            "24.11 09:00 head: overdue",
            "24.11 11:00 curator: up 1",
            "25.11 09:00 head: overdue",
        ]


async def test_once_somebody_has_taken_it_up_they_are_asked_and_the_ladder_goes_on_as_before(
    presets_file: Path, tmp_path: Path
) -> None:
    async with played(presets_file, tmp_path, "kamyshlov", begins="2026-11-20 09:00") as story:
        risk = await story.files("2026-11-20 16:00", POTHOLE, by="member 1", level="medium")
        await story.until("2026-11-20 16:30")
        await presses(story.office, take_up, risk, by=story.actor("member 2"), now=story.now)
        await story.until("2026-11-27 00:00")
        assert await story.said() == [
            "23.11 09:00 member 2: on_the_day",
            "24.11 09:00 member 2: overdue",
            "24.11 11:00 head: up 1",
            "25.11 09:00 member 2: overdue",
            "26.11 09:00 member 2: overdue",
            "26.11 11:00 curator: up 2",
        ]


async def test_who_sits_in_two_seats_of_the_chain_is_not_told_twice(presets_file: Path, tmp_path: Path) -> None:
    """The head of the economy block is the head of the office too: the next one is the curator."""
    together = ["head_economy", "head"]
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00", together=together) as story:
        await story.files("2026-11-20 16:00", "Закрыли магазин", by="member 1", level="medium", block="economy")
        await story.until("2026-11-27 00:00")
        assert [line.replace("head_economy", "head") for line in await story.said()] == [
            "23.11 09:00 head: on_the_day",
            "24.11 09:00 head: overdue",
            "24.11 11:00 curator: up 1",
            "25.11 09:00 head: overdue",
            "26.11 09:00 head: overdue",
        ]


# --- how often, and when --------------------------------------------------------------------------


async def test_more_than_three_messages_a_day_nobody_gets(presets_file: Path, tmp_path: Path) -> None:
    """Due at 13:00, 13:30, 14:00, 14:30; each two hours before. The fourth waits for Monday, when all are overdue."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        for clock in ("09:00", "09:30", "10:00", "10:30"):
            await story.files(f"2026-11-20 {clock}", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-23 09:30")
        assert await story.said() == [
            "20.11 11:00 head_roads: before",
            "20.11 11:30 head_roads: before",
            "20.11 12:00 head_roads: before",
            "23.11 09:00 head_roads: overdue, overdue, overdue, overdue",
        ]
        assert [row["at"] for row in await story.rows() if row["held_for"] == "budget"] == [
            story.at("2026-11-20 12:30")
        ]


async def test_what_is_urgent_goes_beyond_the_three(presets_file: Path, tmp_path: Path) -> None:
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        for clock in ("09:00", "09:30", "10:00"):
            await story.files(f"2026-11-20 {clock}", POTHOLE, by="member 1", level="medium", block="roads")
        await story.files("2026-11-20 12:30", POTHOLE, by="member 1", level="high", block="roads")
        await story.until("2026-11-20 14:00")
        assert (await story.said())[-2:] == ["20.11 12:30 head_roads: at_once", "20.11 13:30 head_roads: before"]


async def test_an_hour_of_ones_own_moves_the_reminders_of_the_morning_and_no_others(
    presets_file: Path, tmp_path: Path
) -> None:
    """At 7:30, before the office opens. Two hours before the deadline are 9:00 still, and the curator has their own."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        actor = story.actor("head_roads")
        await choose_hour(ChooseHour(hour=time(7, 30)), actor=actor, uow=story.office.uow)
        await story.files("2026-11-20 16:00", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-25 00:00")
        assert await story.said() == [
            "23.11 07:30 head_roads: on_the_day",
            "23.11 09:00 head_roads: before",
            "24.11 07:30 head_roads: overdue",
            "24.11 11:00 curator: up 1",
        ]


async def test_a_late_hour_does_not_move_a_reminder_past_its_deadline(presets_file: Path, tmp_path: Path) -> None:
    """Chosen: 12:00; due on Monday at 11:00, when at the latest it is said. Overdue it waits for the chosen hour."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        actor = story.actor("head_roads")
        await choose_hour(ChooseHour(hour=time(12)), actor=actor, uow=story.office.uow)
        await story.files("2026-11-20 16:00", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-25 00:00")
        assert await story.said() == [
            "23.11 09:00 head_roads: before",
            "23.11 11:00 head_roads: on_the_day",
            "24.11 11:00 curator: up 1",
            "24.11 12:00 head_roads: overdue",
        ]


async def test_another_deadline_is_another_ladder(presets_file: Path, tmp_path: Path) -> None:
    """Due on Friday at 14:00. At 13:00 it is made low: 8 hours of Friday and 1 of Monday, 23.11 10:00. Nothing of the
    first term is overdue any more; up: 8 hours of Monday, 9 of Tuesday, 1 of Wednesday."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        risk = await story.files("2026-11-20 10:00", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-20 13:00")
        await story.level(risk, "low", by="member 1")
        await story.until("2026-11-26 00:00")
        assert await story.said() == [
            "20.11 12:00 head_roads: before",
            "23.11 09:00 head_roads: on_the_day",
            "24.11 09:00 head_roads: overdue",
            "25.11 09:00 head_roads: overdue",
            "25.11 10:00 curator: up 1",
        ]


async def test_what_is_overdue_when_its_ladder_begins_leads_to_who_is_above_all_the_same(
    presets_file: Path, tmp_path: Path
) -> None:
    """Due on Friday at 14:00. On Monday at 12:00 it is made high, which was due on Friday at 12:00: an hour and three
    hours are counted from now, for nobody could have been told before."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        risk = await story.files("2026-11-20 10:00", "Закрыли магазин", by="member 1", level="medium", block="economy")
        await story.until("2026-11-23 12:00")
        await story.level(risk, "high", by="member 1")
        await story.until("2026-11-24 00:00")
        assert await story.said() == [
            "20.11 12:00 head_economy: before",
            "23.11 09:00 head_economy: overdue",
            "23.11 12:00 head_economy: at_once",
            "23.11 13:00 head: up 1",
            "23.11 15:00 curator: up 2",
        ]


@pytest.mark.parametrize("kind", [RecordKind.ACCEPT, RecordKind.POSTPONE])
async def test_a_day_that_somebody_names_holds_the_ladder_and_moves_who_is_above_as_far(
    presets_file: Path, tmp_path: Path, kind: RecordKind
) -> None:
    """Accepted until Tuesday the 24th, or put off to Wednesday: on Wednesday it is said again. 9 working hours from
    that midnight are over at closing, so the curator hears of it on Thursday morning."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        risk = await story.files("2026-11-20 10:00", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-20 13:00")
        until = "2026-11-24" if kind is RecordKind.ACCEPT else "2026-11-25"
        answers = (Pressed(until),) if kind is RecordKind.ACCEPT else ("Ждём подрядчика", Pressed(until))
        by = story.actor("head_roads")
        await puts(story.office, risk, kind, *answers, item=await _only_owed(story), by=by, now=story.now)
        await story.until("2026-11-27 00:00")
        assert await story.said() == [
            "20.11 12:00 head_roads: before",
            "25.11 09:00 head_roads: overdue",
            "26.11 09:00 curator: up 1",
            "26.11 09:00 head_roads: overdue",
        ]


async def test_what_was_put_off_is_said_again_before_its_deadline_too(presets_file: Path, tmp_path: Path) -> None:
    """A measure until Friday the 27th, put off to Tuesday; then as usual: the working day before, and the day."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        risk = await story.files("2026-11-20 10:00", POTHOLE, by="member 1", level="low", block="roads")
        measure = ("Засыпать яму", Pressed(str(story.seats["member 2"].id)), Pressed("2026-11-27"))
        await puts(story.office, risk, RecordKind.MEASURE_PLANNED, *measure, by=story.actor("member 1"), now=story.now)
        item = await _owed(story, ObligationKind.MEASURE)
        answers = ("Ждём асфальт", Pressed("2026-11-24"))
        await puts(
            story.office, risk, RecordKind.POSTPONE, *answers, item=item, by=story.actor("member 2"), now=story.now
        )
        await story.until("2026-11-28 00:00")
        assert await story.said(ObligationKind.MEASURE) == [
            "24.11 09:00 member 2: as_asked",
            "26.11 09:00 member 2: before",
            "27.11 09:00 member 2: on_the_day",
        ]


async def _only_owed(story: Played) -> int:
    return await _owed(story, ObligationKind.VERIFICATION)


async def _owed(story: Played, kind: ObligationKind) -> int:
    async with story.office.view() as view:
        return next(each.id for each in await view.obligations.all_open() if each.obligation.key.kind is kind)


# --- a stop ---------------------------------------------------------------------------------------


async def test_after_a_stop_of_three_days_one_message_says_how_many_did_not_come(
    presets_file: Path, tmp_path: Path
) -> None:
    """Due on Friday at 14:00. Stopped from Monday 10:00 to Thursday 10:30: the mornings of Tuesday and Wednesday were
    missed, that of Thursday is said now; so is what the curator was to hear on Monday at 14:00."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        await story.files("2026-11-20 10:00", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-23 10:00")
        before = await story.said()
        await story.sleeps_until("2026-11-26 10:30")
        await story.until("2026-11-27 00:00")
        assert (await story.said())[len(before) :] == [
            "26.11 10:30 curator: up 1",
            "26.11 10:30 head_roads: overdue (2 missed)",
        ]


async def test_after_a_stop_of_three_days_all_that_is_due_is_in_one_message(presets_file: Path, tmp_path: Path) -> None:
    """Three of them, of each of which two mornings were missed; it is back at night, and speaks in the morning."""
    async with played(presets_file, tmp_path, begins="2026-11-20 09:00") as story:
        for clock in ("09:00", "09:30", "10:00"):
            await story.files(f"2026-11-20 {clock}", POTHOLE, by="member 1", level="medium", block="roads")
        await story.until("2026-11-23 10:00")
        before = await story.said()
        await story.sleeps_until("2026-11-26 03:00")
        await story.until("2026-11-26 12:00")
        missed = ", ".join(["overdue (2 missed)"] * 3)
        assert (await story.said())[len(before) :] == [
            "26.11 09:00 curator: up 1, up 1, up 1",
            f"26.11 09:00 head_roads: {missed}",
        ]


# --- appeals --------------------------------------------------------------------------------------
# An export is relied on for two working days after its own. What has no level goes by the ladder of the office's usual
# one, which is medium in Pestovo. All are of ПОС and to be answered on Wednesday the 18th, at closing.


def _goes_to(block: str) -> dict[str, Any]:
    """A rule of distribution that takes the appeals of these tests."""
    return {"routing": (RoutingRule(block=BlockKey(block), words={RoutingField.ORGANISATION: ("Отдел ЖКХ",)}),)}


async def test_an_appeal_is_reminded_of_by_the_usual_ladder_until_its_export_is_too_old_and_on_after_a_fresh_one(
    presets_file: Path, tmp_path: Path
) -> None:
    """Due at 18:00, two working hours before is 16:00. The curator: 9 hours of the 19th, over at closing, so on the
    20th. The export of the 19th is relied on until Monday the 23rd is over; the next one comes on the 26th."""
    async with played(presets_file, tmp_path, begins="2026-11-17 08:00", **_goes_to("roads")) as story:
        await story.export_comes("2026-11-17 08:30", appeal())
        await story.export_comes("2026-11-19 08:30", appeal())
        await story.until("2026-11-26 08:00")
        assert await story.said() == [
            "18.11 09:00 head_roads: on_the_day",
            "18.11 16:00 head_roads: before",
            "19.11 09:00 head_roads: overdue",
            "20.11 09:00 curator: up 1",
            "20.11 09:00 head_roads: overdue",
            "23.11 09:00 head_roads: overdue",
        ]
        assert {row["why"] for row in await story.rows() if row["state"] == "held"} == {"stale"}
        await story.export_comes("2026-11-26 08:30", appeal())
        await story.until("2026-11-28 00:00")
        assert (await story.said())[6:] == ["26.11 09:00 head_roads: overdue", "27.11 09:00 head_roads: overdue"]


async def test_what_somebody_says_is_answered_is_not_reminded_of_until_an_export_shows_that_it_is_not(
    presets_file: Path, tmp_path: Path
) -> None:
    """Pressed on the 18th at noon; by the export of the 19th at 8:30 it is open still, and the ladder begins anew: the
    next morning is that of the 20th, and so are the nine hours of the 19th over."""
    async with played(presets_file, tmp_path, begins="2026-11-17 08:00", **_goes_to("roads")) as story:
        await story.export_comes("2026-11-17 08:30", appeal())
        await story.is_pressed("2026-11-18 12:00", "6100013", by="head_roads")
        await story.export_comes("2026-11-19 08:30", appeal())
        await story.until("2026-11-21 00:00")
        assert await story.said() == [
            "18.11 09:00 head_roads: on_the_day",
            "20.11 09:00 curator: up 1",
            "20.11 09:00 head_roads: overdue",
        ]


async def test_what_an_export_shows_as_answered_is_not_reminded_of(presets_file: Path, tmp_path: Path) -> None:
    async with played(presets_file, tmp_path, begins="2026-11-17 08:00", **_goes_to("roads")) as story:
        await story.export_comes("2026-11-17 08:30", appeal())
        await story.is_pressed("2026-11-18 12:00", "6100013", by="head_roads")
        await story.export_comes("2026-11-19 08:30", appeal(finished_on=date(2026, 11, 18)))
        await story.until("2026-11-24 00:00")
        assert await story.said() == ["18.11 09:00 head_roads: on_the_day"]


async def test_of_what_no_rule_gives_to_a_block_nobody_is_reminded_until_somebody_does(
    presets_file: Path, tmp_path: Path
) -> None:
    """Given to the block on the 19th at 10:00, its time counts from then on: 8 hours of that day, one of the 20th."""
    async with played(presets_file, tmp_path, begins="2026-11-17 08:00") as story:
        await story.export_comes("2026-11-17 08:30", appeal())
        await story.export_comes("2026-11-19 08:30", appeal())
        await story.until("2026-11-19 10:00")
        assert await story.said() == []
        await given_to(story.office.uow, "roads", "6100013")
        await story.until("2026-11-21 00:00")
        assert await story.said() == ["20.11 09:00 head_roads: overdue", "20.11 10:00 curator: up 1"]


async def test_an_appeal_of_a_block_without_a_head_goes_to_who_is_above(presets_file: Path, tmp_path: Path) -> None:
    begins = "2026-11-17 08:00"
    async with played(presets_file, tmp_path, begins=begins, vacant=["head_economy"], **_goes_to("economy")) as story:
        await story.export_comes("2026-11-17 08:30", appeal())
        await story.export_comes("2026-11-19 08:30", appeal())
        await story.until("2026-11-21 00:00")
        assert await story.said() == [
            "18.11 09:00 head: on_the_day",
            "18.11 16:00 head: before",
            "19.11 09:00 head: overdue",
            "20.11 09:00 curator: up 1",
            "20.11 09:00 head: overdue",
        ]


async def test_forty_overdue_appeals_are_one_message(presets_file: Path, tmp_path: Path) -> None:
    async with played(presets_file, tmp_path, begins="2026-11-18 20:00", **_goes_to("roads")) as story:
        await story.export_comes("2026-11-18 20:30", *[appeal(str(6100000 + number)) for number in range(40)])
        await story.until("2026-11-19 12:00")
        assert await story.said() == [f"19.11 09:00 head_roads: {', '.join(['overdue'] * 40)}"]
