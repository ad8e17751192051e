"""The card: every line of it, its buttons, and what hostile words may not do to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, TypeVar, cast

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers.callbacks.working import CardMeasure, CardMerge, CardPress, CardRecord, WorkPress
from handlers.keyboards.cards import STATE_ROWS
from handlers.views.card import NO_DEADLINE, card, deadline_explained, moved_card
from handlers.views.message import LONGEST_ANSWER, LONGEST_TEXT, Outgoing
from handlers.views.working import STATES
from risk.ids import LevelKey
from risk.moves import Move, possible
from risk.offices import Retired
from risk.ports import Unit
from risk.risks import OPEN_STATES, RiskNumber, RiskState
from risk.sources import Source, SourceKind
from risk.standing import CARD_PANELS, Panel
from risk.units import units
from risk.use_cases.effects import require_possible
from risk.use_cases.reading import Away
from risk.use_cases.rounds import InHand
from risk.workings import Answer, Reach, ReachSeen, Working
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
from tests.handlers.workings import (
    ANSWERED,
    APPROVED,
    ASKED,
    COMPLETE,
    DRAFTED,
    INTERIM,
    LINK,
    LOCAL,
    PLANNED,
    QUIET_LOOK,
    RETURNED,
    ROUNDS,
    SETTLED,
    SPREADS_AGAIN,
    TAKEN,
    VERIFIED,
    WAIVED,
    approving_office,
    facts_in,
    overfull,
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
    assert titles(shown.keyboard) == [["Взять на проверку"], ["Сменить критичность"], ["Подробнее", "Ещё"]]
    seldom = card(card_facts(risk(block=None), of=without_blocks(), responsible=None, panel=Panel.MORE))
    assert ["Сменить критичность"] in titles(seldom.keyboard)


def test_block_that_the_office_has_dropped_is_shown_and_can_be_taken_away() -> None:
    shown = card(card_facts(of=with_retired_block()))
    assert "Блок: Дороги, ЖКХ, благоустройство · отвечает: руководитель блока" in shown.text
    assert ["Сменить блок", "Сменить критичность"] in titles(shown.keyboard)
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
        (
            Panel.MAIN,
            [["Взять на проверку"], ["Сменить блок", "Сменить критичность"], ["Подробнее", "Ещё"]],
        ),
        (
            Panel.MORE,
            [
                ["Сообщать мне", "Заметка"],
                ["Сменить блок", "Сменить критичность"],
                ["Изменить суть", "Добавить источник"],
                ["Передать в ЦУР"],
                ["Следить буду я", "Как посчитан срок"],
                ["Не риск"],
                ["Закрыть решением"],
                ["Назад"],
            ],
        ),
        (Panel.MEASURES, [["Мера принята", "Мера по плану"], ["Назад"]]),
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


# --- working: buttons


def test_every_state_has_its_buttons() -> None:
    assert set(STATE_ROWS) == set(RiskState) == set(ROUNDS)


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (RiskState.FILED, [["Взять на проверку"], ["Сменить блок", "Сменить критичность"]]),
        (RiskState.VERIFYING, [["Подтвердился", "Частично"], ["Не подтвердился", "Уточняется"]]),
        (
            RiskState.UNCLEAR,
            [
                ["Ответить: Когда пустят воду?"],
                ["Промежуточный ответ"],
                ["Подтвердился", "Частично"],
                ["Не подтвердился"],
            ],
        ),
        (RiskState.ANSWERING, [["Добавить ответ"], ["Меры", "Промежуточный ответ"]]),
        (RiskState.APPROVING, [["Согласовать"], ["Вернуть с замечанием"]]),
        (RiskState.APPROVED, [["Ответ размещён"], ["Меры", "Добавить ссылку"]]),
        (RiskState.WATCHED, [["Проверить реакцию", "Добавить ссылку"], ["Отработан", "Вернуть в работу"]]),
        (RiskState.WORKED_OFF, [["Вернуть в работу"]]),
        (RiskState.OVERRIDDEN, [["Вернуть в работу"]]),
        (RiskState.NOT_A_RISK, [["Вернуть в работу"]]),
        (RiskState.MERGED, []),
    ],
)
def test_a_card_has_the_buttons_that_its_state_calls_for(state: RiskState, buttons: list[list[str]]) -> None:
    assert titles(card(facts_in(state)).keyboard) == [*buttons, ["Подробнее", "Ещё"]]


@pytest.mark.parametrize(
    ("answer", "approves", "buttons"),
    [
        (DRAFTED, False, ["Изменить ответ", "Ответ размещён"]),
        (DRAFTED, True, ["Изменить ответ", "На согласование"]),
        (RETURNED, True, ["Изменить ответ", "На согласование"]),
        (APPROVED, True, ["Изменить ответ", "Ответ размещён"]),
    ],
)
def test_a_prepared_answer_goes_to_approval_where_the_office_asks_it(
    answer: Answer, approves: bool, buttons: list[str]
) -> None:
    office = approving_office() if approves else plan()
    shown = card(facts_in(RiskState.ANSWERING, replace(VERIFIED, answer=answer), of=office))
    assert titles(shown.keyboard)[0] == buttons


@pytest.mark.parametrize("state", [RiskState.WATCHED, RiskState.WORKED_OFF])
@pytest.mark.parametrize(
    ("correction", "says", "buttons"),
    [
        (
            replace(DRAFTED, submitted_at=SATURDAY),
            "Исправление ответа на согласовании",
            [["Согласовать"], ["Вернуть с замечанием"]],
        ),
        (
            APPROVED,
            "Исправление ответа согласовано, ещё не размещено",
            [["Исправление размещено"], ["Вернуть с замечанием"]],
        ),
        (RETURNED, "Исправление ответа возвращено с замечанием: назовите срок", []),
    ],
)
def test_a_correction_says_how_far_it_has_come_and_carries_what_it_waits_for(
    state: RiskState, correction: Answer, says: str, buttons: list[list[str]]
) -> None:
    facts = facts_in(state, replace(ROUNDS[state], correction=correction))
    shown = card(facts)
    assert says in shown.text.splitlines()
    assert titles(shown.keyboard)[: len(buttons)] == buttons
    seldom = titles(card(replace(facts, panel=Panel.MORE)).keyboard)
    assert (["Исправить ответ"] in seldom) == (correction is RETURNED)


def test_a_watched_risk_without_a_public_answer_asks_for_no_link() -> None:
    shown = card(facts_in(RiskState.WATCHED, replace(VERIFIED, waiver=WAIVED)))
    assert titles(shown.keyboard)[0] == ["Проверить реакцию"]


def test_only_the_first_open_questions_have_a_button_and_each_leads_to_its_own() -> None:
    unknowns = (SETTLED, *(replace(ASKED, question=f"Вопрос {number}?") for number in range(5)))
    shown = card(facts_in(RiskState.WATCHED, replace(ANSWERED, unknowns=unknowns)))
    assert titles(shown.keyboard)[:3] == [["Ответить: Вопрос 0?"], ["Ответить: Вопрос 1?"], ["Ответить: Вопрос 2?"]]
    assert [each.item for each in pressed(shown, CardRecord)[:3]] == [1, 2, 3]


def test_each_planned_measure_is_taken_by_its_own_button() -> None:
    measures = (TAKEN, *(replace(PLANNED, what=f"подвоз {number}") for number in range(10)))
    facts = facts_in(RiskState.ANSWERING, replace(VERIFIED, measures=measures), panel=Panel.MEASURES)
    shown = card(facts)
    assert titles(shown.keyboard) == [
        *([f"Принята: подвоз {number}"] for number in range(8)),
        ["Мера принята", "Мера по плану"],
        ["Назад"],
    ]
    assert [each.measure for each in pressed(shown, CardMeasure)] == list(range(1, 9))


@pytest.mark.parametrize(
    ("state", "level", "decisions"),
    [
        (RiskState.FILED, LOW, {"Не риск", "Закрыть решением"}),
        (RiskState.UNCLEAR, LOW, {"Не риск", "Закрыть решением"}),
        (RiskState.ANSWERING, LOW, {"Без публичного ответа", "Не риск", "Закрыть решением"}),
        (RiskState.ANSWERING, HIGH, {"Не риск", "Закрыть решением"}),
        (RiskState.APPROVING, LOW, {"Закрыть решением"}),
        (RiskState.WATCHED, LOW, {"Исправить ответ", "Закрыть решением"}),
        (RiskState.WORKED_OFF, LOW, {"Исправить ответ"}),
        (RiskState.OVERRIDDEN, LOW, set()),
        (RiskState.MERGED, LOW, set()),
    ],
)
def test_what_is_decided_seldom_is_offered_where_it_can_be(
    state: RiskState, level: LevelKey, decisions: set[str]
) -> None:
    unanswered = replace(plan(), levels=(replace(plan().levels[0], may_go_unanswered=True), *plan().levels[1:]))
    shown = card(facts_in(state, panel=Panel.MORE, of=unanswered, level=level))
    offered = {title for row in titles(shown.keyboard) for title in row}
    assert offered & {"Без публичного ответа", "Исправить ответ", "Не риск", "Закрыть решением"} == decisions


def test_an_open_risk_can_be_merged_with_those_that_it_resembles() -> None:
    alike = [risk(serial=9), risk(serial=10)]
    shown = card(replace(facts_in(RiskState.ANSWERING, panel=Panel.MORE), alike=alike))
    assert titles(shown.keyboard)[-3:-1] == [["Объединить с ИР-9/26"], ["Объединить с ИР-10/26"]]
    assert [each.merged for each in pressed(shown, CardMerge)] == [each.id for each in alike]
    closed = card(replace(facts_in(RiskState.WORKED_OFF, panel=Panel.MORE), alike=alike))
    assert pressed(closed, CardMerge) == []


@pytest.mark.parametrize("panel", [Panel.MAIN, Panel.MORE, Panel.MEASURES])
@pytest.mark.parametrize("working", ["least", "fullest"])
@pytest.mark.parametrize("state", RiskState)
def test_no_button_stands_under_a_card_that_its_state_would_refuse(
    state: RiskState, working: str, panel: Panel
) -> None:
    if panel is Panel.MEASURES and state not in OPEN_STATES:
        return
    of_state = ROUNDS[state] if working == "least" else overfull(ROUNDS[state])
    for asks in (plan(), approving_office()):
        facts = facts_in(state, of_state, panel=panel, of=asks)
        unit = cast("Unit", SimpleNamespace(office=facts.office))
        hand = InHand(risk=facts.risk, working=facts.working)
        for each in pressed(card(facts), CardRecord):
            require_possible(unit, hand, each.kind, each.item)
        for press in pressed(card(facts), CardPress):
            assert press.act not in MOVE_OF or MOVE_OF[press.act] in possible(state)


MOVE_OF = {
    WorkPress.TAKE: Move.TAKE,
    WorkPress.SUBMIT: Move.SUBMIT,
    WorkPress.APPROVE: Move.APPROVE,
    WorkPress.PUBLISH: Move.PUBLISH,
    WorkPress.WORK_OFF: Move.WORK_OFF,
    WorkPress.CHECKLIST: Move.WORK_OFF,
}

Kind = TypeVar("Kind", bound=CallbackData)


def pressed(shown: Outgoing, kind: type[Kind]) -> list[Kind]:
    """What the buttons of this kind carry."""
    keyboard = [] if shown.keyboard is None else shown.keyboard.inline_keyboard
    carried = [each.callback_data or "" for row in keyboard for each in row]
    return [kind.unpack(data) for data in carried if data.split(":")[0] == kind.__prefix__]


# --- working: lines


def working_lines_of(state: RiskState, working: Working | None = None, **differs: Any) -> list[str]:
    """Lines between the block, or the deadline, and who filed the risk."""
    lines = card(facts_in(state, working, **differs)).text.splitlines()
    began = max(place for place, line in enumerate(lines) if line.startswith(("Блок", "Проверить", "Разместить")))
    return lines[began + 1 : lines.index("Зарегистрировал: член проектного офиса 1, сб 21.11, 09:02")]


def test_a_filed_risk_says_nothing_of_its_working() -> None:
    assert working_lines_of(RiskState.FILED) == []


def test_a_risk_on_verification_says_who_verifies_since_when() -> None:
    assert working_lines_of(RiskState.VERIFYING) == ["Проверяет: член проектного офиса 1, с сб 21.11, 10:02"]


def test_an_unclear_risk_says_what_is_unknown_who_is_asked_and_until_when() -> None:
    assert working_lines_of(RiskState.UNCLEAR) == [
        "Проверено: уточняется (сб 21.11, 10:02)",
        "Неизвестно: Когда пустят воду? · руководитель МЦУ, до ср 25.11",
    ]


def test_many_unknowns_are_counted_behind_the_first() -> None:
    unknowns = (SETTLED, *(replace(ASKED, question=f"Вопрос {number}?") for number in range(5)))
    lines = working_lines_of(RiskState.UNCLEAR, replace(ROUNDS[RiskState.UNCLEAR], unknowns=unknowns))
    assert [line.partition(" · ")[0] for line in lines[1:]] == [
        "Неизвестно: Вопрос 0?",
        "Неизвестно: Вопрос 1?",
        "Неизвестно: Вопрос 2?",
        "Ещё вопросов без ответа: 2",
    ]


@pytest.mark.parametrize(
    ("differs", "line"),
    [
        ({}, None),
        ({"interims": (INTERIM,)}, "Промежуточный ответ размещён: обещан ответ до ср 25.11"),
        ({"answer": DRAFTED}, "Ответ подготовлен, ещё не размещён"),
        ({"answer": RETURNED}, "Ответ возвращён с замечанием: назовите срок"),
        (
            {"recurrence": SPREADS_AGAIN, "round": 2},
            "Снова распространяется, причина: вода снова пропала",
        ),
    ],
)
def test_a_risk_that_is_being_answered_says_how_far_the_answer_is(differs: dict[str, Any], line: str | None) -> None:
    found = ["Проверено: подтвердился (сб 21.11, 10:02)"]
    expected = found if line is None else [*found, line]
    assert working_lines_of(RiskState.ANSWERING, replace(VERIFIED, **differs)) == expected


def test_what_is_awaited_is_the_answer_once_the_risk_is_verified() -> None:
    late = replace(facts_in(RiskState.ANSWERING), now=SATURDAY + timedelta(hours=6))
    assert "Разместить ответ до: сб 21.11, 15:02 (внутренний ориентир МЦУ)" in card(facts_in(RiskState.ANSWERING)).text
    assert "Разместить ответ было до: сб 21.11, 15:02 (внутренний ориентир МЦУ) · просрочено" in card(late).text


def test_a_watched_risk_says_how_many_looks_were_quiet_and_when_the_next_is_due() -> None:
    watched = replace(ANSWERED, interims=(INTERIM,), publications=(LINK, LOCAL), checks=(QUIET_LOOK,))
    assert working_lines_of(RiskState.WATCHED, watched) == [
        "Проверено: подтвердился (сб 21.11, 10:02)",
        "Ответ размещён: госпаблик ВК; сайт администрации",
        "Публикации: 2 ссылки",
        "Спокойных проверок реакции: 1 из 3, следующая пн 23.11, 18:00",
        "Следит: член проектного офиса 1",
    ]


def test_a_watched_risk_whose_looks_are_done_names_no_next_one() -> None:
    assert "Спокойных проверок реакции: 3 из 3" in working_lines_of(RiskState.WATCHED, COMPLETE)


def test_a_watched_risk_has_no_deadline_to_miss() -> None:
    shown = facts_in(RiskState.WATCHED)
    assert "просрочено" not in card(replace(shown, now=SATURDAY + timedelta(days=30))).text
    assert deadline_explained(shown) == NO_DEADLINE


def test_a_risk_left_without_a_public_answer_says_why() -> None:
    lines = working_lines_of(RiskState.WATCHED, replace(VERIFIED, waiver=WAIVED))
    assert "Без публичного ответа: вопрос закрыт на месте" in lines


@pytest.mark.parametrize(
    ("state", "last"),
    [
        (RiskState.WORKED_OFF, "Отработан по критериям: руководитель МЦУ, ср 25.11, 09:02"),
        (
            RiskState.OVERRIDDEN,
            "Закрыт решением: руководитель МЦУ, ср 25.11, 09:02. Причина: вопрос снят на совещании",
        ),
        (RiskState.NOT_A_RISK, "Не риск: руководитель МЦУ, ср 25.11, 09:02. Причина: это реклама"),
        (RiskState.MERGED, "Объединён с ИР-9/26: руководитель МЦУ, ср 25.11, 09:02"),
    ],
)
def test_a_closed_risk_says_how_it_ended_by_whom_and_why(state: RiskState, last: str) -> None:
    facts = replace(facts_in(state), merged_into=RiskNumber(serial=9, year=2026))
    lines = card(facts).text.splitlines()
    assert lines[-2] == last
    assert STATES[state] in lines[0]
    assert not any(line.startswith(("Проверить", "Разместить", "Следит", "Спокойных")) for line in lines)


def test_a_risk_in_a_later_round_says_which_it_is() -> None:
    assert (
        card(facts_in(RiskState.ANSWERING, round=2)).text.splitlines()[0].endswith("готовится ответ · работа 2-й раз")
    )


SEEN = ReachSeen(figures=Reach(views=1200, reposts=30), at=SATURDAY)


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"first_reach": SEEN}, "vk.com/wall-1_2 · охват: просмотров 1\xa0200, репостов 30"),
        ({"first_reach": SEEN, "mentions": 2}, "· упоминаний: 3, охват: просмотров 1\xa0200, репостов 30"),
        (
            {"first_reach": SEEN, "checks": (replace(QUIET_LOOK, reach=Reach(views=4000)), QUIET_LOOK)},
            "· охват: просмотров 4\xa0000, было 1\xa0200 при регистрации",
        ),
        (
            {"first_reach": SEEN, "checks": (replace(QUIET_LOOK, reach=Reach(views=4000, reposts=90, comments=5)),)},
            "· охват: просмотров 4\xa0000, было 1\xa0200 при регистрации; репостов 90, было 30; комментариев 5",
        ),
        ({"checks": (replace(QUIET_LOOK, reach=Reach(reposts=90)),)}, "vk.com/wall-1_2 · охват: репостов 90"),
    ],
)
def test_the_spread_is_a_figure_beside_what_it_was_at_the_filing(known: dict[str, Any], says: str) -> None:
    line = card(facts_in(RiskState.WATCHED, replace(ANSWERED, **known))).text.splitlines()[2]
    assert line.endswith(says)


def test_without_figures_a_card_has_no_word_of_them() -> None:
    assert "охват" not in card(facts_in(RiskState.WATCHED, replace(ANSWERED, checks=(QUIET_LOOK,)))).text


def test_mentions_are_counted_beside_the_sources() -> None:
    shown = card(facts_in(RiskState.WATCHED, replace(ANSWERED, mentions=2)))
    assert "Источники: vk.com/wall-1_2 · упоминаний: 3" in shown.text
    bare = card(facts_in(RiskState.WATCHED, replace(ANSWERED, mentions=2), sources=()))
    assert "Источники: не указаны · упоминаний: 3" in bare.text


@pytest.mark.parametrize("panel", sorted({*CARD_PANELS, Panel.CONFIRM_HIGHEST}))
@pytest.mark.parametrize("state", RiskState)
def test_every_card_fits_with_the_longest_words_in_every_field(state: RiskState, panel: Panel) -> None:
    sources = tuple(Source(kind=SourceKind.SPOKEN, label=f"{number} " + "🏠" * 100) for number in range(300))
    facts = facts_in(state, overfull(ROUNDS[state]), panel=panel, gist="🏠" * 5000, sources=sources, territory=NORTH)
    longest = "руководитель блока «Экономика, финансы, сельское хозяйство, торговля и права потребителей»"
    away = Away(until=date(2026, 12, 4), deputy=longest)
    titled = replace(facts, titles=dict.fromkeys(facts.titles, longest), filed_by=longest)
    shown = card(replace(titled, responsible=longest, responsible_away=away))
    assert units(shown.text) <= LONGEST_TEXT
    assert f"Зарегистрировал: {longest}" in shown.text
    rows = [] if shown.keyboard is None else shown.keyboard.inline_keyboard
    assert len(rows) <= 20
    assert all(len((each.callback_data or "").encode()) <= 64 for row in rows for each in row)


# --- the deadline


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
