"""How long what an export says may be relied on, and whether today's export has come; what is said of it is elsewhere.

An export counts as of the day of the office's zone on which its moment falls. Each working day after that day makes it
a working day older, from that day's midnight on: days off do not.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from risk.appeals import AppealSource
from risk.calendar import WorkingCalendar
from risk.obligations import Obligation
from risk.offices import OfficePlan

Freshest = Mapping[AppealSource, datetime]
"""Of each source that was ever imported the moment that its newest applied export tells of."""

EXPORTED: Final = (AppealSource.IM, AppealSource.POS)
"""Sources that come by exports day by day; of what is registered by hand people say what became of it."""


def stale_from(made_at: datetime, plan: OfficePlan) -> datetime:
    """The midnight from which an export of that moment is too old: when one more working day begins after it than
    `exports_fresh_for`. Of two working days, what was made on Friday is relied on until Tuesday is over."""
    day = plan.calendar.local(made_at).date()
    for _ in range(plan.exports_fresh_for + 1):
        day += timedelta(days=1)
        while not plan.calendar.is_working_day(day):
            day += timedelta(days=1)
    return plan.calendar.moment_at(day, time.min)


def is_fresh(source: AppealSource, freshest: Freshest, plan: OfficePlan, now: datetime) -> bool:
    """What was never imported is not fresh."""
    made_at = freshest.get(source)
    return made_at is not None and now < stale_from(made_at, plan)


def is_known(obligation: Obligation, freshest: Freshest, plan: OfficePlan, now: datetime) -> bool:
    """Whether somebody may be reminded of it: what only exports can tell of is not known once these are stale."""
    return obligation.known_from is None or is_fresh(obligation.known_from, freshest, plan, now)


def stale_sources(freshest: Freshest, plan: OfficePlan, now: datetime) -> tuple[AppealSource, ...]:
    return tuple(source for source in EXPORTED if source in freshest and not is_fresh(source, freshest, plan, now))


def awaited_sources(freshest: Freshest, plan: OfficePlan, now: datetime) -> tuple[AppealSource, ...]:
    """Of the sources that the office imports, those that have no export of today: none made since the last working
    day before today was over. An export taken in the evening, after the closing, is the next day's."""
    since = _last_closing(plan.calendar, now)
    return tuple(source for source in EXPORTED if source in freshest and freshest[source] < since)


def _last_closing(calendar: WorkingCalendar, now: datetime) -> datetime:
    midnight = calendar.moment_at(calendar.local(now).date(), time.min)
    return next(calendar.spans_back_from(midnight)).ends
