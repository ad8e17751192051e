"""A busy month of an office, day after day on the office's own clock; what happens in it hangs on the luck alone.

The bot is moved from step to step through its status port. What people do goes through the database beside it, at the
moment of the step: so the same seed is the same month, however often the bot is killed meanwhile.
"""

import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

import httpx

from bot.gateways.reading import Reading
from risk.absences import Absence
from risk.calendar import WorkingCalendar
from risk.duties import Duty
from risk.ids import AbsenceId, DutyId, OfficeId, PositionId
from risk.obligations import Hold, HoldKind
from risk.people import Actor, Place, Position
from risk.ports import UnitOfWork
from risk.risks import Risk, RiskState, answer_deadline, verification_deadline
from risk.use_cases.filing import FileInChat, file_in_chat
from risk.use_cases.owing import put_on_hold
from risk.use_cases.rounds import InHand, store_round
from risk.workings import Answer, Check, Ending, EndingKind, Interim, Measure, Reaction, Spread, Unknown, Working
from storage.unit_of_work import Units
from tests.durability.mortal import MortalStage
from tests.durability.stories import MEMBER
from tests.support.clocks import FRIDAY_MORNING
from tests.support.offices import PLAN, part, telegram

DAYS: Final = 30
WORKING_DAY: Final = (time(9, 5), time(11, 5), time(13, 5), time(15, 5), time(17, 5), time(20, 5))
DAY_OFF: Final = (time(12, 5),)
"""Five minutes after the hour: deadlines fall on the hour or on a step, and are not raced with by a step that lasts."""

OPEN_AT_MOST: Final = 24
_OFFICE: Final = OfficeId(1)
_MATTERS: Final = (
    "Яма на дороге у дома {}",
    "Нет талонов к врачу, поликлиника, кабинет {}",
    "Подорожал хлеб в магазине {}",
    "В деревне пересох колодец {}",
    "Что-то случилось, номер {}",
)
_DAY: Final = timedelta(days=1)


def steps(first: datetime = FRIDAY_MORNING, days: int = DAYS) -> Sequence[datetime]:
    """The moments of the month, several a day, all later than its beginning."""
    calendar = PLAN.calendar
    begins = calendar.local(first).date()
    moments = (moment for ahead in range(days) for moment in _of_day(begins + ahead * _DAY, calendar))
    return [moment for moment in moments if moment > first]


def _of_day(day: date, calendar: WorkingCalendar) -> Iterator[datetime]:
    clocks = WORKING_DAY if calendar.is_working_day(day) else DAY_OFF
    return (calendar.moment_at(day, clock) for clock in clocks)


async def comes_to(stage: MortalStage, moment: datetime) -> None:
    """Office time is `moment`, everything due was done, and nobody died since the ticks that found it."""
    while True:
        deaths = stage.deaths
        if not await _ticked(stage, moment):
            await stage.bot.end()
            await stage._revive()
            continue
        await stage.rest()
        if stage.deaths == deaths:
            return


async def _ticked(stage: MortalStage, moment: datetime) -> bool:
    """False when the bot has died over it, or before."""
    if stage.bot.ended.is_set():
        return False
    try:
        shown = datetime.fromisoformat((await stage.status.get("/status")).json()["office_time"])
        to = max(moment, shown + timedelta(seconds=1))
        answer = await stage.status.post("/time", json={"to": to.isoformat()})
    except httpx.TransportError:
        return False
    assert answer.status_code == 200, answer.text
    return True


@dataclass(kw_only=True)
class Month:
    """`seed` decides what happens."""

    stage: MortalStage
    seed: int
    filed: int = 0

    async def happens(self, step: int, now: datetime) -> None:
        """What people do at this step, all of it in the database before the bot looks."""
        luck = random.Random(f"{self.seed} {step}")
        at_work = PLAN.calendar.is_open(now)
        chances: Sequence[tuple[float, float, _Act]] = (
            (0.75, 0.3, _arises),
            (0.6, 0.0, _goes_on),
            (0.6, 0.0, _goes_on),
            (0.25, 0.0, _is_promised),
            (0.2, 0.0, _is_held),
            (0.1, 0.0, _goes_away),
            (0.15, 0.0, _is_on_duty),
            (0.05, 0.0, _chooses_hour),
        )
        async with self.stage.opened_database() as database:
            units = Units(database=database)
            for by_day, otherwise, act in chances:
                if luck.random() < (by_day if at_work else otherwise):
                    await act(self, units, luck, now)


_Act = Callable[[Month, Units, random.Random, datetime], Awaitable[None]]


async def _arises(month: Month, units: Units, luck: random.Random, now: datetime) -> None:
    """A risk is filed, at a level of its own: one in five does not wait for the morning."""
    async with units.view_of(_OFFICE)() as unit:
        if len(await unit.risks.all_open()) >= OPEN_AT_MOST:
            return
    month.filed += 1
    gist = luck.choice(_MATTERS).format(month.filed)
    level = PLAN.levels[luck.choices((0, 1, 2), weights=(2, 6, 2))[0]].key
    place = Place(address=telegram(month.stage.office.chat))
    actor = Actor(office=_OFFICE, address=telegram(month.stage.office.people[MEMBER]))
    wanted = FileInChat(parts=(part(gist, sent_at=now),), place=place, command=1)
    await file_in_chat(wanted, actor=actor, uow=units.of(_OFFICE), now=now, understand=Reading())
    async with units.of(_OFFICE)() as unit:
        risk = max(await unit.risks.all_open(), key=lambda each: each.id)
        verify_by = verification_deadline(now, level, PLAN).due_at
        await _stored(unit, replace(risk, level=level, verify_by=verify_by), await unit.workings.current(risk), now)
        await unit.commit()


async def _goes_on(_: Month, units: Units, luck: random.Random, now: datetime) -> None:
    """One of the open risks comes one step nearer to its end."""
    async with units.of(_OFFICE)() as unit:
        hand = await _some_risk(unit, luck)
        if hand is None:
            return
        seat = luck.choice(await _held(unit)).id
        await _stored(unit, *_next(hand.risk, hand.working, seat, now), now)
        await unit.commit()


def _next(risk: Risk, working: Working, by: PositionId, now: datetime) -> tuple[Risk, Working]:
    match risk.state:
        case RiskState.FILED:
            return replace(risk, state=RiskState.VERIFYING), replace(working, verifier=by, taken_at=now)
        case RiskState.VERIFYING:
            due = answer_deadline(risk.filed_at, risk.level, PLAN).due_at
            return replace(risk, state=RiskState.ANSWERING, answer_by=due), working
        case RiskState.ANSWERING:
            answer = Answer(text="Сделано.", platforms="сайт", drafted_by=by, drafted_at=now, published_at=now)
            return replace(risk, state=RiskState.WATCHED), replace(working, answer=answer)
    if not working.checks:
        look = Check(at=now, by=by, reaction=Reaction.NEUTRAL, spread=Spread.STILL)
        return risk, replace(working, checks=(look,))
    ending = Ending(kind=EndingKind.CRITERIA, at=now, by=by)
    return replace(risk, state=RiskState.WORKED_OFF), replace(working, ending=ending)


async def _is_promised(_: Month, units: Units, luck: random.Random, now: datetime) -> None:
    """A measure, an answer to a question or an interim promise, by a day; or the measure is taken."""
    async with units.of(_OFFICE)() as unit:
        hand = await _some_risk(unit, luck)
        if hand is None:
            return
        until = PLAN.calendar.local(now).date() + luck.randint(0, 5) * _DAY
        seat, working = luck.choice(await _held(unit)).id, hand.working
        match luck.randrange(4):
            case 0:
                working = replace(working, unknowns=(*working.unknowns, _unknown(seat, until)))
            case 1:
                working = replace(working, interims=(*working.interims, _interim(seat, until, now)))
            case 2 if working.measures:
                last = len(working.measures) - 1
                taken = replace(working.measures[last], taken_at=now, taken_by=seat)
                working = working.with_measure(last, taken)
            case _:
                measure = Measure(what="подвоз воды", position=seat, until=until)
                working = replace(working, measures=(*working.measures, measure))
        await _stored(unit, hand.risk, working, now)
        await unit.commit()


def _unknown(seat: PositionId, until: date) -> Unknown:
    return Unknown(question="Когда починят?", asked=seat, until=until)


def _interim(seat: PositionId, until: date, now: datetime) -> Interim:
    return Interim(text="Проверяем", platforms="сайт", promised_until=until, published_by=seat, published_at=now)


async def _is_held(_: Month, units: Units, luck: random.Random, now: datetime) -> None:
    """Somebody has named a day."""
    async with units.of(_OFFICE)() as unit:
        owed = await unit.obligations.all_open()
        if not owed:
            return
        kind = luck.choice(tuple(HoldKind))
        day = PLAN.calendar.local(now).date() + luck.randint(1, 5) * _DAY
        by = luck.choice(await _held(unit)).id
        await put_on_hold(unit, luck.choice(owed), Hold(kind=kind, day=day, by=by, at=now), now)
        await unit.commit()


async def _goes_away(_: Month, units: Units, luck: random.Random, now: datetime) -> None:
    async with units.of(_OFFICE)() as unit:
        seats = await _held(unit)
        away, deputy = luck.sample(seats, 2)
        first = PLAN.calendar.local(now).date() + luck.randint(0, 2) * _DAY
        known = await unit.absences.ending_from(first)
        if away.holder is None or any(each.person == away.holder for each in known):
            return
        absence = Absence(
            id=AbsenceId(0),
            person=away.holder,
            first_day=first,
            last_day=first + luck.randint(0, 6) * _DAY,
            deputy=luck.choice([deputy.holder, deputy.holder, None]),
            noted_by=seats[0].id,
            noted_at=now,
        )
        await unit.absences.note(absence)
        await unit.commit()


async def _is_on_duty(_: Month, units: Units, luck: random.Random, now: datetime) -> None:
    async with units.of(_OFFICE)() as unit:
        seats = await _held(unit)
        first = PLAN.calendar.local(now).date()
        shifts = Duty(
            id=DutyId(0),
            position=luck.choice(seats).id,
            first_day=first,
            last_day=first + luck.randint(0, 6) * _DAY,
            assigned_by=seats[0].id,
            assigned_at=now,
        )
        await unit.duties.assign(shifts)
        await unit.commit()


async def _chooses_hour(_: Month, units: Units, luck: random.Random, now: datetime) -> None:
    async with units.of(_OFFICE)() as unit:
        holder = luck.choice(await _held(unit)).holder
        assert holder is not None
        await unit.people.choose_hour(holder, time(luck.randint(6, 11)))
        await unit.commit()


async def _some_risk(unit: UnitOfWork, luck: random.Random) -> InHand | None:
    found = await unit.risks.all_open()
    if not found:
        return None
    risk = luck.choice(found)
    return InHand(risk=risk, working=await unit.workings.current(risk))


async def _held(unit: UnitOfWork) -> Sequence[Position]:
    return [seat for seat in await unit.people.positions() if seat.holder is not None]


async def _stored(unit: UnitOfWork, risk: Risk, working: Working, now: datetime) -> None:
    await store_round(unit, InHand(risk=risk, working=working), now)
