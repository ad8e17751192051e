"""`/duty` and the presses on its way."""

import pytest

from handlers.callbacks.rota import DutyDays, DutyDraft, DutyList, DutyPositions
from handlers.views import duty as views
from risk.dates import Days
from risk.ids import OfficeId, PositionId
from risk.use_cases.duties import AssignDuty
from risk.use_cases.duty_steps import AskDutyDays
from tests.handlers.conftest import Noting
from tests.handlers.rota import MONDAY, duty_days_asked, duty_drafted, duty_page, positions_for_duty
from tests.handlers.telegram import GROUP, PERSON, Door, message, press

OFFICE, SEAT = OfficeId(3), PositionId(5)
FIRST = MONDAY.toordinal()
DAYS = Days(first=MONDAY, last=MONDAY)


@pytest.mark.parametrize("chat", [PERSON, GROUP])
async def test_the_page_is_shown_wherever_it_is_asked_for(noting: Noting, chat: int) -> None:
    noting("duty.duty_page", gives=duty_page())
    door = Door(view=None)
    await door.takes(message=message("/duty", chat=chat))
    assert door.said == [views.duty(duty_page()).text]


async def test_each_step_redraws_the_message_and_carries_what_was_chosen(noting: Noting) -> None:
    door = Door(view=None, uow=None)
    steps = [
        (DutyList(office=OFFICE), "duty_page", duty_page(), ()),
        (DutyPositions(office=OFFICE, page=1), "positions_for_duty", positions_for_duty(), (1,)),
        (
            DutyDays(office=OFFICE, position=None, first=None, month=None),
            "duty_days_asked",
            duty_days_asked(),
            (AskDutyDays(position=None, first=None),),
        ),
        (
            DutyDraft(office=OFFICE, position=SEAT, first=FIRST, last=FIRST, sure=False),
            "duty_drafted",
            duty_drafted(),
            (AssignDuty(position=SEAT, days=DAYS),),
        ),
    ]
    for data, use_case, gives, wanted in steps:
        asked = noting(f"duty.{use_case}", gives=gives)
        await door.takes(callback_query=press(data.pack(), chat=PERSON))
        assert asked[0][0] == wanted
    assert len(door.redrawn) == len(steps)
    assert door.answers == [(None, False)] * len(steps)


@pytest.mark.parametrize(("position", "answer"), [(SEAT, "Дежурство назначено."), (None, "Дежурство снято.")])
async def test_the_last_press_assigns_and_shows_the_page(
    noting: Noting, position: PositionId | None, answer: str
) -> None:
    assigned = noting("duty.assign_duty")
    noting("duty.duty_page", gives=duty_page())
    door = Door(view=None, uow=None)
    data = DutyDraft(office=OFFICE, position=position, first=FIRST, last=FIRST, sure=True).pack()
    await door.takes(callback_query=press(data, chat=PERSON))
    assert [args for args, _ in assigned] == [(AssignDuty(position=position, days=DAYS),)]
    assert door.answers == [(answer, False)]
    assert door.redrawn[-1].text == views.duty(duty_page()).text
