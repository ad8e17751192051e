"""Presses that move a risk on: who was first, what each of them needs, who hears of it, and what the clock adds."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from risk.closure import Criterion, watch
from risk.errors import (
    AnswerMissing,
    ApprovalMissing,
    MoveNotPossible,
    NotWorkedOff,
    OutsideBlock,
    TakenBySomeone,
    UnknownChoice,
)
from risk.events import EventKind
from risk.ids import BlockKey, LevelKey, PositionId, RiskId, RoleKey
from risk.notices import (
    AnswerReported,
    ApprovalAsked,
    Reminder,
    RiskFollowed,
)
from risk.nudges import next_morning
from risk.obligations import ObligationKind
from risk.offices import OPERATOR
from risk.people import Actor
from risk.powers import Power
from risk.records import RecordKind
from risk.risks import CLOSED_STATES, Risk, RiskState, answer_deadline, verification_deadline
from risk.standing import Panel
from risk.use_cases.cards import SetBlock, SetLevel, note_overdue, set_block, set_level
from risk.use_cases.nudging import nudge
from risk.use_cases.reading import card_facts, own_risks
from risk.use_cases.working import (
    OfMeasure,
    OfRisk,
    approve_answer,
    follow,
    pass_up,
    publish_answer,
    submit_answer,
    take_measure,
    take_up,
    take_watch,
    work_off,
)
from risk.workings import Outcome
from tests.risk.rota import away, days, told
from tests.risk.worked import (
    SOME_DAY,
    Pressed,
    answer,
    changed_plan,
    drafted,
    finding,
    kinds,
    last_event,
    measure,
    now_is,
    presses,
    publication,
    published,
    put,
    puts,
    round_of,
    seat_of,
    story,
    verified,
    watched,
)
from tests.support.offices import HEAD, HEAD_ROADS, LATER, MEMBER, NOW, Offices, StaffedOffice, planned

LOW, MEDIUM, HIGH = LevelKey("low"), LevelKey("medium"), LevelKey("high")
ROADS, SOCIAL = BlockKey("roads"), BlockKey("social")
HEAD_SOCIAL: Final = RoleKey("head_social")
DAY: Final = timedelta(days=1)


@pytest.fixture
async def risk(office: StaffedOffice) -> Risk:
    made = await office.filed("Яма на дороге")
    assert (made.block, made.level) == (ROADS, MEDIUM)
    return made


@pytest.fixture
async def head_social(office: StaffedOffice) -> Actor:
    """Somebody who heads another block and holds nothing else."""
    async with office.uow() as unit:
        seat = next(each for each in await unit.people.positions() if each.role == HEAD_SOCIAL)
        await unit.people.seat(seat.id, await unit.people.find_or_add(office.newcomer.address), NOW)
        await unit.commit()
    return office.newcomer


async def next_look(office: StaffedOffice, risk: Risk) -> datetime:
    found = watch(await now_is(office, risk), await round_of(office, risk), office.plan)
    assert found is not None
    assert found.next_at is not None
    return found.next_at


# --- taking up ------------------------------------------------------------------------------------


async def test_the_first_press_takes_the_risk_up(office: StaffedOffice, risk: Risk) -> None:
    await presses(office, take_up, risk, by=office.ivan)
    ivans = await seat_of(office, MEMBER, number=2)
    taken = await round_of(office, risk)
    assert (await now_is(office, risk)).state is RiskState.VERIFYING
    assert (taken.verifier, taken.taken_at) == (ivans, NOW)
    event = await last_event(office, risk)
    assert (event.kind, event.position, event.at) == (EventKind.TAKEN, ivans, NOW)


async def test_the_second_press_is_told_whose_the_verification_is_and_since_when(
    office: StaffedOffice, risk: Risk
) -> None:
    await presses(office, take_up, risk, by=office.ivan)
    with pytest.raises(TakenBySomeone) as refused:
        await presses(office, take_up, risk, by=office.olga, now=LATER)
    assert refused.value.by == "член проектного офиса 2"
    assert refused.value.at == office.plan.calendar.local(NOW)
    assert refused.value.at.hour == 10
    assert (await round_of(office, risk)).verifier == await seat_of(office, MEMBER, number=2)


async def test_of_two_presses_at_once_one_wins(office: StaffedOffice, risk: Risk) -> None:
    both = [presses(office, take_up, risk, by=actor) for actor in (office.olga, office.ivan)]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert [type(result) for result in results if result is not None] == [TakenBySomeone]
    assert (await kinds(office, risk)).count(EventKind.TAKEN) == 1


async def test_what_is_answered_already_is_not_taken_up(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    with pytest.raises(MoveNotPossible) as refused:
        await presses(office, take_up, risk)
    assert refused.value.state == RiskState.ANSWERING


# --- blocks ---------------------------------------------------------------------------------------

Act = Callable[[StaffedOffice, Risk, Actor], Awaitable[Any]]


def _pressed(use_case: Callable[..., Awaitable[Any]]) -> Act:
    return lambda office, risk, actor: presses(office, use_case, risk, by=actor)


def _taken_measure(office: StaffedOffice, risk: Risk, actor: Actor) -> Awaitable[None]:
    return take_measure(OfMeasure(risk=risk.id, round=1, measure=0), actor=actor, uow=office.uow, now=NOW)


WORK_IN_STATES: Final[dict[str, tuple[RiskState, Act]]] = {
    "take_up": (RiskState.FILED, _pressed(take_up)),
    "submit_answer": (RiskState.ANSWERING, _pressed(submit_answer)),
    "publish_answer": (RiskState.ANSWERING, _pressed(publish_answer)),
    "work_off": (RiskState.WATCHED, _pressed(work_off)),
    "take_measure": (RiskState.ANSWERING, _taken_measure),
    "take_watch": (RiskState.WATCHED, _pressed(take_watch)),
    "pass_up": (RiskState.FILED, _pressed(pass_up)),
    "open_record": (
        RiskState.ANSWERING,
        lambda office, risk, actor: puts(office, risk, RecordKind.NOTE, "Звонили из школы", by=actor),
    ),
}
works = pytest.mark.parametrize("name", WORK_IN_STATES)


async def _ready(office: StaffedOffice, risk: Risk, state: RiskState) -> None:
    """Whatever is pressed in this state may be pressed."""
    by = risk.filed_by
    await put(
        office,
        risk,
        state,
        findings=(finding(by, Outcome.REFUTED),),
        answer=published(by) if state is RiskState.WATCHED else answer(by),
        measures=(measure(by),),
        publications=(publication(by),),
    )


@works
async def test_who_heads_another_block_keeps_out_of_this_ones_risks(
    office: StaffedOffice, risk: Risk, head_social: Actor, name: str
) -> None:
    state, act = WORK_IN_STATES[name]
    await _ready(office, risk, state)
    before = await story(office, risk)
    with pytest.raises(OutsideBlock):
        await act(office, risk, head_social)
    assert await story(office, risk) == before
    assert (await now_is(office, risk)).state is state


@works
async def test_who_heads_the_block_works_its_risks(office: StaffedOffice, risk: Risk, name: str) -> None:
    state, act = WORK_IN_STATES[name]
    await _ready(office, risk, state)
    await act(office, risk, office.actor(HEAD_ROADS))


@works
async def test_whoever_heads_no_block_works_any_risk(office: StaffedOffice, risk: Risk, name: str) -> None:
    state, act = WORK_IN_STATES[name]
    await _ready(office, risk, state)
    await act(office, risk, office.ivan)


@works
async def test_a_risk_of_no_block_is_everybodys(
    office: StaffedOffice, risk: Risk, head_social: Actor, name: str
) -> None:
    without = SetBlock(risk=risk.id, round=1, block=None)
    await set_block(without, actor=office.olga, uow=office.uow, now=NOW)
    state, act = WORK_IN_STATES[name]
    await _ready(office, await now_is(office, risk), state)
    await act(office, risk, head_social)


async def test_a_second_seat_that_heads_no_block_opens_all_of_them(
    office: StaffedOffice, risk: Risk, head_social: Actor
) -> None:
    async with office.uow() as unit:
        member = await unit.people.add_position(MEMBER, number=3)
        await unit.people.seat(member, await unit.people.find_or_add(head_social.address), NOW)
        await unit.commit()
    await presses(office, take_up, risk, by=head_social)


async def test_who_owns_the_block_above_its_head_works_its_risks(
    offices: Offices, office: StaffedOffice, risk: Risk, head_social: Actor
) -> None:
    roads, *others = office.plan.blocks
    await changed_plan(offices, blocks=(replace(roads, owner=HEAD_SOCIAL), *others))
    await presses(office, take_up, risk, by=head_social)


async def test_who_heads_another_block_may_follow_any_risk(
    office: StaffedOffice, risk: Risk, head_social: Actor
) -> None:
    assert await follow(OfRisk(risk=risk.id, round=1), actor=head_social, uow=office.uow)


async def test_a_position_that_is_asked_answers_whatever_block_it_heads(
    office: StaffedOffice, risk: Risk, head_social: Actor
) -> None:
    asked = await seat_of(office, HEAD_SOCIAL)
    await presses(office, take_up, risk)
    await puts(office, risk, RecordKind.UNKNOWN, "Сколько семей?", str(asked), Pressed(SOME_DAY.isoformat()))
    await puts(office, risk, RecordKind.UNKNOWN_ANSWER, "Двенадцать", by=head_social)
    assert (await round_of(office, risk)).unknowns[0].answered_by == asked


async def test_a_position_takes_its_own_measure_whatever_block_it_heads(
    office: StaffedOffice, risk: Risk, head_social: Actor
) -> None:
    own = measure(await seat_of(office, HEAD_SOCIAL))
    await put(office, risk, RiskState.ANSWERING, findings=(finding(risk.filed_by),), measures=(own,))
    await _taken_measure(office, risk, head_social)
    assert (await round_of(office, risk)).measures[0].is_taken


# --- the answer -----------------------------------------------------------------------------------


async def test_nothing_is_published_or_submitted_without_an_answer(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    for use_case in (publish_answer, submit_answer):
        with pytest.raises(AnswerMissing):
            await presses(office, use_case, risk)
    assert (await now_is(office, risk)).state is RiskState.ANSWERING


async def test_a_published_answer_is_reported_in_the_alert_chat_and_watched_from_then_on(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await verified(office, risk)
    await drafted(office, risk)
    await presses(office, publish_answer, risk, by=office.ivan, now=LATER)
    given = (await round_of(office, risk)).answer
    assert given is not None
    assert (given.published_by, given.published_at) == (await seat_of(office, MEMBER, number=2), LATER)
    assert (await now_is(office, risk)).state is RiskState.WATCHED
    report = AnswerReported(risk=risk.id, round=1)
    assert (report, office.chat.address.value) in await planned(offices)
    facts = await told(office, report, office.olga)
    assert facts is not None
    assert facts.told is not None
    assert facts.told.card.working.answer == given


async def test_an_answer_is_published_once(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    with pytest.raises(MoveNotPossible):
        await presses(office, publish_answer, risk, now=LATER)
    assert (await kinds(office, risk)).count(EventKind.PUBLISHED) == 1


async def test_where_approval_is_asked_nothing_is_published_before_it(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await changed_plan(offices, approves_answers=True)
    await verified(office, risk)
    await drafted(office, risk)
    with pytest.raises(ApprovalMissing):
        await presses(office, publish_answer, risk)
    await presses(office, submit_answer, risk)
    with pytest.raises(ApprovalMissing):
        await presses(office, publish_answer, risk)
    await presses(office, approve_answer, risk, by=office.head, now=LATER)
    given = (await round_of(office, risk)).answer
    assert given is not None
    assert (given.approved_by, given.approved_at) == (await seat_of(office, HEAD), LATER)
    await presses(office, publish_answer, risk)
    assert (await now_is(office, risk)).state is RiskState.WATCHED


async def test_whoever_approves_is_asked_while_the_answer_waits(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await verified(office, risk)
    await drafted(office, risk)
    await presses(office, submit_answer, risk)
    asked = ApprovalAsked(risk=risk.id)
    assert [address for notice, address in await planned(offices) if notice == asked] == [office.head.address.value]
    assert await told(office, asked, office.head) is not None
    await presses(office, approve_answer, risk, by=office.head)
    assert await told(office, asked, office.head) is None


async def test_who_submits_to_themselves_is_not_asked(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    await drafted(office, risk)
    await presses(office, submit_answer, risk, by=office.head)
    assert ApprovalAsked(risk=risk.id) not in [notice for notice, _ in await planned(offices)]


async def test_an_approved_answer_that_is_sent_back_is_approved_anew(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await changed_plan(offices, approves_answers=True)
    await verified(office, risk)
    await drafted(office, risk)
    await presses(office, submit_answer, risk)
    await presses(office, approve_answer, risk, by=office.head)
    await puts(office, risk, RecordKind.REMARK, "Добавьте срок", by=office.head)
    with pytest.raises(ApprovalMissing):
        await presses(office, publish_answer, risk)


# --- closing --------------------------------------------------------------------------------------


async def test_closing_is_refused_with_the_lines_that_are_not_met(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    with pytest.raises(NotWorkedOff) as refused:
        await presses(office, work_off, risk)
    assert refused.value.missing == (Criterion.MEASURES_NAMED, Criterion.LINK_COUNTS, Criterion.QUIET)
    assert (await now_is(office, risk)).state is RiskState.WATCHED


async def test_closing_by_criteria_says_by_whom_and_when(office: StaffedOffice, risk: Risk) -> None:
    await _ready(office, risk, RiskState.WATCHED)
    await presses(office, work_off, risk, now=LATER)
    ending = (await round_of(office, risk)).ending
    assert ending is not None
    assert (ending.kind, ending.at, ending.by) == ("criteria", LATER, risk.filed_by)
    assert (await now_is(office, risk)).state is RiskState.WORKED_OFF


@pytest.mark.parametrize("state", sorted(set(RiskState) - {RiskState.WATCHED}))
async def test_only_what_is_watched_closes_by_criteria(office: StaffedOffice, risk: Risk, state: RiskState) -> None:
    await put(
        office,
        risk,
        state,
        findings=(finding(risk.filed_by, Outcome.REFUTED),),
        answer=published(risk.filed_by),
        publications=(publication(risk.filed_by),),
    )
    with pytest.raises(MoveNotPossible):
        await presses(office, work_off, risk)


@pytest.mark.parametrize("state", sorted(CLOSED_STATES))
@pytest.mark.parametrize("use_case", [take_up, submit_answer, publish_answer])
async def test_a_closed_risk_is_moved_by_no_press(
    office: StaffedOffice, risk: Risk, state: RiskState, use_case: Callable[..., Awaitable[Any]]
) -> None:
    await put(office, risk, state, answer=answer(risk.filed_by))
    with pytest.raises(MoveNotPossible):
        await presses(office, use_case, risk)


async def test_a_button_of_another_round_or_of_no_risk_does_nothing(office: StaffedOffice, risk: Risk) -> None:
    before = await story(office, risk)
    for use_case in (take_up, submit_answer, publish_answer, work_off, take_watch, pass_up):
        with pytest.raises(UnknownChoice):
            await use_case(OfRisk(risk=risk.id, round=2), actor=office.olga, uow=office.uow, now=NOW)
    with pytest.raises(UnknownChoice):
        await follow(OfRisk(risk=risk.id, round=2), actor=office.olga, uow=office.uow)
    assert await story(office, risk) == before


# --- measures, watching, following ----------------------------------------------------------------


async def test_a_planned_measure_is_taken_by_one_press(office: StaffedOffice, risk: Risk) -> None:
    planned_measure = measure(risk.filed_by)
    await put(office, risk, RiskState.ANSWERING, findings=(finding(risk.filed_by),), measures=(planned_measure,) * 2)
    second = OfMeasure(risk=risk.id, round=1, measure=1)
    await take_measure(second, actor=office.ivan, uow=office.uow, now=LATER)
    first, taken = (await round_of(office, risk)).measures
    assert first == planned_measure
    assert (taken.taken_at, taken.taken_by) == (LATER, await seat_of(office, MEMBER, number=2))
    event = await last_event(office, risk)
    assert (event.kind, event.facts) == (EventKind.MEASURE_TAKEN, {"text": planned_measure.what})


@pytest.mark.parametrize("place", [-1, 1, 7])
async def test_a_measure_that_is_not_there_is_not_taken(office: StaffedOffice, risk: Risk, place: int) -> None:
    await put(office, risk, RiskState.ANSWERING, measures=(measure(risk.filed_by),))
    with pytest.raises(UnknownChoice):
        await take_measure(OfMeasure(risk=risk.id, round=1, measure=place), actor=office.olga, uow=office.uow, now=NOW)


async def test_a_measure_is_taken_once(office: StaffedOffice, risk: Risk) -> None:
    await put(office, risk, RiskState.ANSWERING, measures=(measure(risk.filed_by),))
    await _taken_measure(office, risk, office.olga)
    with pytest.raises(UnknownChoice):
        await _taken_measure(office, risk, office.ivan)


async def test_the_filer_watches_until_somebody_else_takes_it(office: StaffedOffice, risk: Risk) -> None:
    assert (await round_of(office, risk)).watcher == await seat_of(office, MEMBER, number=1)
    await presses(office, take_watch, risk, by=office.ivan)
    assert (await round_of(office, risk)).watcher == await seat_of(office, MEMBER, number=2)
    assert (await last_event(office, risk)).kind is EventKind.WATCHER_SET


async def test_ones_own_risks_are_those_that_one_verifies_watches_or_follows(office: StaffedOffice, risk: Risk) -> None:
    async def ivans() -> list[RiskId]:
        return [each.id for each in (await own_risks(actor=office.ivan, view=office.view, now=NOW)).risks]

    followed, watched_over = await office.filed("Нет света в парке"), await office.filed("Закрыли аптеку")
    assert await ivans() == []
    await presses(office, take_up, risk, by=office.ivan)
    await follow(OfRisk(risk=followed.id, round=1), actor=office.ivan, uow=office.uow)
    await presses(office, take_watch, watched_over, by=office.ivan)
    assert sorted(await ivans()) == [risk.id, followed.id, watched_over.id]
    await puts(office, risk, RecordKind.CONFIRMED, "Водоканал подтвердил", by=office.ivan)
    assert sorted(await ivans()) == [followed.id, watched_over.id]


async def test_a_risk_is_owed_what_its_state_awaits(office: StaffedOffice, risk: Risk) -> None:
    async def owed() -> list[ObligationKind]:
        async with office.view() as unit:
            return [each.obligation.key.kind for each in await unit.obligations.all_open()]

    assert await owed() == [ObligationKind.VERIFICATION]
    await verified(office, risk)
    assert await owed() == [ObligationKind.ANSWER]
    await drafted(office, risk)
    await presses(office, publish_answer, risk)
    assert await owed() == [ObligationKind.CHECK]


async def test_a_follower_hears_of_each_move_and_who_moves_does_not(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    for actor in (office.head, office.ivan):
        assert await follow(OfRisk(risk=risk.id, round=1), actor=actor, uow=office.uow)
    await presses(office, take_up, risk, by=office.ivan)
    moved = RiskFollowed(risk=risk.id, state=RiskState.VERIFYING)
    assert [address for notice, address in await planned(offices) if notice == moved] == [office.head.address.value]


async def test_a_second_press_ends_the_following(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    of_risk = OfRisk(risk=risk.id, round=1)
    assert await follow(of_risk, actor=office.head, uow=office.uow)
    assert not await follow(of_risk, actor=office.head, uow=office.uow)
    await presses(office, take_up, risk)
    assert not [notice for notice, _ in await planned(offices) if isinstance(notice, RiskFollowed)]


async def test_a_follower_is_not_told_of_a_state_that_is_over(office: StaffedOffice, risk: Risk) -> None:
    moved = RiskFollowed(risk=risk.id, state=RiskState.VERIFYING)
    await presses(office, take_up, risk)
    assert await told(office, moved, office.head) is not None
    await puts(office, risk, RecordKind.CONFIRMED, "Водоканал подтвердил")
    assert await told(office, moved, office.head) is None


async def test_that_it_was_passed_up_stands_in_the_history(office: StaffedOffice, risk: Risk) -> None:
    await presses(office, pass_up, risk)
    assert (await last_event(office, risk)).kind is EventKind.PASSED_UP
    assert (await now_is(office, risk)).state is RiskState.FILED


# --- looks that are due ---------------------------------------------------------------------------


async def _reminds(office: StaffedOffice, now: datetime) -> int:
    return await nudge(uow=office.uow, view=office.view, now=now)


def _reminders(plans: list[tuple[Any, str]]) -> list[tuple[Reminder, str]]:
    return [(notice, address) for notice, address in plans if isinstance(notice, Reminder)]


async def _reminded(offices: Offices) -> list[str]:
    return [address for _, address in _reminders(await planned(offices))]


def _next_morning(office: StaffedOffice, now: datetime) -> datetime:
    return next_morning(now, office.plan.nudged_at, office.plan.calendar)


async def test_one_message_reminds_of_all_looks_that_are_due(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    other = await office.filed("Нет света в парке")
    for each in (risk, other):
        await watched(office, each)
    due = await next_look(office, risk)
    assert await _reminds(office, due - timedelta(seconds=1)) == 0
    assert await _reminds(office, due) == 2
    [(notice, address)] = _reminders(await planned(offices))
    assert address == office.olga.address.value
    facts = await told(office, notice, office.olga, now=due)
    assert facts is not None
    assert facts.reminders is not None
    assert [(item.matter.id, item.owed.obligation.key.kind) for item in facts.reminders.own] == [
        (risk.id, ObligationKind.CHECK),
        (other.id, ObligationKind.CHECK),
    ]


async def test_a_look_is_reminded_of_once_a_day_whatever_else_is_kept_meanwhile(
    office: StaffedOffice, risk: Risk
) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    assert await _reminds(office, due) == 1
    await puts(office, risk, RecordKind.NOTE, "Звонили из школы", now=due)
    morning = _next_morning(office, due)
    assert await _reminds(office, morning - timedelta(seconds=1)) == 0
    assert await _reminds(office, morning) == 1


async def test_the_next_look_is_reminded_of_at_its_time(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    assert await _reminds(office, due) == 1
    await puts(office, risk, RecordKind.CHECK, "none", "still", "нет, не видно 0", now=due)
    following = await next_look(office, risk)
    assert following > due
    assert await _reminds(office, following - timedelta(seconds=1)) == 0
    assert await _reminds(office, following) == 1


async def test_whoever_takes_the_watch_over_is_reminded_from_then_on(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    await _reminds(office, due)
    await presses(office, take_watch, risk, by=office.ivan, now=due)
    assert await _reminds(office, _next_morning(office, due)) == 1
    assert await _reminded(offices) == [office.olga.address.value, office.ivan.address.value]


async def _vacated(office: StaffedOffice, *positions: PositionId) -> None:
    async with office.uow() as unit:
        for position in positions:
            await unit.people.vacate(position, NOW)
        await unit.commit()


async def test_the_looks_of_a_vacant_position_fall_to_the_head_of_the_block_and_then_to_who_is_above(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    other = await office.filed("Яма на дороге", by=office.olga)
    for each in (risk, other):
        await watched(office, each)
    await _vacated(office, risk.filed_by)
    due = await next_look(office, risk)
    assert await _reminds(office, due) == 2
    assert await _reminded(offices) == [office.actor(HEAD_ROADS).address.value]
    await _vacated(office, await seat_of(office, HEAD_ROADS))
    assert await _reminds(office, _next_morning(office, due)) == 2
    assert await _reminded(offices) == [office.actor(HEAD_ROADS).address.value, office.head.address.value]


async def test_the_looks_of_somebody_away_are_told_to_their_deputy(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    await away(office, office.olga, days(0, 9), deputy=office.ivan)
    assert await _reminds(office, due) == 1
    [(notice, address)] = _reminders(await planned(offices))
    assert address == office.ivan.address.value
    assert await told(office, notice, office.ivan, now=due) is not None


async def test_the_looks_of_somebody_away_without_a_deputy_fall_to_who_is_here(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    await away(office, office.olga, days(0, 9))
    await away(office, office.actor(HEAD_ROADS), days(0, 9))
    assert await _reminds(office, due) == 1
    assert await _reminded(offices) == [office.head.address.value]


async def test_a_look_that_nobody_was_there_to_hear_of_waits_for_the_morning_when_somebody_is(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    await changed_plan(offices, escalation=(), powers={**office.plan.powers, Power.DECIDE: (frozenset({OPERATOR}),)})
    await _vacated(office, risk.filed_by, await seat_of(office, HEAD_ROADS))
    assert await _reminds(office, due) == 0
    assert await _reminded(offices) == []
    async with office.uow() as unit:
        await unit.people.seat(risk.filed_by, await unit.people.find_or_add(office.newcomer.address), due)
        await unit.commit()
    assert await _reminds(office, _next_morning(office, due)) == 1
    assert await _reminded(offices) == [office.newcomer.address.value]


async def test_looks_that_were_looked_meanwhile_are_told_to_nobody(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    await _reminds(office, due)
    [(notice, _)] = _reminders(await planned(offices))
    await puts(office, risk, RecordKind.CHECK, "none", "still", Pressed("none"), now=due)
    assert await told(office, notice, office.olga, now=due) is None


async def test_a_risk_that_is_closed_is_looked_at_no_more(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    due = await next_look(office, risk)
    await puts(office, risk, RecordKind.OVERRIDE, "Решение совещания", by=office.head)
    assert await _reminds(office, due + DAY) == 0


# --- deadlines ------------------------------------------------------------------------------------


async def _level(office: StaffedOffice, risk: Risk, key: LevelKey, *, confirmed: bool = False) -> None:
    command = SetLevel(risk=risk.id, round=(await now_is(office, risk)).round, level=key, confirmed=confirmed)
    await set_level(command, actor=office.head, uow=office.uow, now=LATER)


async def test_another_level_moves_the_next_look(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    before = await next_look(office, risk)
    await _level(office, risk, LOW)
    after = await next_look(office, risk)
    assert after > before
    assert await _reminds(office, before) == 0
    assert await _reminds(office, after) == 1


async def test_another_level_moves_the_deadline_of_the_answer(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    assert (await now_is(office, risk)).due_at == answer_deadline(NOW, MEDIUM, office.plan).due_at
    await _level(office, risk, LOW)
    assert (await now_is(office, risk)).due_at == answer_deadline(NOW, LOW, office.plan).due_at


async def test_the_answer_is_noted_overdue_while_it_is_prepared(office: StaffedOffice, risk: Risk) -> None:
    await verified(office, risk)
    due = answer_deadline(NOW, MEDIUM, office.plan).due_at
    assert await note_overdue(uow=office.uow, now=due - timedelta(seconds=1)) == 0
    assert await note_overdue(uow=office.uow, now=due) == 1
    assert await note_overdue(uow=office.uow, now=due + DAY) == 0
    event = await last_event(office, risk)
    assert (event.kind, event.position) == (EventKind.ANSWER_OVERDUE, None)


async def test_what_is_overdue_is_noted_once_however_it_moves_on(office: StaffedOffice, risk: Risk) -> None:
    late = answer_deadline(NOW, MEDIUM, office.plan).due_at + DAY
    await note_overdue(uow=office.uow, now=late)
    await presses(office, take_up, risk, now=late)
    assert await note_overdue(uow=office.uow, now=late) == 0
    await puts(office, risk, RecordKind.CONFIRMED, "Водоканал подтвердил", now=late)
    assert await note_overdue(uow=office.uow, now=late) == 1
    await drafted(office, risk, now=late)
    for use_case, actor in ((submit_answer, office.olga), (approve_answer, office.head)):
        await presses(office, use_case, risk, by=actor, now=late)
        assert await note_overdue(uow=office.uow, now=late) == 0
    noted = [each for each in await kinds(office, risk) if each.value.endswith("overdue")]
    assert noted == [EventKind.VERIFICATION_OVERDUE, EventKind.ANSWER_OVERDUE]


async def test_both_deadlines_may_run_out_at_one_moment(offices: Offices, office: StaffedOffice, risk: Risk) -> None:
    medium = office.plan.level(MEDIUM)
    levels = tuple(
        replace(each, answer_within=each.verify_within) if each == medium else each for each in office.plan.levels
    )
    await changed_plan(offices, levels=levels)
    await note_overdue(uow=office.uow, now=risk.verify_by)
    await presses(office, take_up, risk, now=risk.verify_by)
    await puts(office, risk, RecordKind.CONFIRMED, "Водоканал подтвердил", now=risk.verify_by)
    assert await note_overdue(uow=office.uow, now=risk.verify_by) == 1


async def test_what_is_watched_or_closed_is_never_overdue(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    assert await note_overdue(uow=office.uow, now=NOW + 30 * DAY) == 0
    await puts(office, risk, RecordKind.OVERRIDE, "Решение совещания", by=office.head)
    assert await note_overdue(uow=office.uow, now=NOW + 30 * DAY) == 0


async def test_a_reopened_risk_counts_its_deadlines_from_its_reopening(office: StaffedOffice, risk: Risk) -> None:
    reopened = NOW + 10 * DAY
    await puts(office, risk, RecordKind.DISMISS, "Слух", by=office.head)
    await puts(office, risk, RecordKind.REOPEN, "Не слух", by=office.head, now=reopened)
    verify_by = verification_deadline(reopened, MEDIUM, office.plan).due_at
    assert (await now_is(office, risk)).due_at == verify_by
    async with office.view() as view:
        facts = await card_facts(view, risk.id, Panel.MAIN, reopened)
    assert facts.deadline.due_at == verify_by
    await _level(office, risk, LOW)
    assert (await now_is(office, risk)).due_at == verification_deadline(reopened, LOW, office.plan).due_at
    await presses(office, take_up, risk, now=reopened)
    await puts(office, risk, RecordKind.CONFIRMED, "Водоканал подтвердил", now=reopened)
    answer_by = answer_deadline(reopened, LOW, office.plan).due_at
    assert (await now_is(office, risk)).due_at == answer_by
    async with office.view() as view:
        facts = await card_facts(view, risk.id, Panel.MAIN, reopened)
    assert facts.deadline.due_at == answer_by
    await _level(office, risk, MEDIUM)
    assert (await now_is(office, risk)).due_at == answer_deadline(reopened, MEDIUM, office.plan).due_at


async def test_a_returned_risk_counts_its_answer_from_its_return(office: StaffedOffice, risk: Risk) -> None:
    returned = NOW + 10 * DAY
    await watched(office, risk)
    await puts(office, risk, RecordKind.RETURN, "Новая авария", "Спадёт к вечеру", now=returned)
    assert (await now_is(office, risk)).due_at == answer_deadline(returned, MEDIUM, office.plan).due_at
    await _level(office, risk, LOW)
    assert (await now_is(office, risk)).due_at == answer_deadline(returned, LOW, office.plan).due_at
