"""Of which period a memo is: what words name it, and when that of a week comes by itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, sets, times

from risk.calendar import WorkingCalendar, WorkingHours
from risk.memo_periods import MemoPeriods, comings_due, memo_periods, period_from
from risk.offices import OfficePlan
from risk.periods import Period, PeriodKind, period_of
from risk.report_terms import ReportTerms
from tests.risk.calendars import calendar
from tests.risk.plans import plan

FRIDAY: Final = 4
SUNDAY: Final = 6
WEEK: Final = period_of(PeriodKind.WEEK, date(2026, 11, 18))
"""16–22.11.2026."""


def offered(today: date, *, week_begins: int = 0) -> MemoPeriods:
    return MemoPeriods(today=today, calendar=calendar(), week_begins=week_begins)


def reporting(on: int | None = FRIDAY, *, off: Sequence[date] = (), week_begins: int = 0) -> OfficePlan:
    days: WorkingCalendar = calendar(exceptions=dict.fromkeys(off))
    return replace(plan(), calendar=days, reports=ReportTerms(memo_on=on, memo_at=time(16), week_begins=week_begins))


def due(office: OfficePlan, day: date, clock: time = time(16)) -> list[tuple[date, date]]:
    now = office.calendar.moment_at(day, clock)
    return [(each.week.first, each.week.last) for each in comings_due(office, now)]


def weekly(first: date) -> tuple[date, date]:
    return first, first + timedelta(days=6)


@pytest.mark.parametrize("words", ["week", "неделя", "за неделю", "НЕДЕЛЮ"])
def test_until_its_last_working_day_a_week_is_the_one_that_has_ended(words: str) -> None:
    assert offered(date(2026, 11, 19)).named(words) == WEEK.next(-1)


@pytest.mark.parametrize("day", [20, 21, 22])
def test_from_its_last_working_day_on_a_week_is_the_one_that_ends(day: int) -> None:
    assert offered(date(2026, 11, day)).named("week") == WEEK


def test_on_its_last_working_day_a_month_is_the_one_that_ends() -> None:
    assert offered(date(2026, 11, 30)).named("month") == period_of(PeriodKind.MONTH, date(2026, 11, 1))
    assert offered(date(2026, 11, 27)).named("месяц") == period_of(PeriodKind.MONTH, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("words", "kind", "first"),
    [
        ("эта неделя", PeriodKind.WEEK, date(2026, 11, 16)),
        ("за прошлую неделю", PeriodKind.WEEK, date(2026, 11, 9)),
        ("прошлый месяц", PeriodKind.MONTH, date(2026, 10, 1)),
        ("этот месяц", PeriodKind.MONTH, date(2026, 11, 1)),
        ("last quarter", PeriodKind.QUARTER, date(2026, 7, 1)),
        ("квартал", PeriodKind.QUARTER, date(2026, 7, 1)),
        ("this quarter", PeriodKind.QUARTER, date(2026, 10, 1)),
    ],
)
def test_words_may_say_which(words: str, kind: PeriodKind, first: date) -> None:
    assert offered(date(2026, 11, 19)).named(words) == period_of(kind, first)


@pytest.mark.parametrize("words", ["", "год", "неделя месяц", "прошлый", "эта прошлая неделя", "week 7", "неделя;"])
def test_other_words_name_no_period(words: str) -> None:
    assert offered(date(2026, 11, 19)).named(words) is None


def test_of_each_kind_the_one_before_and_the_present_one_are_offered() -> None:
    firsts = [(each.kind, each.first) for each in offered(date(2027, 1, 1))]
    assert firsts == [
        (PeriodKind.WEEK, date(2026, 12, 21)),
        (PeriodKind.WEEK, date(2026, 12, 28)),
        (PeriodKind.MONTH, date(2026, 12, 1)),
        (PeriodKind.MONTH, date(2027, 1, 1)),
        (PeriodKind.QUARTER, date(2026, 10, 1)),
        (PeriodKind.QUARTER, date(2027, 1, 1)),
    ]


@pytest.mark.parametrize("week_begins", range(7))
def test_a_button_leads_to_the_period_that_was_offered(week_begins: int) -> None:
    every = offered(date(2026, 11, 19), week_begins=week_begins)
    assert [period_from(each.kind, each.first) for each in every] == list(every)


def test_what_is_offered_goes_by_the_offices_own_clock_and_week() -> None:
    """Late on Sunday in UTC it is Monday in Pestovo already."""
    office = reporting(None, week_begins=2)
    periods = memo_periods(office, datetime.fromisoformat("2026-11-22T22:00:00+00:00"))
    assert (periods.today, periods.week_begins) == (date(2026, 11, 23), 2)


def test_an_office_without_a_day_for_it_gets_none_by_itself() -> None:
    assert due(reporting(None), date(2026, 11, 20), time(23)) == []


def test_it_comes_at_its_hour_of_the_week_that_has_ended() -> None:
    office = reporting()
    assert due(office, date(2026, 11, 20), time(15, 59)) == []
    assert due(office, date(2026, 11, 20)) == [weekly(date(2026, 11, 9))]


def test_on_the_last_day_of_a_week_it_is_of_that_week() -> None:
    office = reporting(week_begins=5)
    assert due(office, date(2026, 11, 20)) == [weekly(date(2026, 11, 14))]


def test_after_a_stop_it_comes_for_three_days_and_not_later() -> None:
    office = reporting()
    assert due(office, date(2026, 11, 23), time(16)) == [weekly(date(2026, 11, 9))]
    assert due(office, date(2026, 11, 23), time(16, 1)) == []


def test_that_of_the_last_day_of_a_week_still_comes_in_the_next() -> None:
    office = reporting(SUNDAY)
    assert due(office, date(2026, 11, 20), time(16)) == [weekly(date(2026, 11, 16))]
    hours = WorkingHours(opens=time(9), closes=time(18))
    every_day = replace(office, calendar=calendar(week=(hours,) * 7, exceptions={}))
    assert due(every_day, date(2026, 11, 23), time(9)) == [weekly(date(2026, 11, 16))]


@settings(deadline=None)
@given(
    on=integers(0, 6),
    clock=times(),
    week_begins=integers(0, 6),
    off=sets(integers(0, 20), max_size=14),
    stops_after=integers(0, 3 * 7 * 4),
    stands=integers(0, 11),
)
def test_whatever_outage_of_less_than_three_days_each_week_has_its_memo_once(
    on: int, clock: time, week_begins: int, off: set[int], stops_after: int, stands: int
) -> None:
    """Asked four times a day, but for the outage, through weeks with whatever days off."""
    begins = date(2026, 11, 2)
    office = reporting(on, off=[begins + timedelta(days=each) for each in off], week_begins=week_begins)
    office = replace(office, reports=replace(office.reports, memo_at=clock))
    start = office.calendar.moment_at(begins, time(0))
    came: list[date] = []
    for asked in range(7 * 7 * 4):
        if stops_after < asked <= stops_after + stands:
            continue
        due_now = [each.week.first for each in comings_due(office, start + timedelta(hours=6 * asked))]
        came += [week for week in due_now if week not in came]
    first, last = min(came), max(came)
    assert sorted(came) == [first + timedelta(days=days) for days in range(0, (last - first).days + 1, 7)]
    assert first < begins + timedelta(days=7)
    assert last >= begins + timedelta(days=4 * 7)


def test_on_a_day_off_it_comes_on_the_working_day_before() -> None:
    office = reporting(off=[date(2026, 11, 20)])
    assert due(office, date(2026, 11, 19)) == [weekly(date(2026, 11, 9))]
    assert due(office, date(2026, 11, 20)) == [weekly(date(2026, 11, 9))]


def test_of_a_week_that_ends_on_a_day_off_it_comes_on_its_last_working_day() -> None:
    assert due(reporting(SUNDAY), date(2026, 11, 20)) == [weekly(date(2026, 11, 16))]


def test_over_long_holidays_each_week_has_its_own_once() -> None:
    """31.12–10.01 are days off: that of Friday 8 January has no working day before it in its week, and waits."""
    holidays = [date(2026, 12, 31) + timedelta(days=ahead) for ahead in range(11)]
    office = reporting(off=holidays)
    came: dict[tuple[date, date], date] = {}
    for ahead in range(1, 28):
        day = date(2026, 12, 21) + timedelta(days=ahead)
        for week in due(office, day):
            came.setdefault(week, day)
    assert came == {
        weekly(date(2026, 12, 14)): date(2026, 12, 25),
        weekly(date(2026, 12, 21)): date(2026, 12, 30),
        weekly(date(2026, 12, 28)): date(2027, 1, 11),
        weekly(date(2027, 1, 4)): date(2027, 1, 15),
    }


def test_a_period_that_goes_on_is_compared_as_far_as_it_has_come() -> None:
    come = Period(first=WEEK.first, last=WEEK.last, kind=PeriodKind.WEEK).until(date(2026, 11, 18))
    assert come.compared_with().last == date(2026, 11, 11)
