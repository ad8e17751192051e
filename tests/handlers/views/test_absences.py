"""Absences in words, and the buttons under them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from handlers.callbacks.rota import AbsenceDays, AbsenceDeputies, AbsenceDraft, AbsenceEnd
from handlers.keyboards.absences import ABSENCES_ON_A_PAGE
from handlers.views.absences import absences as list_of
from handlers.views.absences import choose_day, choose_deputy, choose_person, draft, end
from handlers.views.message import LONGEST_TEXT, Outgoing
from risk.ids import AbsenceId
from risk.powers import Power
from risk.units import units
from tests.handlers.builders import office, titles
from tests.handlers.rota import (
    ANNA,
    BORIS,
    DAY,
    FRIDAY,
    MONDAY,
    WHO_ANNA,
    WHO_BORIS,
    absences,
    days_asked,
    deputies_asked,
    drafted,
    people_to_note,
    person,
    shown,
    to_end,
)

MANAGES = frozenset({Power.MANAGE_ABSENCE})
FIRST, LAST = MONDAY.toordinal(), (MONDAY + 4 * DAY).toordinal()


def data(message: Outgoing, title: str) -> str:
    assert message.keyboard is not None
    found = [button for row in message.keyboard.inline_keyboard for button in row if button.text == title]
    return found[0].callback_data or ""


def test_nothing_noted_is_said() -> None:
    page = list_of(absences())
    assert page.text == "Ваше отсутствие\nНичего не отмечено."
    assert titles(page.keyboard) == [["Отметить отсутствие"]]


def test_ones_own_absences_are_listed_with_what_can_be_done() -> None:
    page = list_of(absences(shown(FRIDAY - DAY, FRIDAY), shown(deputy=WHO_BORIS)))
    assert page.text.splitlines()[1:] == [
        "• с чт 19.11 по пт 20.11 · замещающего нет",
        "• с пн 23.11 по пт 27.11 · замещает член проектного офиса 1",
    ]
    assert titles(page.keyboard) == [["Отметить отсутствие"], ["Вернуться раньше"], ["Отменить: с пн 23.11"]]


def test_whoever_manages_absences_sees_those_of_others() -> None:
    others = (shown(FRIDAY - DAY, MONDAY, whose=WHO_BORIS), shown(MONDAY, MONDAY, whose=WHO_BORIS))
    page = list_of(absences(others=others, allowed=MANAGES))
    assert page.text.splitlines()[2:] == [
        "Отсутствие других",
        "• член проектного офиса 1: с чт 19.11 по пн 23.11 · замещающего нет",
        "• член проектного офиса 1: пн 23.11 · замещающего нет",
    ]
    assert titles(page.keyboard) == [
        ["Отметить отсутствие"],
        ["За другого"],
        ["Завершить (до пн 23.11): член…"],
        ["Отменить (с пн 23.11): член проектного…"],
    ]


def test_a_long_list_of_absences_is_read_page_by_page() -> None:
    facts: dict[str, Any] = {
        "others": tuple(shown(whose=WHO_BORIS, deputy=WHO_ANNA) for _ in range(9)),
        "allowed": MANAGES,
    }
    first, second = (list_of(absences(shown(deputy=WHO_BORIS), page=page, **facts)) for page in (0, 1))
    assert first.text.count("•") == ABSENCES_ON_A_PAGE
    assert titles(first.keyboard)[-1] == ["Дальше ›"]
    assert second.text.splitlines()[0] == "Отсутствие других"
    assert second.text.count("•") == 2
    assert titles(second.keyboard)[-1] == ["‹ Назад"]


def test_a_page_of_the_longest_names_fits_into_a_message() -> None:
    endless = replace(WHO_BORIS, person=person(BORIS, "Ы" * 5000))
    page = list_of(absences(*[shown(deputy=endless)] * 20, others=(), allowed=MANAGES))
    assert units(page.text) <= LONGEST_TEXT


def test_people_are_chosen_by_name_page_by_page() -> None:
    page = choose_person(people_to_note(WHO_ANNA, WHO_BORIS))
    assert page.text == "Кто будет отсутствовать?"
    assert titles(page.keyboard) == [["Анисимова А. А."], ["член проектного офиса 1"], ["Назад"]]
    assert data(page, "Анисимова А. А.") == AbsenceDays(office=office().id, person=ANNA, first=None, month=None).pack()
    third = choose_person(people_to_note(*[WHO_BORIS] * 45, page=2))
    assert titles(third.keyboard) == [["‹ Назад"], *[["член проектного офиса 1"]] * 5, ["Назад"]]
    assert "никого нет" in choose_person(people_to_note()).text


def test_the_first_day_then_the_last_one() -> None:
    first = choose_day(days_asked(), None)
    assert first.text.splitlines() == ["Первый день отсутствия?", "Можно и словами: /absence 27.11–10.12"]
    chosen = AbsenceDays(office=office().id, person=ANNA, first=FIRST, month=None)
    assert data(first, "23") == chosen.pack()
    last = choose_day(days_asked(first=MONDAY), None)
    assert last.text == "Отсутствие с пн 23.11. Последний день, включительно?"
    both = AbsenceDeputies(office=office().id, person=ANNA, first=FIRST, last=LAST, page=0)
    assert data(last, "27") == both.pack()
    assert "22" not in [title for row in titles(last.keyboard) for title in row]


def test_turning_a_month_keeps_what_was_chosen() -> None:
    page = choose_day(days_asked(first=MONDAY), None)
    turned = AbsenceDays.unpack(data(page, "›"))
    assert turned.first == FIRST
    assert titles(choose_day(days_asked(first=MONDAY), turned.month).keyboard)[0] == ["‹", "декабрь 2026", "›"]


def test_of_another_each_step_says_whose_absence_it_is() -> None:
    for page in (choose_day(days_asked(is_own=False), None), choose_deputy(deputies_asked(is_own=False))):
        assert page.text.splitlines()[0] == "руководитель блока «Дороги» (Анисимова А. А.)."


def test_the_deputy_is_one_of_those_who_are_there_or_nobody() -> None:
    page = choose_deputy(deputies_asked(WHO_BORIS))
    assert page.text == "Отсутствие с пн 23.11 по пт 27.11. Кто замещает?"
    assert titles(page.keyboard) == [["Без заместителя"], ["член проектного офиса 1"], ["Назад"]]
    chosen = AbsenceDraft.unpack(data(page, "член проектного офиса 1"))
    assert (chosen.deputy, chosen.first, chosen.last, chosen.sure) == (BORIS, FIRST, LAST, False)
    assert AbsenceDraft.unpack(data(page, "Без заместителя")).deputy is None


def test_the_last_page_says_it_all() -> None:
    page = draft(drafted(WHO_BORIS))
    assert page.text.splitlines() == [
        "Отсутствие: руководитель блока «Дороги» (Анисимова А. А.) с пн 23.11 по пт 27.11.",
        "Замещает: член проектного офиса 1.",
    ]
    assert titles(page.keyboard) == [["Сохранить"], ["Назад"]]
    saved = AbsenceDraft.unpack(data(page, "Сохранить"))
    assert (saved.deputy, saved.sure) == (BORIS, True)
    assert draft(drafted()).text.endswith("Замещающего нет.")


def test_another_year_is_named() -> None:
    page = draft(drafted(last=MONDAY + 60 * DAY))
    assert "с пн 23.11 по пт 22.01.2027" in page.text


@pytest.mark.parametrize(
    ("first", "question", "button"),
    [
        (MONDAY, "Отменить отсутствие с пн 23.11 по пт 27.11?", "Отменить отсутствие"),
        (FRIDAY - DAY, "Завершить отсутствие с чт 19.11 по пт 27.11?", "Завершить"),
    ],
)
def test_ending_is_asked_about_once(first: date, question: str, button: str) -> None:
    page = end(to_end(first))
    assert page.text.splitlines()[0] == question
    assert data(page, button) == AbsenceEnd(office=office().id, absence=AbsenceId(9), sure=True).pack()


def test_ending_anothers_absence_names_them() -> None:
    assert "(руководитель блока «Дороги» (Анисимова А. А.))?" in end(to_end(is_own=False)).text


def test_no_page_shouts() -> None:
    pages = [list_of(absences(shown())), choose_person(people_to_note(WHO_ANNA)), draft(drafted()), end(to_end())]
    assert not any("!" in page.text for page in pages)
