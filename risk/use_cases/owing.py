"""What is owed about a risk, kept in step with it: every change of the risk or its round is settled in its commit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from risk.ids import ObligationId
from risk.ladders import just_before, next_rung
from risk.nudges import Why
from risk.obligations import Hold, Matter, Obligation, Owed, obligations_of
from risk.ports import OpenUnit, UnitOfWork
from risk.risks import Risk
from risk.workings import Working


async def settle_owed(unit: UnitOfWork, risk: Risk, working: Working, now: datetime) -> None:
    """Let what is owed about the risk be what follows from its round. The caller commits."""
    await settle(unit, Matter.RISK, risk.id, obligations_of(risk, working, unit.office.plan), now)


async def settle(unit: UnitOfWork, matter: Matter, matter_id: int, wanted: Iterable[Obligation], now: datetime) -> None:
    """Take up what has come to be owed, end what is owed no more, move what was moved. The caller commits."""
    by_key = {each.key: each for each in wanted}
    standing = {each.obligation.key: each for each in await unit.obligations.open_of(matter, matter_id)}
    await _end([owed for key, owed in standing.items() if key not in by_key], unit, now)
    for key, obligation in by_key.items():
        await _settle(unit, obligation, standing.get(key), now)


async def reckon_owed(*, uow: OpenUnit, now: datetime) -> None:
    """Work out anew what is owed in the office: its calendar, or its settings, may be others than before."""
    async with uow() as unit:
        for risk in await unit.risks.all_open():
            await settle_owed(unit, risk, await unit.workings.current(risk), now)
        for owed in await unit.obligations.all_open():
            await climb(unit, owed)
        await unit.commit()


async def put_on_hold(unit: UnitOfWork, owed: Owed, hold: Hold, now: datetime) -> None:
    """Somebody has named a day: that answers what was said, and nothing more is said before. The caller commits."""
    await unit.nudges.drop([owed.id], Why.ON_HOLD)
    await unit.nudges.note_acted([owed.id], now)
    await climb(unit, replace(owed, hold=hold))


async def climb(unit: UnitOfWork, owed: Owed) -> None:
    """Store it with the moment of its next rung. The caller commits."""
    await unit.obligations.save(owed, next_at=_next_at(unit, owed))


async def _settle(unit: UnitOfWork, obligation: Obligation, before: Owed | None, now: datetime) -> None:
    if before is None:
        await _begin(unit, obligation, now)
    elif _is_other_deadline(before.obligation, obligation):
        # Another term is another ladder: what was to be said of the earlier one is not.
        await unit.nudges.drop([before.id], Why.CHANGED)
        moved = replace(before, obligation=obligation, since=now, climbed_to=just_before(now), hold=None)
        await climb(unit, moved)
    elif before.obligation != obligation:
        await climb(unit, replace(before, obligation=obligation, hold=_hold_still(before, obligation)))


async def _begin(unit: UnitOfWork, obligation: Obligation, now: datetime) -> None:
    fresh = Owed(id=ObligationId(0), obligation=obligation, since=now, climbed_to=just_before(now))
    await unit.obligations.begin(fresh, next_at=_next_at(unit, fresh))


def _next_at(unit: UnitOfWork, owed: Owed) -> datetime:
    plan = unit.office.plan
    return next_rung(owed, plan.ladder(owed.obligation.level), plan.calendar).at


async def _end(ended: list[Owed], unit: UnitOfWork, now: datetime) -> None:
    if ended:
        await unit.obligations.end([each.id for each in ended], now)
        await unit.nudges.drop([each.id for each in ended], Why.DONE)
        await unit.nudges.note_acted([each.id for each in ended], now)


def _hold_still(before: Owed, after: Obligation) -> Hold | None:
    """A day that one block has named does not hold the reminders of another one."""
    is_others = after.position is None and before.obligation.block != after.block
    return None if is_others else before.hold


def _is_other_deadline(before: Obligation, after: Obligation) -> bool:
    return (before.due_at, before.level) != (after.due_at, after.level)
