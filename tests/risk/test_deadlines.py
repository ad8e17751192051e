"""Deadlines: examples as an office would count them by hand, and laws that hold for any calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from risk.calendar import Span, WorkingCalendar
from risk.deadlines import ClockKind, Deadline, Term, TermNotPositive, deadline
from tests.risk.calendars import NINE_TO_SIX, amounts, calendar, calendars, moments, utc


def working(amount: timedelta) -> Term:
    return Term(amount=amount, clock=ClockKind.WORKING)


def working_hours(hours: int) -> Term:
    return working(timedelta(hours=hours))


def clock_hours(hours: int) -> Term:
    return Term(amount=timedelta(hours=hours), clock=ClockKind.CLOCK)


def moscow(written: str) -> datetime:
    """Local time in Moscow as a moment in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Europe/Moscow")).astimezone(UTC)


def arithmetic(of: Deadline) -> list[str]:
    """Spans as a person in Moscow would write them down."""
    zone = ZoneInfo("Europe/Moscow")
    return [f"{span.begins.astimezone(zone):%d.%m %H:%M}–{span.ends.astimezone(zone):%H:%M}" for span in of.spans]


def test_nine_working_hours_from_friday_afternoon_end_on_monday_afternoon() -> None:
    due = deadline(moscow("2026-11-20 16:00"), working_hours(9), calendar())
    assert due.due_at == moscow("2026-11-23 16:00")
    assert arithmetic(due) == ["20.11 16:00–18:00", "23.11 09:00–16:00"]
    assert due.term == working_hours(9)


def test_a_term_that_ends_exactly_at_closing_is_due_at_that_closing() -> None:
    due = deadline(moscow("2026-11-19 09:00"), working_hours(9), calendar())
    assert due.due_at == moscow("2026-11-19 18:00")
    assert arithmetic(due) == ["19.11 09:00–18:00"]


@pytest.mark.parametrize("since", ["2026-11-20 18:00", "2026-11-20 22:40", "2026-11-22 12:00", "2026-11-23 08:59"])
def test_outside_hours_the_count_begins_with_the_next_opening(since: str) -> None:
    due = deadline(moscow(since), working_hours(4), calendar())
    assert arithmetic(due) == ["23.11 09:00–13:00"]


def test_a_shortened_day_and_a_holiday_are_counted_as_they_are() -> None:
    due = deadline(moscow("2026-11-03 16:00"), working_hours(4), calendar())
    assert arithmetic(due) == ["03.11 16:00–17:00", "05.11 09:00–12:00"]


def test_a_working_saturday_is_counted() -> None:
    due = deadline(moscow("2027-02-19 17:00"), working_hours(4), calendar())
    assert arithmetic(due) == ["19.02 17:00–18:00", "20.02 09:00–12:00"]


def test_the_new_year_holidays_are_passed_over() -> None:
    due = deadline(moscow("2026-12-30 17:00"), working_hours(2), calendar())
    assert arithmetic(due) == ["30.12 17:00–18:00", "11.01 09:00–10:00"]


def test_a_term_by_the_clock_runs_through_night_and_weekend() -> None:
    due = deadline(moscow("2026-11-21 23:00"), clock_hours(2), calendar())
    assert due.due_at == moscow("2026-11-22 01:00")
    assert due.spans == (Span(begins=moscow("2026-11-21 23:00"), ends=moscow("2026-11-22 01:00")),)


def test_a_term_by_the_clock_counts_real_hours_when_clocks_jump() -> None:
    since = datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    due = deadline(since, clock_hours(2), calendar("Europe/Berlin"))
    assert due.due_at == utc("2026-03-29 02:30")
    assert due.due_at.tzinfo is UTC


def test_a_deadline_past_the_known_calendar_says_so() -> None:
    short = calendar(known_until=date(2026, 11, 20))
    assert not deadline(moscow("2026-11-20 09:00"), working_hours(9), short).beyond_horizon
    assert deadline(moscow("2026-11-20 09:01"), working_hours(9), short).beyond_horizon


def test_the_horizon_is_a_day_of_the_office_not_of_utc() -> None:
    late = calendar("Asia/Kamchatka", week=(NINE_TO_SIX,) * 7, exceptions={}, known_until=date(2026, 11, 20))
    # Morning of the 21st in Kamchatka is still evening of the 20th in UTC.
    due = deadline(utc("2026-11-20 20:00"), working_hours(1), late)
    assert due.due_at.date() == date(2026, 11, 20)
    assert due.beyond_horizon


def test_a_term_by_the_clock_needs_no_calendar_and_is_never_beyond_it() -> None:
    assert not deadline(utc("2030-01-01 00:00"), clock_hours(2), calendar()).beyond_horizon


@pytest.mark.parametrize("amount", [timedelta(), timedelta(hours=-1)])
def test_a_term_without_length_is_refused(amount: timedelta) -> None:
    with pytest.raises(TermNotPositive):
        working(amount)


@given(calendars, moments, amounts)
def test_the_spans_add_up_to_the_term(of: WorkingCalendar, since: datetime, amount: timedelta) -> None:
    due = deadline(since, working(amount), of)
    assert sum((span.length for span in due.spans), timedelta()) == amount
    assert of.working_time_between(since, due.due_at) == amount


@given(calendars, moments, amounts)
def test_a_working_term_ends_within_working_time_or_at_its_end(
    of: WorkingCalendar, since: datetime, amount: timedelta
) -> None:
    due_at = deadline(since, working(amount), of).due_at
    assert of.is_open(due_at - timedelta(microseconds=1))


@given(calendars, moments, moments, amounts)
def test_a_later_start_is_never_due_earlier(
    of: WorkingCalendar, one: datetime, other: datetime, amount: timedelta
) -> None:
    early, late = sorted((one, other))
    assert deadline(early, working(amount), of).due_at <= deadline(late, working(amount), of).due_at


@given(calendars, moments, amounts, amounts)
def test_a_longer_term_is_due_later(of: WorkingCalendar, since: datetime, one: timedelta, other: timedelta) -> None:
    short, long = sorted((one, other))
    due = [deadline(since, working(amount), of).due_at for amount in (short, long)]
    assert due[0] < due[1] if short < long else due[0] == due[1]


@settings(deadline=None)
@given(calendars, moments, amounts)
def test_a_working_term_agrees_with_counting_minutes_one_by_one(
    of: WorkingCalendar, since: datetime, amount: timedelta
) -> None:
    assert deadline(since, working(amount), of).due_at == counted_by_minutes(since, amount, of)


def counted_by_minutes(since: datetime, amount: timedelta, of: WorkingCalendar) -> datetime:
    """The slow and plain way: look at the clock on the wall at every minute, and count those in hours."""
    zone, left, moment = ZoneInfo(of.zone), amount // timedelta(minutes=1), since
    while left:
        wall = moment.astimezone(zone)
        hours = of.exceptions.get(wall.date(), of.week[wall.weekday()])
        left -= hours is not None and hours.opens <= wall.time() < hours.closes
        moment += timedelta(minutes=1)
    return moment
