"""Settings that an office may change in the chat over its preset; written, and checked, as a preset writes them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from enum import StrEnum
from typing import Final

from risk.bundle_hours import bundle_hour
from risk.errors import SettingUnfit
from risk.ids import LevelKey
from risk.offices import OfficePlan, QuietHours
from risk.report_terms import FEWEST_RATED, MOST_RATED, NEVER, WEEKDAYS, LatenessTold, ReportTerms

SHORTEST_INVITATION: Final = 1
LONGEST_INVITATION: Final = 90
"""Days that an invitation may live."""

_CLOCKS: Final = re.compile(r"\s*([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)\s*", re.ASCII)
_CLOCK: Final = re.compile(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*", re.ASCII)
_COUNT: Final = re.compile(r"\s*(\d{1,3})\s*", re.ASCII)


class Setting(StrEnum):
    """The names are a preset's."""

    QUIET_HOURS = "quiet_hours"
    INVITATION_DAYS = "invitation_days"
    DEFAULT_LEVEL = "default_level"
    DIGEST_AT = "digest_at"
    LATENESS_TOLD = "lateness_told"
    WEEK_BEGINS = "week_begins"
    MEMO_ON = "memo_on"
    MEMO_AT = "memo_at"
    RATING_MINIMUM = "rating_minimum"


def in_force(plan: OfficePlan, changed: Mapping[str, str]) -> OfficePlan:
    """The preset's plan with what was changed in the chat over it.

    A change that does not fit any more, since the preset has other levels now, leaves the preset's own value.
    """
    for setting in Setting:
        if setting in changed and fits(plan, setting, changed[setting]):
            plan = with_setting(plan, setting, changed[setting])
    return plan


def with_setting(plan: OfficePlan, setting: Setting, written: str) -> OfficePlan:
    """The plan with this one setting as it is written. Raises SettingUnfit."""
    match setting:
        case Setting.QUIET_HOURS:
            return replace(plan, quiet_hours=_quiet_hours(written))
        case Setting.INVITATION_DAYS:
            days = _count(written, setting, SHORTEST_INVITATION, LONGEST_INVITATION)
            return replace(plan, invitation_days=days)
        case Setting.DEFAULT_LEVEL:
            return replace(plan, default_level=_default_level(written, plan))
        case _:
            return replace(plan, reports=_reports_with(plan, setting, written))


def fits(plan: OfficePlan, setting: Setting, written: str) -> bool:
    """Whether the plan may have this setting as it is written."""
    try:
        with_setting(plan, setting, written)
    except SettingUnfit:
        return False
    return True


def written(plan: OfficePlan, setting: Setting) -> str:
    """The setting of the plan as a preset writes it."""
    match setting:
        case Setting.QUIET_HOURS:
            return f"{plan.quiet_hours.begins:%H:%M}-{plan.quiet_hours.ends:%H:%M}"
        case Setting.INVITATION_DAYS:
            return str(plan.invitation_days)
        case Setting.DEFAULT_LEVEL:
            return str(plan.default_level)
        case Setting.DIGEST_AT:
            return f"{plan.reports.digest_at:%H:%M}"
        case Setting.LATENESS_TOLD:
            return plan.reports.lateness_told.value
        case Setting.WEEK_BEGINS:
            return WEEKDAYS[plan.reports.week_begins]
        case Setting.MEMO_ON:
            return NEVER if plan.reports.memo_on is None else WEEKDAYS[plan.reports.memo_on]
        case Setting.MEMO_AT:
            return f"{plan.reports.memo_at:%H:%M}"
        case Setting.RATING_MINIMUM:
            return str(plan.reports.rating_minimum)


def clocks(written: str) -> tuple[time, time] | None:
    """Two times of day out of «09:00-18:00»; None for anything else."""
    match = _CLOCKS.fullmatch(written)
    if match is None:
        return None
    first_hour, first_minute, second_hour, second_minute = map(int, match.groups())
    return time(first_hour, first_minute), time(second_hour, second_minute)


def clock(written: str) -> time | None:
    """A time of day out of «16:00»; None for anything else."""
    match = _CLOCK.fullmatch(written)
    return None if match is None else time(int(match[1]), int(match[2]))


def _reports_with(plan: OfficePlan, setting: Setting, written: str) -> ReportTerms:
    """How the office reports, with this one setting of it as it is written."""
    reports = plan.reports
    match setting:
        case Setting.DIGEST_AT:
            return replace(reports, digest_at=_digest_at(written, plan))
        case Setting.LATENESS_TOLD if written in [*LatenessTold]:
            return replace(reports, lateness_told=LatenessTold(written))
        case Setting.WEEK_BEGINS if written in WEEKDAYS:
            return replace(reports, week_begins=WEEKDAYS.index(written))
        case Setting.MEMO_ON if written in WEEKDAYS:
            return replace(reports, memo_on=WEEKDAYS.index(written))
        case Setting.MEMO_ON if written == NEVER:
            return replace(reports, memo_on=None)
        case Setting.MEMO_AT if (hour := clock(written)) is not None:
            return replace(reports, memo_at=hour)
        case Setting.RATING_MINIMUM:
            return replace(reports, rating_minimum=_count(written, setting, FEWEST_RATED, MOST_RATED))
    raise SettingUnfit(setting)


def _digest_at(written: str, plan: OfficePlan) -> time:
    """An hour of the morning, after fresh exports have been asked for: the digest rests on them."""
    hour = bundle_hour(written)
    if hour is None or hour <= plan.exports_asked_at:
        raise SettingUnfit(Setting.DIGEST_AT)
    return hour


def _quiet_hours(written: str) -> QuietHours:
    found = clocks(written)
    if found is None or found[0] == found[1]:
        raise SettingUnfit(Setting.QUIET_HOURS)
    return QuietHours(begins=found[0], ends=found[1])


def _count(written: str, setting: Setting, least: int, most: int) -> int:
    match = _COUNT.fullmatch(written)
    if match is None or not least <= int(match[1]) <= most:
        raise SettingUnfit(setting)
    return int(match[1])


def _default_level(written: str, plan: OfficePlan) -> LevelKey:
    """The highest level is set only by a person's own second press, so it cannot be the default."""
    if written not in {level.key for level in plan.levels[:-1]}:
        raise SettingUnfit(Setting.DEFAULT_LEVEL)
    return LevelKey(written)
