"""One tick of reminding in an office: climb the ladders that time has come to, give out what is due, hold the rest.

Giving out is one commit, so a nudge that is given out and the message that carries it are there together or not at all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Final

from risk.chains import chain
from risk.ids import NudgeId, ObligationId, PersonId
from risk.ladders import Rung, reached
from risk.notices import Reminder
from risk.nudges import (
    Drop,
    Give,
    Keep,
    Moment,
    Nudge,
    NudgeState,
    Why,
    decide,
    is_over_budget,
    release_of,
    to_say,
)
from risk.obligations import Owed
from risk.people import Place
from risk.ports import OpenUnit, OpenView, Unit, UnitOfWork
from risk.use_cases.owing import climb
from risk.use_cases.rota import rota_from

AT_ONCE: Final = 500
"""Obligations that are looked at in one commit; the others come with the next."""
GIVEN_AT_ONCE: Final = 5_000
"""Nudges that are given out, or held, in one commit."""


async def nudge(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """Everything that is due now. How many nudges were given out; no write begins where nothing is due."""
    given = 0
    while await _is_due(view, now):
        async with uow() as unit:
            moment = await _moment(unit, now)
            if await _climb_some(unit, moment) < AT_ONCE:
                # Only now: what one person is to hear of many things is to be one message.
                given += await _give_out(unit, moment)
            await unit.commit()
    return given


async def _is_due(view: OpenView, now: datetime) -> bool:
    async with view() as unit:
        return await unit.obligations.any_due(now) or await unit.nudges.any_due(now)


async def _moment(unit: Unit, now: datetime) -> Moment:
    calendar = unit.office.plan.calendar
    today = calendar.local(now).date()
    midnight = calendar.moment_at(today, time.min)
    # The shift of the night that is under way may have begun yesterday.
    rota = await rota_from(unit, today - timedelta(days=1))
    return Moment(
        now=now,
        rota=rota,
        given_today=await unit.nudges.given_since(midnight),
        freshest=await unit.imports.freshest(),
    )


async def _climb_some(unit: UnitOfWork, moment: Moment) -> int:
    due = await unit.obligations.due(moment.now, limit=AT_ONCE)
    planned: list[Nudge] = []
    after: list[Owed] = []
    for owed in due:
        climbed = reached(owed, moment.plan.ladder(owed.obligation.level), moment.plan.calendar, moment.now)
        planned += _planned(owed, climbed, moment)
        after.append(replace(owed, climbed_to=climbed[-1].at if climbed else owed.climbed_to))
    await unit.nudges.add(planned)
    await climb(unit, after)
    return len(due)


def _planned(owed: Owed, climbed: Sequence[Rung], moment: Moment) -> Iterator[Nudge]:
    said, silent = to_say(climbed, moment.plan.calendar, moment.now)
    hour = _hour_of_whoever_answers(owed, moment)
    for each in said:
        release_at = release_of(each.rung, owed.obligation.due_at, hour, moment.plan.calendar)
        yield replace(_nudge(owed, each.rung, release_at), missed=each.missed)
    for rung, why in silent:
        yield replace(_nudge(owed, rung, rung.at), state=NudgeState.MOOT, why=why)


def _nudge(owed: Owed, rung: Rung, release_at: datetime) -> Nudge:
    return Nudge(
        id=NudgeId(0),
        owed=owed.id,
        due_at=owed.obligation.due_at,
        kind=rung.kind,
        step=rung.step,
        at=rung.at,
        of_morning=rung.of_morning,
        release_at=release_at,
    )


def _hour_of_whoever_answers(owed: Owed, moment: Moment) -> time:
    links = chain(owed.obligation, moment.rota, moment.day)
    return moment.hour_of(links[0].person if links else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    nudge: Nudge
    owed: Owed


@dataclass(slots=True, kw_only=True)
class _Bundle:
    """What one person is to hear now."""

    given: dict[NudgeId, Give] = field(default_factory=dict)
    due: list[_Due] = field(default_factory=list)


async def _give_out(unit: UnitOfWork, moment: Moment) -> int:
    due = [_Due(nudge=each, owed=owed) for each, owed in await unit.nudges.due(moment.now, limit=GIVEN_AT_ONCE)]
    loudest, ended = _unfolded(due)
    bundles: dict[PersonId, _Bundle] = {}
    for each in loudest:
        match decide(each.nudge, each.owed, moment):
            case Give() as give:
                bundle = bundles.setdefault(give.link.person, _Bundle())
                bundle.given[each.nudge.id] = give
                bundle.due.append(each)
            case Keep(until=until, why=why):
                ended.append(_held(each.nudge, until, why))
            case Drop(state=state, why=why):
                ended.append(replace(each.nudge, state=state, why=why))
    for person, bundle in sorted(bundles.items()):
        ended += await _say(unit, person, bundle, moment)
    await unit.nudges.save(ended)
    return sum(len(bundle.due) for bundle in bundles.values())


def _unfolded(due: Sequence[_Due]) -> tuple[Sequence[_Due], list[Nudge]]:
    """Of several nudges about one thing to one step, the most urgent is said for all; and those folded into it."""
    silent: list[Nudge] = []
    loudest: dict[tuple[ObligationId, int], _Due] = {}
    for each in due:
        key = (each.owed.id, each.nudge.step)
        other = loudest.get(key)
        if other is None:
            loudest[key] = each
            continue
        said, folded = sorted((other, each), key=lambda one: (one.nudge.kind, one.nudge.at), reverse=True)
        missed = said.nudge.missed + folded.nudge.missed
        loudest[key] = replace(said, nudge=replace(said.nudge, missed=missed))
        silent.append(replace(folded.nudge, state=NudgeState.MOOT, why=Why.FOLDED))
    return list(loudest.values()), silent


async def _say(unit: UnitOfWork, person: PersonId, bundle: _Bundle, moment: Moment) -> Sequence[Nudge]:
    """In one message, or not today; what becomes of each."""
    if is_over_budget(person, [each.owed for each in bundle.due], moment):
        return [_held(each.nudge, moment.morning_after(person), Why.BUDGET) for each in bundle.due]
    name = min(each.nudge.id for each in bundle.due)
    place = Place(address=moment.rota.people[person].address)
    await unit.outbox.plan(Reminder(person=person, bundle=name), place, due_at=moment.now, once=f"reminder {name}")
    return [_given(each.nudge, bundle, person, name, moment.now) for each in bundle.due]


def _given(nudge: Nudge, bundle: _Bundle, person: PersonId, name: NudgeId, now: datetime) -> Nudge:
    give = bundle.given[nudge.id]
    return replace(
        nudge,
        state=NudgeState.GIVEN,
        why=None,
        person=person,
        position=give.link.position.id,
        deputises=give.link.deputises,
        on_duty=give.on_duty,
        bundle=name,
        given_at=now,
    )


def _held(nudge: Nudge, until: datetime, why: Why) -> Nudge:
    return replace(nudge, state=NudgeState.HELD, why=why, held_for=nudge.held_for or why, release_at=until)
