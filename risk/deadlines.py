"""Deadlines: a term counted by the clock or by the working calendar, with its arithmetic kept; no wording."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from risk.calendar import Span, WorkingCalendar


class TermNotPositive(ValueError):
    """A term must have a length."""


class ClockKind(StrEnum):
    """What a term is counted by."""

    CLOCK = "clock"
    """By the clock, day and night."""
    WORKING = "working"
    """By the hours in which the office is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long something may take. No act gives hours for risks: every term is a setting of the office."""

    amount: timedelta
    clock: ClockKind

    def __post_init__(self) -> None:
        if self.amount <= timedelta():
            raise TermNotPositive(str(self.amount))


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a term runs out. `spans` are the arithmetic: the time that was counted, and its end is `due_at`.

    `beyond_horizon` says that the working days counted are a guess: the calendar is not known so far ahead.
    """

    due_at: datetime
    spans: tuple[Span, ...]
    term: Term
    beyond_horizon: bool


def deadline(since: datetime, term: Term, calendar: WorkingCalendar) -> Deadline:
    """Count the term from `since`. A working term that fills a day to its end is due at that closing."""
    if term.clock is ClockKind.CLOCK:
        spans: tuple[Span, ...] = (_by_the_clock(since.astimezone(UTC), term.amount),)
    else:
        spans = tuple(_by_working_hours(since, term.amount, calendar))
    due_at = spans[-1].ends
    guessed = term.clock is ClockKind.WORKING and not calendar.knows(calendar.local(due_at).date())
    return Deadline(due_at=due_at, spans=spans, term=term, beyond_horizon=guessed)


def moment_before(due_at: datetime, term: Term, calendar: WorkingCalendar) -> datetime:
    """The moment from which exactly the term is left until `due_at`, counted back by the term's own clock."""
    if term.clock is ClockKind.CLOCK:
        return due_at - term.amount
    left = term.amount
    for span in calendar.spans_back_from(due_at):
        if span.length >= left:
            return span.ends - left
        left -= span.length
    raise AssertionError("working spans have no beginning")


def _by_the_clock(since: datetime, amount: timedelta) -> Span:
    return Span(begins=since, ends=since + amount)


def _by_working_hours(since: datetime, amount: timedelta, calendar: WorkingCalendar) -> Iterator[Span]:
    left = amount
    for span in calendar.spans_from(since):
        counted = min(left, span.length)
        yield Span(begins=span.begins, ends=span.begins + counted)
        left -= counted
        if not left:
            return
