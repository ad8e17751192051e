"""What was changed in the chat stands over the preset, as far as a preset could say it too."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.errors import SettingUnfit
from risk.ids import LevelKey
from risk.office_settings import LONGEST_INVITATION, Setting, in_force, with_setting, written
from risk.offices import QuietHours
from risk.report_terms import LatenessTold, ReportTerms
from tests.support.offices import PLAN

MINUTES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@pytest.mark.parametrize("setting", Setting)
def test_what_a_plan_says_is_what_it_reads(setting: Setting) -> None:
    assert with_setting(PLAN, setting, written(PLAN, setting)) == PLAN


@given(begins=MINUTES, ends=MINUTES)
def test_any_two_different_clocks_are_quiet_hours(begins: time, ends: time) -> None:
    value = f"{begins:%H:%M}-{ends:%H:%M}"
    if begins == ends:
        with pytest.raises(SettingUnfit):
            with_setting(PLAN, Setting.QUIET_HOURS, value)
    else:
        changed = with_setting(PLAN, Setting.QUIET_HOURS, value)
        assert changed.quiet_hours == QuietHours(begins=begins, ends=ends)
        assert written(changed, Setting.QUIET_HOURS) == value


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (Setting.QUIET_HOURS, "22-07"),
        (Setting.QUIET_HOURS, "24:00-07:00"),
        (Setting.QUIET_HOURS, "никогда"),
        (Setting.QUIET_HOURS, ""),
        (Setting.INVITATION_DAYS, "0"),
        (Setting.INVITATION_DAYS, str(LONGEST_INVITATION + 1)),
        (Setting.INVITATION_DAYS, "-3"),
        (Setting.INVITATION_DAYS, "٣"),
        (Setting.INVITATION_DAYS, "неделя"),
        (Setting.DEFAULT_LEVEL, "high"),
        (Setting.DEFAULT_LEVEL, "средняя"),
        (Setting.DIGEST_AT, "05:59"),
        (Setting.DIGEST_AT, "12:01"),
        (Setting.DIGEST_AT, "вечером"),
        (Setting.LATENESS_TOLD, "всем"),
        (Setting.WEEK_BEGINS, "never"),
        (Setting.WEEK_BEGINS, "понедельник"),
        (Setting.MEMO_ON, "каждый день"),
        (Setting.MEMO_AT, "25:00"),
        (Setting.MEMO_AT, "16"),
        (Setting.RATING_MINIMUM, "0"),
        (Setting.RATING_MINIMUM, "101"),
    ],
)
def test_what_no_preset_could_say_is_refused(setting: Setting, value: str) -> None:
    with pytest.raises(SettingUnfit) as refused:
        with_setting(PLAN, setting, value)
    assert refused.value.setting == setting


@pytest.mark.parametrize(
    ("setting", "value", "reports"),
    [
        (Setting.DIGEST_AT, "08:30", ReportTerms(digest_at=time(8, 30))),
        (Setting.LATENESS_TOLD, "private", ReportTerms(lateness_told=LatenessTold.PRIVATE)),
        (Setting.WEEK_BEGINS, "saturday", ReportTerms(week_begins=5)),
        (Setting.MEMO_ON, "friday", ReportTerms(memo_on=4)),
        (Setting.MEMO_AT, "10:15", ReportTerms(memo_at=time(10, 15))),
        (Setting.RATING_MINIMUM, "100", ReportTerms(rating_minimum=100)),
    ],
)
def test_how_an_office_reports_may_be_changed(setting: Setting, value: str, reports: ReportTerms) -> None:
    changed = with_setting(replace(PLAN, reports=ReportTerms()), setting, value)
    assert changed.reports == reports
    assert written(changed, setting) == value


def test_a_memo_that_came_by_itself_may_come_no_more() -> None:
    on_fridays = with_setting(PLAN, Setting.MEMO_ON, "friday")
    assert with_setting(on_fridays, Setting.MEMO_ON, "never").reports.memo_on is None


def test_a_digest_is_never_counted_before_fresh_exports_are_asked_for() -> None:
    assert PLAN.exports_asked_at == time(8, 15)
    with pytest.raises(SettingUnfit):
        with_setting(PLAN, Setting.DIGEST_AT, "08:15")
    early = with_setting(PLAN, Setting.DIGEST_AT, "08:16")
    asked_later = replace(early, exports_asked_at=time(8, 30), reports=PLAN.reports)
    assert in_force(asked_later, {Setting.DIGEST_AT: "08:16"}).reports.digest_at == time(9)


@given(st.dictionaries(st.sampled_from([*Setting, "unknown"]), st.text(max_size=12)))
def test_whatever_was_stored_the_plan_stays_a_plan(changed: dict[str, str]) -> None:
    plan = in_force(PLAN, changed)
    assert plan.quiet_hours.begins != plan.quiet_hours.ends
    assert 1 <= plan.invitation_days <= LONGEST_INVITATION
    assert plan.default_level in {level.key for level in plan.levels[:-1]}


def test_a_change_that_fits_no_more_leaves_the_presets_value() -> None:
    changed: dict[str, str] = {Setting.DEFAULT_LEVEL: "low", Setting.INVITATION_DAYS: "3"}
    assert in_force(PLAN, changed).default_level == LevelKey("low")
    without_low = replace(PLAN, levels=PLAN.levels[1:])
    assert in_force(without_low, changed).default_level == PLAN.default_level
    assert in_force(without_low, changed).invitation_days == 3
