"""Which days the loaded exports tell of, and when two periods may be compared."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from risk.appeals import AppealSource
from risk.coverage import Coverage, ExportDays, Loaded, coverage_of, is_told_of
from risk.figures import Asked, Scope, asked_of
from risk.periods import Period, PeriodKind, period_of
from tests.handlers.builders import calendar

IM, POS = AppealSource.IM, AppealSource.POS
SEPTEMBER = date(2026, 9, 22)
FRIDAY = date(2026, 11, 20)
THURSDAY_AFTER = datetime(2026, 11, 26, 9, tzinfo=UTC)


def export(first: date, last: date, made_at: datetime = THURSDAY_AFTER) -> ExportDays:
    return ExportDays(first=first, last=last, made_at=made_at)


def loaded(*exports: ExportDays, appeals: int = 400) -> Loaded:
    return Loaded(exports=exports, appeals=appeals)


BOTH = {IM: loaded(export(SEPTEMBER, FRIDAY)), POS: loaded(export(SEPTEMBER, FRIDAY))}


def asked(kind: PeriodKind, day: date, now: datetime = datetime(2026, 12, 31, tzinfo=UTC)) -> Asked:
    period = period_of(kind, day).until(calendar().local(now).date())
    return asked_of(period, calendar(), now=now)


def coverage(of: Asked, known: Mapping[AppealSource, Loaded] = BOTH) -> Coverage:
    earlier = of.period.compared_with()
    return coverage_of(known, of, replace(of, period=earlier, stands_at=earlier.ends_at(of.calendar)))


def test_a_week_within_two_exports_is_told_of_and_compared() -> None:
    told = coverage(asked(PeriodKind.WEEK, date(2026, 11, 11)))
    assert (told.lacking, told.compares) == ([], True)


def test_of_a_week_after_the_last_row_nothing_is_known_and_nothing_has_fallen() -> None:
    told = coverage(asked(PeriodKind.WEEK, date(2026, 11, 25)))
    assert [each.days for each in told.lacking] == [None, None]
    assert not told.compares


def test_of_a_month_it_is_said_till_which_day() -> None:
    told = coverage(asked(PeriodKind.MONTH, FRIDAY))
    assert [each.days for each in told.lacking] == [Period(first=date(2026, 11, 1), last=FRIDAY)] * 2
    assert not told.compares


def test_of_the_quarter_of_the_first_export_it_is_said_from_which_day_and_nothing_has_grown() -> None:
    told = coverage(asked(PeriodKind.QUARTER, SEPTEMBER))
    assert [each.days for each in told.lacking] == [Period(first=SEPTEMBER, last=date(2026, 9, 30))] * 2
    assert not told.compares


def test_a_period_is_not_compared_with_one_that_nobody_exported() -> None:
    told = coverage(asked(PeriodKind.WEEK, SEPTEMBER + timedelta(days=7)))
    assert (told.lacking, told.compares) == ([], False)


def test_one_source_that_tells_of_a_part_is_enough_to_compare_nothing() -> None:
    told = coverage(
        asked(PeriodKind.WEEK, date(2026, 11, 18)), {**BOTH, IM: loaded(export(SEPTEMBER, date(2026, 11, 30)))}
    )
    assert [each.source for each in told.lacking] == [POS]
    assert not told.compares


def test_a_source_that_tells_of_neither_period_keeps_the_other_from_nothing() -> None:
    old = loaded(export(date(2026, 1, 1), date(2026, 2, 1)))
    assert coverage(asked(PeriodKind.WEEK, date(2026, 11, 11)), {**BOTH, IM: old}).compares


def test_of_one_channel_its_own_exports_alone_count() -> None:
    of_week, known = asked(PeriodKind.WEEK, date(2026, 11, 25)), {POS: BOTH[POS]}
    for channel, compares in ((POS, False), (AppealSource.HAND, True)):
        assert coverage(replace(of_week, scope=Scope(channel=channel)), known).compares is compares


def test_where_nothing_was_ever_exported_what_people_registered_is_compared() -> None:
    assert coverage(asked(PeriodKind.WEEK, FRIDAY), {}).compares


@pytest.mark.parametrize(("monday", "is_whole"), [(23, True), (24, False)])
def test_a_quiet_weekend_before_the_export_is_told_of_and_a_longer_silence_is_not(monday: int, is_whole: bool) -> None:
    made_at = datetime(2026, 11, monday, 5, tzinfo=UTC)
    known = {POS: loaded(export(SEPTEMBER, FRIDAY, made_at))}
    assert is_told_of(known, asked(PeriodKind.WEEK, FRIDAY)) is is_whole


def test_where_little_comes_a_longer_silence_is_quiet() -> None:
    """Twenty appeals in two months: a week without one says nothing."""
    assert is_told_of({POS: loaded(export(SEPTEMBER, FRIDAY), appeals=20)}, asked(PeriodKind.WEEK, FRIDAY))


def test_exports_one_after_another_tell_of_the_days_between_unless_one_was_left_out() -> None:
    first, third = export(date(2026, 10, 1), date(2026, 10, 30)), export(date(2026, 11, 16), FRIDAY)
    second = export(date(2026, 11, 2), date(2026, 11, 14))
    october = asked(PeriodKind.QUARTER, FRIDAY, datetime(2026, 11, 21, 9, tzinfo=UTC))
    assert is_told_of({POS: loaded(third, first, second)}, october)
    [told] = coverage(october, {POS: loaded(third, first)}).lacking
    assert told.days == Period(first=date(2026, 10, 1), last=FRIDAY)


def test_today_is_not_over_and_need_not_be_told_of_but_yesterday_must() -> None:
    known = {POS: loaded(export(SEPTEMBER, FRIDAY, datetime(2026, 11, 20, 15, tzinfo=UTC)))}
    for day, is_whole in ((21, True), (22, False)):
        assert is_told_of(known, asked(PeriodKind.MONTH, FRIDAY, datetime(2026, 11, day, 9, tzinfo=UTC))) is is_whole
