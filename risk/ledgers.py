"""The ledger of reminders: what became of each over some days, by seat; whether any was lost track of."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median_low
from typing import Final

from risk.calendar import WorkingCalendar
from risk.ids import PersonId, PositionId
from risk.nudges import Nudge, NudgeState, Why

STRAY_AFTER: Final = timedelta(hours=1)
"""What is due for longer has been lost track of, or the messenger cannot be reached."""


class Fate(StrEnum):
    """What became of the message that a nudge was given out in."""

    PLANNED = "planned"
    SENT = "sent"
    MOOT = "moot"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """Whether it arrived nobody can say: the connection broke, or the program was stopped, while it was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A nudge with what became of it. `doubted`: at one time it was not known whether its message had arrived."""

    nudge: Nudge
    fate: Fate | None
    doubted: bool
    still_owed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatLine:
    """What was said to one seat. `unanswered`: it is still owed, and on the days since nothing was done about it."""

    position: PositionId
    said: int
    acted: int
    unanswered: int
    refused: int
    doubted: int
    median_wait: timedelta | None
    """From the reminder to what it led to, of those that led to something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """`held` and `unsaid` count reminders that were not said at their moment, or at all, by the reason.

    `messages`: how many messages of reminders each person was given on each day.
    """

    first: date
    last: date
    planned: int
    seats: Sequence[SeatLine]
    held: Mapping[Why, int]
    unsaid: Mapping[Why, int]
    messages: Mapping[PersonId, Mapping[date, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strays:
    """What is due without an outcome: rungs that nobody has climbed, nudges not given out, messages not sent."""

    rungs: int
    nudges: int
    messages: int

    @property
    def total(self) -> int:
        return self.rungs + self.nudges + self.messages


def ledger_of(entries: Sequence[Entry], first: date, last: date, now: datetime, calendar: WorkingCalendar) -> Ledger:
    given = [each for each in entries if each.nudge.state is NudgeState.GIVEN]
    by_seat: dict[PositionId, list[Entry]] = {}
    for each in given:
        if each.nudge.position is not None:
            by_seat.setdefault(each.nudge.position, []).append(each)
    return Ledger(
        first=first,
        last=last,
        planned=len(entries),
        seats=[_line(position, of_seat, now, calendar) for position, of_seat in by_seat.items()],
        held=Counter(each.nudge.held_for for each in entries if each.nudge.held_for is not None),
        unsaid=Counter(each.nudge.why for each in entries if each.nudge.why is not None and not _is_pending(each)),
        messages=_messages(given, calendar),
    )


def _line(position: PositionId, entries: Sequence[Entry], now: datetime, calendar: WorkingCalendar) -> SeatLine:
    waits = [
        each.nudge.acted_at - each.nudge.given_at
        for each in entries
        if each.nudge.acted_at is not None and each.nudge.given_at is not None
    ]
    today = calendar.local(now).date()
    return SeatLine(
        position=position,
        said=sum(each.fate is Fate.SENT for each in entries),
        acted=len(waits),
        unanswered=sum(_is_unanswered(each, today, calendar) for each in entries),
        refused=sum(each.fate is Fate.REFUSED for each in entries),
        doubted=sum(each.doubted or each.fate is Fate.UNKNOWN for each in entries),
        median_wait=median_low(waits) if waits else None,
    )


def _is_unanswered(entry: Entry, today: date, calendar: WorkingCalendar) -> bool:
    given_at = entry.nudge.given_at
    said_before = given_at is not None and calendar.local(given_at).date() < today
    return said_before and entry.fate is Fate.SENT and entry.still_owed and entry.nudge.acted_at is None


def _is_pending(entry: Entry) -> bool:
    return entry.nudge.state in {NudgeState.WAITING, NudgeState.HELD}


def _messages(given: Iterable[Entry], calendar: WorkingCalendar) -> Mapping[PersonId, Mapping[date, int]]:
    bundles = {
        (each.nudge.person, each.nudge.bundle, calendar.local(each.nudge.given_at).date())
        for each in given
        if each.nudge.person is not None and each.nudge.given_at is not None
    }
    counts: dict[PersonId, Counter[date]] = {}
    for person, _, day in bundles:
        counts.setdefault(person, Counter())[day] += 1
    return counts
