"""The form of a call or a visit: what its answers mean, and that no address comes in by it."""

from datetime import date

import pytest

from risk.appeal_forms import (
    BY_RULE,
    Registration,
    hand_number,
    hand_serial,
    number_asked,
    read_received,
    read_settlement,
)
from risk.appeals import AppealSource, AppealState, Regime
from risk.ids import BlockKey, PositionId
from risk.records import NO, NONE, YES, RecordField
from tests.support.offices import PLAN

TODAY = date(2026, 11, 27)
F = RecordField
FILLED = {
    F.CAME: "call",
    F.LAW: NO,
    F.TOPIC: "Нет автобуса",
    F.SETTLEMENT: NONE,
    F.BLOCK: NONE,
    F.RECEIVED: "2026-11-25",
}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("6100013", "6100013"),
        ("ПОС 6100013", "6100013"),
        ("пос6100013", "6100013"),
        ("№ 12-Б", "12-Б"),
        ("О-1/26", "О-1/26"),
        ("O-1/26", "О-1/26"),
        ("о - 1/26", "О-1/26"),
        ("вода", None),
        ("", None),
        ("6100013 и ещё", None),
    ],
)
def test_a_number_is_found_however_it_is_typed(typed: str, number: str | None) -> None:
    assert number_asked(typed) == number


def test_numbers_given_by_hand_name_their_year() -> None:
    assert hand_number(12, 2026) == "О-12/26"
    assert hand_serial("О-12/26", 2026) == 12
    assert [hand_serial(number, 2026) for number in ("О-12/25", "12/26", "О-12/26а")] == [None] * 3


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" деревня  Охона ", "деревня Охона"),
        ("Красный Бор", "Красный Бор"),
        ("ул. Мира", None),
        ("Охона, дом", None),
        ("Охона 5", None),
        ("…", None),
        ("о" * 61, None),
    ],
)
def test_a_settlement_is_a_name_and_no_address(typed: str, kept: str | None) -> None:
    assert read_settlement(typed) == kept


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("сегодня", TODAY),
        ("Вчера", date(2026, 11, 26)),
        ("20.11", date(2026, 11, 20)),
        ("1 ноября", date(2026, 11, 1)),
        ("20.11.2026", date(2026, 11, 20)),
        ("28.11", None),
        ("20.08.2026", None),
        ("завтра", None),
        ("пятница", None),
    ],
)
def test_the_day_it_came_is_over_and_not_long_ago(typed: str, day: date | None) -> None:
    assert read_received(typed, TODAY) == day


def registered(**differs: str) -> Registration:
    filled = {**FILLED, **{RecordField(name): value for name, value in differs.items()}}
    return Registration(filled=filled, number="О-1/26", by=PositionId(5), today=TODAY)


def test_a_form_makes_an_open_appeal_of_no_export() -> None:
    case = registered().case(PLAN)
    assert (case.appeal.source, case.appeal.number, case.appeal.regime) == (
        AppealSource.HAND,
        "О-1/26",
        Regime.BY_HAND,
    )
    assert (case.appeal.created_on, case.appeal.channel, case.appeal.settlement) == (date(2026, 11, 25), "call", None)
    assert (case.state, case.block, case.registered_by) == (AppealState.OPEN, None, PositionId(5))


def test_the_law_gives_its_thirty_days() -> None:
    case = registered(law=YES).case(PLAN)
    assert case.appeal.regime is Regime.LAW_59
    assert PLAN.calendar.local(case.due_at).date() in {date(2026, 12, 25), date(2026, 12, 26)}


def test_a_settlement_of_a_territorial_block_leads_to_it_by_the_rules() -> None:
    case = registered(settlement="деревня Охона", block=BY_RULE).case(PLAN)
    assert case.territory == "okhonskoe"
    assert case.block == next(each.key for each in PLAN.blocks if "okhonskoe" in each.territories)
    assert case.routed is not None
    assert not case.chosen


def test_what_was_chosen_by_hand_stays() -> None:
    case = registered(settlement="Охона", block="social").case(PLAN)
    assert (case.block, case.routed, case.chosen) == (BlockKey("social"), None, True)


def test_where_no_rule_leads_anywhere_nobody_has_it() -> None:
    case = registered(block=BY_RULE).case(PLAN)
    assert (case.block, case.chosen) == (None, False)


def test_what_the_coordinator_is_to_decide_no_rule_decides() -> None:
    case = registered(settlement="Охона", block=NONE).case(PLAN)
    assert (case.block, case.routed, case.chosen) == (None, None, True)


def test_where_blocks_were_not_asked_about_nobody_has_chosen() -> None:
    unasked = FILLED.copy()
    del unasked[F.BLOCK]
    form = Registration(filled=unasked, number="О-1/26", by=PositionId(5), today=TODAY)
    assert not form.case(PLAN).chosen
