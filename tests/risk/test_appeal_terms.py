"""Until when an appeal is to be answered: as an office counts it, and by a slow count of days for any calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.appeal_terms import (
    ANSWER_BY_LAW,
    BY_LAW,
    DEFAULT_TERMS,
    AppealTerms,
    Basis,
    DaysTerm,
    due_of,
    redirect_until,
)
from risk.appeals import Appeal, Regime
from risk.calendar import WorkingCalendar
from risk.deadlines import ClockKind, Term
from tests.risk.appealing import REGISTERED, appeal, appeals, im_appeal, moscow
from tests.risk.calendars import calendar, calendars, moments
from tests.risk.test_deadlines import counted_by_minutes

CALENDAR: Final = calendar()
SOME_DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 10, 1))
SOME_TERMS = st.builds(DaysTerm, days=st.integers(1, 60), clock=st.sampled_from(ClockKind))


def due_at(about: Appeal, terms: AppealTerms = DEFAULT_TERMS) -> datetime:
    return due_of(about, terms, CALENDAR).at


# --- by regime -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regime", "last_day"),
    [
        # Registered on Friday 6 November: thirty days are counted from the 7th, and end on a Sunday, at its midnight.
        (Regime.LAW_59, "12-07 00:00"),
        (Regime.POS_ORDINARY, "12-07 00:00"),
        (Regime.BY_HAND, "12-07 00:00"),
        (Regime.POS_FAST_TRACK, "11-16 18:00"),
    ],
)
def test_a_term_in_days_is_counted_from_the_day_after_registration_to_the_end_of_its_last_day(
    regime: Regime, last_day: str
) -> None:
    due = due_of(appeal(regime=regime), DEFAULT_TERMS, CALENDAR)
    assert (due.at, due.basis, due.since) == (moscow(last_day), Basis.TERM, REGISTERED)
    assert due.days == DEFAULT_TERMS.answer[regime]


def test_thirty_days_of_59_fz_are_calendar_days_and_law() -> None:
    assert DaysTerm(days=30, clock=ClockKind.CLOCK) == BY_LAW == DEFAULT_TERMS.answer[Regime.LAW_59]
    assert ANSWER_BY_LAW == 30


def test_working_days_pass_over_days_off_and_holidays() -> None:
    terms = AppealTerms(
        first_answer=DEFAULT_TERMS.first_answer,
        answer={**DEFAULT_TERMS.answer, Regime.BY_HAND: DaysTerm(days=3, clock=ClockKind.WORKING)},
    )
    # The 3rd of November is shortened, the 4th is a holiday.
    assert due_at(appeal(regime=Regime.BY_HAND, created_on=date(2026, 10, 30)), terms) == moscow("11-05 18:00")


@pytest.mark.parametrize("regime", Regime)
def test_every_regime_has_a_term(regime: Regime) -> None:
    assert due_at(appeal(regime=regime)) > moscow("11-06 00:00")


# --- the export ----------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", Regime)
def test_the_planned_date_of_the_export_wins_over_any_term(regime: Regime) -> None:
    planned = appeal(
        regime=regime,
        created_at=moscow("11-06 10:00"),
        first_answered_at=moscow("11-06 12:00"),
        planned_on=date(2026, 11, 18),
    )
    due = due_of(planned, DEFAULT_TERMS, CALENDAR)
    assert (due.at, due.basis, due.days, due.term) == (moscow("11-18 18:00"), Basis.EXPORT, None, None)


def test_a_planned_date_on_a_day_off_lasts_until_midnight_and_on_a_shortened_day_until_its_closing() -> None:
    assert due_at(appeal(planned_on=date(2026, 11, 21))) == moscow("11-22 00:00")
    assert due_at(appeal(planned_on=date(2026, 11, 3))) == moscow("11-03 17:00")


def test_a_later_planned_date_moves_what_is_due() -> None:
    assert due_at(appeal(planned_on=date(2026, 11, 25))) > due_at(appeal(planned_on=date(2026, 11, 18)))


# --- two clocks of ИМ ----------------------------------------------------------------------------


def test_until_somebody_answers_the_first_clock_of_im_runs_in_working_hours() -> None:
    due = due_of(im_appeal(created_at=moscow("11-06 16:00")), DEFAULT_TERMS, CALENDAR)
    assert (due.at, due.basis) == (moscow("11-09 16:00"), Basis.FIRST_ANSWER)
    assert (due.term, due.days) == (Term(amount=timedelta(hours=9), clock=ClockKind.WORKING), None)


def test_after_the_first_answer_seven_working_days_are_counted_from_its_day() -> None:
    due = due_of(im_appeal(first_answered_at=moscow("11-09 12:00")), DEFAULT_TERMS, CALENDAR)
    assert (due.at, due.basis, due.since) == (moscow("11-18 18:00"), Basis.AFTER_FIRST, date(2026, 11, 9))


def test_the_day_of_the_first_answer_is_that_of_the_offices_zone() -> None:
    """At 00:30 in Moscow it is still the evening before in UTC."""
    due = due_of(im_appeal(first_answered_at=moscow("11-10 00:30")), DEFAULT_TERMS, CALENDAR)
    assert due.since == date(2026, 11, 10)


def test_one_that_ended_without_a_first_answer_was_due_by_the_second_clock_from_its_creation() -> None:
    due = due_of(im_appeal(finished_on=date(2026, 11, 10)), DEFAULT_TERMS, CALENDAR)
    assert (due.at, due.basis, due.since) == (moscow("11-17 18:00"), Basis.TERM, REGISTERED)


def test_without_a_moment_of_creation_hours_cannot_be_counted_so_days_are() -> None:
    assert due_of(im_appeal(created_at=None), DEFAULT_TERMS, CALENDAR).basis is Basis.TERM


def test_an_appeal_of_im_under_59_fz_has_the_term_of_the_law() -> None:
    assert due_at(im_appeal(regime=Regime.LAW_59)) == moscow("12-07 00:00")


# --- handing on ----------------------------------------------------------------------------------


def test_an_appeal_that_is_not_the_offices_own_goes_on_within_seven_days_of_registration() -> None:
    assert redirect_until(appeal()) == date(2026, 11, 13)
    assert redirect_until(appeal(planned_on=date(2026, 11, 30))) == date(2026, 11, 13)


# --- any calendar --------------------------------------------------------------------------------


def counted_day_by_day(since: date, term: DaysTerm, of: WorkingCalendar) -> datetime:
    """The slow and plain way: tear a leaf off the calendar for each day, then look when that day is over."""
    day, left = since, term.days
    while left > 0:
        day = date.fromordinal(day.toordinal() + 1)
        if term.clock is ClockKind.CLOCK or of.exceptions.get(day, of.week[day.weekday()]) is not None:
            left -= 1
    return over(day, of)


def over(day: date, of: WorkingCalendar) -> datetime:
    hours = of.exceptions.get(day, of.week[day.weekday()])
    if hours is None:
        day, closes = day + timedelta(days=1), time()
    else:
        closes = hours.closes
    return datetime.combine(day, closes, tzinfo=ZoneInfo(of.zone)).astimezone(UTC)


def terms_with(term: DaysTerm) -> AppealTerms:
    return AppealTerms(first_answer=DEFAULT_TERMS.first_answer, answer=dict.fromkeys(Regime, term))


@given(st.sampled_from([each for each in Regime if each is not Regime.IM]), SOME_DAYS, SOME_TERMS, calendars)
def test_each_regime_agrees_with_counting_days_one_by_one(
    regime: Regime, created_on: date, term: DaysTerm, of: WorkingCalendar
) -> None:
    due = due_of(appeal(regime=regime, created_on=created_on), terms_with(term), of)
    assert due.at == counted_day_by_day(created_on, term, of)


@given(moments, moments, SOME_TERMS, calendars)
def test_the_second_clock_of_im_agrees_with_counting_days_one_by_one(
    created_at: datetime, answered_at: datetime, term: DaysTerm, of: WorkingCalendar
) -> None:
    due = due_of(im_appeal(created_at=created_at, first_answered_at=answered_at), terms_with(term), of)
    assert due.at == counted_day_by_day(answered_at.astimezone(ZoneInfo(of.zone)).date(), term, of)


@settings(deadline=None)
@given(moments, st.integers(1, 20), calendars)
def test_the_first_clock_of_im_agrees_with_counting_minutes_one_by_one(
    created_at: datetime, hours: int, of: WorkingCalendar
) -> None:
    term = Term(amount=timedelta(hours=hours), clock=ClockKind.WORKING)
    due = due_of(im_appeal(created_at=created_at), AppealTerms(first_answer=term, answer=DEFAULT_TERMS.answer), of)
    assert due.at == counted_by_minutes(created_at, term.amount, of)


@given(appeals(), SOME_DAYS, calendars)
def test_whatever_else_an_export_says_its_planned_date_is_what_is_due(
    about: Appeal, planned_on: date, of: WorkingCalendar
) -> None:
    due = due_of(replace(about, planned_on=planned_on), DEFAULT_TERMS, of)
    assert (due.at, due.basis) == (over(planned_on, of), Basis.EXPORT)


@given(appeals(), calendars)
def test_what_is_due_is_a_moment_in_utc_and_of_one_basis(about: Appeal, of: WorkingCalendar) -> None:
    due = due_of(about, DEFAULT_TERMS, of)
    assert due.at.utcoffset() == timedelta()
    assert (due.basis is Basis.EXPORT) == (about.planned_on is not None)
    assert (due.term is not None) == (due.basis is Basis.FIRST_ANSWER)
    assert (due.days is None) == (due.basis in {Basis.EXPORT, Basis.FIRST_ANSWER})


@given(SOME_DAYS, SOME_TERMS, calendars)
def test_the_last_day_of_a_term_in_working_days_is_a_working_day(
    since: date, term: DaysTerm, of: WorkingCalendar
) -> None:
    last = term.last_day(since, of)
    assert last > since
    assert term.clock is ClockKind.CLOCK or of.is_working_day(last)


def test_terms_that_say_the_same_are_the_same_in_any_order() -> None:
    backwards = AppealTerms(
        first_answer=DEFAULT_TERMS.first_answer, answer=dict(reversed([*DEFAULT_TERMS.answer.items()]))
    )
    assert (backwards, hash(backwards)) == (DEFAULT_TERMS, hash(DEFAULT_TERMS))
