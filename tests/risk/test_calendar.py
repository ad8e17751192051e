"""The rules of the working calendar, with clocks that jump among them."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given

from risk.calendar import (
    HoursReversed,
    NoWorkingTime,
    Span,
    UnknownZone,
    Week,
    WorkingCalendar,
    WorkingHours,
)
from tests.risk.calendars import (
    FIVE_DAYS,
    NINE_TO_SIX,
    RUSSIAN_YEARS,
    SHORTENED,
    calendar,
    calendars,
    hours,
    moments,
    utc,
)


def every_day(opens: str, closes: str) -> Week:
    day = hours(opens, closes)
    return (day, day, day, day, day, day, day)


def berlin(opens: str, closes: str) -> WorkingCalendar:
    return calendar("Europe/Berlin", every_day(opens, closes), {})


def span(begins: str, ends: str) -> Span:
    return Span(begins=utc(begins), ends=utc(ends))


def first_span(of: WorkingCalendar, since: str) -> Span:
    return next(of.spans_from(utc(since)))


def test_a_week_without_a_working_day_is_refused_at_once() -> None:
    with pytest.raises(NoWorkingTime):
        calendar(week=(None, None, None, None, None, None, None))


def test_a_week_without_a_working_day_is_refused_even_if_an_exception_works() -> None:
    # Otherwise the search for the next opening would run to the end of time after that one day.
    with pytest.raises(NoWorkingTime):
        calendar(week=(None,) * 7, exceptions={date(2026, 11, 21): NINE_TO_SIX})


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "Europe", "../Europe/Moscow", "Москва"])
def test_an_unknown_zone_is_refused_at_once(zone: str) -> None:
    with pytest.raises(UnknownZone):
        calendar(zone)


@pytest.mark.parametrize(("opens", "closes"), [("18:00", "09:00"), ("09:00", "09:00")])
def test_hours_that_do_not_end_after_they_begin_are_refused(opens: str, closes: str) -> None:
    with pytest.raises(HoursReversed):
        hours(opens, closes)


def test_every_fault_of_a_calendar_is_a_value_error() -> None:
    assert all(issubclass(fault, ValueError) for fault in (HoursReversed, NoWorkingTime, UnknownZone))


def test_local_time_is_that_of_the_offices_zone() -> None:
    local = calendar("Asia/Yekaterinburg").local(utc("2026-11-20 20:30"))
    assert (local.date(), local.time()) == (date(2026, 11, 21), time(1, 30))
    assert local == utc("2026-11-20 20:30")


def test_a_moment_may_come_in_any_zone() -> None:
    moment = utc("2026-11-20 13:00")
    assert calendar().is_open(calendar("Asia/Kamchatka").local(moment))
    assert next(calendar().spans_from(calendar("Asia/Kamchatka").local(moment))).begins.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), NINE_TO_SIX),
        (date(2026, 11, 21), None),
        (date(2026, 11, 3), SHORTENED),
        (date(2026, 11, 4), None),
        (date(2026, 1, 9), None),
        (date(2026, 3, 9), None),
        (date(2026, 5, 11), None),
        (date(2026, 12, 31), None),
        (date(2027, 2, 20), NINE_TO_SIX),
        (date(2027, 2, 27), None),
    ],
)
def test_an_exception_goes_before_the_week(day: date, expected: WorkingHours | None) -> None:
    assert calendar().hours_on(day) == expected
    assert calendar().is_working_day(day) is (expected is not None)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-20 05:59", False),
        ("2026-11-20 06:00", True),
        ("2026-11-20 14:59", True),
        ("2026-11-20 15:00", False),
        ("2026-11-21 09:00", False),
        ("2026-11-03 13:59", True),
        ("2026-11-03 14:00", False),
        ("2026-11-04 09:00", False),
    ],
)
def test_the_office_is_open_from_its_opening_until_before_its_closing(moment: str, is_open: bool) -> None:
    assert calendar().is_open(utc(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-20 10:00", "2026-11-20 10:00"),
        ("2026-11-20 03:00", "2026-11-20 06:00"),
        ("2026-11-20 15:00", "2026-11-23 06:00"),
        ("2026-11-03 14:00", "2026-11-05 06:00"),
        ("2026-12-30 15:00", "2027-01-11 06:00"),
        ("2027-02-19 15:00", "2027-02-20 06:00"),
    ],
)
def test_the_next_opening_is_now_or_the_next_morning_of_a_working_day(moment: str, opening: str) -> None:
    assert calendar().next_opening(utc(moment)) == utc(opening)


def test_spans_begin_now_and_pass_over_days_off() -> None:
    assert list(islice(calendar().spans_from(utc("2026-11-02 10:00")), 3)) == [
        span("2026-11-02 10:00", "2026-11-02 15:00"),
        span("2026-11-03 06:00", "2026-11-03 14:00"),
        span("2026-11-05 06:00", "2026-11-05 15:00"),
    ]


def test_working_time_between_two_moments_leaves_out_nights_and_days_off() -> None:
    worked = calendar().working_time_between(utc("2026-11-20 13:00"), utc("2026-11-23 08:00"))
    assert worked == timedelta(hours=4)


def test_working_time_between_moments_in_the_wrong_order_is_nothing() -> None:
    assert calendar().working_time_between(utc("2026-11-23 08:00"), utc("2026-11-20 13:00")) == timedelta()


def test_a_calendar_without_a_horizon_is_known_for_ever() -> None:
    assert calendar(known_until=None).knows(date(2999, 1, 1))
    assert calendar().knows(date(2027, 12, 31))
    assert not calendar().knows(date(2028, 1, 1))


def test_equal_calendars_have_equal_hashes_and_exceptions_tell_them_apart() -> None:
    assert calendar() == calendar()
    assert hash(calendar()) == hash(calendar(exceptions=dict(RUSSIAN_YEARS)))
    assert calendar() != calendar(exceptions={})


# In Berlin clocks jumped from 02:00 to 03:00 on 29.03.2026 and go from 03:00 back to 02:00 on 25.10.2026.


def test_an_opening_that_clocks_jump_over_is_the_jump() -> None:
    assert first_span(berlin("02:30", "06:00"), "2026-03-28 23:00") == span("2026-03-29 01:00", "2026-03-29 04:00")


def test_a_closing_that_clocks_jump_over_is_the_jump() -> None:
    assert first_span(berlin("00:30", "02:30"), "2026-03-28 23:00") == span("2026-03-28 23:30", "2026-03-29 01:00")


def test_a_working_day_that_clocks_jump_over_is_no_working_time() -> None:
    assert first_span(berlin("02:10", "02:50"), "2026-03-28 23:00") == span("2026-03-30 00:10", "2026-03-30 00:50")


def test_a_time_shown_twice_is_its_first_showing() -> None:
    assert first_span(berlin("02:30", "04:00"), "2026-10-24 23:00") == span("2026-10-25 00:30", "2026-10-25 03:00")
    assert first_span(berlin("01:00", "02:30"), "2026-10-24 22:00") == span("2026-10-24 23:00", "2026-10-25 00:30")


def test_a_night_with_a_jump_has_an_hour_more_or_less_of_working_time() -> None:
    night = berlin("00:00", "06:00")
    assert first_span(night, "2026-03-28 23:00").length == timedelta(hours=5)
    assert first_span(night, "2026-10-24 22:00").length == timedelta(hours=7)


def test_clocks_that_jump_at_midnight_do_not_break_the_day() -> None:
    # In Santiago 06.09.2026 begins at 01:00.
    santiago = calendar("America/Santiago", every_day("00:00", "02:00"), {})
    assert first_span(santiago, "2026-09-06 03:30") == span("2026-09-06 04:00", "2026-09-06 05:00")


def test_a_whole_day_that_clocks_jump_over_is_no_working_time() -> None:
    # Samoa had no 30.12.2011: after 29.12 came 31.12.
    samoa = calendar("Pacific/Apia", every_day("09:00", "18:00"), {})
    spans = list(islice(samoa.spans_from(utc("2011-12-29 19:00")), 2))
    assert [samoa.local(each.begins).date() for each in spans] == [date(2011, 12, 29), date(2011, 12, 31)]
    assert [each.length for each in spans] == [timedelta(hours=9)] * 2


@given(calendars, moments)
def test_spans_are_not_empty_stand_in_order_and_lie_ahead(of: WorkingCalendar, moment: datetime) -> None:
    spans = list(islice(of.spans_from(moment), 8))
    assert spans[0].begins >= moment
    assert all(each.begins < each.ends for each in spans)
    assert all(one.ends <= other.begins for one, other in pairwise(spans))


@given(calendars, moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(of: WorkingCalendar, moment: datetime) -> None:
    opening = of.next_opening(moment)
    assert of.is_open(opening)
    assert of.working_time_between(moment, opening) == timedelta()


@given(calendars, moments, moments, moments)
def test_working_time_adds_up(of: WorkingCalendar, one: datetime, other: datetime, third: datetime) -> None:
    early, middle, late = sorted((one, other, third))
    halves = of.working_time_between(early, middle) + of.working_time_between(middle, late)
    assert of.working_time_between(early, late) == halves


def test_the_ordinary_week_is_what_the_tests_say_it_is() -> None:
    assert [day is not None for day in FIVE_DAYS] == [True] * 5 + [False] * 2


@given(of=calendars, after=moments)
def test_the_next_morning_is_the_first_nine_o_clock_to_come(of: WorkingCalendar, after: datetime) -> None:
    morning = of.next_showing(time(9), after=after)
    assert of.local(morning).time() == time(9)
    assert timedelta() < morning - after <= timedelta(hours=25)
