"""Rules of the daily digest: on which days and until when it is posted, what it covers, which topics it names."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from risk.calendar import WorkingCalendar
from risk.digests import TopicChange
from risk.figures import GroupKey, is_changed
from risk.offices import OfficePlan
from risk.periods import Period

WORTH_POSTING: Final = timedelta(hours=3)
"""So much after its hour a digest is still posted, and says that it is late; after that it is folded into the next."""
MEAN_OF: Final = 7
"""Calendar days that a usual day is the mean of."""
LONGEST: Final = 14
"""Days that a digest covers at most, however long there was none."""
TOPICS_NAMED: Final = 3

Received = Mapping[tuple[GroupKey, date], int]
"""New appeals by topic and day; None for those without a topic."""

_DAY: Final = timedelta(days=1)


def due_day(plan: OfficePlan, now: datetime, bound_at: datetime) -> date | None:
    """Today, when it is a working day whose hour has come, and not too long ago.

    A chat that was bound (`bound_at`) after the hour has missed nothing: its first digest comes at the next hour.
    """
    day = plan.calendar.local(now).date()
    due_at = digest_due_at(plan, day)
    is_due = bound_at <= due_at <= now <= due_at + WORTH_POSTING
    return day if is_due and plan.calendar.is_working_day(day) else None


def digest_due_at(plan: OfficePlan, day: date) -> datetime:
    return plan.calendar.moment_at(day, plan.reports.digest_at)


def next_digest_at(plan: OfficePlan, now: datetime, bound_at: datetime | None) -> datetime:
    """When the next one is posted, were there none today: a past moment, when today's is posted at once.

    `bound_at` is None while there is no chat to post it in: whenever one is bound, it is the next hour that counts.
    """
    if due_day(plan, now, now if bound_at is None else bound_at) is not None:
        return digest_due_at(plan, plan.calendar.local(now).date())
    return digest_after(plan, now)


def digest_after(plan: OfficePlan, now: datetime) -> datetime:
    """The hour of the next one, whether or not today's has been posted."""
    day = plan.calendar.local(now).date()
    while not plan.calendar.is_working_day(day) or digest_due_at(plan, day) <= now:
        day += _DAY
    return digest_due_at(plan, day)


def covered(day: date, since: date | None, calendar: WorkingCalendar) -> Period:
    """Till yesterday, from `since` on: the day of the last digest, which did not cover it. The first one ever begins
    on the working day before."""
    first = since or _working_day_before(day, calendar)
    return Period(first=max(first, day - LONGEST * _DAY), last=day - _DAY)


def days_without(day: date, since: date | None, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Working days after `since`, which has had its digest, that have had none."""
    if since is None:
        return ()
    between = (since + ahead * _DAY for ahead in range(1, (day - since).days))
    return tuple(each for each in between if calendar.is_working_day(each))


def week_before(period: Period) -> Period:
    """The days that say what is usual."""
    return Period(first=period.first - MEAN_OF * _DAY, last=period.first - _DAY)


def topics_changed(received: Received, period: Period, *, is_whole: bool) -> tuple[TopicChange, ...]:
    """Topics that came otherwise than is usual for so many days, the greatest change first.

    When not everything has come yet (`is_whole`), that less came says nothing. Nothing is usual where nothing is known
    of the days before.
    """
    now, week = _by_topic(received, period), _by_topic(received, week_before(period))
    if not week:
        return ()
    changes = [
        TopicChange(topic=topic, now=now.get(topic, 0), usual=week.get(topic, 0) / MEAN_OF * period.length)
        for topic in {**now, **week}
    ]
    told = [each for each in changes if is_changed(each.now, each.usual) and (is_whole or each.now > each.usual)]
    return tuple(sorted(told, key=lambda each: (-abs(each.now - each.usual), each.topic))[:TOPICS_NAMED])


def topics_most(received: Received, period: Period) -> tuple[tuple[str, int], ...]:
    """The topics that came most often."""
    counted = sorted(_by_topic(received, period).items(), key=lambda item: (-item[1], item[0]))
    return tuple(counted[:TOPICS_NAMED])


def by_day(received: Received) -> Mapping[date, int]:
    counted: dict[date, int] = {}
    for (_, day), count in received.items():
        counted[day] = counted.get(day, 0) + count
    return counted


def _by_topic(received: Received, period: Period) -> dict[str, int]:
    counted: dict[str, int] = {}
    for (topic, day), count in received.items():
        if day in period and topic is not None:
            counted[str(topic)] = counted.get(str(topic), 0) + count
    return counted


def _working_day_before(day: date, calendar: WorkingCalendar) -> date:
    day -= _DAY
    while not calendar.is_working_day(day):
        day -= _DAY
    return day
