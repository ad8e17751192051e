"""Days as people type them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.dates import (
    LATELY,
    LONGEST_GUESSED,
    Days,
    example_day,
    read_day,
    read_days,
    read_past_day,
    read_past_days,
    read_past_moment,
)
from risk.errors import DayOver
from tests.risk.calendars import calendar

MOSCOW: Final = ZoneInfo("Europe/Moscow")
MONDAY = date(2026, 11, 23)
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")

CALENDAR = calendar()

Written = Callable[[date], str]

todays = st.dates(min_value=date(2024, 1, 1), max_value=date(2090, 12, 31))
WRITTEN: Final[tuple[Written, ...]] = (
    lambda day: f"{day:%d.%m}",
    lambda day: f"{day.day}.{day.month}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]}",
    lambda day: f"{WEEKDAYS[day.weekday()]} {day:%d.%m}",
)
WRITTEN_WITH_YEAR: Final[tuple[Written, ...]] = (
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day:%d.%m.%y}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year} года",
)


def refused(typed: str, today: date) -> DayOver | None:
    try:
        read_day(typed, today)
    except DayOver as over:
        return over
    return None


def days_or_none(typed: str, today: date) -> Days | None:
    try:
        return read_days(typed, today)
    except DayOver:
        return None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("01.12", date(2026, 12, 1)),
        ("1.12", date(2026, 12, 1)),
        ("1.12.2026", date(2026, 12, 1)),
        ("1.12.26", date(2026, 12, 1)),
        ("1 декабря", date(2026, 12, 1)),
        ("  1   Декабря 2026 г. ", date(2026, 12, 1)),
        ("сегодня", MONDAY),
        ("Завтра", date(2026, 11, 24)),
        ("послезавтра", date(2026, 11, 25)),
        ("пн", MONDAY),
        ("пт", date(2026, 11, 27)),
        ("в пятницу", date(2026, 11, 27)),
        ("во вторник.", date(2026, 11, 24)),
        ("в эту среду", date(2026, 11, 25)),
        ("пт 04.12", date(2026, 12, 4)),
        ("22.11.2027", date(2027, 11, 22)),
        ("22.05", date(2027, 5, 22)),
        ("15.01", date(2027, 1, 15)),
        ("23.11", MONDAY),
        ("29.02", date(2028, 2, 29)),
        ("05.10.2025", date(2025, 10, 5)),
    ],
)
def test_a_day_is_read(typed: str, read: date) -> None:
    assert read_day(typed, MONDAY) == read


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("01.12", "2026-12-01", "2026-12-01"),
        ("1–14.12", "2026-12-01", "2026-12-14"),
        ("1-14.12", "2026-12-01", "2026-12-14"),
        ("01.12-14.12", "2026-12-01", "2026-12-14"),
        ("01.12 — 14.12", "2026-12-01", "2026-12-14"),
        ("с 1 по 14 декабря", "2026-12-01", "2026-12-14"),
        ("с 1.12 до 14.12.2026", "2026-12-01", "2026-12-14"),
        ("1 по 14 декабря", "2026-12-01", "2026-12-14"),
        ("с 28 декабря по 8 января", "2026-12-28", "2027-01-08"),
        ("28.12–08.01", "2026-12-28", "2027-01-08"),
        ("28.12.2026–08.01.2027", "2026-12-28", "2027-01-08"),
        ("до пятницы", "2026-11-23", "2026-11-27"),
        ("по 14 декабря", "2026-11-23", "2026-12-14"),
        ("с завтра до пятницы", "2026-11-24", "2026-11-27"),
        ("завтра–пт", "2026-11-24", "2026-11-27"),
        ("со среды по пятницу", "2026-11-25", "2026-11-27"),
        ("с пятницы по среду", "2026-11-27", "2026-12-02"),
        ("пт 27.11 – пн 30.11", "2026-11-27", "2026-11-30"),
        ("с 20.11 до пятницы", "2026-11-20", "2026-11-27"),
        ("с 01.12 по пт", "2026-12-01", "2026-12-04"),
        ("20–27.11", "2026-11-20", "2026-11-27"),
        ("01.06–31.12.2027", "2027-06-01", "2027-12-31"),
        ("10.11.2026–14.11.2026", "2026-11-10", "2026-11-14"),
    ],
)
def test_days_are_read(typed: str, first: str, last: str) -> None:
    assert read_days(typed, MONDAY) == Days(first=date.fromisoformat(first), last=date.fromisoformat(last))


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "–", "с", "до", "по", "1", "14", "с 1 по 14", "1–14", "31.02", "00.12", "12.13", "1.1.1", "1.12.202",
        "32 декабря", "1 мартобря", "никогда", "в отпуск", "14–1.12", "с 14 по 1 декабря",
        "14.12.2026–01.12.2026", "чт 04.12", "до 1", "1.12–", "–1.12", "1.12–2.12–3.12", "٣.12", "1.12.0000",
    ],
)  # fmt: skip
def test_what_names_no_days_is_not_guessed_at(typed: str) -> None:
    assert read_days(typed, MONDAY) is None


@pytest.mark.parametrize(
    ("typed", "today", "over", "coming"),
    [
        ("22.11", date(2026, 11, 29), date(2026, 11, 22), date(2027, 11, 22)),
        ("1 декабря", date(2026, 12, 3), date(2026, 12, 1), date(2027, 12, 1)),
        ("пт 20.11", date(2026, 11, 29), date(2026, 11, 20), date(2027, 11, 20)),
        ("пн 22.11", date(2026, 11, 29), date(2026, 11, 22), date(2027, 11, 22)),
        ("20.12", date(2027, 1, 11), date(2026, 12, 20), date(2027, 12, 20)),
        ("29.02", date(2028, 3, 1), date(2028, 2, 29), date(2032, 2, 29)),
    ],
)
def test_a_day_that_has_passed_lately_is_no_day_of_next_year(typed: str, today: date, over: date, coming: date) -> None:
    with pytest.raises(DayOver) as refused:
        read_day(typed, today)
    assert (refused.value.day, refused.value.coming) == (over, coming)


@pytest.mark.parametrize("typed", ["25.11–20.11", "20.11–22.11", "с 1 по 22 ноября", "до 22.11", "22.11"])
def test_days_that_have_passed_lately_are_not_next_years(typed: str) -> None:
    with pytest.raises(DayOver):
        read_days(typed, MONDAY)


def test_a_year_in_either_end_of_days_says_which_year_is_meant() -> None:
    meant = Days(first=date(2027, 11, 20), last=date(2027, 11, 22))
    assert read_days("20.11.2027–22.11", MONDAY) == read_days("20.11–22.11.2027", MONDAY) == meant


@given(today=todays, day=todays.map(lambda each: f"{each:%d.%m}"))
def test_a_day_without_a_year_is_ahead_within_half_a_year_or_long_over(today: date, day: str) -> None:
    """Whatever is typed on whatever day: a day that was taken is not that of a year ahead of one just over."""
    over = refused(day, today)
    if over is None:
        read = read_day(day, today)
        assert read is not None
        assert read >= today
        assert f"{read:%d.%m}" == day
        assert read - today < timedelta(days=366) - LATELY or day == "29.02"
    else:
        assert f"{over.day:%d.%m}" == day
        assert timedelta(0) < today - over.day <= LATELY
        assert over.coming is not None
        assert over.coming > today
        assert read_day(f"{over.coming:%d.%m.%Y}", today) == over.coming, "with its year it is taken"


@given(today=todays, day=todays.map(lambda each: f"{each:%d.%m}"))
def test_what_is_over_is_read_as_the_latest(today: date, day: str) -> None:
    read = read_past_day(day, today)
    assert read is not None
    assert read <= today
    assert f"{read:%d.%m}" == day


@given(today=todays)
def test_the_example_is_a_working_day_about_a_week_ahead_and_is_taken(today: date) -> None:
    example = example_day(today, CALENDAR)
    assert CALENDAR.is_working_day(example)
    assert timedelta(days=7) <= example - today <= timedelta(days=20)
    assert read_day(f"{example:%d.%m}", today) == example


@given(today=todays, ahead=st.integers(0, 180), form=st.sampled_from(WRITTEN))
def test_a_day_of_the_coming_months_is_read_as_it_was_written(today: date, ahead: int, form: Written) -> None:
    day = today + timedelta(days=ahead)
    assert read_day(form(day), today) == day


@given(today=todays, day=todays, form=st.sampled_from(WRITTEN_WITH_YEAR))
def test_a_day_with_its_year_is_read_as_it_was_written(today: date, day: date, form: Written) -> None:
    assert read_day(form(day), today) == day


@given(
    today=todays,
    ahead=st.integers(0, 90),
    length=st.integers(0, 90),
    form=st.sampled_from(WRITTEN[:3]),
    sign=st.sampled_from(["–", " - ", " по ", " до "]),
)
def test_coming_days_are_read_as_they_were_written(
    today: date, ahead: int, length: int, form: Written, sign: str
) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=length)
    assert read_days(f"{form(first)}{sign}{form(last)}", today) == Days(first=first, last=last)


@given(today=todays, day=st.integers(1, 31), month=st.integers(1, 12))
def test_a_day_without_a_year_is_never_over(today: date, day: int, month: int) -> None:
    typed = f"{day}.{month}"
    read = None if refused(typed, today) else read_day(typed, today)
    assert read is None or (read >= today and (read.day, read.month) == (day, month))


@given(today=todays, typed=st.text(alphabet="0123456789.–- сподтебряокая", max_size=24))
def test_whatever_is_typed_gives_days_in_order_or_nothing(today: date, typed: str) -> None:
    days = days_or_none(typed, today)
    assert days is None or days.first <= days.last


@given(
    today=todays,
    first=st.dates(date(2024, 1, 1), date(2024, 12, 31)),
    last=st.dates(date(2024, 1, 1), date(2024, 12, 31)),
)
def test_days_without_years_are_not_over_and_never_almost_a_year(today: date, first: date, last: date) -> None:
    days = days_or_none(f"{first:%d.%m}-{last:%d.%m}", today)
    assert days is None or (days.last >= today and days.last - days.first <= LONGEST_GUESSED)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("06.10–20.11", date(2026, 10, 6), date(2026, 11, 20)),
        ("с 6 октября по 20 ноября", date(2026, 10, 6), date(2026, 11, 20)),
        ("1–20.11", date(2026, 11, 1), date(2026, 11, 20)),
        ("20.11", date(2026, 11, 20), date(2026, 11, 20)),
        ("сегодня", MONDAY, MONDAY),
        ("20.11 - сегодня", date(2026, 11, 20), MONDAY),
        ("20–31.12", date(2025, 12, 20), date(2025, 12, 31)),
        ("28.12–08.01", date(2025, 12, 28), date(2026, 1, 8)),
        ("01.12.2024–30.11.2025", date(2024, 12, 1), date(2025, 11, 30)),
    ],
)
def test_a_period_without_years_is_the_latest_that_is_not_to_come(typed: str, first: date, last: date) -> None:
    assert read_past_days(typed, MONDAY) == Days(first=first, last=last)


@pytest.mark.parametrize("typed", ["", "давно", "20", "20.11.2026–06.10.2026", "32.11", "25.11–20.11", "08:10"])
def test_what_names_no_period_is_none(typed: str) -> None:
    assert read_past_days(typed, MONDAY) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("20.11 08:10", datetime(2026, 11, 20, 8, 10, tzinfo=MOSCOW)),
        ("20 ноября, 8:10", datetime(2026, 11, 20, 8, 10, tzinfo=MOSCOW)),
        ("сегодня в 09:05", datetime(2026, 11, 23, 9, 5, tzinfo=MOSCOW)),
        ("31.12 23:59", datetime(2025, 12, 31, 23, 59, tzinfo=MOSCOW)),
        ("20.11.2026 08:10", datetime(2026, 11, 20, 8, 10, tzinfo=MOSCOW)),
        ("20.11 24:00", None),
        ("20.11 08:60", None),
        ("08:10", None),
        ("20.11", None),
    ],
)
def test_a_moment_without_its_year_is_the_latest_by_its_day(typed: str, read: datetime | None) -> None:
    assert read_past_moment(typed, datetime(2026, 11, 23, 10, 0, tzinfo=MOSCOW)) == read


@given(st.text(), todays)
def test_no_words_stop_the_reading_of_what_is_over(typed: str, today: date) -> None:
    days = read_past_days(typed, today)
    assert days is None or days.first <= days.last
    read_past_moment(typed, datetime(today.year, today.month, today.day, tzinfo=MOSCOW))
