"""Presses on a form: each becomes one use case with what the button carried."""

from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers.callbacks.forms import FormBlock, FormCancel, FormJoin, FormLevel, FormPanel, FormRegister, FormTerritory
from risk.ids import DraftId, OfficeId, RiskId
from risk.risks import RiskNumber
from risk.standing import Panel
from risk.use_cases.drafts import (
    CancelDraft,
    ChooseBlock,
    ChooseLevel,
    ChooseTerritory,
    JoinRisk,
    RegisterDraft,
    TurnDraft,
)
from tests.handlers.builders import HIGH, NORTH, ROADS
from tests.handlers.conftest import Noting
from tests.handlers.telegram import ACTOR, PERSON, Door, press

FORM: dict[str, Any] = {"office": OfficeId(3), "draft": DraftId(9)}
DRAFT = DraftId(9)


@pytest.mark.parametrize(
    ("button", "use_case", "command"),
    [
        (FormPanel(**FORM, panel=Panel.ASK_GIST), "turn_draft", TurnDraft(draft=DRAFT, panel=Panel.ASK_GIST)),
        (FormBlock(**FORM, block=ROADS), "choose_block", ChooseBlock(draft=DRAFT, block=ROADS)),
        (FormBlock(**FORM, block=None), "choose_block", ChooseBlock(draft=DRAFT, block=None)),
        (FormLevel(**FORM, level=HIGH), "choose_level", ChooseLevel(draft=DRAFT, level=HIGH)),
        (
            FormTerritory(**FORM, territory=NORTH),
            "choose_territory",
            ChooseTerritory(draft=DRAFT, territory=NORTH),
        ),
        (FormRegister(**FORM, highest=None), "register_draft", RegisterDraft(draft=DRAFT)),
        (FormRegister(**FORM, highest=True), "register_draft", RegisterDraft(draft=DRAFT, highest=True)),
        (FormRegister(**FORM, highest=False), "register_draft", RegisterDraft(draft=DRAFT, highest=False)),
        (FormCancel(**FORM), "cancel_draft", CancelDraft(draft=DRAFT)),
    ],
)
async def test_press_becomes_a_use_case(noting: Noting, button: CallbackData, use_case: str, command: Any) -> None:
    asked = noting(f"forms.{use_case}")
    uow = object()
    door = Door(uow=uow)
    await door.takes(callback_query=press(button.pack(), chat=PERSON))
    [(arguments, named)] = asked
    assert arguments == (command,)
    assert named["actor"] == ACTOR
    assert named["uow"] is uow
    assert door.answers == [(None, False)]


async def test_a_mention_that_joins_a_risk_is_answered_with_its_number(noting: Noting) -> None:
    asked = noting("forms.join_risk", gives=RiskNumber(serial=9, year=2026))
    door = Door(uow="units")
    await door.takes(callback_query=press(FormJoin(**FORM, risk=RiskId(4)).pack(), chat=PERSON))
    assert asked[0][0] == (JoinRisk(draft=DRAFT, risk=RiskId(4)),)
    assert door.answers == [("Упоминание добавлено к ИР-9/26.", False)]
