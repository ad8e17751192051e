"""What is owed, kept in step with what it is about: what a change of a risk leads to is settled in its commit."""

from collections.abc import Iterable, Mapping, Sequence
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
    await settle_those(unit, matter, {matter_id: tuple(wanted)}, now)


async def settle_those(
    unit: UnitOfWork, matter: Matter, wanted: Mapping[int, Sequence[Obligation]], now: datetime
) -> None:
    """As `settle`, about several at once: as many readings and writings as for one. The caller commits."""
    by_key = {each.key: each for of_one in wanted.values() for each in of_one}
    standing = {each.obligation.key: each for each in await unit.obligations.open_of_those(matter, wanted.keys())}
    await _end([owed for key, owed in standing.items() if key not in by_key], unit, now)
    await _begin([obligation for key, obligation in by_key.items() if key not in standing], unit, now)
    await _change([(standing[key], obligation) for key, obligation in by_key.items() if key in standing], unit, now)


async def reckon_owed(*, uow: OpenUnit, now: datetime) -> None:
    """Work out anew what is owed in the office: its calendar, or its settings, may be others than before."""
    async with uow() as unit:
        for risk in await unit.risks.all_open():
            await settle_owed(unit, risk, await unit.workings.current(risk), now)
        await climb(unit, await unit.obligations.all_open())
        await unit.commit()


async def put_on_hold(unit: UnitOfWork, owed: Owed, hold: Hold, now: datetime) -> None:
    """Somebody has named a day: that answers what was said, and nothing more is said before. The caller commits."""
    await unit.nudges.drop([owed.id], Why.ON_HOLD)
    await unit.nudges.note_acted([owed.id], now)
    await climb(unit, [replace(owed, hold=hold)])


async def climb(unit: UnitOfWork, owed: Sequence[Owed]) -> None:
    """Store each with the moment of its next rung. The caller commits."""
    await unit.obligations.save([(each, _next_at(unit, each)) for each in owed])


async def _change(pairs: Sequence[tuple[Owed, Obligation]], unit: UnitOfWork, now: datetime) -> None:
    moved = [
        replace(before, obligation=after, since=now, climbed_to=just_before(now), hold=None)
        for before, after in pairs
        if _is_other_deadline(before.obligation, after)
    ]
    if moved:
        # Another term is another ladder: what was to be said of the earlier one is not.
        await unit.nudges.drop([each.id for each in moved], Why.CHANGED)
    otherwise = [
        replace(before, obligation=after, hold=_hold_still(before, after))
        for before, after in pairs
        if before.obligation != after and not _is_other_deadline(before.obligation, after)
    ]
    await climb(unit, [*moved, *otherwise])


async def _begin(wanted: Sequence[Obligation], unit: UnitOfWork, now: datetime) -> None:
    fresh = [Owed(id=ObligationId(0), obligation=each, since=now, climbed_to=just_before(now)) for each in wanted]
    await unit.obligations.begin([(each, _next_at(unit, each)) for each in fresh])


def _next_at(unit: UnitOfWork, owed: Owed) -> datetime:
    plan = unit.office.plan
    return next_rung(owed, plan.ladder(owed.obligation.level), plan.calendar).at


async def _end(ended: Sequence[Owed], unit: UnitOfWork, now: datetime) -> None:
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
