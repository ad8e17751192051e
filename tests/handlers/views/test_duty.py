"""Duty in words, and the buttons under it."""

from dataclasses import replace

import pytest

from handlers.callbacks.rota import DutyDays, DutyDraft
from handlers.views.duty import choose_day, choose_position, draft, duty, on_duty
from handlers.views.message import LONGEST_TEXT
from risk.powers import Power
from risk.rota import OnDuty
from risk.units import units
from risk.use_cases.duty_steps import DutyPage
from tests.handlers import rota
from tests.handlers.builders import plan, titles
from tests.handlers.rota import DAY, FRIDAY, MEMBER, MONDAY, ROADS, VACANT, WHO_BORIS, stretch

ANNA_ON_DUTY = rota.on_duty()
WEEKEND = stretch(FRIDAY, FRIDAY + 2 * DAY, ANNA_ON_DUTY)


def lines(facts: DutyPage) -> list[str]:
    return duty(facts).text.splitlines()


def test_the_page_says_who_answers_tonight_and_in_the_coming_days() -> None:
    tonight = stretch(FRIDAY, FRIDAY, ANNA_ON_DUTY)
    assert lines(rota.duty_page(WEEKEND, stretch(MONDAY, MONDAY + 3 * DAY), tonight=tonight)) == [
        "МЦУ Заречного округа · дежурство",
        "Сейчас рабочее время, до пт 20.11, 18:00 отвечает весь офис.",
        "Далее, с пт 20.11, 18:00 до сб 21.11, 09:00: руководитель блока «Дороги» (Анисимова А. А.).",
        "",
        "Ближайшие две недели:",
        "• пт 20.11 вечер – пн 23.11 утро: руководитель блока «Дороги» (Анисимова А. А.)",
        "• пн 23.11 вечер – пт 27.11 утро: не назначено",
    ]


@pytest.mark.parametrize(
    ("who", "words"),
    [(ANNA_ON_DUTY, "руководитель блока «Дороги» (Анисимова А. А.)"), (None, "не назначено")],
)
def test_outside_working_hours_the_page_says_who_answers_now(who: OnDuty | None, words: str) -> None:
    saturday = stretch(FRIDAY + DAY, FRIDAY + DAY, who)
    assert lines(rota.duty_page(saturday, current=saturday))[1] == f"Сейчас дежурство до вс 22.11, 09:00: {words}."


def test_a_shift_of_a_day_off_begins_in_the_morning() -> None:
    assert "• сб 21.11 утро – пн 23.11 утро:" in duty(rota.duty_page(stretch(FRIDAY + DAY, FRIDAY + 2 * DAY))).text


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (None, "не назначено"),
        (rota.on_duty(), "руководитель блока «Дороги» (Анисимова А. А.)"),
        (rota.on_duty(MEMBER, WHO_BORIS), "член проектного офиса 1"),
        (rota.on_duty(VACANT, None), "руководитель блока «Социальная политика» (должность не занята)"),
        (rota.on_duty(ROADS, None, holder_away=True), "руководитель блока «Дороги» (отсутствует, замещающего нет)"),
        (
            rota.on_duty(ROADS, WHO_BORIS, holder_away=True),
            "руководитель блока «Дороги» (отсутствует, замещает член проектного офиса 1)",
        ),
    ],
)
def test_why_nobody_answers_is_said(who: OnDuty | None, words: str) -> None:
    assert on_duty(who, plan()) == words


def test_a_page_of_the_longest_names_fits_into_a_message() -> None:
    endless = rota.on_duty(here=replace(WHO_BORIS, person=rota.person(rota.BORIS, "Ы" * 5000)))
    assert units(duty(rota.duty_page(*[stretch(FRIDAY, FRIDAY, endless)] * 14)).text) <= LONGEST_TEXT


def test_only_whoever_assigns_has_a_button() -> None:
    assert duty(rota.duty_page(WEEKEND)).keyboard is None
    assert titles(duty(rota.duty_page(WEEKEND, allowed=frozenset({Power.ASSIGN_DUTY}))).keyboard) == [["Назначить"]]


def test_positions_are_chosen_page_by_page_or_nobody() -> None:
    first = choose_position(rota.positions_for_duty(ROADS, MEMBER))
    assert titles(first.keyboard) == [
        ["руководитель блока «Дороги»"], ["член проектного офиса 1"], ["Никто"], ["Назад"],
    ]  # fmt: skip
    third = choose_position(rota.positions_for_duty(*[MEMBER] * 45, page=2))
    assert titles(third.keyboard) == [["‹ Назад"], *[["член проектного офиса 1"]] * 5, ["Никто"], ["Назад"]]


def test_first_and_last_shift_are_chosen_by_their_days() -> None:
    first = choose_day(rota.duty_days_asked(ROADS), None)
    assert first.text.splitlines()[:2] == ["Дежурит: руководитель блока «Дороги».", "День первой смены?"]
    last = choose_day(rota.duty_days_asked(ROADS, first=MONDAY), None)
    assert last.text.splitlines()[1] == "Первая смена: пн 23.11. День последней смены?"
    assert last.keyboard is not None
    pressed = {button.text: button.callback_data or "" for row in last.keyboard.inline_keyboard for button in row}
    chosen = DutyDraft.unpack(pressed["24"])
    assert (chosen.position, chosen.first, chosen.last) == (ROADS.id, MONDAY.toordinal(), MONDAY.toordinal() + 1)
    assert not chosen.sure
    turned = DutyDays.unpack(pressed["›"])
    assert (turned.position, turned.first) == (ROADS.id, MONDAY.toordinal())
    nobody = choose_day(rota.duty_days_asked(), None)
    assert nobody.text.startswith("Дежурство будет снято.")


def test_the_last_page_says_it_all() -> None:
    assert draft(rota.duty_drafted()).text.splitlines() == [
        "Дежурство: руководитель блока «Дороги» (Анисимова А. А.).",
        "С пт 20.11, 18:00 до пн 23.11, 09:00, вне рабочих часов.",
    ]
    assert titles(draft(rota.duty_drafted()).keyboard) == [["Сохранить"], ["Назад"]]
    assert draft(rota.duty_drafted(None)).text.startswith("Дежурство: никто.")
    assert "отмечено отсутствие" in draft(rota.duty_drafted(holder_away=True)).text
