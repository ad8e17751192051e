"""When a shift of duty lasts and whose it is; shifts and working hours fill time without gap or overlap."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.calendar import Span, WorkingCalendar
from risk.dates import Days
from risk.duties import Duty, Shift, check_days, handovers_between, on_duty, shift_at, shift_of
from risk.errors import DutyFault, DutyRefused
from risk.ids import DutyId, PositionId
from tests.risk.calendars import calendar, calendars, hours, moments, utc

FRIDAY = date(2026, 11, 27)
DAY = timedelta(days=1)
HEAD, OFFICER = PositionId(1), PositionId(2)

periods = st.builds(
    lambda first, length: Days(first=first, last=first + timedelta(days=length)),
    st.dates(date(2026, 11, 1), date(2026, 11, 28)),
    st.integers(0, 12),
)


def duty(position: PositionId | None, first: date, last: date, number: int = 0) -> Duty:
    return Duty(
        id=DutyId(number),
        position=position,
        first_day=first,
        last_day=last,
        assigned_by=HEAD,
        assigned_at=utc("2026-11-20 07:00"),
    )


def shift(day: date, begins: str, ends: str) -> Shift:
    return Shift(day=day, begins=utc(begins), ends=utc(ends))


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        ("2026-11-26", "2026-11-26 15:00", "2026-11-27 06:00"),
        ("2026-11-27", "2026-11-27 15:00", "2026-11-28 06:00"),
        ("2026-11-28", "2026-11-28 06:00", "2026-11-29 06:00"),
        ("2026-11-29", "2026-11-29 06:00", "2026-11-30 06:00"),
        ("2026-11-03", "2026-11-03 14:00", "2026-11-04 06:00"),
        ("2026-11-04", "2026-11-04 06:00", "2026-11-05 06:00"),
        ("2027-02-20", "2027-02-20 15:00", "2027-02-21 06:00"),
    ],
    ids=["a night", "into a weekend", "Saturday", "Sunday", "a shortened day", "a holiday", "a working Saturday"],
)
def test_a_shift_lasts_from_closing_to_the_next_morning(day: str, begins: str, ends: str) -> None:
    assert shift_of(date.fromisoformat(day), calendar()) == shift(date.fromisoformat(day), begins, ends)


def test_days_off_change_hands_at_the_usual_opening_of_the_week() -> None:
    late, early = hours("10:00", "19:00"), hours("08:00", "17:00")
    uneven = calendar(week=(late, early, late, late, late, None, None), exceptions={})
    assert shift_of(date(2026, 11, 28), uneven).begins == utc("2026-11-28 05:00")
    assert shift_of(date(2026, 11, 29), uneven).ends == utc("2026-11-30 07:00")


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-27 05:59", "2026-11-26"),
        ("2026-11-27 06:00", None),
        ("2026-11-27 14:59", None),
        ("2026-11-27 15:00", "2026-11-27"),
        ("2026-11-28 05:59", "2026-11-27"),
        ("2026-11-28 06:00", "2026-11-28"),
    ],
)
def test_in_working_hours_nobody_need_be_on_duty(now: str, day: str | None) -> None:
    under_way = shift_at(utc(now), calendar())
    assert (under_way and under_way.day) == (day and date.fromisoformat(day))


@given(calendars, moments)
def test_every_moment_is_in_working_hours_or_in_one_shift(of: WorkingCalendar, now: datetime) -> None:
    found = shift_at(now, of)
    nearby = [shift_of(of.local(now).date() + DAY * ahead, of) for ahead in range(-3, 4)]
    around = [each for each in nearby if each.begins <= now < each.ends]
    assert around == ([] if found is None else [found])
    assert of.is_open(now) == (found is None)


@given(calendars, moments)
def test_shifts_and_working_hours_follow_one_another(of: WorkingCalendar, now: datetime) -> None:
    first = of.local(now).date()
    for day in (first + DAY * ahead for ahead in range(10)):
        earlier, later = shift_of(day, of), shift_of(day + DAY, of)
        assert earlier.begins <= earlier.ends <= later.begins
        assert of.working_time_between(earlier.begins, earlier.ends) == timedelta()
        between = Span(begins=earlier.ends, ends=later.begins)
        assert of.working_time_between(between.begins, between.ends) == between.length


@given(calendars, moments, st.integers(0, 20 * 24 * 60), st.floats(0, 1))
def test_each_hand_over_is_found_once_however_time_is_cut(
    of: WorkingCalendar, after: datetime, minutes: int, share: float
) -> None:
    until = after + timedelta(minutes=minutes)
    middle = after + timedelta(minutes=int(minutes * share))
    whole = list(handovers_between(after, until, of))
    assert whole == [*handovers_between(after, middle, of), *handovers_between(middle, until, of)]
    assert all(after < each.ends <= until for each in whole)
    assert [each.day for each in whole] == sorted({each.day for each in whole})


def test_a_hand_over_is_the_end_of_each_shift() -> None:
    friday_to_monday = handovers_between(utc("2026-11-27 06:00"), utc("2026-11-30 06:00"), calendar())
    assert [each.day for each in friday_to_monday] == [FRIDAY, FRIDAY + DAY, FRIDAY + 2 * DAY]


@given(st.lists(st.tuples(st.sampled_from([HEAD, OFFICER, None]), periods), max_size=6), st.integers(0, 45))
def test_the_latest_assignment_counts(made: list[tuple[PositionId | None, Days]], ahead: int) -> None:
    day = date(2026, 11, 1) + timedelta(days=ahead)
    expected = [position for position, days in made if days.first <= day <= days.last]
    duties = [duty(position, days.first, days.last, number) for number, (position, days) in enumerate(made)]
    assert on_duty(duties, day) == (expected[-1] if expected else None)


NOW = utc("2026-11-28 01:00")
"""Saturday at 04:00: Friday's shift is under way."""


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        ("2026-11-27", "2026-11-27", None),
        ("2026-11-26", "2026-11-29", DutyFault.OVER),
        ("2026-11-29", "2026-11-28", DutyFault.REVERSED),
        ("2026-11-28", "2027-11-28", None),
        ("2026-11-28", "2027-11-29", DutyFault.TOO_FAR),
    ],
)
def test_shifts_are_assigned_from_the_one_under_way_for_a_year_ahead(
    first: str, last: str, fault: DutyFault | None
) -> None:
    days = Days(first=date.fromisoformat(first), last=date.fromisoformat(last))
    if fault is None:
        check_days(days, NOW, calendar())
        return
    with pytest.raises(DutyRefused) as refused:
        check_days(days, NOW, calendar())
    assert refused.value.fault is fault
