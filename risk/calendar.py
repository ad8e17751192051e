"""The working calendar: when an office is open, in its own zone; terms counted by it live in `deadlines`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class UnknownZone(ValueError):
    """The zone is no key of the IANA database."""


class HoursReversed(ValueError):
    """Working hours end before they begin, or have no length."""


class NoWorkingTime(ValueError):
    """The ordinary week has no working day, so that a search for an open moment would never end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHours:
    """The part of one day, in local time, when the office works: open at `opens`, closed at `closes`."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise HoursReversed(f"{self.opens:%H:%M}-{self.closes:%H:%M}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time, in UTC: `begins` belongs to it, `ends` does not."""

    begins: datetime
    ends: datetime

    @property
    def length(self) -> timedelta:
        return self.ends - self.begins


Week = tuple[
    WorkingHours | None,
    WorkingHours | None,
    WorkingHours | None,
    WorkingHours | None,
    WorkingHours | None,
    WorkingHours | None,
    WorkingHours | None,
]
"""Hours from Monday to Sunday; None is a day off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """An ordinary week and its exceptions (days off, transfers, working and shortened days), in one zone.

    `known_until` is the last day whose exceptions somebody has looked up; without it the week holds for ever.
    """

    zone: str
    week: Week
    exceptions: Mapping[date, WorkingHours | None] = field(default_factory=dict, hash=False)
    known_until: date | None = None

    def __post_init__(self) -> None:
        zone_named(self.zone)
        if not any(self.week):
            raise NoWorkingTime(self.zone)

    def local(self, moment: datetime) -> datetime:
        """The same moment as clocks in the office show it."""
        return moment.astimezone(zone_named(self.zone))

    def knows(self, day: date) -> bool:
        """Whether the exceptions are known as far as this day."""
        return self.known_until is None or day <= self.known_until

    def hours_on(self, day: date) -> WorkingHours | None:
        if day in self.exceptions:
            return self.exceptions[day]
        return self.week[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        return self.hours_on(day) is not None

    def is_open(self, moment: datetime) -> bool:
        return self.next_opening(moment) == moment

    def next_opening(self, moment: datetime) -> datetime:
        """The first moment, from this one on, at which the office is open: itself, if it is open now."""
        return next(self.spans_from(moment)).begins

    def next_showing(self, shown: time, *, after: datetime) -> datetime:
        """The first moment after `after` at which the office's clocks show this time of day, in UTC."""
        local = self.local(after)
        zone = zone_named(self.zone)
        days = (local.date() + timedelta(days=ahead) for ahead in (0, 1))
        moments = (datetime.combine(day, shown, tzinfo=zone).astimezone(UTC) for day in days)
        return next(moment for moment in moments if moment > after)

    def spans_from(self, moment: datetime) -> Iterator[Span]:
        """Working spans from the moment on, without end; the first begins at the moment if open then."""
        since = moment.astimezone(UTC)
        day = self.local(since).date()
        while True:
            span = self._span_on(day)
            if span is not None and span.ends > since:
                yield Span(begins=max(span.begins, since), ends=span.ends)
            day += timedelta(days=1)

    def spans_back_from(self, moment: datetime) -> Iterator[Span]:
        """Working spans before the moment, the latest first, without end; the first ends at the moment if open then."""
        until = moment.astimezone(UTC)
        day = self.local(until).date()
        while True:
            span = self._span_on(day)
            if span is not None and span.begins < until:
                yield Span(begins=span.begins, ends=min(span.ends, until))
            day -= timedelta(days=1)

    def working_time_between(self, earlier: datetime, later: datetime) -> timedelta:
        """How long the office was open between two moments; nothing, if they are not in this order."""
        worked = timedelta()
        for span in self.spans_from(earlier):
            if span.begins >= later:
                break
            worked += min(span.ends, later) - span.begins
        return worked

    def moment_at(self, day: date, clock: time) -> datetime:
        """The first moment, in UTC, when local clocks on that day show this time or a later one."""
        return _first_at(day, clock, zone_named(self.zone))

    @property
    def usual_opening(self) -> time:
        """The earliest opening of the ordinary week."""
        return min(hours.opens for hours in self.week if hours is not None)

    def _span_on(self, day: date) -> Span | None:
        hours = self.hours_on(day)
        if hours is None:
            return None
        begins, ends = self.moment_at(day, hours.opens), self.moment_at(day, hours.closes)
        # A whole working day may fall into a jump of the clocks, as a day did on Samoa in 2011.
        return Span(begins=begins, ends=ends) if begins < ends else None


def zone_named(key: str) -> ZoneInfo:
    """The zone of this IANA key; raises UnknownZone."""
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError) as problem:  # OSError: a folder of zones, such as "Europe"
        raise UnknownZone(key) from problem


def _first_at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, when local clocks on that day show this time or a later one.

    So a time that clocks show twice is its first showing, and a time that they jump over is the jump itself:
    the order of local times is the order of moments.
    """
    named = datetime.combine(day, clock)
    moment = named.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == named:
        return moment
    return _jump_over(named, zone)


def _jump_over(missing: datetime, zone: ZoneInfo) -> datetime:
    """The moment, to a second, at which local clocks jump over a local time that does not exist."""
    before = missing.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = missing.replace(tzinfo=zone, fold=0).astimezone(UTC)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).replace(tzinfo=None) < missing:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def end_of(day: date, calendar: WorkingCalendar) -> datetime:
    """When a named day is over for the office: at its closing; a day off lasts until midnight."""
    hours = calendar.hours_on(day)
    if hours is not None:
        return calendar.moment_at(day, hours.closes)
    return calendar.moment_at(day + timedelta(days=1), time.min)
