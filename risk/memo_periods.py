"""Which period a memo is of: what people may ask for by a word or a button, and which week it comes by itself for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from risk.calendar import WorkingCalendar
from risk.offices import OfficePlan
from risk.periods import Period, PeriodKind, period_of

_KINDS: Final[Mapping[str, PeriodKind]] = MappingProxyType(
    {
        form: kind
        for kind, forms in (
            (PeriodKind.WEEK, "week неделя неделю"),
            (PeriodKind.MONTH, "month месяц"),
            (PeriodKind.QUARTER, "quarter квартал"),
        )
        for form in forms.split()
    }
)
OF_MEMOS: Final = (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER)
_EARLIER: Final = frozenset(["last", "прошлая", "прошлую", "прошлый", "прошедшая", "прошедшую", "прошедший"])
_THIS: Final = frozenset(["this", "эта", "эту", "этот", "текущая", "текущую", "текущий"])
_FILLING: Final = frozenset({"за", "the"})

LATE_AT_MOST: Final = timedelta(days=3)
"""So long after its hour a memo still comes by itself: a server that stood over a weekend loses none."""
_WEEKS_BACK: Final = 3
"""The longest holidays leave a week, or two, without a working day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoPeriods:
    """What may be asked for on a day: of each kind the period before and the one that the day is in."""

    today: date
    calendar: WorkingCalendar
    week_begins: int

    def __iter__(self) -> Iterator[Period]:
        return (each for kind in OF_MEMOS for each in self._both(kind))

    def named(self, words: str) -> Period | None:
        """By «week», «неделя», «прошлый месяц», «за этот квартал»; without saying which, the one that ends."""
        said = [word for word in words.casefold().replace("ё", "е").split() if word not in _FILLING]
        kinds = [_KINDS[word] for word in said if word in _KINDS]
        others = {word for word in said if word not in _KINDS}
        if len(kinds) != 1 or not others <= _EARLIER | _THIS or len(others) > 1:
            return None
        earlier, this = self._both(kinds[0])
        if not others:
            return this if self._is_ending(this) else earlier
        return earlier if others <= _EARLIER else this

    def _both(self, kind: PeriodKind) -> Sequence[Period]:
        this = period_of(kind, self.today, week_begins=self.week_begins)
        return this.next(-1), this

    def _is_ending(self, period: Period) -> bool:
        """From its last working day on: on a Friday «за неделю» is the week that is ending."""
        later = (self.today + timedelta(days=ahead) for ahead in range(1, (period.last - self.today).days + 1))
        return not any(self.calendar.is_working_day(day) for day in later)


def memo_periods(plan: OfficePlan, now: datetime) -> MemoPeriods:
    today = plan.calendar.local(now).date()
    return MemoPeriods(today=today, calendar=plan.calendar, week_begins=plan.reports.week_begins)


def period_from(kind: PeriodKind, first: date) -> Period:
    """The one that was offered, whatever day the office's weeks begin on since."""
    return period_of(kind, first, week_begins=first.weekday())


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """At that moment the memo of that week comes by itself."""

    week: Period
    at: datetime


def comings_due(plan: OfficePlan, now: datetime) -> Sequence[Coming]:
    """Of which weeks a memo is to come by itself now: from its hour on, three days long.

    It is of the week that ends on the office's day for it, or has ended before that day.
    """
    comings = _comings(plan, _week_of(plan, now), range(-_WEEKS_BACK - 2, 1))
    return [each for each in comings if each.at <= now <= each.at + LATE_AT_MOST]


def next_memo_at(plan: OfficePlan, now: datetime) -> datetime | None:
    """When the next memo comes by itself; None when none does."""
    comings = _comings(plan, _week_of(plan, now), range(-_WEEKS_BACK, 2))
    return min((each.at for each in comings if each.at > now), default=None)


def _week_of(plan: OfficePlan, now: datetime) -> Period:
    return period_of(PeriodKind.WEEK, plan.calendar.local(now).date(), week_begins=plan.reports.week_begins)


def _comings(plan: OfficePlan, this: Period, weeks: range) -> Iterator[Coming]:
    terms, calendar = plan.reports, plan.calendar
    if terms.memo_on is None:
        return
    for ahead in weeks:
        week = this.next(ahead)
        [on] = [day for day in week if day.weekday() == terms.memo_on]
        of = week if on == week.last else week.next(-1)
        yield Coming(week=of, at=calendar.moment_at(_comes_on(on, week, calendar), terms.memo_at))


def _comes_on(on: date, week: Period, calendar: WorkingCalendar) -> date:
    """That day; when it is a day off the working day before, in the same week; when there is none the next one."""
    before = [day for day in week if day <= on and calendar.is_working_day(day)]
    if before:
        return before[-1]
    ahead = (on + timedelta(days=days) for days in range(1, 7 * (_WEEKS_BACK + 1)))
    return next((day for day in ahead if calendar.is_working_day(day)), on)
