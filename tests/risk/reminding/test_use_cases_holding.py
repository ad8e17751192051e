"""Answers to a reminder that do not settle it: who may give them, within which bounds, and what follows."""

from datetime import date, timedelta
from typing import Final

import pytest

from risk.errors import BlockDecided, DayOver, HoldUnfit, NotListed, NotPermitted, OutsideBlock, UnknownChoice
from risk.events import EventKind
from risk.ids import BlockKey, RoleKey
from risk.notices import BlockReturned
from risk.nudges import NudgeState, Why
from risk.obligations import LONGEST_HOLD, HoldKind, ObligationKind, Owed
from risk.people import Actor
from risk.records import RecordKind
from risk.risks import Risk
from risk.use_cases.cards import SetBlock, set_block
from risk.use_cases.nudging import nudge
from risk.use_cases.working import take_up
from storage import tables
from tests.risk.rota import planned
from tests.risk.worked import Pressed, last_event, now_is, opens, presses, puts, story
from tests.support.offices import HEAD_ROADS, NOW, Offices, StaffedOffice

ROADS, SOCIAL = BlockKey("roads"), BlockKey("social")
FRIDAY: Final = date(2026, 11, 20)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
REASON: Final = "Ждём подрядчика"


@pytest.fixture
async def risk(office: StaffedOffice) -> Risk:
    """Due on Friday at 14:00, reminded of at 12:00."""
    return await office.filed("Яма на дороге")


@pytest.fixture
def head_roads(office: StaffedOffice) -> Actor:
    return office.actor(HEAD_ROADS)


@pytest.fixture
async def head_social(office: StaffedOffice) -> Actor:
    """Somebody who heads another block and holds nothing else."""
    async with office.uow() as unit:
        seat = next(each for each in await unit.people.positions() if each.role == RoleKey("head_social"))
        await unit.people.seat(seat.id, await unit.people.find_or_add(office.newcomer.address), NOW)
        await unit.commit()
    return office.newcomer


async def owed(office: StaffedOffice, kind: ObligationKind = ObligationKind.VERIFICATION) -> Owed:
    async with office.view() as view:
        return next(each for each in await view.obligations.all_open() if each.obligation.key.kind is kind)


async def accepts(office: StaffedOffice, risk: Risk, by: Actor, day: date, item: int | None = None) -> None:
    number = (await owed(office)).id if item is None else item
    await puts(office, risk, RecordKind.ACCEPT, f"{day:%d.%m.%Y}", item=number, by=by)


async def postpones(office: StaffedOffice, risk: Risk, by: Actor, day: date) -> None:
    answers = (REASON, f"{day:%d.%m.%Y}")
    await puts(office, risk, RecordKind.POSTPONE, *answers, item=(await owed(office)).id, by=by)


async def returns(office: StaffedOffice, risk: Risk, by: Actor) -> None:
    await puts(office, risk, RecordKind.NOT_OURS, "Это не дорога", item=(await owed(office)).id, by=by)


async def given(office: StaffedOffice, risk: Risk, block: BlockKey | None, by: Actor) -> None:
    await set_block(SetBlock(risk=risk.id, round=1, block=block), actor=by, uow=office.uow, now=NOW)


async def nudges_of(offices: Offices) -> list[tuple[str, str | None, bool]]:
    return [(row["state"], row["why"], row["acted_at"] is not None) for row in await offices.rows(tables.nudges)]


# --- a day that somebody names ---------------------------------------------------------------------


async def test_accepting_holds_the_ladder_to_the_day_and_is_written_down(
    office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    await accepts(office, risk, head_roads, FRIDAY + 4 * DAY)
    hold = (await owed(office)).hold
    assert hold is not None
    assert (hold.kind, hold.day, hold.reason) == (HoldKind.ACCEPTED, FRIDAY + 4 * DAY, None)
    event = await last_event(office, risk)
    assert event.kind is EventKind.ACCEPTED
    assert (event.facts["what"], event.facts["day"]) == ("verification", "2026-11-24")


async def test_putting_off_keeps_the_reason(office: StaffedOffice, risk: Risk, head_roads: Actor) -> None:
    await postpones(office, risk, head_roads, FRIDAY + DAY)
    hold = (await owed(office)).hold
    assert hold is not None
    assert (hold.kind, hold.day, hold.reason) == (HoldKind.POSTPONED, FRIDAY + DAY, REASON)
    event = await last_event(office, risk)
    assert (event.kind, event.facts["text"]) == (EventKind.POSTPONED, REASON)


async def test_a_named_day_does_not_change_the_deadline_nor_the_state(
    office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    await accepts(office, risk, head_roads, FRIDAY + 4 * DAY)
    assert await now_is(office, risk) == risk
    assert (await owed(office)).obligation.due_at == risk.verify_by


@pytest.mark.parametrize("ahead", [0, 1, LONGEST_HOLD.days])
async def test_one_may_accept_for_today_and_for_thirty_days(
    office: StaffedOffice, risk: Risk, head_roads: Actor, ahead: int
) -> None:
    await accepts(office, risk, head_roads, FRIDAY + ahead * DAY)
    assert (await owed(office)).hold is not None


async def test_nobody_accepts_for_longer(office: StaffedOffice, risk: Risk, head_roads: Actor) -> None:
    before = await story(office, risk)
    with pytest.raises(HoldUnfit) as refused:
        await accepts(office, risk, head_roads, FRIDAY + LONGEST_HOLD + DAY)
    assert (refused.value.first, refused.value.last) == (FRIDAY, FRIDAY + LONGEST_HOLD)
    assert (await owed(office)).hold is None
    assert await story(office, risk) == before


@pytest.mark.parametrize(("ahead", "fits"), [(0, False), (1, True), (30, True), (31, False)])
async def test_one_may_put_off_to_tomorrow_and_by_thirty_days(
    office: StaffedOffice, risk: Risk, head_roads: Actor, ahead: int, fits: bool
) -> None:
    if fits:
        await postpones(office, risk, head_roads, FRIDAY + ahead * DAY)
    else:
        with pytest.raises(HoldUnfit):
            await postpones(office, risk, head_roads, FRIDAY + ahead * DAY)
    assert ((await owed(office)).hold is not None) is fits


async def test_a_day_that_is_over_cannot_be_named(office: StaffedOffice, risk: Risk, head_roads: Actor) -> None:
    with pytest.raises(DayOver):
        await accepts(office, risk, head_roads, FRIDAY - DAY)
    with pytest.raises(UnknownChoice):
        await puts(office, risk, RecordKind.ACCEPT, Pressed("2026-11-19"), item=(await owed(office)).id, by=head_roads)


async def test_what_was_said_is_answered_by_it_and_what_waits_is_dropped(
    offices: Offices, office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    """The reminder of 12:00 was given out."""
    await nudge(uow=office.uow, view=office.view, now=NOW + 2 * HOUR)
    assert await nudges_of(offices) == [(NudgeState.GIVEN, None, False)]
    await accepts(office, risk, head_roads, FRIDAY + 4 * DAY)
    assert await nudges_of(offices) == [(NudgeState.GIVEN, None, True)]


async def test_what_waits_for_the_morning_is_dropped(
    offices: Offices, office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    """Found on Friday night, so it was held."""
    await nudge(uow=office.uow, view=office.view, now=NOW + 12 * HOUR)
    assert [state for state, _, _ in await nudges_of(offices)] == [NudgeState.HELD]
    await accepts(office, risk, head_roads, FRIDAY + 4 * DAY)
    assert await nudges_of(offices) == [(NudgeState.MOOT, Why.ON_HOLD, False)]


async def test_a_day_may_be_named_again(office: StaffedOffice, risk: Risk, head_roads: Actor) -> None:
    await accepts(office, risk, head_roads, FRIDAY + 4 * DAY)
    await postpones(office, risk, head_roads, FRIDAY + 2 * DAY)
    hold = (await owed(office)).hold
    assert hold is not None
    assert (hold.kind, hold.day) == (HoldKind.POSTPONED, FRIDAY + 2 * DAY)


# --- who ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [RecordKind.ACCEPT, RecordKind.POSTPONE, RecordKind.NOT_OURS])
async def test_who_heads_another_block_does_not_answer_for_this_one(
    office: StaffedOffice, risk: Risk, head_social: Actor, kind: RecordKind
) -> None:
    with pytest.raises(OutsideBlock):
        await opens(office, risk, kind, item=(await owed(office)).id, by=head_social)


@pytest.mark.parametrize("kind", [RecordKind.ACCEPT, RecordKind.POSTPONE, RecordKind.NOT_OURS])
async def test_a_stranger_answers_nothing(office: StaffedOffice, risk: Risk, kind: RecordKind) -> None:
    with pytest.raises(NotListed):
        await opens(office, risk, kind, item=(await owed(office)).id, by=office.stranger)


async def test_a_position_that_was_asked_answers_for_it_whatever_it_heads(
    office: StaffedOffice, risk: Risk, head_social: Actor
) -> None:
    measure = await measure_of(office, risk, head_social)
    await accepts(office, risk, head_social, FRIDAY + 4 * DAY, item=measure.id)
    assert (await owed(office, ObligationKind.MEASURE)).hold is not None


async def test_but_it_does_not_say_of_another_block_that_the_risk_is_not_theirs(
    office: StaffedOffice, risk: Risk, head_social: Actor
) -> None:
    measure = await measure_of(office, risk, head_social)
    with pytest.raises(OutsideBlock):
        await puts(office, risk, RecordKind.NOT_OURS, "Не к нам", item=measure.id, by=head_social)
    assert (await now_is(office, risk)).block == ROADS


async def measure_of(office: StaffedOffice, risk: Risk, whose: Actor) -> Owed:
    person = await office.person(whose)
    async with office.view() as view:
        seat = next(each for each in await view.people.positions() if each.holder == person)
    await puts(office, risk, RecordKind.MEASURE_PLANNED, "Проверить школу", str(seat.id), Pressed("2026-11-27"))
    return await owed(office, ObligationKind.MEASURE)


async def test_what_is_owed_says_itself_which_risk_it_is_about(
    office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    await office.filed("Ещё одна яма")
    record = await opens(office, risk, RecordKind.ACCEPT, by=head_roads, item=(await owed(office)).id)
    assert (record.risk, record.round) == (risk.id, 1)


async def test_what_is_owed_no_more_is_not_put_off(office: StaffedOffice, risk: Risk, head_roads: Actor) -> None:
    over = (await owed(office)).id
    async with office.uow() as unit:
        await unit.obligations.end([over], NOW)
        await unit.commit()
    with pytest.raises(UnknownChoice):
        await accepts(office, risk, head_roads, FRIDAY + DAY, item=over)


# --- «не относится к блоку» --------------------------------------------------------------------------


async def test_a_returned_risk_waits_for_another_block_and_whoever_decides_hears_of_it(
    offices: Offices, office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    await returns(office, risk, head_roads)
    after = await now_is(office, risk)
    assert (after.block, after.returns, after.state) == (None, 1, risk.state)
    event = await last_event(office, risk)
    assert event.kind is EventKind.BLOCK_RETURNED
    assert (event.facts["before"], event.facts["text"]) == ("roads", "Это не дорога")
    told = [each for each in await planned(offices, office.head) if isinstance(each, BlockReturned)]
    assert told == [BlockReturned(risk=risk.id, returns=1)]
    assert not [each for each in await planned(offices, head_roads) if isinstance(each, BlockReturned)]


async def test_the_deadline_of_a_returned_risk_stays_and_who_is_above_the_blocks_is_reminded(
    offices: Offices, office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    await returns(office, risk, head_roads)
    found = (await owed(office)).obligation
    assert (found.due_at, found.block) == (risk.verify_by, None)
    await nudge(uow=office.uow, view=office.view, now=NOW + 2 * HOUR)
    person = await office.person(office.head)
    assert [row["person"] for row in await offices.rows(tables.nudges)] == [person]


async def test_returning_is_an_answer_to_the_reminder(
    offices: Offices, office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    await nudge(uow=office.uow, view=office.view, now=NOW + 2 * HOUR)
    await returns(office, risk, head_roads)
    assert await nudges_of(offices) == [(NudgeState.GIVEN, None, True)]


async def test_a_day_that_one_block_has_named_does_not_hold_the_reminders_of_the_next(
    office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    await accepts(office, risk, head_roads, FRIDAY + 20 * DAY)
    await given(office, risk, SOCIAL, by=office.head)
    assert (await owed(office)).hold is None


async def test_a_day_that_a_position_has_named_for_itself_stays_whatever_the_block(
    office: StaffedOffice, risk: Risk, head_social: Actor
) -> None:
    measure = await measure_of(office, risk, head_social)
    await accepts(office, risk, head_social, FRIDAY + 4 * DAY, item=measure.id)
    await given(office, risk, SOCIAL, by=office.head)
    assert (await owed(office, ObligationKind.MEASURE)).hold is not None


async def test_after_the_first_return_anybody_who_classifies_gives_it_to_a_block(
    office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    await returns(office, risk, head_roads)
    await given(office, risk, SOCIAL, by=office.olga)
    assert (await now_is(office, risk)).block == SOCIAL


async def test_after_the_second_only_whoever_decides_does_and_that_block_keeps_it(
    offices: Offices, office: StaffedOffice, risk: Risk, head_roads: Actor
) -> None:
    await returns(office, risk, head_roads)
    await given(office, risk, ROADS, by=office.olga)
    await returns(office, risk, head_roads)
    told = [each for each in await planned(offices, office.head) if isinstance(each, BlockReturned)]
    assert [each.returns for each in told] == [1, 2]
    with pytest.raises(NotPermitted):
        await given(office, risk, SOCIAL, by=office.olga)
    await given(office, risk, ROADS, by=office.head)
    with pytest.raises(BlockDecided):
        await returns(office, risk, head_roads)
    after = await now_is(office, risk)
    assert (after.block, after.returns) == (ROADS, 2)


async def test_what_is_of_no_block_cannot_be_returned(office: StaffedOffice, risk: Risk, head_roads: Actor) -> None:
    await given(office, risk, None, by=office.olga)
    with pytest.raises(UnknownChoice):
        await returns(office, risk, head_roads)


async def test_a_working_press_is_an_answer_too(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    """Found and answered, the verification is owed no more."""
    await nudge(uow=office.uow, view=office.view, now=NOW + 2 * HOUR)
    await presses(office, take_up, risk, by=office.ivan, now=NOW + 3 * HOUR)
    await puts(office, risk, RecordKind.CONFIRMED, "Видели сами", by=office.ivan, now=NOW + 3 * HOUR)
    assert await nudges_of(offices) == [(NudgeState.GIVEN, None, True)]
