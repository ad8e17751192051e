"""The buttons under the list of absences and under each step of noting one."""

from collections.abc import Sequence
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.rota import AbsenceDays, AbsenceDeputies, AbsenceDraft, AbsenceEnd, AbsenceList, AbsencePeople
from handlers.colleagues import short_name
from handlers.days import day
from handlers.keyboards.buttons import button, choices, turning
from handlers.keyboards.dates import MonthGrid, month_number, month_rows
from risk.ids import OfficeId, PersonId
from risk.powers import Power
from risk.rota import Colleague
from risk.use_cases.absence_steps import (
    AbsenceDrafted,
    Absences,
    AbsenceShown,
    AbsenceToEnd,
    DaysAsked,
    DeputiesAsked,
    PeopleToNote,
)

PEOPLE_ON_A_PAGE: Final = 20
ABSENCES_ON_A_PAGE: Final = 8


def absences_on_page(facts: Absences) -> Sequence[AbsenceShown]:
    """One's own come first, then those of others."""
    begin = facts.page * ABSENCES_ON_A_PAGE
    return [*facts.own, *facts.others][begin : begin + ABSENCES_ON_A_PAGE]


def absences_keyboard(facts: Absences) -> InlineKeyboardMarkup:
    office = facts.office.id
    ending = [[_ending(each, facts)] for each in absences_on_page(facts)]
    pages = -(-(len(facts.own) + len(facts.others)) // ABSENCES_ON_A_PAGE)
    turns = turning(facts.page, pages, lambda page: AbsenceList(office=office, page=page))
    note = [button("Отметить отсутствие", _days(office, facts.reader))]
    for_others = [[button("За другого", AbsencePeople(office=office, page=0))]]
    may_note_others = Power.MANAGE_ABSENCE in facts.allowed
    return InlineKeyboardMarkup(inline_keyboard=[note, *(for_others if may_note_others else []), *ending, *turns])


def people_keyboard(facts: PeopleToNote) -> InlineKeyboardMarkup:
    office, plan = facts.office.id, facts.office.plan
    offered = [(short_name(each, plan), _days(office, each.person.id)) for each in _on_page(facts.people, facts.page)]
    pages = _pages(facts.people)
    turns = turning(facts.page, pages, lambda page: AbsencePeople(office=office, page=page))
    return InlineKeyboardMarkup(inline_keyboard=[*turns, *choices(offered, _to_list(office))])


def days_keyboard(facts: DaysAsked, month: int | None) -> InlineKeyboardMarkup:
    office, person = facts.office.id, facts.whose.person.id
    first = None if facts.first is None else facts.first.toordinal()
    grid = MonthGrid(
        office=office,
        shown=month_number(facts.earliest) if month is None else month,
        earliest=facts.earliest,
        latest=facts.latest,
        today=facts.today,
    )

    def chosen(number: int) -> AbsenceDays | AbsenceDeputies:
        if first is None:
            return AbsenceDays(office=office, person=person, first=number, month=None)
        return AbsenceDeputies(office=office, person=person, first=first, last=number, page=0)

    def turned(number: int) -> AbsenceDays:
        return AbsenceDays(office=office, person=person, first=first, month=number)

    back = _to_list(office) if first is None else button("Назад", _days(office, person))
    return InlineKeyboardMarkup(inline_keyboard=[*month_rows(grid, chosen=chosen, turned=turned), [back]])


def deputies_keyboard(facts: DeputiesAsked) -> InlineKeyboardMarkup:
    office, plan = facts.office.id, facts.office.plan
    offered = [
        ("Без заместителя", _draft(facts, None)),
        *((short_name(each, plan), _draft(facts, each.person.id)) for each in _on_page(facts.deputies, facts.page)),
    ]
    turns = turning(facts.page, _pages(facts.deputies), lambda page: _deputies(facts, page))
    first = AbsenceDays(office=office, person=facts.whose.person.id, first=facts.days.first.toordinal(), month=None)
    return InlineKeyboardMarkup(inline_keyboard=[*turns, *choices(offered, button("Назад", first))])


def draft_keyboard(facts: AbsenceDrafted) -> InlineKeyboardMarkup:
    deputy = None if facts.deputy is None else facts.deputy.person.id
    save = button("Сохранить", _draft(facts, deputy, sure=True))
    return InlineKeyboardMarkup(inline_keyboard=[[save], [button("Назад", _deputies(facts, 0))]])


def end_keyboard(facts: AbsenceToEnd) -> InlineKeyboardMarkup:
    office = facts.office.id
    title = "Завершить" if facts.shown.absence.first_day < facts.today else "Отменить отсутствие"
    end = button(title, AbsenceEnd(office=office, absence=facts.shown.absence.id, sure=True))
    return InlineKeyboardMarkup(inline_keyboard=[[end], [_to_list(office)]])


def _ending(shown: AbsenceShown, facts: Absences) -> InlineKeyboardButton:
    absence = shown.absence
    press = AbsenceEnd(office=facts.office.id, absence=absence.id, sure=False)
    is_own, begun = absence.person == facts.reader, absence.first_day < facts.today
    if is_own:
        return button("Вернуться раньше" if begun else f"Отменить: с {day(absence.first_day, facts.today)}", press)
    act, when = (
        ("Завершить", f"до {day(absence.last_day, facts.today)}")
        if begun
        else ("Отменить", f"с {day(absence.first_day, facts.today)}")
    )
    return button(f"{act} ({when}): {short_name(shown.whose, facts.office.plan)}", press)


def _days(office: OfficeId, person: PersonId) -> AbsenceDays:
    return AbsenceDays(office=office, person=person, first=None, month=None)


def _deputies(facts: DeputiesAsked | AbsenceDrafted, page: int) -> AbsenceDeputies:
    return AbsenceDeputies(
        office=facts.office.id,
        person=facts.whose.person.id,
        first=facts.days.first.toordinal(),
        last=facts.days.last.toordinal(),
        page=page,
    )


def _draft(facts: DeputiesAsked | AbsenceDrafted, deputy: PersonId | None, *, sure: bool = False) -> AbsenceDraft:
    return AbsenceDraft(
        office=facts.office.id,
        person=facts.whose.person.id,
        first=facts.days.first.toordinal(),
        last=facts.days.last.toordinal(),
        deputy=deputy,
        sure=sure,
    )


def _on_page(people: Sequence[Colleague], page: int) -> Sequence[Colleague]:
    return people[page * PEOPLE_ON_A_PAGE : (page + 1) * PEOPLE_ON_A_PAGE]


def _pages(people: Sequence[Colleague]) -> int:
    return -(-len(people) // PEOPLE_ON_A_PAGE)


def _to_list(office: OfficeId) -> InlineKeyboardButton:
    return button("Назад", AbsenceList(office=office, page=0))
