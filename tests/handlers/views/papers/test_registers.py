"""Registers as sheets: what the file is comes first, cells are plain words and real moments, nobody is named."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from handlers.views.papers.registers import RegisterSheets
from handlers.views.register_words import NUDGES, RUNGS, STAFF
from risk.appeal_cases import AppealHappening
from risk.documents import Cell, Register
from risk.events import Event, EventKind
from risk.figures import WHOLE_OFFICE, Scope
from risk.ids import NudgeId, ObligationId, PersonId, RiskId
from risk.ladders import RungKind
from risk.nudges import Nudge, NudgeState, Why
from risk.registers import (
    AppealHistoryLine,
    AppealLine,
    NudgeLine,
    RegisterKind,
    RegisterLine,
    RegistersAsked,
    RiskHistoryLine,
    RiskLine,
    StaffHistoryLine,
)
from risk.risks import RiskState
from risk.staff_events import StaffEvent, StaffEventKind
from risk.use_cases.registers import RegistersFacts
from tests.handlers.appealed import appeal, appeal_case, changed
from tests.handlers.builders import ROADS, SATURDAY, office, risk
from tests.handlers.workings import HEAD, HEAD_TITLE, MEMBER, MEMBER_TITLE, ROUNDS, risk_in

MADE_AT: Final = datetime(2026, 11, 23, 6, tzinfo=UTC)
IN_MOSCOW: Final = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - a sheet knows no zones
LEFT: Final = PersonId(99)
RECIPIENT: Final = "Кто получил, если не эта должность"
NUDGE: Final = Nudge(
    id=NudgeId(1),
    owed=ObligationId(1),
    due_at=MADE_AT,
    kind=RungKind.OVERDUE,
    step=1,
    at=MADE_AT,
    of_morning=True,
    release_at=MADE_AT,
    state=NudgeState.MOOT,
    why=Why.DONE,
    person=LEFT,
)
SHORTEST: Final[dict[RegisterKind, RegisterLine]] = {
    RegisterKind.RISKS: RiskLine(id=1, risk=risk(), rounds=()),
    RegisterKind.APPEALS: AppealLine(id=1, case=appeal_case(block=None)),
    RegisterKind.NUDGES: NudgeLine(id=1, nudge=NUDGE, owed=None, matter=None),
    RegisterKind.RISK_HISTORY: RiskHistoryLine(
        id=1, number=risk().number, event=Event(risk=RiskId(7), at=MADE_AT, kind=EventKind.FILED, position=None)
    ),
    RegisterKind.APPEAL_HISTORY: AppealHistoryLine(
        id=1, key=appeal().key, change=changed(happening=AppealHappening.IMPORTED)
    ),
    RegisterKind.STAFF_HISTORY: StaffHistoryLine(
        id=1, event=StaffEvent(at=MADE_AT, kind=StaffEventKind.SEATED, by=None, position=HEAD)
    ),
}
"""Lines with nothing in them that may be lacking."""


def facts(scope: Scope = WHOLE_OFFICE, **more: Any) -> RegistersFacts:
    asked = RegistersAsked(period=None, scope=scope)
    known: dict[str, Any] = {"freshest": {}, "rows": dict.fromkeys(asked.kinds, 1)}
    return RegistersFacts(
        office=office(),
        asked=asked,
        titles={MEMBER: MEMBER_TITLE, HEAD: HEAD_TITLE},
        held={PersonId(1): (MEMBER_TITLE, HEAD_TITLE)},
        made_at=MADE_AT,
        **{**known, **more},
    )


def sheets(*lines: RegisterLine, of: RegistersFacts | None = None) -> dict[str, Register]:
    """Each line on the sheet of its kind."""
    kinds = {type(SHORTEST[kind]): kind for kind in RegisterKind}
    asked = of or facts()
    made = RegisterSheets(asked)
    filled = [
        replace(made.head(kind), rows=[made.row(each) for each in lines if kinds[type(each)] is kind])
        for kind in asked.asked.kinds
    ]
    return {each.title: each for each in (made.about(), *filled)}


def told(line: RegisterLine, title: str) -> dict[str, Cell]:
    sheet = sheets(line)[title]
    [row] = sheet.rows
    return dict(zip(sheet.columns, row, strict=True))


def told_of_file(first: Register) -> dict[Cell, Cell]:
    return {row[0]: row[1] for row in first.rows}


def test_the_first_sheet_says_what_the_file_is() -> None:
    first = RegisterSheets(facts()).about()
    said = told_of_file(first)
    assert first.title == "О файле"
    assert said["Офис"] == office().plan.title
    assert said["За какие дни"] == "за всё время"
    assert said["Чьи данные"] == "весь офис"
    assert said["Собрано"] == IN_MOSCOW
    assert said["Выгрузки"] == "Выгрузок ещё не было."
    assert said["Риски"] == "открытые в эти дни, зарегистрированные и закрытые; состояние — на момент файла: 1"


def test_of_a_block_the_file_says_which_and_has_nothing_of_the_staff() -> None:
    made = sheets(of=facts(Scope(blocks=frozenset({ROADS}))))
    assert told_of_file(made["О файле"])["Чьи данные"] == "Дороги, ЖКХ, благоустройство"
    assert "История состава" not in made


@pytest.mark.parametrize("kind", RegisterKind)
def test_each_row_has_a_cell_under_each_column_also_where_nothing_is_known(kind: RegisterKind) -> None:
    *_, sheet = (each for each in sheets(SHORTEST[kind]).values() if list(each.rows) and each.title != "О файле")
    [row] = sheets(SHORTEST[kind])[sheet.title].rows
    assert len(row) == len(sheet.columns) == len(sheet.widths)


@pytest.mark.parametrize("state", RiskState)
def test_a_risk_of_any_state_fills_its_row(state: RiskState) -> None:
    told(RiskLine(id=1, risk=risk_in(state), rounds=(ROUNDS[state],)), "Риски")


def test_a_worked_off_risk_tells_its_answer_and_its_end() -> None:
    state = RiskState.WORKED_OFF
    row = told(RiskLine(id=1, risk=risk_in(state), rounds=(ROUNDS[state],)), "Риски")
    assert row["Номер"] == "ИР-12/26"
    assert row["Зарегистрировал"] == MEMBER_TITLE
    assert row["Меры"] == f"бригада выехала · {HEAD_TITLE}"
    assert row["Проверок реакции"] == 3
    assert row["Чем кончился"] == "отработан по критериям"
    assert row["Кругов"] == 1


def test_moments_are_those_of_the_offices_clocks() -> None:
    local = office().plan.calendar.local(SATURDAY).replace(tzinfo=None)
    assert told(RiskLine(id=1, risk=risk(), rounds=()), "Риски")["Зарегистрирован"] == local


def test_whoever_left_is_named_neither_by_name_nor_by_an_old_position() -> None:
    assert told(SHORTEST[RegisterKind.NUDGES], "Напоминания")[RECIPIENT] == "не занимает должности"


def test_whoever_holds_the_position_among_others_is_not_told_apart_from_it() -> None:
    of_member = NudgeLine(id=1, nudge=replace(NUDGE, person=PersonId(1), position=MEMBER), owed=None, matter=None)
    assert told(of_member, "Напоминания")[RECIPIENT] is None
    by_who_left = replace(of_member, nudge=replace(of_member.nudge, person=LEFT))
    assert told(by_who_left, "Напоминания")[RECIPIENT] == "не занимает должности"


def test_each_rung_outcome_and_change_of_the_staff_has_its_words() -> None:
    assert set(RUNGS) == set(RungKind)
    assert set(NUDGES) == set(NudgeState)
    assert set(STAFF) == set(StaffEventKind)


@pytest.mark.parametrize(("channel", "words"), [("EPGU", "Госуслуги"), ("WIDGET", "виджет на сайте"), ("ВК", "ВК")])
def test_how_an_appeal_came_is_said_as_on_its_page(channel: str, words: str) -> None:
    assert told(AppealLine(id=1, case=appeal_case(appeal(channel=channel))), "Обращения")["Канал"] == words
