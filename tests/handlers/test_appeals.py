"""`/appeals`, `/overdue`, `/appeal` and presses on appeals: what becomes of each."""

from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers import appeals
from handlers.callbacks.appeals import (
    AppealHistoryPage,
    AppealPage,
    AppealPress,
    AppealRecord,
    AppealsList,
    AppealsNarrow,
    Narrowing,
)
from handlers.callbacks.reminders import OwedRecord
from handlers.places import telegram
from handlers.views.appeals import STALE_LIST
from handlers.views.help import ASK_IN_PRIVATE, STALE_BUTTON
from risk.appeal_acts import AppealAct
from risk.appeal_lists import CodedAppeals, Standing
from risk.appeals import AppealSource
from risk.ids import AppealId, ObligationId, OfficeId
from risk.people import Place
from risk.records import RecordKind
from risk.use_cases.appeal_presses import OfAppeal
from risk.use_cases.appeal_records import OpenAppealForm, OpenAppealRecord
from risk.use_cases.recording import OpenOwedRecord
from tests.handlers.appealed import appeal_case, appeal_facts, appeals_page, history_of
from tests.handlers.conftest import Noting
from tests.handlers.telegram import GROUP, PERSON, Door, message, press

OURS = {"office": OfficeId(3), "appeal": AppealId(41)}
PRIVATE = Place(address=telegram(PERSON))
NARROWED: dict[str, Any] = {
    "standing": Standing.OVERDUE,
    "channel": AppealSource.POS,
    "block_code": "12345678",
    "territory_code": None,
}
CODED = CodedAppeals(standing=Standing.OVERDUE, channel=AppealSource.POS, block="12345678")


@pytest.mark.parametrize(
    ("command", "asked_for"),
    [("/appeals", CodedAppeals()), ("/overdue", CodedAppeals(standing=Standing.OVERDUE))],
)
async def test_a_list_begins_with_its_first_page(noting: Noting, command: str, asked_for: CodedAppeals) -> None:
    asked = noting("appeals.read_appeals", gives=appeals_page(appeal_case()))
    door = Door(view=None)
    await door.takes(message=message(command))
    assert asked[0][0] == (0, asked_for)
    assert door.said[0].startswith("Открытые: 1")


@pytest.mark.parametrize("command", ["/appeals", "/appeal"])
async def test_a_number_shows_one(noting: Noting, command: str) -> None:
    asked = noting("appeals.appeals_numbered", gives=[appeal_facts()])
    door = Door(view=None, uow=None)
    await door.takes(message=message(f"{command} ПОС 6100013"))
    assert asked[0][0] == ("ПОС 6100013",)
    assert door.said[0].startswith("ПОС 6100013 · ")


async def test_without_a_number_a_new_one_is_registered(noting: Noting) -> None:
    asked = noting("appeals.open_appeal_form")
    await Door(view=None, uow=None).takes(message=message("/appeal"))
    assert asked[0][0] == (OpenAppealForm(place=PRIVATE),)


@pytest.mark.parametrize("command", ["/appeals", "/overdue", "/appeal"])
async def test_in_a_group_one_is_asked_into_private(noting: Noting, command: str) -> None:
    noting("privately.may_ask_about_staff")
    door = Door(view=None)
    await door.takes(message=message(command, chat=GROUP))
    assert door.said == [ASK_IN_PRIVATE.text]


async def test_a_page_is_turned_and_narrowed_in_its_place(noting: Noting) -> None:
    asked = noting("appeals.read_appeals", gives=appeals_page(appeal_case()))
    door = Door(view=None)
    await door.takes(callback_query=press(AppealsList(office=OfficeId(3), leaf=4, **NARROWED).pack(), chat=PERSON))
    narrow = AppealsNarrow(office=OfficeId(3), by=Narrowing.BLOCK, **NARROWED)
    await door.takes(callback_query=press(narrow.pack(), chat=PERSON))
    assert [each[0] for each in asked] == [(4, CODED), (0, CODED)]
    assert [(each.text or "").splitlines()[0] for each in door.redrawn] == ["Открытые: 1", "Какой блок показать?"]


async def test_a_list_that_is_gone_is_asked_for_anew(noting: Noting) -> None:
    noting("appeals.read_appeals", gives=appeals_page())
    door = Door(view=None)
    pressed = press(AppealsList(office=OfficeId(3)).pack(), chat=PERSON)
    await door.takes(callback_query=pressed | {"message": None})
    assert door.answers == [(STALE_LIST, True)]


async def test_a_number_of_the_list_opens_the_page_beside_it(noting: Noting) -> None:
    noting("appeals.read_appeal", gives=appeal_facts())
    door = Door(view=None)
    await door.takes(callback_query=press(AppealPage(**OURS).pack(), chat=PERSON))
    assert door.said[0].startswith("ПОС 6100013")
    assert door.redrawn == []


async def test_the_history_takes_the_place_of_the_page(noting: Noting) -> None:
    noting("appeals.read_appeal_history", gives=history_of())
    door = Door(view=None)
    await door.takes(callback_query=press(AppealHistoryPage(**OURS, page=0).pack(), chat=PERSON))
    assert (door.redrawn[0].text or "").startswith("ПОС 6100013 · история")


async def test_an_act_redraws_the_page(noting: Noting, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Any] = []

    async def act(command: OfAppeal, **_: Any) -> None:
        done.append(command)

    monkeypatch.setitem(appeals.PRESSES, AppealAct.PREPARED, act)
    noting("appeals.read_appeal", gives=appeal_facts())
    door = Door(view=None, uow=None)
    await door.takes(callback_query=press(AppealPress(**OURS, does=AppealAct.PREPARED).pack(), chat=PERSON))
    assert done == [OfAppeal(appeal=AppealId(41))]
    assert (door.redrawn[0].text or "").startswith("ПОС 6100013")
    assert door.answers == [(None, False)]


async def test_an_act_that_needs_words_is_no_mere_press() -> None:
    door = Door(view=None, uow=None)
    await door.takes(callback_query=press(AppealPress(**OURS, does=AppealAct.GIVE).pack(), chat=PERSON))
    assert door.answers == [(STALE_BUTTON, True)]


@pytest.mark.parametrize(
    ("button", "use_case", "command"),
    [
        (
            AppealRecord(**OURS, kind=RecordKind.GIVE),
            "appeals.open_appeal_record",
            OpenAppealRecord(appeal=AppealId(41), kind=RecordKind.GIVE, place=PRIVATE),
        ),
        (
            OwedRecord(office=OfficeId(3), owed=ObligationId(123_456), kind=RecordKind.ACCEPT),
            "reminders.open_owed_record",
            OpenOwedRecord(owed=ObligationId(123_456), kind=RecordKind.ACCEPT, place=PRIVATE),
        ),
    ],
)
async def test_a_press_that_needs_words_opens_its_questions(
    noting: Noting, button: CallbackData, use_case: str, command: Any
) -> None:
    asked = noting(use_case)
    door = Door(uow=None)
    await door.takes(callback_query=press(button.pack(), chat=PERSON))
    assert asked[0][0] == (command,)
    assert door.answers == [(None, False)]
