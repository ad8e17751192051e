"""What may be done about an appeal by hand, and when."""

from dataclasses import replace
from datetime import date, time

import pytest

from risk.appeal_acts import AppealAct, possible_acts, press_of
from risk.appeal_cases import AppealCase, Approval, Press, Pressed, Redirected
from risk.appeal_lists import key_of_code, short_code
from risk.appeal_terms import days_past, last_day_of
from risk.appeals import AppealSource, AppealState
from risk.calendar import end_of
from risk.ids import AppealId, BlockKey, ImportId, PositionId
from tests.risk.appealed import ROADS, appeal
from tests.support.offices import NOW, PLAN

APPROVING = replace(PLAN, approves_appeals=True)
BARE = replace(PLAN, blocks=())
A = AppealAct
OPEN = AppealCase(id=AppealId(1), appeal=appeal(), state=AppealState.OPEN, due_at=NOW, block=ROADS)


@pytest.mark.parametrize(
    ("approval", "acts"),
    [
        (None, {A.PREPARED}),
        (Approval.ASKED, {A.APPROVE, A.SEND_BACK}),
        (Approval.SENT_BACK, {A.PREPARED}),
        (Approval.APPROVED, {A.ANSWERED}),
    ],
)
def test_where_the_head_approves_an_answer_goes_out_only_after_it(
    approval: Approval | None, acts: set[AppealAct]
) -> None:
    assert possible_acts(replace(OPEN, approval=approval), APPROVING) == acts | {A.GIVE, A.RETURN, A.REDIRECT}


def test_elsewhere_nobody_approves() -> None:
    assert possible_acts(OPEN, PLAN) == {A.ANSWERED, A.GIVE, A.RETURN, A.REDIRECT}


def test_without_blocks_there_is_nobody_to_give_it_to() -> None:
    assert possible_acts(replace(OPEN, block=None), BARE) == {A.ANSWERED, A.REDIRECT}


def test_what_no_block_has_no_block_returns() -> None:
    assert A.RETURN not in possible_acts(replace(OPEN, block=None), PLAN)


def test_after_two_returns_the_block_is_decided() -> None:
    assert A.RETURN in possible_acts(replace(OPEN, returns=1), PLAN)
    assert A.RETURN not in possible_acts(replace(OPEN, returns=2), PLAN)


@pytest.mark.parametrize(
    "settled",
    [
        replace(OPEN, pressed=Pressed(press=Press.SENT, at=NOW, by=PositionId(1))),
        replace(OPEN, redirected=Redirected(to="Область", on=date(2026, 11, 20))),
        replace(OPEN, vanished_in=ImportId(3)),
        replace(OPEN, state=AppealState.ANSWERED),
    ],
    ids=["awaits the export", "redirected", "vanished", "answered"],
)
def test_nothing_is_done_about_what_nobody_owes(settled: AppealCase) -> None:
    assert possible_acts(settled, PLAN) == frozenset()


def test_an_answer_in_a_network_is_placed_and_any_other_sent() -> None:
    pressed = {source: press_of(source) for source in AppealSource}
    assert pressed == {
        AppealSource.IM: Press.PLACED,
        AppealSource.POS: Press.SENT,
        AppealSource.HAND: Press.SENT,
    }


def test_a_code_finds_its_key_whatever_else_the_preset_names_by_now() -> None:
    keys = [each.key for each in PLAN.blocks]
    assert [key_of_code(short_code(key), reversed(keys)) for key in keys] == keys
    assert len({short_code(key) for key in keys}) == len(keys)
    assert key_of_code(short_code("gone"), keys) is None
    assert {len(short_code(BlockKey(key))) for key in ("a", "k" * 20)} == {8}


@pytest.mark.parametrize(
    ("due", "today", "days"),
    [
        (date(2026, 11, 18), date(2026, 11, 23), 2),
        (date(2026, 11, 20), date(2026, 11, 23), 0),
        (date(2026, 11, 20), date(2026, 11, 24), 1),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 24), date(2026, 11, 20), 0),
    ],
)
def test_whole_working_days_past_count_neither_the_last_day_nor_today(due: date, today: date, days: int) -> None:
    past = days_past(end_of(due, PLAN.calendar), PLAN.calendar.moment_at(today, time(12)), PLAN.calendar)
    assert len(past) == days


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 11, 22)], ids=["a working day", "a day off"])
def test_the_last_day_of_a_deadline_is_the_day_it_was_counted_to(day: date) -> None:
    assert last_day_of(end_of(day, PLAN.calendar), PLAN.calendar) == day
