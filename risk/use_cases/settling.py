"""What is owed about appeals, settled after an import, in batches: by the clock, and at the start of the bot.

One import may touch thousands, so it does not wait for this; each batch is one commit, and what was settled is not
settled again.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from risk.appeal_cases import AppealCase, AppealHappening, change_of
from risk.appeal_obligations import obligations_of_appeal
from risk.obligations import Matter
from risk.ports import OpenUnit, OpenView, UnitOfWork
from risk.staging import Derivation
from risk.use_cases.owing import settle_those

AT_ONCE: Final = 300
"""Appeals in one commit; the others come with the next."""


async def settle_appeals(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """Whatever an import, or another preset, has touched. How many; no write begins where there is nothing."""
    settled = 0
    while await _any_waits(view):
        async with uow() as unit:
            settled += await _settle_some(unit, now)
            await unit.commit()
    return settled


async def reckon_appeals(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """At the start: rules of distribution, terms or the calendar may be others than before. Twice changes nothing."""
    async with uow() as unit:
        await unit.appeals.unsettle_all()
        await unit.commit()
    return await settle_appeals(uow=uow, view=view, now=now)


async def _any_waits(view: OpenView) -> bool:
    async with view() as unit:
        return bool(await unit.appeals.unsettled(limit=1))


async def _settle_some(unit: UnitOfWork, now: datetime) -> int:
    plan, before = unit.office.plan, await unit.appeals.unsettled(limit=AT_ONCE)
    derivation = Derivation(plan)
    cases = [_reckoned(case, derivation) for case in before]
    await unit.appeals.save_all([after for after, case in zip(cases, before, strict=True) if after != case])
    await unit.appeals.add_changes(
        [
            change_of(after, AppealHappening.RECKONED, now)
            for after, case in zip(cases, before, strict=True)
            if _counted(after) != _counted(case)
        ]
    )
    await settle_those(unit, Matter.APPEAL, {case.id: obligations_of_appeal(case, plan) for case in cases}, now)
    await unit.appeals.note_settled([case.id for case in cases])
    return len(cases)


def _reckoned(case: AppealCase, derivation: Derivation) -> AppealCase:
    """As it follows from its facts by today's rules; but for what people have said of it."""
    told = derivation.of(case.appeal)
    after = replace(case, due_at=told.due_at, territory=told.territory)
    if not case.is_by_hand:
        after = replace(after, state=told.state)
    if not case.chosen:
        block = None if told.routed is None else told.routed.block
        after = replace(after, routed=told.routed, block=block)
    return after


def _counted(case: AppealCase) -> tuple[object, ...]:
    """What a line of history is written for."""
    return case.state, case.due_at, case.block
