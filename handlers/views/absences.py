"""Absences as people read them: the list, and the question of each step on the way to noting one."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from aiogram.utils.formatting import Bold, Code, Text

from handlers.colleagues import colleague, stands_in
from handlers.days import day, numbers
from handlers.keyboards.absences import (
    absences_keyboard,
    absences_on_page,
    days_keyboard,
    deputies_keyboard,
    draft_keyboard,
    end_keyboard,
    people_keyboard,
)
from handlers.views.dates import period
from handlers.views.message import Line, Outgoing, outgoing
from risk.dates import example_day
from risk.units import shortened
from risk.use_cases.absence_steps import (
    AbsenceDrafted,
    Absences,
    AbsenceShown,
    AbsenceToEnd,
    DaysAsked,
    DeputiesAsked,
    PeopleToNote,
)

_LINE_SHOWN: Final = 400

IN_PRIVATE: Final = Outgoing(text="Напишите мне в личные сообщения: /absence.")
_EXAMPLE_LENGTH: Final = timedelta(days=13)
STALE: Final = "Этот список отсутствий устарел. Откройте его заново: /absence."
NOTED: Final = "Отсутствие отмечено."
ENDED: Final = "Отметка об отсутствии снята."


def absences(facts: Absences) -> Outgoing:
    return outgoing(_list(facts), absences_keyboard(facts))


def choose_person(facts: PeopleToNote) -> Outgoing:
    question = "Кто будет отсутствовать?" if facts.people else "Кроме вас, в офисе пока никого нет."
    return outgoing([question], people_keyboard(facts))


def choose_day(facts: DaysAsked, month: int | None) -> Outgoing:
    if facts.first is None:
        question = "Первый день отсутствия?"
    else:
        question = f"Отсутствие с {day(facts.first, facts.today)}. Последний день, включительно?"
    hint = [_hint(facts)] if facts.is_own and facts.first is None else []
    return outgoing([*_whose(facts), question, *hint], days_keyboard(facts, month))


def _hint(facts: DaysAsked) -> Line:
    """Two weeks that are ahead on whatever day this is read."""
    first = example_day(facts.today, facts.office.plan.calendar)
    days = f"{numbers(first, facts.today)}–{numbers(first + _EXAMPLE_LENGTH, facts.today)}"
    return Text("Можно и словами: ", Code(f"/absence {days}"))


def choose_deputy(facts: DeputiesAsked) -> Outgoing:
    days = period(facts.days.first, facts.days.last, facts.today)
    lines = [*_whose(facts), f"Отсутствие {days}. Кто замещает?"]
    return outgoing(lines, deputies_keyboard(facts))


def draft(facts: AbsenceDrafted) -> Outgoing:
    plan = facts.office.plan
    lines = [
        f"Отсутствие: {colleague(facts.whose, plan)} {period(facts.days.first, facts.days.last, facts.today)}.",
        "Замещающего нет." if facts.deputy is None else f"Замещает: {colleague(facts.deputy, plan)}.",
    ]
    return outgoing(lines, draft_keyboard(facts))


def end(facts: AbsenceToEnd) -> Outgoing:
    absence, plan = facts.shown.absence, facts.office.plan
    days = period(absence.first_day, absence.last_day, facts.today)
    whose = "" if facts.is_own else f" ({colleague(facts.shown.whose, plan)})"
    if absence.first_day < facts.today:
        lines = [f"Завершить отсутствие {days}{whose}?", "Последним днём отсутствия станет вчерашний."]
    else:
        lines = [f"Отменить отсутствие {days}{whose}?"]
    return outgoing(lines, end_keyboard(facts))


def _list(facts: Absences) -> Iterator[Line]:
    """A page of one's own absences and those of others, each under its heading."""
    own, others = _split(facts)
    if own or not facts.page:
        yield Bold("Ваше отсутствие")
        yield from _lines(own, facts) if own else ["Ничего не отмечено."]
    if others:
        yield Bold("Отсутствие других")
        yield from _lines(others, facts)


def _split(facts: Absences) -> tuple[Sequence[AbsenceShown], Sequence[AbsenceShown]]:
    on_page = absences_on_page(facts)
    own = [each for each in on_page if each.absence.person == facts.reader]
    return own, [each for each in on_page if each.absence.person != facts.reader]


def _lines(shown: Sequence[AbsenceShown], facts: Absences) -> Iterator[str]:
    plan = facts.office.plan
    for each in shown:
        days = period(each.absence.first_day, each.absence.last_day, facts.today)
        who = "" if each.absence.person == facts.reader else f"{colleague(each.whose, plan)}: "
        yield shortened(f"• {who}{days} · {stands_in(each.deputy, plan)}", _LINE_SHOWN)


def _whose(facts: DaysAsked | DeputiesAsked) -> Sequence[str]:
    return [] if facts.is_own else [f"{colleague(facts.whose, facts.office.plan)}."]
