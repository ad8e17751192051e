"""The ladder of reminders: when somebody is reminded of an obligation, and when whoever is above hears of it.

Reminders of the morning are due from DAWN on and are given out at the hour that a person has chosen; the others are
due at their moment. Which person stands on a rung is worked out in `chains`, whether it is a time to disturb them in
`nudges`.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from itertools import takewhile
from typing import Final

from risk.bundle_hours import EARLIEST_BUNDLE
from risk.calendar import WorkingCalendar
from risk.deadlines import ClockKind, Term, deadline, moment_before
from risk.obligations import Hold, Obligation, Owed
from risk.offices import Ladder, LeadUnit

DAWN: Final = EARLIEST_BUNDLE

_DAY: Final = timedelta(days=1)


class RungKind(IntEnum):
    """In the order of urgency: of several that are due at once the last one is said."""

    BEFORE = 1
    ON_THE_DAY = 2
    AT_ONCE = 3
    AT_ITS_TIME = 4
    AS_ASKED = 5
    OVERDUE = 6
    UP = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One reminder. `step` is how far above whoever owes it the reminder goes; `of_morning`: it keeps to a bundle."""

    kind: RungKind
    at: datetime
    step: int = 0
    of_morning: bool = False


def rungs(owed: Owed, ladder: Ladder, calendar: WorkingCalendar, *, after: datetime) -> Iterator[Rung]:
    """Every rung later than `after`, in the order of time, without end; while a hold lasts there is none."""
    climb = _Climb(owed=owed, ladder=ladder, calendar=calendar, after=after)
    return (rung for rung in heapq.merge(*climb.parts(), key=_order) if climb.reaches(rung))


def next_rung(owed: Owed, ladder: Ladder, calendar: WorkingCalendar) -> Rung:
    """The first rung that has not been climbed."""
    return next(rungs(owed, ladder, calendar, after=owed.climbed_to))


def reached(owed: Owed, ladder: Ladder, calendar: WorkingCalendar, now: datetime) -> Sequence[Rung]:
    """Rungs that time has come to and that have not been climbed, in the order of time."""
    waiting = rungs(owed, ladder, calendar, after=owed.climbed_to)
    return list(takewhile(lambda rung: rung.at <= now, waiting))


def next_upward(owed: Owed, ladder: Ladder, calendar: WorkingCalendar, now: datetime) -> Rung | None:
    """When somebody further above will hear of it, if nothing changes; None when everybody there is has."""
    climb = _Climb(owed=owed, ladder=ladder, calendar=calendar, after=now)
    return next((rung for rung in climb.upwards() if climb.reaches(rung)), None)


def just_before(moment: datetime) -> datetime:
    """So that a rung at the moment itself is still ahead."""
    return moment - timedelta(microseconds=1)


def _order(rung: Rung) -> tuple[datetime, RungKind]:
    return rung.at, rung.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class _Climb:
    owed: Owed
    ladder: Ladder
    calendar: WorkingCalendar
    after: datetime

    @property
    def obligation(self) -> Obligation:
        return self.owed.obligation

    @property
    def hold(self) -> Hold | None:
        return self.owed.hold

    def parts(self) -> tuple[Iterator[Rung], ...]:
        """Each in the order of time."""
        return (self._announced(), self._before(), self._on_the_day(), self._at_its_time(), self._asked_for(),
                self._mornings(), self.upwards())  # fmt: skip

    def reaches(self, rung: Rung) -> bool:
        begins = self.owed.since if self.hold is None else max(self.owed.since, self.hold_ends)
        return rung.at >= begins and rung.at > self.after

    @property
    def hold_ends(self) -> datetime:
        assert self.hold is not None
        return self.hold.ends_at(self.calendar)

    def _announced(self) -> Iterator[Rung]:
        if self.ladder.urgent and self.obligation.nature.announced:
            yield Rung(kind=RungKind.AT_ONCE, at=self.owed.since)

    def _before(self) -> Iterator[Rung]:
        lead = self.ladder.lead
        if lead is None or self.obligation.nature.appointment:
            return
        if lead.unit is LeadUnit.HOURS:
            yield Rung(kind=RungKind.BEFORE, at=self._hours_before(timedelta(hours=lead.amount)))
        else:
            day = self._last_day
            for _ in range(lead.amount):
                day = self._working_day_before(day)
            yield Rung(kind=RungKind.BEFORE, at=self._dawn(day), of_morning=True)

    def _hours_before(self, amount: timedelta) -> datetime:
        term = self.obligation.term
        by = ClockKind.WORKING if term is None else term.clock
        return moment_before(self.obligation.due_at, Term(amount=amount, clock=by), self.calendar)

    def _on_the_day(self) -> Iterator[Rung]:
        if not self.obligation.nature.appointment:
            yield Rung(kind=RungKind.ON_THE_DAY, at=self._dawn(self._last_day), of_morning=True)

    def _at_its_time(self) -> Iterator[Rung]:
        if self.obligation.nature.appointment:
            yield Rung(kind=RungKind.AT_ITS_TIME, at=self.obligation.due_at)

    def _asked_for(self) -> Iterator[Rung]:
        """The first morning after a hold, whether or not the deadline has come."""
        if self.hold is not None:
            day = self.calendar.local(self.hold_ends).date()
            yield Rung(kind=RungKind.AS_ASKED, at=self._dawn(self._working_day_from(day)), of_morning=True)

    def _mornings(self) -> Iterator[Rung]:
        """Every working morning from the first one after the deadline."""
        day = self.calendar.local(max(self.obligation.due_at, self.after)).date()
        while True:
            day = self._working_day_from(day)
            dawn = self._dawn(day)
            if dawn > self.obligation.due_at:
                yield Rung(kind=RungKind.OVERDUE, at=dawn, of_morning=True)
            day += _DAY

    def upwards(self) -> Iterator[Rung]:
        """Time that somebody was given to the day they named does not count against them, nor what was over
        before the ladder began: what is raised to another level, or sent for approval, may be overdue already."""
        since = max(self.obligation.due_at, self.owed.since)
        if self.hold is not None:
            since = max(since, self.hold_ends)
        for step, term in enumerate(self.ladder.up_after, 1):
            yield Rung(kind=RungKind.UP, at=deadline(since, term, self.calendar).due_at, step=step)

    @property
    def _last_day(self) -> date:
        """The last working day on which it may still be done in time: a deadline on a day off is met before it."""
        day = self.calendar.local(self.obligation.due_at).date()
        while not (self.calendar.is_working_day(day) and self._dawn(day) < self.obligation.due_at):
            day -= _DAY
        return day

    def _working_day_before(self, day: date) -> date:
        day -= _DAY
        while not self.calendar.is_working_day(day):
            day -= _DAY
        return day

    def _working_day_from(self, day: date) -> date:
        while not self.calendar.is_working_day(day):
            day += _DAY
        return day

    def _dawn(self, day: date) -> datetime:
        return self.calendar.moment_at(day, DAWN)
