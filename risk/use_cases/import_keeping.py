"""A file in hand: found while it is as it must be, decided about, kept with its message; no acts."""

from dataclasses import dataclass, replace
from datetime import datetime

from risk.ids import ImportId
from risk.imports import Import, ImportState
from risk.people import Member
from risk.ports import Unit, UnitOfWork
from risk.standing import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class OfImport:
    one: ImportId


async def import_in(unit: Unit, one_id: ImportId, *states: ImportState) -> Import | None:
    """The file, while it is in one of these states."""
    one = await unit.imports.get(one_id)
    return one if one is not None and one.state in states else None


def decided(one: Import, state: ImportState, member: Member, now: datetime) -> Import:
    """By somebody, and which way."""
    return replace(one, state=state, decided_by=member.acting_as.id, decided_at=now)


async def keep_import(unit: UnitOfWork, one: Import) -> None:
    """Store it, and let its message follow. The caller commits."""
    await unit.imports.save(one)
    await unit.standing.refresh(Subject.IMPORT, one.id)


async def keep_unused(unit: UnitOfWork, one: Import) -> None:
    """It ends before it counts: its rows go. The caller commits."""
    await unit.staging.clear(one.id)
    await keep_import(unit, one)
