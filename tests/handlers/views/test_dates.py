"""Dates and terms in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.days import day, month
from handlers.views.dates import arithmetic, moment, period, term
from risk.deadlines import ClockKind, Term, deadline
from tests.handlers.builders import FRIDAY_AFTERNOON, SATURDAY, by_clock, calendar, working


def test_moment_is_local_with_its_weekday() -> None:
    assert moment(SATURDAY, calendar(), SATURDAY) == "сб 21.11, 09:02"


def test_a_moment_of_another_year_has_its_year() -> None:
    january = datetime(2027, 1, 11, 6, tzinfo=UTC)
    assert moment(january, calendar(), SATURDAY) == "пн 11.01.2027, 09:00"
    assert moment(january, calendar(), datetime(2026, 12, 31, 21, 30, tzinfo=UTC)) == "пн 11.01, 09:00", "local year"


def test_local_day_may_differ_from_the_day_in_utc() -> None:
    assert moment(datetime(2026, 11, 22, 22, 30, tzinfo=UTC), calendar(), SATURDAY) == "пн 23.11, 01:30"


@pytest.mark.parametrize(("day", "weekday"), list(enumerate(["пн", "вт", "ср", "чт", "пт", "сб", "вс"], start=23)))
def test_each_day_of_the_week_has_its_short_name(day: int, weekday: str) -> None:
    assert moment(datetime(2026, 11, 1, 9, tzinfo=UTC) + timedelta(days=day - 1), calendar(), SATURDAY).startswith(
        weekday
    )


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (working(1), "1 рабочий час"),
        (working(2), "2 рабочих часа"),
        (working(9), "9 рабочих часов"),
        (working(11), "11 рабочих часов"),
        (working(21), "21 рабочий час"),
        (by_clock(1), "1 час круглосуточно"),
        (by_clock(6), "6 часов круглосуточно"),
        (Term(amount=timedelta(minutes=90), clock=ClockKind.CLOCK), "1 час 30 минут круглосуточно"),
        (Term(amount=timedelta(minutes=41), clock=ClockKind.WORKING), "41 минута рабочего времени"),
    ],
)
def test_terms_are_worded(length: Term, words: str) -> None:
    assert term(length) == words


def test_arithmetic_names_each_working_span() -> None:
    counted = deadline(FRIDAY_AFTERNOON, working(9), calendar())
    assert arithmetic(counted, calendar(), SATURDAY) == "9 рабочих часов: пт 20.11 16:00–18:00, пн 23.11 09:00–16:00"


def test_long_arithmetic_shows_its_beginning_and_its_end() -> None:
    counted = deadline(FRIDAY_AFTERNOON, working(47), calendar())
    assert arithmetic(counted, calendar(), SATURDAY) == (
        "47 рабочих часов: пт 20.11 16:00–18:00, пн 23.11 09:00–18:00, ещё 3 дня, пт 27.11 09:00–18:00"
    )


@given(st.integers(1, 2000))
def test_arithmetic_of_any_term_is_short(hours: int) -> None:
    assert len(arithmetic(deadline(FRIDAY_AFTERNOON, working(hours), calendar()), calendar(), SATURDAY)) <= 140


def test_days_are_named_with_their_year_only_when_it_is_another() -> None:
    today, january = date(2026, 11, 20), date(2027, 1, 8)
    assert day(date(2026, 11, 23), today) == "пн 23.11"
    assert period(date(2026, 12, 28), january, today) == "с пн 28.12 по пт 08.01.2027"
    assert period(january, january, date(2027, 1, 1)) == "пт 08.01"
    assert month(january) == "январь 2027"
