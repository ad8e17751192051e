"""On which days and until when a digest is posted, which days it covers, which topics it names."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from risk.calendar import WorkingHours
from risk.digest_rules import (
    Received,
    by_day,
    covered,
    days_without,
    due_day,
    next_digest_at,
    topics_changed,
    topics_most,
    week_before,
)
from risk.digests import TopicChange
from risk.offices import OfficePlan
from risk.periods import Period
from risk.report_terms import ReportTerms
from tests.support.offices import BOUND_AT, PLAN

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
SATURDAY = date(2026, 11, 21)
WEEKEND = Period(first=date(2026, 11, 20), last=date(2026, 11, 22))


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """In Moscow."""
    return datetime(day.year, day.month, day.day, hour - 3, minute, second, tzinfo=UTC)


def with_day(day: date, hours: WorkingHours | None) -> OfficePlan:
    calendar = replace(PLAN.calendar, exceptions={**PLAN.calendar.exceptions, day: hours})
    return replace(PLAN, calendar=calendar)


def came(**topics: tuple[int, int]) -> Received:
    """Of each topic how many came in all of the week before Friday, and how many on the three days from it."""
    week: Received = {(topic, date(2026, 11, 14)): before for topic, (before, _) in topics.items()}
    period: Received = {(topic, date(2026, 11, 21)): now for topic, (_, now) in topics.items()}
    return {**week, **period}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (at(FRIDAY, 8, 59, 59), None),
        (at(FRIDAY, 9), FRIDAY),
        (at(FRIDAY, 12), FRIDAY),
        (at(FRIDAY, 12, 0, 1), None),
        (at(SATURDAY, 9), None),
        (at(MONDAY, 10, 30), MONDAY),
    ],
)
def test_it_is_due_on_working_days_from_its_hour_on_for_three_hours(moment: datetime, day: date | None) -> None:
    assert due_day(PLAN, moment, BOUND_AT) == day


def test_a_transferred_working_saturday_has_its_digest_and_a_holiday_has_none() -> None:
    hours = WorkingHours(opens=time(9), closes=time(17))
    assert due_day(with_day(SATURDAY, hours), at(SATURDAY, 9), BOUND_AT) == SATURDAY
    assert due_day(with_day(FRIDAY, None), at(FRIDAY, 9), BOUND_AT) is None


def test_a_shortened_day_has_it_at_the_usual_hour() -> None:
    short = with_day(FRIDAY, WorkingHours(opens=time(11), closes=time(12)))
    assert due_day(short, at(FRIDAY, 9), BOUND_AT) == FRIDAY


def test_another_hour_counts_from_the_moment_it_is_set() -> None:
    later = replace(PLAN, reports=replace(PLAN.reports, digest_at=time(10, 30)))
    assert due_day(later, at(FRIDAY, 10), BOUND_AT) is None
    assert due_day(later, at(FRIDAY, 13, 30), BOUND_AT) == FRIDAY


def test_the_hour_is_of_the_offices_own_zone() -> None:
    east = replace(PLAN, calendar=replace(PLAN.calendar, zone="Asia/Yekaterinburg"))
    assert due_day(east, at(FRIDAY, 7), BOUND_AT) == FRIDAY
    assert due_day(east, at(FRIDAY, 6, 59), BOUND_AT) is None


def test_the_next_one_is_todays_while_it_is_worth_posting_and_then_the_next_working_days() -> None:
    assert next_digest_at(PLAN, at(FRIDAY, 8), BOUND_AT) == at(FRIDAY, 9)
    assert next_digest_at(PLAN, at(FRIDAY, 11), BOUND_AT) == at(FRIDAY, 9)
    assert next_digest_at(PLAN, at(FRIDAY, 13), BOUND_AT) == at(MONDAY, 9)
    assert next_digest_at(PLAN, at(SATURDAY, 9), BOUND_AT) == at(MONDAY, 9)


def test_a_chat_that_was_bound_after_the_hour_has_its_first_one_at_the_next() -> None:
    before, at_nine, after = at(FRIDAY, 8), at(FRIDAY, 9), at(FRIDAY, 9, 1)
    assert [due_day(PLAN, at(FRIDAY, 10), bound_at) for bound_at in (before, at_nine, after)] == [FRIDAY, FRIDAY, None]
    nexts = [next_digest_at(PLAN, at(FRIDAY, 10), bound_at) for bound_at in (before, at_nine, after, None)]
    assert nexts == [at_nine, at_nine, at(MONDAY, 9), at(MONDAY, 9)]


def test_the_first_one_ever_begins_on_the_working_day_before() -> None:
    assert covered(MONDAY, None, PLAN.calendar) == WEEKEND
    assert covered(FRIDAY, None, PLAN.calendar) == Period(first=date(2026, 11, 19), last=date(2026, 11, 19))


def test_each_begins_where_the_last_one_ended() -> None:
    """That of Friday covers the days till Thursday."""
    assert covered(MONDAY, FRIDAY, PLAN.calendar) == WEEKEND
    assert covered(MONDAY, date(2026, 11, 18), PLAN.calendar).first == date(2026, 11, 18)


def test_no_day_is_covered_twice_or_left_out_from_digest_to_digest() -> None:
    days = [date(2026, 12, day) for day in (28, 29, 30)] + [date(2027, 1, 11), date(2027, 1, 12)]
    periods = [covered(later, earlier, PLAN.calendar) for earlier, later in itertools.pairwise(days)]
    covering = [day for period in periods for day in period]
    assert covering == sorted(set(covering))
    assert covering == [date.fromordinal(each) for each in range(days[0].toordinal(), days[-1].toordinal())]


def test_after_a_long_stop_it_covers_fourteen_days() -> None:
    assert covered(MONDAY, date(2026, 10, 1), PLAN.calendar) == Period(first=date(2026, 11, 9), last=date(2026, 11, 22))


def test_working_days_without_a_digest_are_told_of_and_days_off_are_not() -> None:
    assert days_without(MONDAY, FRIDAY, PLAN.calendar) == ()
    assert days_without(MONDAY, date(2026, 11, 18), PLAN.calendar) == (date(2026, 11, 19), FRIDAY)
    assert days_without(MONDAY, None, PLAN.calendar) == ()


def test_the_usual_is_of_the_seven_calendar_days_before() -> None:
    assert week_before(WEEKEND) == Period(first=date(2026, 11, 13), last=date(2026, 11, 19))


def test_a_topic_that_came_more_by_a_quarter_and_by_three_is_named() -> None:
    """Seven in a week are usually three in three days."""
    [changed] = topics_changed(came(snow=(7, 6)), WEEKEND, is_whole=True)
    assert changed == TopicChange(topic="snow", now=6, usual=3.0)
    assert topics_changed(came(snow=(7, 5)), WEEKEND, is_whole=True) == ()
    assert topics_changed(came(snow=(70, 34)), WEEKEND, is_whole=True) == ()


def test_a_topic_that_came_less_is_named_when_everything_has_come() -> None:
    less = came(snow=(14, 0))
    assert [each.now for each in topics_changed(less, WEEKEND, is_whole=True)] == [0]
    assert topics_changed(less, WEEKEND, is_whole=False) == ()


def test_three_topics_are_named_the_greatest_change_first() -> None:
    received = came(a=(7, 7), b=(7, 20), c=(7, 9), d=(7, 8))
    assert [each.topic for each in topics_changed(received, WEEKEND, is_whole=True)] == ["b", "c", "d"]


def test_where_nothing_is_known_of_the_days_before_nothing_has_changed() -> None:
    assert topics_changed({("snow", date(2026, 11, 21)): 9}, WEEKEND, is_whole=True) == ()


def test_the_topics_that_came_most_are_of_the_period_alone_and_what_has_none_is_no_topic() -> None:
    received = {**came(a=(90, 1), b=(0, 5), c=(0, 3), d=(0, 2)), (None, date(2026, 11, 21)): 99}
    assert topics_most(received, WEEKEND) == (("b", 5), ("c", 3), ("d", 2))


def test_by_day_everything_counts_whatever_its_topic() -> None:
    received: Received = {("a", FRIDAY): 2, (None, FRIDAY): 1, ("b", SATURDAY): 4}
    assert by_day(received) == {FRIDAY: 3, SATURDAY: 4}


def test_by_default_it_comes_at_nine() -> None:
    assert ReportTerms().digest_at == time(9)
