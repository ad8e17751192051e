"""The card: every line of it, its buttons, and what hostile words may not do to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.views.card import STATES, card, deadline_explained, moved_card
from handlers.views.message import LONGEST_ANSWER, LONGEST_TEXT
from risk.offices import Retired
from risk.risks import RiskState
from risk.sources import Source, SourceKind
from risk.standing import Panel
from risk.units import units
from risk.use_cases.reading import Away
from tests.handlers.builders import (
    CHANNEL,
    FRIDAY_AFTERNOON,
    GIST,
    HIGH,
    HOSTILE,
    HOUSE_CHAT,
    LOW,
    MIDDLE,
    NORTH,
    PERSONAL_PAGE,
    POST,
    SATURDAY,
    calendar,
    card_facts,
    marked,
    plan,
    risk,
    titles,
    with_retired_block,
    without_blocks,
)


def test_card_says_everything_in_its_order() -> None:
    shown = card(card_facts(risk(territory=NORTH)))
    assert shown.text.splitlines() == [
        "ИР-12/26 · 🔴 высокая · зарегистрирован",
        GIST,
        "Источники: vk.com/wall-1_2",
        "Территория: Северная сторона",
        "Блок: Дороги, ЖКХ, благоустройство · отвечает: руководитель блока",
        "Проверить до: сб 21.11, 11:02 (внутренний ориентир МЦУ)",
        "Зарегистрировал: член проектного офиса 1, сб 21.11, 09:02",
    ]


def test_first_line_is_bold() -> None:
    assert marked(card(card_facts()), "bold") == ["ИР-12/26 · 🔴 высокая · зарегистрирован"]


def test_only_links_lead_somewhere() -> None:
    shown = card(card_facts(risk(sources=(POST, PERSONAL_PAGE, HOUSE_CHAT, CHANNEL))))
    assert "Источники: vk.com/wall-1_2 · личная страница · домовой чат · t.me/novosti/77" in shown.text
    assert marked(shown, "text_link") == ["vk.com/wall-1_2", "t.me/novosti/77"]
    assert [each.url for each in shown.entities if each.url] == [
        "https://vk.com/wall-1_2",
        "https://t.me/novosti/77",
    ]


def test_risk_without_sources_and_block_says_so() -> None:
    lines = card(card_facts(risk(sources=(), block=None), responsible=None)).text.splitlines()
    assert "Источники: не указаны" in lines
    assert "Блок: не назначен" in lines


def test_unknown_territory_takes_no_line() -> None:
    assert "Территория" not in card(card_facts()).text


def test_office_without_blocks_has_no_word_of_them() -> None:
    shown = card(card_facts(risk(block=None), of=without_blocks(), responsible=None))
    assert "Блок" not in shown.text
    assert titles(shown.keyboard) == [["Сменить критичность"], ["Как посчитан срок"]]


def test_block_that_the_office_has_dropped_is_shown_and_can_be_taken_away() -> None:
    shown = card(card_facts(of=with_retired_block()))
    assert "Блок: Дороги, ЖКХ, благоустройство · отвечает: руководитель блока" in shown.text
    assert titles(shown.keyboard)[0] == ["Сменить блок", "Сменить критичность"]
    choices = card(card_facts(of=with_retired_block(), panel=Panel.BLOCKS))
    assert titles(choices.keyboard) == [["Без блока"], ["Назад"]]


def test_level_that_the_office_has_dropped_is_shown_and_not_offered() -> None:
    dropped = replace(plan(), levels=plan().levels[1:], retired=Retired(levels=plan().levels[:1]))
    assert card(card_facts(risk(level=LOW), of=dropped)).text.startswith("ИР-12/26 · ⚪ низкая")
    offered = card(card_facts(risk(level=LOW), of=dropped, panel=Panel.LEVELS))
    assert titles(offered.keyboard) == [["🟡 средняя"], ["🔴 высокая"], ["Назад"]]


def test_passed_deadline_is_overdue_in_words() -> None:
    shown = card(card_facts(now=SATURDAY + timedelta(hours=2)))
    assert "Проверить было до: сб 21.11, 11:02 (внутренний ориентир МЦУ) · просрочено" in shown.text


def test_deadline_beyond_the_known_calendar_is_marked() -> None:
    short_sighted = replace(plan(), calendar=calendar(known_until=SATURDAY))
    assert "(календарь на эти дни не подтверждён)" in card(card_facts(risk(level=LOW), of=short_sighted)).text
    assert "не подтверждён" not in card(card_facts(risk(level=LOW))).text


@pytest.mark.parametrize(
    ("panel", "buttons"),
    [
        (Panel.MAIN, [["Сменить блок", "Сменить критичность"], ["Как посчитан срок"]]),
        (
            Panel.BLOCKS,
            [["Дороги, ЖКХ, благоустройство"], ["Социальная политика"], ["Без блока"], ["Назад"]],
        ),
        (Panel.LEVELS, [["⚪ низкая"], ["🟡 средняя"], ["🔴 высокая"], ["Назад"]]),
        (Panel.CONFIRM_HIGHEST, [["Да, высокая"], ["Оставить среднюю"]]),
    ],
)
def test_each_panel_has_its_buttons(panel: Panel, buttons: list[list[str]]) -> None:
    assert titles(card(card_facts(risk(level=MIDDLE), panel=panel)).keyboard) == buttons


def test_highest_level_is_asked_about_on_the_card() -> None:
    question = "Высокая критичность: срок пойдёт круглосуточно. Подтвердите вторым нажатием."
    assert card(card_facts(risk(level=MIDDLE), panel=Panel.CONFIRM_HIGHEST)).text.endswith(question)
    assert question not in card(card_facts(risk(level=MIDDLE))).text


def test_long_titles_are_cut_on_buttons() -> None:
    long = replace(plan().blocks[0], title="Очень длинное название блока, которому на кнопке нет места")
    shown = card(card_facts(panel=Panel.BLOCKS, of=replace(plan(), blocks=(long,))))
    title = titles(shown.keyboard)[0][0]
    assert units(title) <= 40
    assert title.endswith("…")


@pytest.mark.parametrize("gist", HOSTILE)
def test_hostile_gist_stands_as_typed_and_moves_no_entity(gist: str) -> None:
    shown = card(card_facts(risk(gist=gist, sources=(CHANNEL,))))
    second_line = shown.text.splitlines()[1]
    assert second_line == gist or (second_line.endswith("…") and gist.startswith(second_line[:-1]))
    assert marked(shown, "text_link") == ["t.me/novosti/77"]
    assert units(shown.text) <= LONGEST_TEXT


def test_card_fits_into_a_message_however_much_was_typed() -> None:
    sources = tuple(Source(kind=SourceKind.SPOKEN, label=f"{number} " + "🏠" * 100) for number in range(300))
    shown = card(card_facts(risk(gist="🏠" * 5000, sources=sources), panel=Panel.CONFIRM_HIGHEST))
    assert units(shown.text) <= LONGEST_TEXT
    assert " · ещё 2" in shown.text
    assert "Зарегистрировал: член проектного офиса 1" in shown.text


def test_every_state_has_a_word() -> None:
    assert set(STATES) == set(RiskState)


def test_deadline_is_explained_by_its_arithmetic() -> None:
    facts = card_facts(risk(level=LOW, filed_at=FRIDAY_AFTERNOON))
    assert deadline_explained(facts) == (
        "9 рабочих часов: пт 20.11 16:00–18:00, пн 23.11 09:00–16:00. Это внутренний ориентир МЦУ."
    )


def test_deadline_by_the_clock_is_explained() -> None:
    late = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
    assert deadline_explained(card_facts(risk(level=HIGH, filed_at=late))) == (
        "2 часа круглосуточно: сб 21.11 23:30 – вс 22.11 01:30. Это внутренний ориентир МЦУ."
    )


def test_deadline_counted_under_other_settings_is_not_explained_by_todays() -> None:
    filed_before = replace(risk(), verify_by=SATURDAY + timedelta(hours=5))
    assert deadline_explained(card_facts(filed_before)) == (
        "Проверить до: сб 21.11, 14:02. Срок посчитан раньше, с тех пор настройки офиса изменились."
    )


def test_explanation_fits_into_the_answer_to_a_press() -> None:
    level = replace(
        plan().levels[0], verify_within=replace(plan().levels[0].verify_within, amount=timedelta(hours=500))
    )
    slow = replace(plan(), levels=(level, *plan().levels[1:]))
    shown = risk(level=LOW)
    facts = card_facts(shown, of=slow)
    facts = replace(facts, risk=replace(shown, verify_by=facts.deadline.due_at))
    assert units(deadline_explained(facts)) <= LONGEST_ANSWER
    assert "ещё 53 дня" in deadline_explained(facts)


def test_earlier_copy_of_a_card_points_to_the_newer_one_and_has_no_buttons() -> None:
    assert moved_card().text == "Эта копия карточки больше не обновляется. Новая — ниже или в новом алерт-чате."
    assert moved_card().keyboard is None


def test_plain_card_keeps_its_words_and_buttons() -> None:
    formatted = card(card_facts())
    plain = formatted.plain()
    assert plain.entities == ()
    assert (plain.text, plain.keyboard) == (formatted.text, formatted.keyboard)


def test_a_block_whose_head_is_missing_says_so() -> None:
    shown = card(replace(card_facts(), responsible_vacant=True))
    assert "(должность не занята)" in shown.text


@pytest.mark.parametrize(
    ("deputy", "words"),
    [
        ("руководитель МЦУ", "(отсутствует по пт 04.12, замещает руководитель МЦУ)"),
        (None, "(отсутствует по пт 04.12, замещающего нет)"),
    ],
)
def test_a_block_whose_head_is_away_says_until_when_and_whom_to_ask(deputy: str | None, words: str) -> None:
    shown = card(card_facts(away=Away(until=date(2026, 12, 4), deputy=deputy)))
    assert f"отвечает: руководитель блока {words}" in shown.text
