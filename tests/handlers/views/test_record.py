"""A record in the making: every question has its words and its way to answer, and the end says that it is one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.callbacks.working import RecordChoice, RecordStep
from handlers.keyboards.records import record_keyboard
from handlers.views.message import LONGEST_TEXT, Outgoing
from handlers.views.record import KINDS, PARTICULAR, QUESTIONS, record
from risk.ids import PositionId
from risk.offices import Page, PublicationKind
from risk.records import CHOSEN, FIELDS, RecordField, RecordKind, RecordStatus
from risk.risks import RiskState
from risk.units import units
from risk.workings import Reaction, Spread
from tests.handlers.appealed import BY_RULE, appeal_case, by_hand
from tests.handlers.builders import GIST, marked, plan, titles
from tests.handlers.workings import (
    ANSWERED,
    ASKED,
    COMPLETE,
    HEAD,
    HEAD_TITLE,
    LINK,
    MEMBER_TITLE,
    OF_APPEAL_ALONE,
    approving_office,
    facts_in,
    overfull,
    record_facts,
)

HEADINGS = {
    **{kind: [f"ИР-12/26 · {KINDS[kind]}", GIST] for kind in RecordKind},
    **{kind: [f"ПОС 6100013 · {KINDS[kind]}", "Ямы на дороге"] for kind in OF_APPEAL_ALONE},
    RecordKind.NEW_APPEAL: ["Новое обращение"],
}
QUESTIONS_ASKED = [(kind, field) for kind, fields in FIELDS.items() for field in fields]
asked = pytest.mark.parametrize(("kind", "field"), QUESTIONS_ASKED)


def choices(shown: Outgoing) -> list[RecordChoice]:
    rows = [] if shown.keyboard is None else shown.keyboard.inline_keyboard
    carried = [each.callback_data or "" for row in rows for each in row]
    return [RecordChoice.unpack(data) for data in carried if data.startswith(f"{RecordChoice.__prefix__}:")]


def test_every_kind_and_every_field_has_words() -> None:
    assert set(KINDS) == set(RecordKind)
    assert set(QUESTIONS) == set(RecordField)


def test_a_question_that_reads_otherwise_in_one_kind_is_asked_in_it() -> None:
    assert set(PARTICULAR) <= set(QUESTIONS_ASKED)


DAYS_NAMED = {
    RecordField.UNTIL: {"example": "30.11", "last": "21.12"},
    RecordField.RECEIVED: {"example": "19.11"},
}
"""Counted from Saturday, 21 November: the working day after a week, thirty days, the day before yesterday."""


@asked
def test_every_question_stands_last_under_its_kind_and_the_risk(kind: RecordKind, field: RecordField) -> None:
    shown = record(record_facts(kind, asked=field))
    lines = shown.text.splitlines()
    assert lines[: len(HEADINGS[kind])] == HEADINGS[kind]
    assert marked(shown, "bold") == [lines[0]]
    question = PARTICULAR.get((kind, field), QUESTIONS[field]).format(**DAYS_NAMED.get(field, {}))
    assert question in lines[len(HEADINGS[kind]) :]
    assert "!" not in shown.text


@asked
def test_every_question_can_be_left_and_all_but_the_first_taken_back(kind: RecordKind, field: RecordField) -> None:
    ways_out = titles(record(record_facts(kind, asked=field)).keyboard)[-1]
    assert ways_out == (["Отмена"] if field is FIELDS[kind][0] else ["Назад", "Отмена"])


@asked
def test_a_question_that_only_buttons_answer_has_some(kind: RecordKind, field: RecordField) -> None:
    offered = choices(record(record_facts(kind, asked=field)))
    assert all(each.field is field for each in offered)
    assert offered or field not in CHOSEN


@asked
def test_a_question_fits_however_much_was_answered_before(kind: RecordKind, field: RecordField) -> None:
    card = facts_in(RiskState.WATCHED, overfull(replace(COMPLETE, unknowns=(ASKED,))), gist="🏠" * 5000)
    shown = record(record_facts(kind, asked=field, card=card, said="🏠" * 2000))
    assert units(shown.text) <= LONGEST_TEXT
    rows = [] if shown.keyboard is None else shown.keyboard.inline_keyboard
    assert all(len((each.callback_data or "").encode()) <= 64 for row in rows for each in row)


@pytest.mark.parametrize("kind", sorted(frozenset(RecordKind) - OF_APPEAL_ALONE))
@pytest.mark.parametrize(
    ("status", "says"),
    [
        (RecordStatus.DONE, "ИР-12/26, записано: {}. Карточка — в алерт-чате."),
        (RecordStatus.CANCELLED, "ИР-12/26, закрыто без записи: {}."),
    ],
)
def test_a_record_at_its_end_says_so_and_has_no_buttons(kind: RecordKind, status: RecordStatus, says: str) -> None:
    shown = record(record_facts(kind, status=status))
    assert shown.text == says.format(KINDS[kind])
    assert shown.text.count(":") == 1
    assert shown.keyboard is None


@pytest.mark.parametrize("kind", sorted(OF_APPEAL_ALONE - {RecordKind.NEW_APPEAL}))
@pytest.mark.parametrize(
    ("status", "says"),
    [
        (RecordStatus.DONE, "ПОС 6100013, записано: {}."),
        (RecordStatus.CANCELLED, "ПОС 6100013, закрыто без записи: {}."),
    ],
)
def test_a_record_about_an_appeal_leads_back_to_it(kind: RecordKind, status: RecordStatus, says: str) -> None:
    shown = record(record_facts(kind, status=status))
    given = kind is RecordKind.GIVE and status is RecordStatus.DONE
    assert shown.text == says.format(f"{KINDS[kind]} «Дороги, ЖКХ, благоустройство»" if given else KINDS[kind])
    assert titles(shown.keyboard) == [["Открыть обращение"]]


def test_a_form_that_is_registered_says_its_number_its_term_and_that_nobody_has_it_yet() -> None:
    facts = record_facts(RecordKind.NEW_APPEAL, status=RecordStatus.DONE)
    case = appeal_case(by_hand(), block=None)
    shown = record(replace(facts, record=replace(facts.record, appeal=case.id), appeal=case))
    assert shown.text.splitlines() == [
        "О-1/26, зарегистрировано: до вс 20.12.",
        "Ямы на дороге",
        "Блок не назначен: об этом узнает тот, кто распределяет обращения.",
    ]
    assert titles(shown.keyboard) == [["Открыть обращение"]]


def test_a_form_that_was_left_says_so() -> None:
    shown = record(record_facts(RecordKind.NEW_APPEAL, status=RecordStatus.CANCELLED))
    assert (shown.text, shown.keyboard) == ("Закрыто без записи: новое обращение.", None)


def test_what_was_answered_in_a_form_stands_in_words() -> None:
    shown = record(record_facts(RecordKind.NEW_APPEAL, asked=RecordField.RECEIVED, said="Нет света"))
    assert shown.text.splitlines() == [
        "Новое обращение",
        "— звонок",
        "— по 59-ФЗ",
        "— Нет света",
        "— населённый пункт не указан",
        "— Дороги, ЖКХ, благоустройство",
        QUESTIONS[RecordField.RECEIVED].format(example="19.11"),
    ]


def test_the_block_that_the_rules_find_is_offered_first_with_the_rule() -> None:
    facts = replace(record_facts(RecordKind.NEW_APPEAL, asked=RecordField.BLOCK), suggested=BY_RULE)
    shown = record(facts)
    assert shown.text.endswith("По правилам распределения: правило 3: «Группа тем» содержит «ЖКХ».")
    assert titles(shown.keyboard)[:-1] == [
        ["По правилам: Дороги, ЖКХ,…"],
        ["Дороги, ЖКХ, благоустройство"],
        ["Социальная политика"],
        ["Решит координатор"],
    ]


def test_the_last_day_of_redirecting_stands_under_an_appeal_of_the_law() -> None:
    facts = replace(record_facts(RecordKind.REDIRECT), appeal=appeal_case(by_hand()))
    assert "Перенаправить можно до пт 27.11 (7 дней с регистрации, 59-ФЗ, ст. 8)" in record(facts).text


def test_questions_about_an_appeal_do_not_speak_of_a_risk() -> None:
    facts = replace(record_facts(RecordKind.NOT_OURS), card=None, appeal=appeal_case())
    assert "распределяет обращения" in record(facts).text
    assert "риск" not in record(facts).text


@pytest.mark.parametrize("approves", [False, True])
def test_who_corrects_an_answer_reads_that_it_is_approved_first_where_the_office_asks_it(approves: bool) -> None:
    card = facts_in(RiskState.WATCHED, of=approving_office() if approves else None)
    shown = record(record_facts(RecordKind.CORRECTION, asked=RecordField.SURE, card=card))
    assert ("уйдёт на согласование" in shown.text) == approves


def test_nothing_is_asked_of_a_record_whose_fields_are_all_filled() -> None:
    facts = record_facts(RecordKind.NOTE)
    full = replace(facts, record=facts.record.filling(RecordField.NOTE, "позвонили"))
    assert record_keyboard(full) is None


# --- what the buttons answer


@pytest.mark.parametrize(
    ("kind", "field", "buttons", "values"),
    [
        (
            RecordKind.CHECK,
            RecordField.REACTION,
            ["Реакции нет", "Нейтральная", "Негативная"],
            list(Reaction),
        ),
        (
            RecordKind.CHECK,
            RecordField.SPREAD,
            ["Не распространяется", "Распространяется", "Источник удалён"],
            [Spread.STILL, Spread.SPREADS, Spread.SOURCE_GONE],
        ),
        (RecordKind.CHECK, RecordField.IN_PLACE, ["На месте", "Нет на месте"], ["yes", "no"]),
        (RecordKind.CHECK, RecordField.REACH, ["Цифр не видно"], ["none"]),
        (RecordKind.CORRECTION, RecordField.SURE, ["Да, изменить"], ["yes"]),
        (
            RecordKind.LINK,
            RecordField.LINK_KIND,
            [
                "Страница органа",
                "Страница должностного лица",
                "Федеральное СМИ",
                "Региональное СМИ",
                "Местное СМИ",
            ],
            list(PublicationKind),
        ),
        (RecordKind.MEASURE_TAKEN, RecordField.WHOM, [MEMBER_TITLE, HEAD_TITLE], ["5", "6"]),
        (
            RecordKind.MEASURE_PLANNED,
            RecordField.UNTIL,
            ["сегодня", "пн 23.11", "вт 24.11", "ср 25.11", "чт 26.11", "пт 27.11"],
            [date(2026, 11, day).isoformat() for day in (21, 23, 24, 25, 26, 27)],
        ),
    ],
)
def test_a_button_answers_what_is_written_on_it(
    kind: RecordKind, field: RecordField, buttons: list[str], values: list[str]
) -> None:
    shown = record(record_facts(kind, asked=field))
    assert [title for row in titles(shown.keyboard)[:-1] for title in row] == buttons
    assert [each.chosen for each in choices(shown)] == values


def test_pages_of_the_register_are_offered_as_platforms() -> None:
    site = Page(title="Сайт администрации", link="example.org", kind=PublicationKind.BODY_PAGE)
    office = replace(plan(), pages=(site, replace(site, title="Госпаблик ВКонтакте", link="vk.com/public1")))
    shown = record(
        record_facts(RecordKind.ANSWER, asked=RecordField.PLATFORMS, card=facts_in(RiskState.ANSWERING, of=office))
    )
    assert titles(shown.keyboard)[:-1] == [["Сайт администрации"], ["Госпаблик ВКонтакте"]]
    assert [each.chosen for each in choices(shown)] == ["0", "1"]


def test_the_biggest_position_fits_into_a_button() -> None:
    facts = record_facts(RecordKind.MEASURE_TAKEN, asked=RecordField.WHOM)
    biggest = PositionId(2**40)
    titled = {**facts.titles, biggest: "член проектного офиса 99"}
    [chosen] = choices(record(replace(facts, titles=titled, positions=[biggest])))
    assert chosen.chosen == str(2**40)


def test_the_ways_out_lead_back_and_away() -> None:
    keyboard = record(record_facts(RecordKind.ANSWER, asked=RecordField.PLATFORMS)).keyboard
    assert keyboard is not None
    back, cancel = (RecordStep.unpack(each.callback_data or "") for each in keyboard.inline_keyboard[-1])
    assert (back.back, cancel.back) == (True, False)


# --- what stands above the question


def test_who_answers_an_unknown_reads_the_question() -> None:
    shown = record(record_facts(RecordKind.UNKNOWN_ANSWER))
    assert "Вопрос: Когда пустят воду? · руководитель МЦУ, до ср 25.11" in shown.text.splitlines()


def test_a_question_of_a_round_that_is_over_does_not_break_the_message() -> None:
    over = facts_in(RiskState.ANSWERING, replace(ANSWERED, round=2, unknowns=()), round=2)
    assert "Вопрос:" not in record(record_facts(RecordKind.UNKNOWN_ANSWER, card=over)).text


def test_who_looks_at_the_reaction_reads_where_the_answer_is_published() -> None:
    shown = record(record_facts(RecordKind.CHECK))
    assert "Публикация: vk.com/wall-2_9 · страница органа · ещё не проверена" in shown.text.splitlines()


def test_what_was_answered_so_far_stands_above_the_next_question_in_words() -> None:
    shown = record(record_facts(RecordKind.INTERIM, asked=RecordField.PLATFORMS, said="Проверяем"))
    assert shown.text.splitlines()[2:] == [
        "— до ср 25.11",
        "— Проверяем",
        QUESTIONS[RecordField.PLATFORMS],
    ]


@pytest.mark.parametrize(("kind", "field"), QUESTIONS_ASKED)
def test_no_key_of_what_was_chosen_is_shown(kind: RecordKind, field: RecordField) -> None:
    shown = record(record_facts(kind, asked=field))
    told = [line for line in shown.text.splitlines() if line.startswith("— ")]
    keys = {str(HEAD), "yes", "no", "none", "2026-11-25", *PublicationKind, *Reaction, *Spread}
    assert not {line.removeprefix("— ") for line in told} & keys


def test_an_interim_answer_is_asked_for_with_an_example() -> None:
    lines = record(record_facts(RecordKind.INTERIM, asked=RecordField.TEXT)).text.splitlines()
    assert lines[-1] == "Например: «Информация проверяется, ответим до 25.11»."
    assert LINK.link not in lines


def test_nobody_is_offered_today_to_be_reminded_later() -> None:
    shown = record(record_facts(RecordKind.POSTPONE, asked=RecordField.UNTIL))
    assert [title for row in titles(shown.keyboard)[:2] for title in row] == [
        "пн 23.11", "вт 24.11", "ср 25.11", "чт 26.11", "пт 27.11", "пн 30.11",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (RecordKind.ACCEPT, "ИР-12/26, записано: принято в работу до вт 24.11. Карточка — в алерт-чате."),
        (RecordKind.POSTPONE, "ИР-12/26, записано: напомнить позже, вт 24.11. Карточка — в алерт-чате."),
    ],
)
def test_a_record_that_holds_reminders_says_to_which_day(kind: RecordKind, said: str) -> None:
    done = replace(record_facts(kind, status=RecordStatus.DONE), held=date(2026, 11, 24))
    assert record(done).text == said


def test_days_of_another_year_have_their_year() -> None:
    december = datetime(2026, 12, 28, 6, tzinfo=UTC)
    facts = replace(record_facts(RecordKind.MEASURE_PLANNED, asked=RecordField.UNTIL), now=december)
    assert "например 04.01.2027" in record(facts).text
    shown = record(
        replace(record_facts(RecordKind.INTERIM, asked=RecordField.TEXT), now=datetime(2025, 12, 28, tzinfo=UTC))
    )
    assert "— до ср 25.11.2026" in shown.text
    assert "ответим до 25.11.2026" in shown.text
