"""The nation's days over an office's week, against what is known of each year from official sources."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateways.production_calendar import (
    CONFIRMED_UNTIL,
    FIRST_YEAR,
    national_days,
    national_exceptions,
    shortened,
)
from risk.calendar import WorkingHours
from tests.risk.calendars import FIVE_DAYS, NINE_TO_SIX, SHORTENED, hours, some_weeks

NEW_YEAR: Final = {date(2026, 1, day) for day in range(1, 9)}
DAYS_OFF_2026: Final = NEW_YEAR | {
    *(date(2026, 1, 9), date(2026, 2, 23), date(2026, 3, 9), date(2026, 5, 1), date(2026, 5, 11)),
    *(date(2026, 6, 12), date(2026, 11, 4), date(2026, 12, 31)),
}
SHORTENED_2026: Final = {date(2026, 4, 30), date(2026, 5, 8), date(2026, 6, 11), date(2026, 11, 3)}


def exceptions_of(year: int) -> Mapping[date, WorkingHours | None]:
    return {day: hours for day, hours in national_exceptions(FIVE_DAYS).items() if day.year == year}


def test_the_working_days_of_2026_are_those_of_the_decree() -> None:
    off_on_weekdays = {day for day in DAYS_OFF_2026 if day.weekday() < 5}
    assert exceptions_of(2026) == dict.fromkeys(off_on_weekdays) | dict.fromkeys(SHORTENED_2026, SHORTENED)


def test_a_saturday_worked_instead_of_an_eve_is_shortened_as_the_eve_would_be() -> None:
    """1.11.2025 was worked for Monday 3.11, the eve of a holiday."""
    assert exceptions_of(2025)[date(2025, 11, 1)] == SHORTENED
    assert exceptions_of(2025)[date(2025, 11, 3)] is None


@pytest.mark.parametrize("day", [date(2025, 3, 7), date(2025, 4, 30), date(2025, 6, 11), date(2025, 11, 1)])
def test_four_days_of_2025_are_an_hour_shorter(day: date) -> None:
    short = {day for day, hours in exceptions_of(2025).items() if hours == SHORTENED}
    assert day in short
    assert len(short) == 4


def test_no_more_is_held_confirmed_than_the_library_knows() -> None:
    assert FIRST_YEAR <= CONFIRMED_UNTIL.year <= national_days().last_year


def test_of_the_year_after_the_last_one_the_holidays_alone_are_known() -> None:
    beyond = {day for day in national_days().off if day.year > national_days().last_year}
    assert beyond
    assert beyond <= national_days().holidays


def test_the_saturday_of_2027_comes_from_the_library_and_lies_beyond_the_horizon() -> None:
    saturday, monday = date(2027, 2, 20), date(2027, 2, 22)
    assert national_days().worked[saturday] == monday
    assert saturday > CONFIRMED_UNTIL


def test_only_what_differs_from_the_week_is_an_exception() -> None:
    assert all(hours != FIVE_DAYS[day.weekday()] for day, hours in national_exceptions(FIVE_DAYS).items())


@given(some_weeks)
def test_a_holiday_is_off_in_any_week_and_an_eve_is_an_hour_shorter(week: tuple[WorkingHours | None, ...]) -> None:
    exceptions = national_exceptions(week)  # type: ignore[arg-type]  # the strategy always gives seven days
    for holiday in national_days().holidays:
        eve = holiday - timedelta(days=1)
        assert exceptions.get(holiday, week[holiday.weekday()]) is None
        if eve.year >= FIRST_YEAR and eve not in national_days().off and week[eve.weekday()] is not None:
            ordinary = week[eve.weekday()]
            assert ordinary is not None
            assert exceptions[eve] == shortened(ordinary)


@given(
    st.times(max_value=time(22)).map(lambda each: each.replace(second=0, microsecond=0)),
    st.integers(min_value=1, max_value=119),
)
def test_a_shortened_day_is_never_turned_round(opens: time, minutes: int) -> None:
    closes = min(opens.hour * 60 + opens.minute + minutes, 23 * 60 + 59)
    ordinary = WorkingHours(opens=opens, closes=time(closes // 60, closes % 60))
    short = shortened(ordinary)
    assert short.opens < short.closes <= ordinary.closes


def test_a_day_of_an_hour_or_less_stays_as_it_is() -> None:
    assert shortened(hours("09:00", "10:00")) == hours("09:00", "10:00")
    assert shortened(hours("09:00", "10:01")) == hours("09:00", "09:01")
    assert shortened(NINE_TO_SIX) == SHORTENED
    assert shortened(hours("00:00", "00:30")) == hours("00:00", "00:30")
