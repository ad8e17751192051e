"""What was confirmed counts from here on, or is taken back as if it had never been."""

from dataclasses import replace
from datetime import datetime

from risk.errors import ImportActedUpon, ImportNotOpen
from risk.export_columns import LayoutKind
from risk.ids import ImportId
from risk.imports import Import, ImportState
from risk.people import Actor
from risk.ports import OpenUnit, Unit
from risk.powers import Action
from risk.standing import Subject
from risk.use_cases.import_keeping import OfImport, decided, import_in, keep_import
from risk.use_cases.import_preview import compared
from risk.use_cases.permission import permitted

ROWS_IN_SWEEP = 2_000


async def apply_import(one_id: ImportId, *, uow: OpenUnit) -> bool:
    """What was confirmed counts from here on, all of it at once. Whether it was there to be applied."""
    async with uow() as unit:
        one = await import_in(unit, one_id, ImportState.APPLYING)
        if one is None:
            return False
        reckoned = await compared(unit, one)
        before = await unit.imports.last_applied()
        if one.layout is LayoutKind.FIRST_ANSWERS:
            await unit.staging.apply_first_answers(reckoned)
        else:
            await unit.staging.apply(reckoned, one.made_at)
        await keep_import(unit, replace(reckoned, state=ImportState.APPLIED))
        if before is not None:
            await unit.standing.refresh(Subject.IMPORT, before.id)  # it cannot be undone any more
        await unit.commit()
    return True


async def sweep_staging(*, uow: OpenUnit) -> bool:
    """Drop some of the rows that neither wait nor lead back; whether there may be more. It never takes long."""
    async with uow() as unit:
        swept = await unit.staging.sweep(ROWS_IN_SWEEP)
        await unit.commit()
    return swept


async def undo_import(command: OfImport, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """The last one, as if it had never been. Raises ImportActedUpon, ImportNotOpen for an earlier one."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        last = await unit.imports.last_applied()
        if last is None or last.id != command.one or await _is_later_one_on_its_way(unit, last):
            raise ImportNotOpen
        if last.layout is LayoutKind.FIRST_ANSWERS:
            await unit.staging.take_back_first_answers(last)
        else:
            acted = await unit.staging.acted_upon(last)
            if acted:
                raise ImportActedUpon(tuple(acted))
            await unit.staging.take_back(last, now)
        await keep_import(unit, decided(last, ImportState.UNDONE, member, now))
        await unit.commit()


async def _is_later_one_on_its_way(unit: Unit, last: Import) -> bool:
    """Confirmed since, and not applied yet: it rests on all that was applied before it."""
    confirmed = [one.decided_at for one in await unit.imports.open() if one.decided_at is not None]
    return any(last.decided_at is not None and at >= last.decided_at for at in confirmed)
