"""Whatever people and the clock do to a risk in any order: nothing without its evidence, its power and its event."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from handlers.views.card import card
from handlers.views.working import STATES
from risk.errors import NotListed, NotPermitted, Refusal
from risk.ids import RoleKey
from risk.moves import STEPS, Move, lacks, possible
from risk.obligations import Matter, Obligation, ObligationKey, obligations_of
from risk.offices import PublicationKind
from risk.people import Actor
from risk.powers import POWER_FOR, Action
from risk.records import CHOSEN, RecordField, RecordKind
from risk.risks import Risk, RiskState
from risk.standing import CARD_PANELS, Panel
from risk.use_cases.cards import SetBlock, SetLevel, note_overdue, set_block, set_level
from risk.use_cases.mentions import MergeRisks, merge_risks
from risk.use_cases.nudging import nudge
from risk.use_cases.reading import card_facts
from risk.use_cases.record_answers import RecordWords
from risk.use_cases.recording import (
    ChooseInRecord,
    OfRecord,
    OpenRecord,
    choose_in_record,
    open_record,
    step_back,
    take_record_words,
)
from risk.use_cases.working import (
    OfMeasure,
    OfRisk,
    approve_answer,
    pass_up,
    publish_answer,
    submit_answer,
    take_measure,
    take_up,
    take_watch,
    work_off,
)
from risk.workings import Reaction, Spread, Working
from tests.risk.test_moves import SUFFICIENT
from tests.risk.worked import LINK, PHONE, changed_plan, now_is, open_record_of, put, round_of, rounds_of
from tests.storage.dumps import dump
from tests.support.offices import CURATOR, HEAD_ROADS, NOW, OFFICER, Offices, StaffedOffice, opened_copy, part

R = RecordKind
HEAD_SOCIAL: Final = RoleKey("head_social")
DAY: Final = timedelta(days=1)

Rows = dict[str, list[tuple[Any, ...]]]


class Walk:
    """One risk, and what was seen of it so far."""

    def __init__(self, offices: Offices, risk: Risk, other: Risk, kept: Rows, *, approves: bool) -> None:
        self.offices = offices
        self.office = offices.ours
        self.risk = risk
        self.other = other
        self.approves = approves
        self.now = NOW
        self.seed = 0
        self.kept = kept
        self.over: list[Working] = []
        self.places = {RiskState.FILED}

    @property
    def events(self) -> list[tuple[Any, ...]]:
        return sorted(self.kept["events"])

    @property
    def of_risk(self) -> OfRisk:
        return OfRisk(risk=self.risk.id, round=self.risk.round)

    async def tries(self, action: Action, actor: Actor, act: Awaitable[object]) -> None:
        """One use case. A refused one leaves no trace, and whoever lacks the power is told so before anything else."""
        may = await self._may(action, actor)
        refused = await _refused(act)
        if refused is None:
            assert may
            await self.looks()
            return
        assert await rows(self.offices) == self.kept
        assert may or isinstance(refused, NotListed | NotPermitted)
        raise refused

    async def looks(self) -> None:
        """What must hold after everything that was done."""
        before, self.kept = self.events, await rows(self.offices)
        assert self.events[: len(before)] == before
        state, self.risk = self.risk.state, await now_is(self.office, self.risk)
        after = self.risk.state
        assert after is state or any(state in step.out_of and after is step.into for step in STEPS.values())
        *over, current = await rounds_of(self.office, self.risk)
        assert (current.round, len(over)) == (self.risk.round, self.risk.round - 1)
        assert over[: len(self.over)] == self.over
        self.over = over
        assert lacks(after, current, approves=self.approves) == set()
        follows = obligations_of(self.risk, current, self.office.plan)
        assert await self._owed() == {each.key: each for each in follows}
        self.places.add(after)
        await shows_its_state(self.office, self.risk, self.now)

    async def _owed(self) -> dict[ObligationKey, Obligation]:
        async with self.office.view() as view:
            standing = await view.obligations.open_of(Matter.RISK, self.risk.id)
        return {each.obligation.key: each.obligation for each in standing}

    async def _may(self, action: Action, actor: Actor) -> bool:
        if actor.office != self.office.id:
            return False
        async with self.office.view() as view:
            person, positions = await view.people.find(actor.address), await view.people.positions()
            held = frozenset(each.role for each in positions if each.holder is not None)
            own = frozenset(each.role for each in positions if person is not None and each.holder == person)
            return POWER_FOR[action] in view.office.plan.powers_of(own, held=held)


async def _refused(act: Awaitable[object]) -> Refusal | None:
    try:
        await act
    except Refusal as refusal:
        return refusal
    return None


async def rows(offices: Offices) -> Rows:
    async with offices.database.read() as connection:
        return await dump(connection, offices.ours.id)


async def shows_its_state(office: StaffedOffice, risk: Risk, now: datetime) -> None:
    for panel in sorted({*CARD_PANELS, Panel.CONFIRM_HIGHEST}):
        async with office.view() as view:
            shown = card(await card_facts(view, risk.id, panel, now))
        assert STATES[risk.state] in shown.text.splitlines()[0]


# --- what may be tried ----------------------------------------------------------------------------

Act = Callable[[Walk, Actor], Awaitable[None]]


def _press(use_case: Callable[..., Awaitable[object]], action: Action = Action.WORK_RISK) -> Act:
    async def pressed(walk: Walk, actor: Actor) -> None:
        act = use_case(walk.of_risk, actor=actor, uow=walk.office.uow, now=walk.now)
        await walk.tries(action, actor, act)

    return pressed


def _record(kind: RecordKind, action: Action = Action.WORK_RISK) -> Act:
    async def recorded(walk: Walk, actor: Actor) -> None:
        uow, of_risk = walk.office.uow, walk.of_risk
        wanted = OpenRecord(
            risk=of_risk.risk,
            round=of_risk.round,
            kind=kind,
            item=await _waiting_unknown(walk),
            place=walk.office.private(actor),
        )
        await walk.tries(action, actor, open_record(wanted, actor=actor, uow=uow, now=walk.now))
        goes_back = walk.seed % 4 == 0
        while (record := await open_record_of(walk.office, actor)) is not None:
            assert record.asked is not None
            if record.filled and goes_back:
                goes_back = False
                back = step_back(OfRecord(record=record.id), actor=actor, uow=uow, now=walk.now)
                await walk.tries(action, actor, back)
            elif record.asked in CHOSEN:
                value = await _choice(walk, record.asked)
                chosen = ChooseInRecord(record=record.id, field=record.asked, value=value)
                await walk.tries(action, actor, choose_in_record(chosen, actor=actor, uow=uow, now=walk.now))
            else:
                typed = _words(walk, record.asked)
                words = RecordWords(part=part(typed), place=walk.office.private(actor), typed=typed)
                await walk.tries(action, actor, take_record_words(words, actor=actor, uow=uow, now=walk.now))

    return recorded


def _words(walk: Walk, asked: RecordField) -> str:
    if asked is RecordField.UNTIL:
        return f"{walk.now + 7 * DAY:%d.%m.%Y}"
    return WORDS.get(asked, "Водоканал подтвердил аварию")


WORDS: Final[Mapping[RecordField, str]] = {
    RecordField.TEXT: f"Авария устранена. Диспетчер: {PHONE}.",
    RecordField.PLATFORMS: "сайт администрации",
    RecordField.LINK: LINK,
    RecordField.REACH: "просмотров 1200, репостов 30",
}

CHOICES: Final[Mapping[RecordField, Sequence[str]]] = {
    RecordField.SURE: ["yes"],
    RecordField.LINK_KIND: sorted(PublicationKind),
    RecordField.REACTION: ["none", *Reaction],
    RecordField.SPREAD: ["still", *Spread],
    RecordField.IN_PLACE: ["yes", "yes", "no"],
}


async def _choice(walk: Walk, asked: RecordField) -> str:
    offered = CHOICES.get(asked)
    if offered is None:
        async with walk.office.view() as view:
            offered = [str(each.id) for each in await view.people.positions()]
    return offered[walk.seed % len(offered)]


async def _waiting_unknown(walk: Walk) -> int:
    unknowns = (await round_of(walk.office, walk.risk)).unknowns
    return next((place for place, each in enumerate(unknowns) if not each.is_settled), 0)


async def _take_measure(walk: Walk, actor: Actor) -> None:
    command = OfMeasure(risk=walk.risk.id, round=walk.risk.round, measure=walk.seed % 3)
    await walk.tries(Action.WORK_RISK, actor, take_measure(command, actor=actor, uow=walk.office.uow, now=walk.now))


async def _press_of_another_round(walk: Walk, actor: Actor) -> None:
    astray = replace(walk.of_risk, round=walk.risk.round + 1)
    await walk.tries(Action.WORK_RISK, actor, publish_answer(astray, actor=actor, uow=walk.office.uow, now=walk.now))


async def _merge(walk: Walk, actor: Actor) -> None:
    command = MergeRisks(risk=walk.risk.id, round=walk.risk.round, into=walk.other.id)
    await walk.tries(Action.DECIDE_RISK, actor, merge_risks(command, actor=actor, uow=walk.office.uow, now=walk.now))


async def _level(walk: Walk, actor: Actor) -> None:
    level = walk.office.plan.levels[walk.seed % 2].key
    command = SetLevel(risk=walk.risk.id, round=walk.risk.round, level=level)
    await walk.tries(Action.SET_LEVEL, actor, set_level(command, actor=actor, uow=walk.office.uow, now=walk.now))


async def _block(walk: Walk, actor: Actor) -> None:
    block = walk.office.plan.blocks[walk.seed % 2].key
    command = SetBlock(risk=walk.risk.id, round=walk.risk.round, block=block)
    await walk.tries(Action.SET_BLOCK, actor, set_block(command, actor=actor, uow=walk.office.uow, now=walk.now))


async def _clock(walk: Walk, _: Actor) -> None:
    before = len(walk.events)
    noted = await note_overdue(uow=walk.office.uow, now=walk.now)
    await nudge(uow=walk.office.uow, view=walk.office.view, now=walk.now)
    await walk.looks()
    assert len(walk.events) == before + noted
    assert await note_overdue(uow=walk.office.uow, now=walk.now) == 0
    assert await nudge(uow=walk.office.uow, view=walk.office.view, now=walk.now) == 0


TAKE, ASK, DECIDE = Action.WORK_RISK, Action.APPROVE_ANSWER, Action.DECIDE_RISK

OF_MOVES: Final[Mapping[Move, Sequence[Act]]] = {
    Move.TAKE: [_press(take_up)],
    Move.FIND: [_record(R.CONFIRMED), _record(R.PARTLY), _record(R.REFUTED)],
    Move.LEAVE_UNCLEAR: [_record(R.UNCLEAR)],
    Move.SUBMIT: [_press(submit_answer)],
    Move.APPROVE: [_press(approve_answer, ASK)],
    Move.SEND_BACK: [_record(R.REMARK, ASK)],
    Move.PUBLISH: [_press(publish_answer)],
    Move.WAIVE: [_record(R.WAIVE, DECIDE)],
    Move.WORK_OFF: [_press(work_off)],
    Move.OVERRIDE: [_record(R.OVERRIDE, DECIDE)],
    Move.DISMISS: [_record(R.DISMISS, DECIDE)],
    Move.MERGE: [_merge],
    Move.RETURN: [_record(R.RETURN)],
    Move.REOPEN: [_record(R.REOPEN, DECIDE)],
}

TELLING: Final[Sequence[Act]] = [
    *(_record(kind) for kind in (R.NOTE, R.UNKNOWN, R.UNKNOWN_ANSWER, R.MEASURE_PLANNED, R.MEASURE_TAKEN, R.INTERIM)),
    *(_record(kind) for kind in (R.ANSWER, R.CORRECTION, R.LINK, R.CHECK, R.GIST, R.SOURCE)),
    _press(take_watch),
    _press(pass_up),
    _take_measure,
    _press_of_another_round,
    *(act for acts in OF_MOVES.values() for act in acts),
]
"""Each of them, when it is done, stands in the history."""

ANYTHING: Final[Sequence[Act]] = [*TELLING, _level, _block, _clock]

_ANSWER, _LINK, _CHECK = _record(R.ANSWER), _record(R.LINK), _record(R.CHECK)
BESIDES: Final[Mapping[RiskState, Sequence[Act]]] = {
    RiskState.UNCLEAR: [_record(R.UNKNOWN_ANSWER), _record(R.INTERIM)],
    RiskState.ANSWERING: [_ANSWER, _ANSWER, _LINK, _record(R.MEASURE_PLANNED)],
    RiskState.WATCHED: [_LINK, _CHECK, _CHECK, _CHECK, _CHECK, _record(R.MEASURE_TAKEN), _record(R.CORRECTION)],
}
"""What a state calls for, so that a walk gets anywhere."""


DECIDING: Final = {Move.OVERRIDE, Move.DISMISS}


def fitting(state: RiskState) -> Sequence[Act]:
    """Closing by decision is one thing of many, or no walk would last; a merged risk is at its end."""
    moves = sorted(possible(state) - {Move.MERGE})
    onward = [act for move in moves if move not in DECIDING for act in OF_MOVES[move]] + [*BESIDES.get(state, ())]
    deciding = [act for move in moves if move in DECIDING for act in OF_MOVES[move]]
    return [*(onward * 6), *deciding] or ANYTHING


def people(offices: Offices) -> Sequence[Actor]:
    """The head, who may do everything, as often as all the others."""
    ours = offices.ours
    others = [
        ours.olga,
        ours.ivan,
        ours.actor(CURATOR),
        ours.actor(OFFICER),
        ours.actor(HEAD_ROADS),
        ours.newcomer,
        ours.stranger,
        offices.theirs.head,
    ]
    return [*others, *[ours.head] * len(others)]


@dataclass(frozen=True)
class Step:
    fits: int
    """Of four steps three are what the state calls for."""
    act: int
    by: int
    hours: int


STEPS_AHEAD: Final = st.lists(
    st.builds(
        Step,
        fits=st.integers(0, 3),
        act=st.integers(0, 99),
        by=st.integers(0, 99),
        hours=st.sampled_from([0, 1, 5, 30, 100]),
    ),
    min_size=15,
    max_size=30,
)


async def _one_step(walk: Walk, step: Step) -> None:
    walk.now += step.hours * timedelta(hours=1)
    walk.seed = step.act
    choice = fitting(walk.risk.state) if step.fits else ANYTHING
    act = choice[step.act % len(choice)]
    everybody = people(walk.offices)
    told = len(walk.events)
    try:
        await act(walk, everybody[step.by % len(everybody)])
    except Refusal:
        return
    assert len(walk.events) > told or act not in TELLING


async def _walk(template: Path, folder: Path, steps: Sequence[Step], *, approves: bool) -> set[RiskState]:
    folder.joinpath(template.name).unlink(missing_ok=True)
    async with opened_copy(template, folder) as offices:
        await changed_plan(offices, approves_answers=approves)
        async with offices.ours.uow() as unit:
            seat = next(each for each in await unit.people.positions() if each.role == HEAD_SOCIAL)
            await unit.people.seat(seat.id, await unit.people.find_or_add(offices.ours.newcomer.address), NOW)
            await unit.commit()
        risk, other = await offices.ours.filed("Яма на дороге"), await offices.ours.filed("Нет света в парке")
        walk = Walk(offices, risk, other, await rows(offices), approves=approves)
        for step in steps:
            await _one_step(walk, step)
        return walk.places


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make a long walk shorter takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS_AHEAD, approves=st.booleans())
def test_no_walk_comes_to_a_state_without_its_evidence_its_power_and_its_history(
    offices_file: Path, tmp_path: Path, steps: Sequence[Step], approves: bool
) -> None:
    asyncio.run(_walk(offices_file, tmp_path, steps, approves=approves))


@pytest.mark.parametrize("state", RiskState)
async def test_the_card_of_every_state_says_which_it_is(office: StaffedOffice, state: RiskState) -> None:
    risk = await office.filed("Яма на дороге")
    await shows_its_state(office, await put(office, risk, state, **SUFFICIENT[state]), NOW + DAY)
