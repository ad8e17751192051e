"""Periods of reports as people type them and choose them."""

from datetime import date

import pytest

from risk.asked_periods import EARLIEST, begun, chosen_period, earlier, later, read_period, usual_period
from risk.errors import PeriodAhead, PeriodUnclear, UnknownChoice
from risk.periods import Period, PeriodKind

TODAY = date(2026, 11, 27)
"""A Friday."""


def day(written: str) -> date:
    """«15.11» of 2026, or «15.11.25»."""
    number, month, *year = map(int, written.split("."))
    return date(2000 + year[0] if year else 2026, month, number)


@pytest.mark.parametrize(
    ("typed", "first", "last", "kind"),
    [
        ("сегодня", "27.11", "27.11", PeriodKind.DAY),
        ("Вчера", "26.11", "26.11", PeriodKind.DAY),
        ("неделя", "23.11", "27.11", PeriodKind.WEEK),
        ("за неделю", "23.11", "27.11", PeriodKind.WEEK),
        ("прошлая неделя", "16.11", "22.11", PeriodKind.WEEK),
        ("week", "23.11", "27.11", PeriodKind.WEEK),
        ("месяц", "01.11", "27.11", PeriodKind.MONTH),
        ("прошлый  месяц", "01.10", "31.10", PeriodKind.MONTH),
        ("квартал", "01.10", "27.11", PeriodKind.QUARTER),
        ("прошлый квартал", "01.07", "30.09", PeriodKind.QUARTER),
        ("15.11", "15.11", "15.11", PeriodKind.DAY),
        ("01.11–15.11", "01.11", "15.11", PeriodKind.DAYS),
        ("01.11 - 15.11", "01.11", "15.11", PeriodKind.DAYS),
        ("с 1 по 15 ноября", "01.11", "15.11", PeriodKind.DAYS),
        ("01.11.2025-15.01.2026", "01.11.25", "15.01.26", PeriodKind.DAYS),
        ("28.12–08.01", "28.12.25", "08.01.26", PeriodKind.DAYS),
        ("01.11–15.12.2026", "01.11", "27.11", PeriodKind.DAYS),
    ],
)
def test_a_period_is_read_as_it_is_meant_and_as_far_as_it_has_begun(
    typed: str, first: str, last: str, kind: PeriodKind
) -> None:
    assert read_period(typed, TODAY) == Period(first=day(first), last=day(last), kind=kind)


@pytest.mark.parametrize(
    "typed", ["когда-нибудь", "31.02", "15", "15.11.2026–01.11.2026", "01.01.1990–05.01.1990", "😀"]
)
def test_what_names_no_period_is_refused(typed: str) -> None:
    with pytest.raises(PeriodUnclear):
        read_period(typed, TODAY)


@pytest.mark.parametrize("typed", ["28.11.2026", "01.01.2030–05.01.2030"])
def test_a_period_that_has_not_begun_is_refused(typed: str) -> None:
    with pytest.raises(PeriodAhead):
        read_period(typed, TODAY)


def test_a_period_of_many_years_is_refused() -> None:
    with pytest.raises(PeriodUnclear):
        read_period("01.01.2015–01.11.2026", TODAY)


def test_the_week_begins_as_the_office_has_it() -> None:
    assert read_period("неделя", TODAY, week_begins=4).first == day("27.11")


@pytest.mark.parametrize("kind", [PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER])
def test_a_button_of_a_day_gives_the_whole_period_with_it_and_without_a_day_the_current_one(kind: PeriodKind) -> None:
    was = chosen_period(kind, day("12.08"), None, TODAY)
    assert day("12.08") in was
    assert was == was.next(0)
    current = chosen_period(kind, None, None, TODAY)
    assert current.last == TODAY


@pytest.mark.parametrize(("first", "last"), [(None, None), ("12.08", None), ("12.08", "11.08")])
def test_a_button_of_days_needs_both_in_their_order(first: str | None, last: str | None) -> None:
    begins, ends = (None if each is None else day(each) for each in (first, last))
    with pytest.raises(UnknownChoice):
        chosen_period(PeriodKind.DAYS, begins, ends, TODAY)


@pytest.mark.parametrize("kind", [PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER])
def test_arrows_walk_periods_of_one_kind_there_and_back(kind: PeriodKind) -> None:
    current = chosen_period(kind, None, None, TODAY)
    assert later(current, TODAY) is None
    before = earlier(current)
    assert before is not None
    forth = later(before, TODAY)
    assert forth is not None
    assert begun(forth, TODAY) == current


def test_there_is_nothing_earlier_than_the_earliest() -> None:
    assert earlier(Period(first=EARLIEST, last=EARLIEST, kind=PeriodKind.DAY)) is None


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        ("01.11", "01.10", "31.10"),
        ("07.11", "01.10", "31.10"),
        ("08.11", "01.11", "08.11"),
        ("30.11", "01.11", "30.11"),
        ("03.01", "01.12.25", "31.12.25"),
    ],
)
def test_without_a_period_it_is_this_month_or_the_last_whole_one_while_this_is_young(
    today: str, first: str, last: str
) -> None:
    assert usual_period(day(today)) == Period(first=day(first), last=day(last), kind=PeriodKind.MONTH)
