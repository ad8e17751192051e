"""Until when an appeal is to be answered: the date of the export wins, then the term of its regime.

30 days by 59-ФЗ, from the day after registration, are law. The other terms are practice, or one region's norm, and so
settings of the office; the words for people never show a setting as law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final

from risk.appeals import Appeal, Regime
from risk.calendar import WorkingCalendar, end_of
from risk.deadlines import ClockKind, Term, deadline

REDIRECT_WITHIN: Final = timedelta(days=7)
"""59-ФЗ, ст. 8: from registration, an appeal that is not the body's own goes to whose it is."""
ANSWER_BY_LAW: Final = 30
"""Calendar days, 59-ФЗ, ст. 12."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysTerm:
    """Whole days, counted from the day after; the last one counts to its end."""

    days: int
    clock: ClockKind

    def last_day(self, since: date, calendar: WorkingCalendar) -> date:
        if self.clock is ClockKind.CLOCK:
            return since + timedelta(days=self.days)
        day, left = since, self.days
        while left:
            day += timedelta(days=1)
            left -= calendar.is_working_day(day)
        return day


BY_LAW: Final = DaysTerm(days=ANSWER_BY_LAW, clock=ClockKind.CLOCK)
"""No setting: an office is not asked about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealTerms:
    """Terms of the office. `first_answer` is the first clock of ИМ, the term of `Regime.IM` is the second one."""

    first_answer: Term
    answer: Mapping[Regime, DaysTerm]

    def __hash__(self) -> int:
        return hash((self.first_answer, tuple(sorted(self.answer.items(), key=lambda each: each[0]))))


DEFAULT_TERMS: Final = AppealTerms(
    first_answer=Term(amount=timedelta(hours=9), clock=ClockKind.WORKING),
    answer={
        Regime.LAW_59: BY_LAW,
        Regime.POS_ORDINARY: DaysTerm(days=30, clock=ClockKind.CLOCK),
        Regime.POS_FAST_TRACK: DaysTerm(days=10, clock=ClockKind.CLOCK),
        Regime.IM: DaysTerm(days=7, clock=ClockKind.WORKING),
        Regime.BY_HAND: DaysTerm(days=30, clock=ClockKind.CLOCK),
    },
)
"""ИМ: nine working hours, then seven working days after the interim answer, as in Севастополь in 2020."""


class Basis(StrEnum):
    """What a deadline rests on."""

    EXPORT = "export"
    """The planned date of the export."""
    TERM = "term"
    FIRST_ANSWER = "first_answer"
    """The first clock of ИМ: nobody has answered yet."""
    AFTER_FIRST = "after_first"
    """The second clock of ИМ, from the first answer on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDue:
    """`since` is the day from which the term is counted; `days` or `term` is its length, neither for the export's."""

    at: datetime
    basis: Basis
    since: date
    days: DaysTerm | None = None
    term: Term | None = None


def is_law(days: DaysTerm | None, regime: Regime) -> bool:
    """An office that sets itself another term has set it, not the law."""
    return regime is Regime.LAW_59 and days == BY_LAW


def due_of(appeal: Appeal, terms: AppealTerms, calendar: WorkingCalendar) -> AppealDue:
    """What the appeal is due by now; once it is answered, what it was due by."""
    if appeal.planned_on is not None:
        at = end_of(appeal.planned_on, calendar)
        return AppealDue(at=at.astimezone(UTC), basis=Basis.EXPORT, since=appeal.created_on)
    days = terms.answer[appeal.regime]
    if appeal.regime is not Regime.IM:
        return _in_days(appeal.created_on, days, Basis.TERM, calendar)
    if appeal.first_answered_at is not None:
        return _in_days(calendar.local(appeal.first_answered_at).date(), days, Basis.AFTER_FIRST, calendar)
    if appeal.finished_on is not None or appeal.created_at is None:
        return _in_days(appeal.created_on, days, Basis.TERM, calendar)
    at = deadline(appeal.created_at, terms.first_answer, calendar).due_at
    return AppealDue(at=at, basis=Basis.FIRST_ANSWER, since=appeal.created_on, term=terms.first_answer)


def last_day_of(due_at: datetime, calendar: WorkingCalendar) -> date:
    """The last day on which it is in time: a day off is over at the midnight after it."""
    return calendar.local(due_at - timedelta(microseconds=1)).date()


def days_past(due_at: datetime, now: datetime, calendar: WorkingCalendar) -> tuple[date, ...]:
    """Working days that have gone by since the last day of the term; today is under way and does not count."""
    day, today = last_day_of(due_at, calendar), calendar.local(now).date()
    between = (day + timedelta(days=ahead) for ahead in range(1, (today - day).days))
    return tuple(each for each in between if calendar.is_working_day(each))


def signs_of_due(appeal: Appeal, calendar: WorkingCalendar) -> tuple[object, ...] | None:
    """Appeals with the same ones are due at the same moment by one office's terms; None where the hour counts."""
    if appeal.planned_on is not None:
        return (appeal.planned_on,)
    if appeal.regime is not Regime.IM:
        return appeal.regime, appeal.created_on
    if appeal.first_answered_at is not None:
        return Basis.AFTER_FIRST, calendar.local(appeal.first_answered_at).date()
    counts_hours = appeal.finished_on is None and appeal.created_at is not None
    return None if counts_hours else (appeal.regime, appeal.created_on)


def redirect_until(appeal: Appeal) -> date:
    """The last day for handing the appeal on (59-ФЗ, ст. 8)."""
    return appeal.created_on + REDIRECT_WITHIN


def _in_days(since: date, days: DaysTerm, basis: Basis, calendar: WorkingCalendar) -> AppealDue:
    at = end_of(days.last_day(since, calendar), calendar)
    return AppealDue(at=at.astimezone(UTC), basis=basis, since=since, days=days)
