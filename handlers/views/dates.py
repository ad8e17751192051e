"""Dates, terms and the arithmetic of deadlines as people read them: local, absolute, with the weekday."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from handlers.days import day
from handlers.russian import counted
from risk.calendar import Span, WorkingCalendar
from risk.deadlines import ClockKind, Deadline, Term

_SPANS_SHOWN: Final = 4
"""Longer arithmetic shows its beginning and its end, or it would not fit into the answer to a press."""


def moment(at: datetime, calendar: WorkingCalendar, now: datetime) -> str:
    """«сб 21.11, 09:02»; of another year than this one with its year."""
    local = calendar.local(at)
    return f"{day(local, calendar.local(now))}, {local:%H:%M}"


def until(due_at: datetime, calendar: WorkingCalendar, now: datetime) -> str:
    """«просрочено с пт 20.11, 16:00», «сегодня до 16:00», «до вт 24.11, 11:00»."""
    if due_at <= now:
        return f"просрочено с {moment(due_at, calendar, now)}"
    local = calendar.local(due_at)
    if local.date() == calendar.local(now).date():
        return f"сегодня до {local:%H:%M}"
    return f"до {moment(due_at, calendar, now)}"


def period(first: date, last: date, today: date) -> str:
    """«с пн 23.11 по пт 04.12», or the one day that it is."""
    return day(first, today) if first == last else f"с {day(first, today)} по {day(last, today)}"


def term(given: Term) -> str:
    """«9 рабочих часов», «2 часа круглосуточно»."""
    hours, rest = divmod(given.amount, timedelta(hours=1))
    minutes = rest // timedelta(minutes=1)
    if given.clock is ClockKind.WORKING and not minutes:
        return counted(hours, "рабочий час", "рабочих часа", "рабочих часов")
    length = " ".join([*_hours(hours), *_minutes(minutes)])
    return f"{length} рабочего времени" if given.clock is ClockKind.WORKING else f"{length} круглосуточно"


def arithmetic(counted_out: Deadline, calendar: WorkingCalendar, now: datetime) -> str:
    """«9 рабочих часов: пт 20.11 16:00–18:00, пн 23.11 09:00–16:00»."""
    return f"{term(counted_out.term)}: {_spans(counted_out.spans, calendar, now)}"


def _spans(spans: Sequence[Span], calendar: WorkingCalendar, now: datetime) -> str:
    if len(spans) <= _SPANS_SHOWN:
        return ", ".join(_span(each, calendar, now) for each in spans)
    first, second, *between, last = spans
    left_out = "ещё " + counted(len(between), "день", "дня", "дней")
    return ", ".join([_span(first, calendar, now), _span(second, calendar, now), left_out, _span(last, calendar, now)])


def _span(span: Span, calendar: WorkingCalendar, now: datetime) -> str:
    begins, ends, today = calendar.local(span.begins), calendar.local(span.ends), calendar.local(now)
    if begins.date() == ends.date():
        return f"{day(begins, today)} {begins:%H:%M}–{ends:%H:%M}"
    return f"{day(begins, today)} {begins:%H:%M} – {day(ends, today)} {ends:%H:%M}"


def _hours(hours: int) -> list[str]:
    return [counted(hours, "час", "часа", "часов")] if hours else []


def _minutes(minutes: int) -> list[str]:
    return [counted(minutes, "минута", "минуты", "минут")] if minutes else []
