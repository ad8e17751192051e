"""Presses that work a risk, the questions of records, `/close` and `/merge`."""

from dataclasses import replace
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage

from handlers import working
from handlers.callbacks.working import (
    CardMeasure,
    CardMerge,
    CardPress,
    CardRecord,
    RecordChoice,
    RecordStep,
    WorkPress,
)
from handlers.errors import refusal_text
from handlers.places import telegram
from handlers.views.acted import DONE
from handlers.views.help import FOLLOWED, QUESTION_ABOVE, SEE_PRIVATE, UNFOLLOWED
from risk.closure import Criterion
from risk.errors import DraftClosed, MoveNotPossible, NotWorkedOff, OutsideBlock, Refusal, TakenBySomeone
from risk.ids import OfficeId, RecordId, RiskId
from risk.people import Place
from risk.records import RecordField, RecordKind
from risk.risks import NumberAsked, RiskNumber, RiskState
from risk.use_cases.mentions import MergeNumbered, MergeRisks
from risk.use_cases.recording import ChooseInRecord, OfRecord, OpenRecord
from risk.use_cases.working import OfMeasure, OfRisk
from tests.handlers.builders import SATURDAY, titles
from tests.handlers.conftest import Noting
from tests.handlers.telegram import ACTOR, GROUP, PERSON, Door, message, press
from tests.handlers.workings import TAKEN, facts_in

RISK: dict[str, Any] = {"office": OfficeId(3), "risk": RiskId(7), "round": 2}
OF_RISK = OfRisk(risk=RiskId(7), round=2)
RECORD: dict[str, Any] = {"office": OfficeId(3), "record": RecordId(8)}

MOVES = {
    WorkPress.TAKE: "take_up",
    WorkPress.SUBMIT: "submit_answer",
    WorkPress.APPROVE: "approve_answer",
    WorkPress.PUBLISH: "publish_answer",
    WorkPress.WORK_OFF: "work_off",
    WorkPress.WATCH: "take_watch",
}
PAGES = {WorkPress.DETAILS, WorkPress.CHECKLIST, WorkPress.TO_REGION}


def work(act: WorkPress) -> str:
    return CardPress(**RISK, act=act).pack()


def links(door: Door) -> list[str | None]:
    """Where presses were led to instead of an answer in words."""
    return [call.url for call in door.telegram.calls if isinstance(call, AnswerCallbackQuery)]


def written_to(door: Door) -> list[int | str]:
    return [call.chat_id for call in door.telegram.calls if isinstance(call, SendMessage)]


# --- moves


def test_every_press_on_a_card_is_a_move_a_page_or_following() -> None:
    assert {*MOVES, *PAGES, WorkPress.FOLLOW} == set(WorkPress)
    assert {act: move.__name__ for act, move in working._MOVES.items()} == MOVES


@pytest.mark.parametrize("act", MOVES)
async def test_a_press_that_moves_the_risk_becomes_a_use_case(monkeypatch: pytest.MonkeyPatch, act: WorkPress) -> None:
    asked: list[tuple[Any, dict[str, Any]]] = []

    async def noted(command: OfRisk, **named: Any) -> None:
        asked.append((command, named))

    monkeypatch.setitem(working._MOVES, act, noted)
    door = Door(uow="units", view="view")
    await door.takes(callback_query=press(work(act)))
    assert asked == [(OF_RISK, {"actor": ACTOR, "uow": "units", "now": SATURDAY})]
    assert door.answers == [(None, False)]


@pytest.mark.parametrize(
    "refusal",
    [
        TakenBySomeone("член проектного офиса 2", SATURDAY, SATURDAY),
        MoveNotPossible(RiskState.WATCHED),
        OutsideBlock(),
        NotWorkedOff((Criterion.LINK_COUNTS, Criterion.QUIET)),
    ],
)
async def test_a_move_that_is_refused_says_why_in_an_alert(monkeypatch: pytest.MonkeyPatch, refusal: Refusal) -> None:
    async def refused(_: OfRisk, **__: Any) -> None:
        raise refusal

    monkeypatch.setitem(working._MOVES, WorkPress.TAKE, refused)
    door = Door(uow=None, view=None)
    await door.takes(callback_query=press(work(WorkPress.TAKE)))
    assert door.answers == [(refusal_text(refusal), True)]


async def test_a_planned_measure_is_taken_by_its_place_in_the_list(noting: Noting) -> None:
    asked = noting("working.take_measure")
    await Door(uow="units", view="view").takes(callback_query=press(CardMeasure(**RISK, measure=3).pack()))
    assert asked == [
        (
            (OfMeasure(risk=RiskId(7), round=2, measure=3),),
            {"actor": ACTOR, "uow": "units", "now": SATURDAY},
        )
    ]


@pytest.mark.parametrize("act", MOVES)
async def test_a_message_beside_the_card_tells_what_its_button_did_and_has_it_no_more(
    monkeypatch: pytest.MonkeyPatch, noting: Noting, act: WorkPress
) -> None:
    async def moved(_: OfRisk, **__: Any) -> None: ...

    monkeypatch.setitem(working._MOVES, act, moved)
    noting("working.read_card", gives=facts_in(RiskState.WATCHED))
    door = Door(uow="units", view="view")
    await door.takes(callback_query=press(CardPress(**RISK, act=act, beside=True).pack(), chat=PERSON))
    [changed] = [call for call in door.telegram.calls if isinstance(call, EditMessageText)]
    assert str(changed.text).startswith(f"ИР-12/26: {DONE[act]} (")
    assert titles(changed.reply_markup) == [["Подробнее"]]
    assert door.answers == [(None, False)]


async def test_a_measure_taken_from_a_reminder_is_told_in_its_place(noting: Noting) -> None:
    noting("working.take_measure")
    facts = facts_in(RiskState.ANSWERING)
    noting("working.read_card", gives=replace(facts, working=replace(facts.working, measures=(TAKEN,))))
    door = Door(uow="units", view="view")
    await door.takes(callback_query=press(CardMeasure(**RISK, measure=0, beside=True).pack(), chat=PERSON))
    [changed] = [call for call in door.telegram.calls if isinstance(call, EditMessageText)]
    assert "мера принята" in str(changed.text)
    assert "бригада выехала" in str(changed.text)


@pytest.mark.parametrize(("follows", "says"), [(True, FOLLOWED), (False, UNFOLLOWED)])
async def test_who_follows_a_risk_is_told_so_and_who_does_no_more_too(noting: Noting, follows: bool, says: str) -> None:
    asked = noting("working.follow", gives=follows)
    door = Door(uow="units")
    await door.takes(callback_query=press(work(WorkPress.FOLLOW)))
    assert asked == [((OF_RISK,), {"actor": ACTOR, "uow": "units"})]
    assert door.answers == [(says, True)]


# --- pages


@pytest.mark.parametrize(
    ("act", "begins"),
    [
        (WorkPress.DETAILS, "ИР-12/26 · следим за реакцией\n"),
        (WorkPress.CHECKLIST, "ИР-12/26 пока нельзя отметить отработанным."),
    ],
)
async def test_a_page_is_for_whoever_pressed_and_stands_in_private(noting: Noting, act: WorkPress, begins: str) -> None:
    asked = noting("working.read_card", gives=facts_in(RiskState.WATCHED))
    door = Door(view="view")
    await door.takes(callback_query=press(work(act)))
    assert asked == [((RiskId(7),), {"actor": ACTOR, "view": "view", "now": SATURDAY})]
    assert written_to(door) == [PERSON]
    assert door.said[0].startswith(begins)
    assert door.answers == [(SEE_PRIVATE, False)]
    assert links(door) == ["https://t.me/mcu_bot?start=read"]


async def test_what_goes_to_the_region_is_noted_first_and_then_shown_to_whoever_pressed(noting: Noting) -> None:
    asked = noting("working.pass_up")
    noting("working.read_card", gives=facts_in(RiskState.WATCHED))
    door = Door(uow="units", view="view")
    await door.takes(callback_query=press(work(WorkPress.TO_REGION)))
    assert asked == [((OF_RISK,), {"actor": ACTOR, "uow": "units", "now": SATURDAY})]
    assert written_to(door) == [PERSON]
    assert links(door) == ["https://t.me/mcu_bot?start=read"]


async def test_who_reads_in_private_already_is_led_nowhere(noting: Noting) -> None:
    noting("working.read_card", gives=facts_in(RiskState.WATCHED))
    door = Door(view=None)
    await door.takes(callback_query=press(work(WorkPress.DETAILS), chat=PERSON))
    assert door.answers == [(None, False)]
    assert links(door) == [None]


async def test_a_page_that_was_refused_is_written_to_nobody(noting: Noting) -> None:
    noting("working.read_card", refuses=OutsideBlock())
    door = Door(view=None)
    await door.takes(callback_query=press(work(WorkPress.DETAILS)))
    assert door.said == []
    assert door.answers == [(refusal_text(OutsideBlock()), True)]


# --- records


async def test_a_press_that_needs_words_opens_its_questions_in_private(noting: Noting) -> None:
    asked = noting("working.open_record")
    door = Door(uow="units")
    await door.takes(callback_query=press(CardRecord(**RISK, kind=RecordKind.UNKNOWN_ANSWER, item=4).pack()))
    wanted = OpenRecord(
        risk=RiskId(7),
        round=2,
        kind=RecordKind.UNKNOWN_ANSWER,
        item=4,
        place=Place(address=telegram(PERSON)),
    )
    assert asked == [((wanted,), {"actor": ACTOR, "uow": "units", "now": SATURDAY})]
    assert links(door) == ["https://t.me/mcu_bot?start=work"]
    assert door.said == []


@pytest.mark.parametrize("kind", RecordKind)
async def test_every_kind_of_record_opens_by_its_button(noting: Noting, kind: RecordKind) -> None:
    asked = noting("working.open_record")
    await Door(uow=None).takes(callback_query=press(CardRecord(**RISK, kind=kind, item=0).pack(), chat=PERSON))
    assert asked[0][0][0].kind is kind


async def test_a_record_that_is_refused_leads_nowhere(noting: Noting) -> None:
    noting("working.open_record", refuses=MoveNotPossible(RiskState.FILED))
    door = Door(uow=None)
    await door.takes(callback_query=press(CardRecord(**RISK, kind=RecordKind.LINK, item=0).pack()))
    assert door.answers == [(refusal_text(MoveNotPossible(RiskState.FILED)), True)]
    assert links(door) == [None]


@pytest.mark.parametrize(
    ("button", "use_case", "command"),
    [
        (
            RecordChoice(**RECORD, field=RecordField.UNTIL, chosen="2026-11-25"),
            "choose_in_record",
            ChooseInRecord(record=RecordId(8), field=RecordField.UNTIL, value="2026-11-25"),
        ),
        (RecordStep(**RECORD, back=True), "step_back", OfRecord(record=RecordId(8))),
        (RecordStep(**RECORD, back=False), "cancel_record", OfRecord(record=RecordId(8))),
    ],
)
async def test_a_press_under_a_question_becomes_a_use_case(
    noting: Noting, button: CallbackData, use_case: str, command: Any
) -> None:
    asked = noting(f"working.{use_case}")
    door = Door(uow="units")
    await door.takes(callback_query=press(button.pack(), chat=PERSON))
    [(arguments, named)] = asked
    assert arguments == (command,)
    assert (named["actor"], named["uow"]) == (ACTOR, "units")
    assert door.answers == [(None, False)]


async def test_a_question_that_is_closed_says_so(noting: Noting) -> None:
    noting("working.step_back", refuses=DraftClosed())
    door = Door(uow=None)
    await door.takes(callback_query=press(RecordStep(**RECORD, back=True).pack(), chat=PERSON))
    assert door.answers == [(refusal_text(DraftClosed()), True)]


# --- the way from the chat


async def test_who_comes_from_a_press_to_a_question_reads_where_it_stands() -> None:
    door = Door()
    await door.takes(message=message("/start work"))
    assert door.said == [QUESTION_ABOVE.text]


async def test_who_comes_from_a_press_to_a_page_is_asked_nothing() -> None:
    door = Door()
    await door.takes(message=message("/start read"))
    assert door.said == []


@pytest.mark.parametrize("parameter", ["work", "read"])
async def test_whoever_works_nowhere_is_no_comer_from_a_press(noting: Noting, parameter: str) -> None:
    class NoCode:
        async def office_of_code(self, _: str) -> None:
            return None

    door = Door(directory=NoCode())
    del door.injected["actor"]
    await door.takes(message=message(f"/start {parameter}"))
    assert QUESTION_ABOVE.text not in door.said
    assert len(door.said) == 1


# --- commands


@pytest.mark.parametrize("typed", ["/close 12", "/Close@mcu_bot ИР-12"])
async def test_the_checklist_is_asked_by_number(noting: Noting, typed: str) -> None:
    asked = noting("working.read_card", gives=facts_in(RiskState.WATCHED))
    door = Door(view="view")
    await door.takes(message=message(typed))
    assert asked == [
        ((NumberAsked(serial=12, year=None),), {"actor": ACTOR, "view": "view", "now": SATURDAY}),
    ]
    assert door.said[0].startswith("ИР-12/26 пока нельзя отметить отработанным.")


@pytest.mark.parametrize("typed", ["/close", "/close вода"])
async def test_a_checklist_without_a_number_says_how(noting: Noting, typed: str) -> None:
    asked = noting("working.read_card")
    door = Door(view=None)
    await door.takes(message=message(typed))
    assert asked == []
    assert door.said == ["Напишите команду и номер риска через пробел, например: /close 12"]


async def test_in_a_group_the_checklist_is_asked_for_in_private(noting: Noting) -> None:
    noting("privately.may_ask_about_staff")
    asked = noting("working.read_card")
    door = Door(view=None)
    await door.takes(message=message("/close 12", chat=GROUP))
    assert asked == []
    assert door.said == ["Отвечу в личных сообщениях: напишите мне там эту команду."]


async def test_two_numbers_merge_two_risks(noting: Noting) -> None:
    asked = noting("working.merge_numbered", gives=RiskNumber(serial=9, year=2026))
    door = Door(uow="units")
    await door.takes(message=message("/merge 12 ИР-9/26", chat=GROUP))
    wanted = MergeNumbered(risk=NumberAsked(serial=12, year=None), into=NumberAsked(serial=9, year=2026))
    assert asked == [((wanted,), {"actor": ACTOR, "uow": "units", "now": SATURDAY})]
    assert door.said == ["Объединено: дальше отрабатывается ИР-9/26. Обе истории сохранены."]


@pytest.mark.parametrize("typed", ["/merge", "/merge 12", "/merge 12 вода", "/merge 12 9 8"])
async def test_merging_without_two_numbers_says_how(noting: Noting, typed: str) -> None:
    asked = noting("working.merge_numbered")
    door = Door(uow=None)
    await door.takes(message=message(typed))
    assert asked == []
    assert door.said[0].startswith("Напишите команду и два номера через пробел, например: /merge 12 9.")


async def test_a_press_merges_the_risk_into_the_one_that_it_names(noting: Noting) -> None:
    asked = noting("working.merge_risks", gives=RiskNumber(serial=9, year=2026))
    door = Door(uow="units")
    await door.takes(callback_query=press(CardMerge(**RISK, merged=RiskId(4)).pack()))
    assert asked[0][0] == (MergeRisks(risk=RiskId(7), round=2, into=RiskId(4)),)
    assert door.answers == [("Объединено: дальше отрабатывается ИР-9/26. Обе истории сохранены.", False)]
