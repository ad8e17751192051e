"""What the bot says about working a risk of its own accord: what happened, what is wanted, the button that does it."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from handlers.callbacks.working import CardPress, CardRecord, WorkPress
from handlers.views.message import LONGEST_TEXT, Outgoing
from handlers.views.notice import notice
from handlers.views.working import STATES
from risk.ids import RiskId
from risk.notices import (
    AnswerReported,
    AnswerSentBack,
    ApprovalAsked,
    BlockReturned,
    ClosureProposed,
    ReturnProposed,
    RiskFollowed,
    UnknownAnswered,
    UnknownAsked,
    WorkNotice,
)
from risk.records import RecordKind
from risk.risks import RiskState
from risk.units import units
from risk.use_cases.reading import CardFacts
from risk.use_cases.telling import NoticeFacts
from risk.use_cases.work_telling import WorkTold
from risk.workings import Answer
from tests.handlers.builders import GIST, SATURDAY, marked, office, titles
from tests.handlers.workings import (
    ANSWERED,
    ASKED,
    COMPLETE,
    DRAFTED,
    LINK,
    LOCAL,
    RETURNED,
    SETTLED,
    VERIFIED,
    approving_office,
    facts_in,
    overfull,
)

RISK = RiskId(7)
APPROVING = facts_in(RiskState.APPROVING, of=approving_office())
SENT_BACK = facts_in(RiskState.ANSWERING, replace(VERIFIED, answer=RETURNED))
ASKING = facts_in(RiskState.UNCLEAR, replace(VERIFIED, unknowns=(SETTLED, ASKED)))
WATCHED = facts_in(RiskState.WATCHED)
READY = facts_in(RiskState.WATCHED, COMPLETE)
UNPLACED = facts_in(RiskState.FILED, block=None)

REPORTED = AnswerReported(risk=RISK, round=1)

TOLD: dict[WorkNotice, CardFacts] = {
    REPORTED: WATCHED,
    ApprovalAsked(risk=RISK): APPROVING,
    AnswerSentBack(risk=RISK): SENT_BACK,
    UnknownAsked(risk=RISK, round=1, unknown=1): ASKING,
    UnknownAnswered(risk=RISK, round=1, unknown=0): ASKING,
    ClosureProposed(risk=RISK, round=1): READY,
    ReturnProposed(risk=RISK, round=1): WATCHED,
    RiskFollowed(risk=RISK, state=RiskState.WATCHED): WATCHED,
    BlockReturned(risk=RISK, returns=1): UNPLACED,
}
"""Every notice about working a risk, with a card that it holds for."""

every = pytest.mark.parametrize(("what", "card"), TOLD.items(), ids=[what.kind for what in TOLD])


def told(what: WorkNotice, card: CardFacts) -> Outgoing:
    about = what if isinstance(what, UnknownAsked | UnknownAnswered) else None
    unknown = None if about is None else card.working.unknowns[about.unknown]
    place = 0 if about is None else about.unknown
    facts = WorkTold(card=card, unknown=unknown, unknown_place=place)
    return notice(NoticeFacts(office=office(), now=SATURDAY, notice=what, told=facts))


def carried(shown: Outgoing) -> list[tuple[RecordKind | WorkPress, int]]:
    """What each button does, and for the answer to a question to which one."""
    rows = [] if shown.keyboard is None else shown.keyboard.inline_keyboard
    pressed = [each.callback_data or "" for row in rows for each in row]
    records = [CardRecord.unpack(data) for data in pressed if data.startswith(f"{CardRecord.__prefix__}:")]
    presses = [CardPress.unpack(data) for data in pressed if data.startswith(f"{CardPress.__prefix__}:")]
    return [*((each.kind, each.item) for each in records), *((each.act, 0) for each in presses)]


def test_every_notice_about_working_a_risk_is_worded_here() -> None:
    assert {type(what) for what in TOLD} == set(get_args(WorkNotice))


@every
def test_a_notice_about_working_a_risk_is_told_from_others_by_the_one_list_of_them(
    what: WorkNotice, card: CardFacts
) -> None:
    assert isinstance(what, WorkNotice)


@pytest.mark.parametrize(
    ("what", "lines"),
    [
        (
            ApprovalAsked(risk=RISK),
            [
                "ИР-12/26: ответ ждёт вашего согласования.",
                "Авария устранена.",
                "Площадки: госпаблик ВК; сайт администрации",
                GIST,
            ],
        ),
        (AnswerSentBack(risk=RISK), ["ИР-12/26: ответ вернули с замечанием.", "назовите срок", GIST]),
        (
            UnknownAsked(risk=RISK, round=1, unknown=1),
            ["ИР-12/26: от вас ждут ответ до ср 25.11.", "Когда пустят воду?", GIST],
        ),
        (
            UnknownAnswered(risk=RISK, round=1, unknown=0),
            [
                "ИР-12/26: на ваш вопрос ответили.",
                "Вопрос: Когда пустят воду?",
                "Ответ: к вечеру · руководитель МЦУ",
                GIST,
            ],
        ),
        (
            ClosureProposed(risk=RISK, round=1),
            ["ИР-12/26: все условия выполнены, можно отметить отработанным.", GIST],
        ),
        (
            ReturnProposed(risk=RISK, round=1),
            ["ИР-12/26: реакция неспокойная или ссылка не на месте. Если ответа мало, верните в работу.", GIST],
        ),
        (RiskFollowed(risk=RISK, state=RiskState.WATCHED), ["ИР-12/26: следим за реакцией.", GIST]),
        (
            BlockReturned(risk=RISK, returns=1),
            ["ИР-12/26: блок ответил, что это не к нему. Назначьте блок на карточке в алерт-чате.", GIST],
        ),
    ],
)
def test_a_notice_says_which_risk_what_happened_and_what_it_is_about(what: WorkNotice, lines: list[str]) -> None:
    assert told(what, TOLD[what]).text.splitlines() == lines


@pytest.mark.parametrize(
    ("what", "buttons", "does"),
    [
        (REPORTED, [], []),
        (
            ApprovalAsked(risk=RISK),
            [["Согласовать"], ["Вернуть с замечанием"]],
            [(RecordKind.REMARK, 0), (WorkPress.APPROVE, 0)],
        ),
        (AnswerSentBack(risk=RISK), [["Изменить ответ"]], [(RecordKind.ANSWER, 0)]),
        (UnknownAsked(risk=RISK, round=1, unknown=1), [["Ответить"]], [(RecordKind.UNKNOWN_ANSWER, 1)]),
        (UnknownAnswered(risk=RISK, round=1, unknown=0), [["Подробнее"]], [(WorkPress.DETAILS, 0)]),
        (ClosureProposed(risk=RISK, round=1), [["Отработан"]], [(WorkPress.WORK_OFF, 0)]),
        (ReturnProposed(risk=RISK, round=1), [["Вернуть в работу"]], [(RecordKind.RETURN, 0)]),
        (
            RiskFollowed(risk=RISK, state=RiskState.WATCHED),
            [["Подробнее", "Не сообщать"]],
            [(WorkPress.DETAILS, 0), (WorkPress.FOLLOW, 0)],
        ),
        (BlockReturned(risk=RISK, returns=1), [["Подробнее"]], [(WorkPress.DETAILS, 0)]),
    ],
)
def test_a_notice_carries_the_button_that_does_what_it_asks(
    what: WorkNotice, buttons: list[list[str]], does: list[tuple[RecordKind | WorkPress, int]]
) -> None:
    shown = told(what, TOLD[what])
    assert titles(shown.keyboard) == buttons
    assert carried(shown) == does


@pytest.mark.parametrize(
    ("what", "correction", "lines", "buttons"),
    [
        (
            ApprovalAsked(risk=RISK),
            replace(DRAFTED, text="Вода есть.", submitted_at=SATURDAY),
            [
                "ИР-12/26: исправление размещённого ответа ждёт вашего согласования.",
                "Вода есть.",
                "Площадки: госпаблик ВК; сайт администрации",
            ],
            [["Согласовать"], ["Вернуть с замечанием"]],
        ),
        (
            AnswerSentBack(risk=RISK),
            RETURNED,
            ["ИР-12/26: исправление ответа вернули с замечанием.", "назовите срок"],
            [["Исправить ответ"]],
        ),
    ],
)
def test_of_a_correction_its_own_text_and_remark_are_told(
    what: WorkNotice, correction: Answer, lines: list[str], buttons: list[list[str]]
) -> None:
    shown = told(what, facts_in(RiskState.WATCHED, replace(ANSWERED, correction=correction)))
    assert shown.text.splitlines()[:-1] == lines
    assert titles(shown.keyboard) == buttons


@every
def test_notices_are_plain_and_calm(what: WorkNotice, card: CardFacts) -> None:
    text = told(what, card).text
    assert "!" not in text
    assert "None" not in text
    assert text == text.strip()


@every
def test_notices_fit_with_the_longest_words(what: WorkNotice, card: CardFacts) -> None:
    full = replace(card, working=overfull(card.working), risk=replace(card.risk, gist="🏠" * 5000))
    if isinstance(what, AnswerSentBack) and full.working.answer is not None:
        full = replace(full, working=replace(full.working, answer=replace(full.working.answer, remark="а" * 600)))
    assert units(told(what, full).text) <= LONGEST_TEXT


@pytest.mark.parametrize("state", RiskState)
def test_whoever_follows_a_risk_reads_every_state_of_it(state: RiskState) -> None:
    assert told(RiskFollowed(risk=RISK, state=state), facts_in(state)).text.startswith(f"ИР-12/26: {STATES[state]}.")


def test_after_the_second_return_whoever_decides_learns_that_the_block_is_theirs_to_give() -> None:
    said = told(BlockReturned(risk=RISK, returns=2), UNPLACED).text.splitlines()
    assert "Это второй возврат: теперь блок назначаете только вы, и вернуть риск он не сможет." in said


# --- the report of an answer, in the procedure's two parts


def test_an_answer_is_reported_by_its_text_with_platforms_and_its_links() -> None:
    shown = told(REPORTED, facts_in(RiskState.WATCHED, replace(ANSWERED, publications=(LINK, LOCAL))))
    assert shown.text.splitlines() == [
        "Отработка ИР-12/26",
        "Текст: Авария устранена.",
        "Площадки: госпаблик ВК; сайт администрации",
        "Публикации: vk.com/wall-2_9 · страница органа · ещё не проверена",
        "example.org/news · местное СМИ · ещё не проверена · для закрытия не засчитывается",
        "Размещён сб 21.11, 12:02",
    ]
    assert marked(shown, "bold") == ["Отработка ИР-12/26"]


def test_a_report_without_links_says_that_there_were_none_then() -> None:
    assert (
        "Публикации: при размещении ссылок не было; добавленные позже — на карточке, под «Подробнее»."
        in told(REPORTED, WATCHED).text.splitlines()
    )


def test_the_report_of_a_changed_answer_says_when_it_was_changed() -> None:
    assert ANSWERED.answer is not None
    changed = replace(ANSWERED.answer, corrected_at=SATURDAY + timedelta(hours=5))
    shown = told(REPORTED, facts_in(RiskState.WATCHED, replace(ANSWERED, answer=changed, earlier_answers=(DRAFTED,))))
    assert shown.text.splitlines()[-1] == "Размещён сб 21.11, 12:02, исправлен сб 21.11, 14:02"


def test_the_longest_answer_is_reported_whole_in_one_message() -> None:
    full = overfull(ANSWERED)
    assert full.answer is not None
    shown = told(REPORTED, facts_in(RiskState.WATCHED, full))
    assert units(shown.text) <= LONGEST_TEXT
    assert f"Текст: {full.answer.text}\n" in shown.text
    assert f"Площадки: {full.answer.platforms}".strip() in shown.text
    assert "И ещё публикаций: 17" in shown.text.splitlines()
