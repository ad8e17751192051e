"""Reading the ledger of reminders, and the watch that asks whether whatever is due has an outcome."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from risk.appeals import AppealSource
from risk.chains import seats_asked
from risk.ids import PersonId, PositionId
from risk.ledgers import STRAY_AFTER, Ledger, Strays, ledger_of
from risk.notices import RemindersAstray
from risk.obligations import Obligation
from risk.offices import Office
from risk.people import Actor
from risk.ports import OpenUnit, OpenView, Unit
from risk.powers import Action, Power
from risk.rota import Rota
from risk.use_cases.addressing import tell_seated
from risk.use_cases.permission import holders, permitted
from risk.use_cases.rota import rota_from

DAYS_BACK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFacts:
    """`late`: what is overdue now, by the title of whoever owes it, as these `freshest` exports have it; `people`
    names whom messages went to."""

    office: Office
    ledger: Ledger
    titles: Mapping[PositionId, str]
    people: Mapping[PersonId, str]
    late: Mapping[str, int]
    freshest: Mapping[AppealSource, datetime]
    strays: Strays
    now: datetime


async def read_ledger(*, actor: Actor, view: OpenView, now: datetime) -> LedgerFacts:
    """`/ledger`: the last seven days, today among them."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_LEDGER)
        plan = unit.office.plan
        last = plan.calendar.local(now).date()
        first = last - timedelta(days=DAYS_BACK - 1)
        begins = plan.calendar.moment_at(first, time.min)
        rota = await rota_from(unit, last)
        titles = {seat.id: seat.title(plan) for seat in rota.positions}
        late = [each.obligation for each in await unit.obligations.all_open() if each.obligation.due_at <= now]
        rests_on = {each.known_from for each in late}
        return LedgerFacts(
            office=unit.office,
            ledger=ledger_of(await unit.nudges.entries_since(begins), first, last, now, plan.calendar),
            titles=titles,
            people={person: each.main_position.title(plan) for person, each in rota.colleagues.items()},
            late=_late(late, rota),
            freshest={source: at for source, at in (await unit.imports.freshest()).items() if source in rests_on},
            strays=await _strays(unit, now),
            now=now,
        )


async def watch_reminders(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """Once an hour: has whatever is due an outcome? When not, whoever operates hears of it, once a day."""
    async with view() as unit:
        strays = await _strays(unit, now)
    if not strays.total:
        return 0
    async with uow() as unit:
        day = unit.office.plan.calendar.local(now).date()
        astray, operators = RemindersAstray(count=strays.total), await holders(unit, Power.OPERATE)
        await tell_seated(unit, operators, astray, now, once=lambda person: f"astray {day} {person}")
        await unit.commit()
    return strays.total


async def _strays(unit: Unit, now: datetime) -> Strays:
    since = now - STRAY_AFTER
    return Strays(
        rungs=await unit.obligations.count_due(since),
        nudges=await unit.nudges.count_due(since),
        messages=await unit.outbox.count_unsent("reminder", since),
    )


def _late(late: Iterable[Obligation], rota: Rota) -> Mapping[str, int]:
    asked = (next(seats_asked(each, rota), None) for each in late)
    return Counter("" if seat is None else seat.title(rota.office.plan) for seat in asked)
