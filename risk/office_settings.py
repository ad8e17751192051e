"""Settings that an office may change in the chat over its preset; written, and checked, as a preset writes them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from enum import StrEnum
from typing import Final

from risk.errors import SettingUnfit
from risk.ids import LevelKey
from risk.offices import OfficePlan, QuietHours

SHORTEST_INVITATION: Final = 1
LONGEST_INVITATION: Final = 90
"""Days that an invitation may live."""

_CLOCKS: Final = re.compile(r"\s*([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)\s*", re.ASCII)
_DAYS: Final = re.compile(r"\s*(\d{1,2})\s*", re.ASCII)


class Setting(StrEnum):
    """The names are a preset's."""

    QUIET_HOURS = "quiet_hours"
    INVITATION_DAYS = "invitation_days"
    DEFAULT_LEVEL = "default_level"


def in_force(plan: OfficePlan, changed: Mapping[str, str]) -> OfficePlan:
    """The preset's plan with what was changed in the chat over it.

    A change that does not fit any more, since the preset has other levels now, leaves the preset's own value.
    """
    for setting in Setting:
        if setting in changed:
            try:
                plan = with_setting(plan, setting, changed[setting])
            except SettingUnfit:
                continue
    return plan


def with_setting(plan: OfficePlan, setting: Setting, written: str) -> OfficePlan:
    """The plan with this one setting as it is written. Raises SettingUnfit."""
    match setting:
        case Setting.QUIET_HOURS:
            return replace(plan, quiet_hours=_quiet_hours(written))
        case Setting.INVITATION_DAYS:
            return replace(plan, invitation_days=_invitation_days(written))
        case Setting.DEFAULT_LEVEL:
            return replace(plan, default_level=_default_level(written, plan))


def written(plan: OfficePlan, setting: Setting) -> str:
    """The setting of the plan as a preset writes it."""
    match setting:
        case Setting.QUIET_HOURS:
            return f"{plan.quiet_hours.begins:%H:%M}-{plan.quiet_hours.ends:%H:%M}"
        case Setting.INVITATION_DAYS:
            return str(plan.invitation_days)
        case Setting.DEFAULT_LEVEL:
            return str(plan.default_level)


def clocks(written: str) -> tuple[time, time] | None:
    """Two times of day out of «09:00-18:00»; None for anything else."""
    match = _CLOCKS.fullmatch(written)
    if match is None:
        return None
    first_hour, first_minute, second_hour, second_minute = map(int, match.groups())
    return time(first_hour, first_minute), time(second_hour, second_minute)


def _quiet_hours(written: str) -> QuietHours:
    found = clocks(written)
    if found is None or found[0] == found[1]:
        raise SettingUnfit(Setting.QUIET_HOURS)
    return QuietHours(begins=found[0], ends=found[1])


def _invitation_days(written: str) -> int:
    match = _DAYS.fullmatch(written)
    if match is None or not SHORTEST_INVITATION <= int(match[1]) <= LONGEST_INVITATION:
        raise SettingUnfit(Setting.INVITATION_DAYS)
    return int(match[1])


def _default_level(written: str, plan: OfficePlan) -> LevelKey:
    """The highest level is set only by a person's own second press, so it cannot be the default."""
    if written not in {level.key for level in plan.levels[:-1]}:
        raise SettingUnfit(Setting.DEFAULT_LEVEL)
    return LevelKey(written)
