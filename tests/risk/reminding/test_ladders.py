"""Ladders: rungs counted by hand, and laws that hold for any calendar, any ladder and anything owed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.calendar import WorkingCalendar
from risk.deadlines import ClockKind, Term, deadline, moment_before
from risk.ladders import DAWN, Rung, RungKind, just_before, next_rung, next_upward, reached, rungs
from risk.obligations import HoldKind, ObligationKind, Owed
from risk.offices import Ladder, Lead, LeadUnit
from tests.risk.calendars import amounts, calendar, calendars, moments
from tests.risk.reminding.owing import HOUR, by_clock, hold, ladders, obligation, owed, owings, terms, working

MANY: Final = 25

MEDIUM: Final = Ladder(lead=Lead(amount=2, unit=LeadUnit.HOURS), up_after=(working(9), working(27)))
LOW: Final = Ladder(lead=Lead(amount=1, unit=LeadUnit.DAYS), up_after=(working(18),))
HIGH: Final = Ladder(lead=Lead(amount=1, unit=LeadUnit.HOURS), up_after=(by_clock(1), by_clock(3)), urgent=True)


def moscow(written: str) -> datetime:
    return datetime.fromisoformat(f"2026-{written}").replace(tzinfo=ZoneInfo("Europe/Moscow")).astimezone(UTC)


def told(found: Sequence[Rung]) -> list[str]:
    zone = ZoneInfo("Europe/Moscow")
    return [f"{each.at.astimezone(zone):%d.%m %H:%M} {each.kind.name.lower()} {each.step}" for each in found]


def first_of(owes: Owed, ladder: Ladder, count: int) -> list[str]:
    return told(list(islice(rungs(owes, ladder, calendar(), after=owes.climbed_to), count)))


# --- by hand --------------------------------------------------------------------------------------


def test_before_on_the_day_and_each_working_morning_after() -> None:
    """Due on Monday at 11:00. Two working hours before it is Monday 9:00, which is later than the dawn of the day."""
    owes = owed(obligation(moscow("11-23 11:00"), term=working(4)), moscow("11-20 16:00"))
    assert first_of(owes, MEDIUM, 6) == [
        "23.11 06:00 on_the_day 0",
        "23.11 09:00 before 0",
        "24.11 06:00 overdue 0",
        "24.11 11:00 up 1",
        "25.11 06:00 overdue 0",
        "26.11 06:00 overdue 0",
    ]


def test_days_before_are_working_days_counted_back_from_the_last_one() -> None:
    """Due on Saturday at midnight: Friday is the last day, Thursday the one before."""
    owes = owed(obligation(moscow("11-29 00:00")), moscow("11-20 16:00"))
    assert first_of(owes, LOW, 4) == [
        "26.11 06:00 before 0",
        "27.11 06:00 on_the_day 0",
        "30.11 06:00 overdue 0",
        "01.12 06:00 overdue 0",
    ]


def test_a_deadline_before_dawn_is_met_the_working_day_before() -> None:
    """Tuesday 1:00 at night: whoever has until then does it on Monday."""
    owes = owed(obligation(moscow("11-24 01:00"), term=by_clock(60)), moscow("11-20 16:00"))
    assert first_of(owes, LOW, 2) == ["23.11 06:00 on_the_day 0", "24.11 06:00 overdue 0"]


def test_hours_before_are_counted_as_the_deadline_itself_is() -> None:
    """By the clock into Sunday; what has no term, by working hours."""
    since, due = moscow("11-20 10:00"), moscow("11-22 01:00")
    by_the_clock = owed(obligation(due, term=by_clock(39)), since)
    by_day = owed(obligation(due), since)
    assert "22.11 00:00 before 0" in first_of(by_the_clock, HIGH, 4)
    assert "20.11 17:00 before 0" in first_of(by_day, HIGH, 4)


def test_a_look_that_has_its_time_is_reminded_of_at_that_time_and_not_before() -> None:
    owes = owed(obligation(moscow("11-20 16:00"), ObligationKind.CHECK, term=working(4)), moscow("11-20 12:00"))
    assert first_of(owes, MEDIUM, 2) == ["20.11 16:00 at_its_time 0", "23.11 06:00 overdue 0"]


@pytest.mark.parametrize(
    ("kind", "ladder", "announced"),
    [
        (ObligationKind.VERIFICATION, HIGH, True),
        (ObligationKind.VERIFICATION, MEDIUM, False),
        (ObligationKind.ANSWER, HIGH, False),
    ],
)
def test_only_a_new_and_urgent_verification_is_said_at_once(
    kind: ObligationKind, ladder: Ladder, announced: bool
) -> None:
    since = moscow("11-20 10:00")
    owes = owed(obligation(moscow("11-20 18:00"), kind), since)
    first = next_rung(owes, ladder, calendar())
    assert (first.kind is RungKind.AT_ONCE and first.at == since) is announced


@pytest.mark.parametrize(
    ("day", "kind", "again"),
    [
        ("11-24", HoldKind.ACCEPTED, "25.11 06:00 overdue 0"),
        ("11-24", HoldKind.POSTPONED, "24.11 06:00 overdue 0"),
        ("11-27", HoldKind.ACCEPTED, "30.11 06:00 overdue 0"),
        ("11-28", HoldKind.POSTPONED, "30.11 06:00 overdue 0"),
    ],
)
def test_after_a_hold_it_is_said_on_the_first_working_morning(day: str, kind: HoldKind, again: str) -> None:
    """Accepted until a day: that day is theirs. Put off to a day: on that day. Both are overdue by then."""
    owes = owed(
        obligation(moscow("11-20 14:00")), moscow("11-20 10:00"), hold=hold(date.fromisoformat(f"2026-{day}"), kind)
    )
    found = first_of(owes, MEDIUM, 2)
    assert found == [again.replace("overdue", "as_asked"), again]


def test_who_is_above_hears_after_working_time_from_the_deadline_or_from_the_end_of_the_hold() -> None:
    due, since = moscow("11-20 14:00"), moscow("11-20 10:00")
    now = moscow("11-20 15:00")
    plain = next_upward(owed(obligation(due), since), MEDIUM, calendar(), now)
    held = next_upward(owed(obligation(due), since, hold=hold(date(2026, 11, 24))), MEDIUM, calendar(), now)
    late = next_upward(owed(obligation(due), since), MEDIUM, calendar(), moscow("12-20 10:00"))
    assert plain is not None
    assert (plain.at, plain.step) == (moscow("11-23 14:00"), 1)
    assert held is not None
    assert held.at == moscow("11-25 18:00")
    assert late is None


def test_what_was_overdue_before_the_ladder_began_leads_upwards_from_its_beginning() -> None:
    """Else it would lead to nobody: an answer sent for approval two days too late."""
    owes = owed(obligation(moscow("11-18 14:00")), moscow("11-20 14:00"))
    assert [each for each in first_of(owes, MEDIUM, 8) if "up" in each] == ["23.11 14:00 up 1", "25.11 14:00 up 2"]


# --- for any -------------------------------------------------------------------------------------


def some(owes: Owed, ladder: Ladder, by: WorkingCalendar) -> Sequence[Rung]:
    return list(islice(rungs(owes, ladder, by, after=owes.climbed_to), MANY))


@given(owings(), ladders(), calendars, st.integers(-72, 72))
@settings(max_examples=100, deadline=None)
def test_whenever_a_ladder_begins_every_step_above_is_ahead(
    owes: Owed, ladder: Ladder, by: WorkingCalendar, late_by: int
) -> None:
    begun = replace(owes, since=owes.obligation.due_at + late_by * HOUR)
    climbed = replace(begun, climbed_to=just_before(begun.since))
    first = next_upward(climbed, ladder, by, climbed.climbed_to)
    assert (first is None) == (not ladder.up_after)
    assert first is None or first.step == 1


@given(owings(), ladders(), calendars)
@settings(max_examples=150, deadline=None)
def test_rungs_come_in_the_order_of_time(owes: Owed, ladder: Ladder, by: WorkingCalendar) -> None:
    found = some(owes, ladder, by)
    assert all(one.at <= other.at for one, other in pairwise(found))
    assert len({(each.kind, each.at, each.step) for each in found}) == len(found), "none comes twice"


@given(owings(), ladders(), calendars)
@settings(max_examples=150, deadline=None)
def test_no_rung_is_before_the_beginning_of_the_ladder_nor_during_a_hold(
    owes: Owed, ladder: Ladder, by: WorkingCalendar
) -> None:
    begins = owes.since if owes.hold is None else max(owes.since, owes.hold.ends_at(by))
    assert all(each.at >= begins for each in some(owes, ladder, by))


@given(owings(), ladders(), calendars)
@settings(max_examples=150, deadline=None)
def test_a_reminder_of_a_morning_is_of_a_working_day_at_dawn(owes: Owed, ladder: Ladder, by: WorkingCalendar) -> None:
    for each in some(owes, ladder, by):
        if each.of_morning:
            here = by.local(each.at)
            assert (here.time(), by.is_working_day(here.date())) == (DAWN, True)


@given(owings(), ladders(), calendars)
@settings(max_examples=150, deadline=None)
def test_before_and_on_the_day_are_before_the_deadline_and_what_is_overdue_is_after_it(
    owes: Owed, ladder: Ladder, by: WorkingCalendar
) -> None:
    due = owes.obligation.due_at
    for each in some(owes, ladder, by):
        if each.kind in {RungKind.BEFORE, RungKind.ON_THE_DAY}:
            assert each.at < due
        if each.kind in {RungKind.OVERDUE, RungKind.UP}:
            assert each.at > due


@given(owings(), ladders(), calendars)
@settings(max_examples=150, deadline=None)
def test_each_step_above_is_climbed_once_and_to_nobody_below_is_said_more_than_once_a_day(
    owes: Owed, ladder: Ladder, by: WorkingCalendar
) -> None:
    found = some(owes, ladder, by)
    steps = [each.step for each in found if each.step]
    assert steps == sorted(set(steps))
    mornings = [by.local(each.at).date() for each in found if each.kind is RungKind.OVERDUE]
    assert len(mornings) == len(set(mornings))


@given(owings(), ladders(), calendars)
@settings(max_examples=100, deadline=None)
def test_wherever_a_ladder_was_left_it_goes_on_with_the_same_rungs(
    owes: Owed, ladder: Ladder, by: WorkingCalendar
) -> None:
    found = some(owes, ladder, by)
    for place, left in enumerate(found[:12]):
        ahead = list(islice(rungs(owes, ladder, by, after=left.at), len(found) - place))
        expected = [each for each in found if each.at > left.at]
        assert ahead[: len(expected)] == expected


@given(owings(), ladders(), calendars)
@settings(max_examples=100, deadline=None)
def test_what_is_reached_are_all_the_rungs_until_now(owes: Owed, ladder: Ladder, by: WorkingCalendar) -> None:
    found = some(owes, ladder, by)
    now = found[len(found) // 2].at
    assert reached(owes, ladder, by, now) == [each for each in found if each.at <= now]
    assert reached(owes, ladder, by, just_before(found[0].at)) == []
    assert next_rung(owes, ladder, by) == found[0]


@given(moments, terms, amounts, calendars)
@settings(max_examples=150, deadline=None)
def test_the_moment_before_is_where_the_count_of_the_deadline_begins(
    since: datetime, term: Term, amount: timedelta, by: WorkingCalendar
) -> None:
    exact = Term(amount=amount, clock=term.clock)
    for each in (term, exact):
        due = deadline(since, each, by)
        assert moment_before(due.due_at, each, by) == due.spans[0].begins


@given(moments, amounts, calendars)
@settings(max_examples=150, deadline=None)
def test_from_the_moment_before_exactly_the_term_is_left(
    due_at: datetime, amount: timedelta, by: WorkingCalendar
) -> None:
    term = Term(amount=amount, clock=ClockKind.WORKING)
    begins = moment_before(due_at, term, by)
    assert begins < due_at
    assert by.working_time_between(begins, due_at) == amount
    assert by.is_open(begins)


def test_dawn_is_the_earliest_hour_of_reminders() -> None:
    assert time(6) == DAWN
