"""The checklist of closure: each line met and unmet with its evidence, and the button that supplies it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.callbacks.working import CardPress, CardRecord, WorkPress
from handlers.views.checklist import checklist, details, for_regional_centre, not_worked_off
from handlers.views.message import LONGEST_ANSWER, LONGEST_TEXT, Outgoing
from handlers.views.working import CRITERIA, REACTIONS, SPREADS
from risk.closure import Criterion
from risk.errors import NotWorkedOff
from risk.events import Event, EventKind
from risk.ids import PositionId, RiskId
from risk.offices import QuietRule
from risk.records import RecordKind
from risk.risks import CLOSED_STATES, RiskState
from risk.units import units
from risk.use_cases.reading import CardFacts
from risk.workings import Outcome, Reach, ReachSeen, Reaction, Spread
from tests.handlers.builders import GIST, SATURDAY, marked, plan, titles
from tests.handlers.workings import (
    ANSWERED,
    APPROVED,
    ASKED,
    COMPLETE,
    DAY,
    DRAFTED,
    FOUND,
    INTERIM,
    LINK,
    LOCAL,
    NOISY_LOOK,
    PLANNED,
    PUBLISHED,
    QUIET_LOOK,
    RETURNED,
    ROUNDS,
    SETTLED,
    SPREADS_AGAIN,
    TAKEN,
    VERIFIED,
    WAIVED,
    facts_in,
    overfull,
)


def watched(**differs: Any) -> CardFacts:
    return facts_in(RiskState.WATCHED, replace(COMPLETE, **differs))


def lines(facts: CardFacts) -> list[str]:
    return checklist(facts).text.splitlines()


def presses(shown: Outgoing) -> list[RecordKind | WorkPress]:
    rows = [] if shown.keyboard is None else shown.keyboard.inline_keyboard
    carried = [each.callback_data or "" for row in rows for each in row]
    return [
        CardRecord.unpack(data).kind if data.startswith(f"{CardRecord.__prefix__}:") else CardPress.unpack(data).act
        for data in carried
    ]


def test_every_criterion_has_words_for_both_ends() -> None:
    assert set(CRITERIA) == set(Criterion)
    assert all(met != unmet for met, unmet in CRITERIA.values())


def test_a_risk_that_meets_everything_can_be_closed_by_one_press() -> None:
    shown = checklist(watched())
    assert shown.text.splitlines() == [
        "ИР-12/26 можно отметить отработанным: все условия выполнены.",
        "✓ проверено: подтвердился (сб 21.11, 10:02)",
        "✓ неизвестных обстоятельств не осталось",
        "✓ меры указаны: принято 1 из 1",
        "✓ ответ размещён: госпаблик ВК; сайт администрации",
        "✓ есть ссылка на публикацию, которая засчитывается: 1 ссылка",
        "✓ спокойных проверок реакции достаточно: 3 из 3 (нет негатива и распространения)",
    ]
    assert titles(shown.keyboard) == [["Отработан"]]
    assert presses(shown) == [WorkPress.WORK_OFF]


@pytest.mark.parametrize(
    ("differs", "line", "button"),
    [
        ({"unknowns": (SETTLED,)}, "✓ неизвестных обстоятельств не осталось", None),
        ({"unknowns": (SETTLED, ASKED)}, "✗ есть вопросы без ответа: 1 из 2", "Ответить на вопрос 2"),
        ({"measures": (PLANNED, TAKEN)}, "✓ меры указаны: принято 1 из 2", None),
        ({"measures": ()}, "✗ не указаны меры: что, кто, до какого дня", "Добавить меру"),
        (
            {"publications": (LINK, replace(LINK, link="vk.com/wall-2_10"), LOCAL)},
            "✓ есть ссылка на публикацию, которая засчитывается: 2 ссылки",
            None,
        ),
        ({"publications": ()}, "✗ нет ссылки на публикацию, которая засчитывается", "Добавить ссылку"),
        (
            {"publications": (LOCAL, replace(LINK, missing_since=SATURDAY))},
            "✗ нет ссылки на публикацию, которая засчитывается: указано 2, ни одна не подходит",
            "Добавить ссылку",
        ),
        (
            {"recurrence": SPREADS_AGAIN, "round": 2},
            "✓ причина и прогноз указаны: вода снова пропала",
            None,
        ),
        (
            {"round": 2, "taken_at": None},
            "✗ не указаны причина и прогноз",
            "Вернуть в работу",
        ),
        (
            {"checks": (QUIET_LOOK,)},
            (
                "✗ спокойных проверок реакции пока мало: 1 из 3 (нет негатива и распространения), "
                "следующая пн 23.11, 18:00; более ранняя не засчитывается"
            ),
            "Проверить сейчас",
        ),
    ],
)
def test_a_line_says_what_it_rests_on_and_what_would_meet_it(
    differs: dict[str, Any], line: str, button: str | None
) -> None:
    shown = checklist(watched(**differs))
    assert line in shown.text.splitlines()
    if button is None:
        assert titles(shown.keyboard) == [["Отработан"]]
    else:
        assert shown.text.startswith("ИР-12/26 пока нельзя отметить отработанным. Не хватает: 1.\n")
        assert titles(shown.keyboard) == [[button]]


def test_a_look_that_was_not_quiet_begins_the_count_anew() -> None:
    shown = lines(watched(checks=(*COMPLETE.checks, replace(NOISY_LOOK, at=SATURDAY + 4 * DAY))))
    assert any("0 из 3" in line for line in shown)


def test_the_reading_of_quiet_that_the_office_chose_is_said() -> None:
    either = replace(plan(), quiet_rule=QuietRule.EITHER)
    assert "нет негатива или распространения" in checklist(facts_in(RiskState.WATCHED, COMPLETE, of=either)).text


def test_a_refuted_risk_needs_the_answer_and_its_link_alone() -> None:
    refuted = replace(FOUND, outcome=Outcome.REFUTED)
    shown = lines(watched(findings=(refuted,), measures=(), checks=()))
    assert shown == [
        "ИР-12/26 можно отметить отработанным: все условия выполнены.",
        "✓ проверено: не подтвердился (сб 21.11, 10:02)",
        "✓ ответ размещён: госпаблик ВК; сайт администрации",
        "✓ есть ссылка на публикацию, которая засчитывается: 1 ссылка",
    ]


def test_a_risk_left_without_a_public_answer_names_the_reason_instead() -> None:
    shown = lines(watched(answer=None, waiver=WAIVED, publications=(), measures=(), checks=()))
    assert shown[2] == "✓ без публичного ответа, причина указана: вопрос закрыт на месте"
    assert len(shown) == 4


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (None, "✗ ответ не размещён"),
        (DRAFTED, "✗ ответ не размещён: подготовлен, ждёт размещения"),
        (APPROVED, "✗ ответ не размещён: подготовлен, ждёт размещения"),
        (PUBLISHED, "✓ ответ размещён: госпаблик ВК; сайт администрации"),
    ],
)
def test_an_answer_counts_once_it_is_published(answer: Any, line: str) -> None:
    assert line in lines(facts_in(RiskState.ANSWERING, replace(VERIFIED, answer=answer)))


@pytest.mark.parametrize("state", sorted({*RiskState} - {RiskState.WATCHED} - CLOSED_STATES))
def test_before_the_reaction_is_followed_a_risk_cannot_be_closed_from_the_list(state: RiskState) -> None:
    shown = checklist(facts_in(state))
    assert shown.text.startswith("ИР-12/26 пока нельзя отметить отработанным. Не хватает: ")
    assert WorkPress.WORK_OFF not in presses(shown)


_FINDINGS = [RecordKind.CONFIRMED, RecordKind.PARTLY, RecordKind.REFUTED]
_APPROVES = replace(plan(), approves_answers=True)


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        (facts_in(RiskState.FILED), [WorkPress.TAKE]),
        (facts_in(RiskState.VERIFYING), [*_FINDINGS, RecordKind.MEASURE_TAKEN]),
        (
            facts_in(RiskState.UNCLEAR),
            [*_FINDINGS, RecordKind.UNKNOWN_ANSWER, RecordKind.MEASURE_TAKEN],
        ),
        (facts_in(RiskState.ANSWERING, VERIFIED), [RecordKind.MEASURE_TAKEN, RecordKind.ANSWER]),
        (
            facts_in(RiskState.ANSWERING, replace(VERIFIED, measures=(TAKEN,), answer=DRAFTED)),
            [WorkPress.PUBLISH, RecordKind.LINK],
        ),
        (
            facts_in(RiskState.ANSWERING, replace(VERIFIED, measures=(TAKEN,), answer=DRAFTED), of=_APPROVES),
            [WorkPress.SUBMIT, RecordKind.LINK],
        ),
        (
            facts_in(RiskState.APPROVING, replace(VERIFIED, measures=(TAKEN,), answer=DRAFTED), of=_APPROVES),
            [WorkPress.APPROVE],
        ),
        (
            facts_in(RiskState.APPROVED, replace(VERIFIED, measures=(TAKEN,), answer=APPROVED), of=_APPROVES),
            [WorkPress.PUBLISH, RecordKind.LINK],
        ),
    ],
)
def test_what_is_missing_is_supplied_from_the_list_as_far_as_the_state_allows_it(
    facts: CardFacts, offered: list[RecordKind | WorkPress]
) -> None:
    assert presses(checklist(facts)) == offered


@pytest.mark.parametrize("state", sorted(CLOSED_STATES))
def test_a_closed_risk_has_nothing_left_to_list(state: RiskState) -> None:
    shown = checklist(facts_in(state))
    assert shown.text.count("\n") == 0
    assert shown.keyboard is None


@pytest.mark.parametrize("state", RiskState)
def test_the_list_fits_with_the_longest_words(state: RiskState) -> None:
    assert units(checklist(facts_in(state, overfull(ROUNDS[state]))).text) <= LONGEST_TEXT


# --- the refusal


def test_a_refused_closure_says_what_is_missing() -> None:
    assert not_worked_off(NotWorkedOff((Criterion.MEASURES_NAMED, Criterion.ANSWER_PUBLISHED))) == (
        "Пока нельзя отметить отработанным: не указаны меры: что, кто, до какого дня; ответ не размещён."
    )


def test_what_a_refusal_has_no_room_for_is_counted() -> None:
    text = not_worked_off(NotWorkedOff(tuple(Criterion)))
    assert units(text) <= LONGEST_ANSWER
    assert text.endswith("; и ещё 3.")


# --- everything that is known


def test_details_begin_with_the_answer_for_whoever_is_to_place_it() -> None:
    full = replace(
        COMPLETE,
        unknowns=(SETTLED,),
        interims=(INTERIM,),
        recurrence=SPREADS_AGAIN,
        earlier_answers=(DRAFTED,),
        checks=(replace(QUIET_LOOK, reach=Reach(views=1200, comments=5), counts=False),),
    )
    shown = details(facts_in(RiskState.WATCHED, full))
    assert shown.text.splitlines() == [
        "ИР-12/26 · следим за реакцией",
        GIST,
        "Ответ: Авария устранена.",
        "Площадки: госпаблик ВК; сайт администрации",
        "Прежних редакций ответа: 1",
        "Проверка, сб 21.11, 10:02: подтвердился. звонок в водоканал · член проектного офиса 1",
        "Неизвестно: Когда пустят воду? · руководитель МЦУ, до ср 25.11 · ответ: к вечеру",
        "Мера: бригада выехала · руководитель МЦУ · принята сб 21.11, 10:02",
        "Причина повторного распространения: вода снова пропала",
        "Прогноз: до вечера",
        "Промежуточный ответ, сб 21.11, 10:02: Информация проверяется, ответим до 25.11.",
        "Публикация: vk.com/wall-2_9 · страница органа · ещё не проверена",
        (
            "Реакция, вс 22.11, 09:02: реакции нет, не распространяется (просмотров 1\xa0200, комментариев 5), "
            "раньше срока · член проектного офиса 1"
        ),
        "За реакцией следит: член проектного офиса 1.",
    ]
    assert marked(shown, "bold") == ["ИР-12/26 · следим за реакцией"]


def test_details_tell_the_figures_of_the_filing_with_their_moment_and_compare_later_ones_with_them() -> None:
    seen = ReachSeen(figures=Reach(views=300), at=SATURDAY)
    looks = (replace(QUIET_LOOK, reach=Reach(views=1200, comments=5)),)
    text = details(facts_in(RiskState.WATCHED, replace(ANSWERED, first_reach=seen, checks=looks))).text
    assert "Охват при регистрации, сб 21.11, 09:02: просмотров 300\n" in text
    assert "(просмотров 1\xa0200, было 300 при регистрации; комментариев 5)" in text


def test_details_show_the_last_notes_with_who_noted_them_and_whose_words_they_are() -> None:
    def noted(words: str, **more: str) -> tuple[Event, str]:
        facts = {"text": words, **more} if words else {}
        event = Event(risk=RiskId(7), at=SATURDAY, kind=EventKind.NOTED, position=PositionId(5), facts=facts)
        return event, "член проектного офиса 1"

    said = {"said_role": "member", "said_number": "2"}
    notes = [
        noted("Старая"),
        noted(""),
        *(noted(f"Звонок {number}") for number in range(3)),
        noted("Вода\nесть", **said),
    ]
    text = details(replace(facts_in(RiskState.WATCHED, ANSWERED), notes=notes)).text
    assert "Заметка, сб 21.11, 09:02: Звонок 2 · член проектного офиса 1\n" in text
    who = "со слов «член проектного офиса 2», сб 21.11, 09:02"
    assert f"Заметка {who}: Вода есть · член проектного офиса 1\n" in text
    assert "Старая" not in text


def test_details_tell_a_remark_and_a_decision_to_give_no_answer() -> None:
    returned = details(facts_in(RiskState.ANSWERING, replace(VERIFIED, answer=RETURNED))).text
    assert "Замечание к ответу: назовите срок" in returned
    waived = details(facts_in(RiskState.WATCHED, replace(VERIFIED, waiver=WAIVED))).text
    assert "Без публичного ответа: вопрос закрыт на месте · руководитель МЦУ" in waived


@pytest.mark.parametrize(
    ("differs", "says"),
    [
        ({}, "страница органа · ещё не проверена"),
        ({"seen_at": SATURDAY}, "страница органа · на месте, проверено сб 21.11, 09:02"),
        ({"seen_at": SATURDAY, "missing_since": SATURDAY + DAY}, "страница органа · не на месте с вс 22.11, 09:02"),
        ({"kind": LOCAL.kind}, "местное СМИ · ещё не проверена · для закрытия не засчитывается"),
    ],
)
def test_a_publication_says_whose_it_is_whether_it_stands_and_whether_it_counts(
    differs: dict[str, Any], says: str
) -> None:
    shown = details(watched(publications=(replace(LINK, **differs),))).text.splitlines()
    assert f"Публикация: vk.com/wall-2_9 · {says}" in shown


@pytest.mark.parametrize("reaction", Reaction)
@pytest.mark.parametrize("spread", Spread)
def test_every_look_has_words(reaction: Reaction, spread: Spread) -> None:
    look = replace(QUIET_LOOK, reaction=reaction, spread=spread)
    assert f"{REACTIONS[reaction]}, {SPREADS[spread]}" in details(watched(checks=(look,))).text


@pytest.mark.parametrize("state", RiskState)
def test_details_and_the_text_for_the_region_fit_and_say_where_the_rest_is(state: RiskState) -> None:
    facts = facts_in(state, overfull(ROUNDS[state]), gist="🏠" * 5000)
    assert units(details(facts).text) <= LONGEST_TEXT
    assert details(facts).text.endswith("Остальное — в истории.")
    assert units(for_regional_centre(facts).text) <= LONGEST_TEXT


def test_the_longest_answer_can_be_read_whole_beside_whatever_else_there_is() -> None:
    full = overfull(replace(VERIFIED, answer=DRAFTED))
    assert full.answer is not None
    assert f"Ответ: {full.answer.text}\n" in details(facts_in(RiskState.ANSWERING, full)).text


def test_the_text_for_the_region_tells_what_is_known_without_buttons_and_commands() -> None:
    shown = for_regional_centre(watched())
    assert shown.keyboard is None
    assert "/" not in shown.text.replace("vk.com/wall", "").replace("https://", "").replace("ИР-12/26", "")
    for told in (GIST, "подтвердился", "бригада выехала", "Авария устранена.", "https://vk.com/wall-2_9"):
        assert told in shown.text


def test_an_answer_that_is_not_published_yet_does_not_go_to_the_region() -> None:
    shown = for_regional_centre(facts_in(RiskState.ANSWERING, replace(VERIFIED, answer=DRAFTED)))
    assert "Авария устранена." not in shown.text


def test_an_unanswered_watch_counts_from_the_decision() -> None:
    later = replace(ANSWERED, answer=None, waiver=replace(WAIVED, at=SATURDAY + timedelta(days=2)))
    assert "0 из 3" in checklist(facts_in(RiskState.WATCHED, later)).text
