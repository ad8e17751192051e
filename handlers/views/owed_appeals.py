"""What is owed about an appeal, as people read it: in a line of a reminder, on its own page, and why it is asked."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from handlers.days import day, numbers
from handlers.russian import counted
from handlers.views.appeal_lines import length_words
from handlers.views.dates import arithmetic, moment, until
from handlers.views.freshness import appeal_number
from handlers.views.lines import INNER_DEADLINE
from risk.appeal_cases import AppealCase
from risk.appeal_terms import AppealDue, Basis, days_past, is_law, last_day_of
from risk.obligations import ObligationKind
from risk.offices import OfficePlan
from risk.units import shortened
from risk.use_cases.reminder_telling import Explained, OwedTold

NAMED_IN_SHORT: Final[Mapping[ObligationKind, str]] = MappingProxyType(
    {ObligationKind.FIRST_ANSWER: "первый ответ", ObligationKind.APPEAL_APPROVAL: "согласование ответа"}
)
"""Said where it is anything but the answer itself."""
WITHOUT_TOPIC: Final = "тема не указана"

_TOPIC_SHOWN: Final = 60
_DAYS_SHOWN: Final = 5


def in_short(item: OwedTold, case: AppealCase, plan: OfficePlan, now: datetime) -> str:
    """«ПОС 6100013 · ямы на Советской · просрочено на 2 рабочих дня»."""
    named = NAMED_IN_SHORT.get(item.owed.obligation.key.kind)
    topic = shortened(_topic(case), _TOPIC_SHOWN)
    return " · ".join(filter(None, (appeal_number(case.appeal.key), named, topic, when(item, plan, now))))


def when(item: OwedTold, plan: OfficePlan, now: datetime) -> str:
    """A term of hours runs out at a moment, a term of days when the last one is over."""
    due_at, calendar = item.owed.obligation.due_at, plan.calendar
    if item.owed.obligation.term is not None:
        return until(due_at, calendar, now)
    last, today = last_day_of(due_at, calendar), calendar.local(now).date()
    if due_at <= now:
        past = len(days_past(due_at, now, calendar))
        for_long = counted(past, "рабочий день", "рабочих дня", "рабочих дней")
        return f"просрочено на {for_long}" if past else f"просрочено, срок был {day(last, today)}"
    near = {0: "сегодня", 1: "завтра"}.get((last - today).days)
    return near or f"до {day(last, today)}"


def about(case: AppealCase) -> Iterator[str]:
    """What it is about, by the words of the export."""
    yield _topic(case)
    if case.appeal.group and case.appeal.topic:
        yield case.appeal.group


def grounds(facts: Explained, case: AppealCase) -> Iterator[str]:
    """Where its date comes from, and how long that is past."""
    assert facts.due is not None
    calendar, now = facts.office.plan.calendar, facts.now
    today = calendar.local(now).date()
    yield _term_line(facts.due, case, facts.office.plan, now)
    if facts.counted is not None:
        yield f"{arithmetic(facts.counted, calendar, now)}."
    due_at = facts.told.owed.obligation.due_at
    past = days_past(due_at, now, calendar) if due_at <= now else ()
    if past:
        has_passed = "прошёл" if len(past) % 10 == 1 and len(past) % 100 != 11 else "прошло"
        for_long = counted(len(past), "рабочий день", "рабочих дня", "рабочих дней")
        listed = f" ({', '.join(numbers(each, today) for each in past)})" if len(past) <= _DAYS_SHOWN else ""
        yield f"Сегодня {day(today, today)}: {has_passed} {for_long}{listed}."


def _term_line(due: AppealDue, case: AppealCase, plan: OfficePlan, now: datetime) -> str:
    calendar, today = plan.calendar, plan.calendar.local(now).date()
    came = day(case.appeal.created_on, today)
    last = day(last_day_of(due.at, calendar), today)
    if due.basis is Basis.EXPORT:
        return f"Поступило {came}, плановый срок {last} (дата из выгрузки)."
    if due.basis is Basis.FIRST_ANSWER:
        return f"Поступило {came}, первый ответ до {moment(due.at, calendar, now)} ({INNER_DEADLINE})."
    assert due.days is not None
    if due.basis is Basis.AFTER_FIRST:
        first = day(due.since, today)
        return f"Первый ответ дан {first}, окончательный до {last}: {length_words(due.days)} ({INNER_DEADLINE})."
    if is_law(due.days, case.appeal.regime):
        return f"Поступило {came}, ответить до {last}: {length_words(due.days)} со дня регистрации (59-ФЗ, ст. 12)."
    return f"Поступило {came}, ответить до {last}: {length_words(due.days)} ({INNER_DEADLINE})."


def _topic(case: AppealCase) -> str:
    return case.appeal.topic or case.appeal.group or WITHOUT_TOPIC
