"""A file is read from its start: recognised, refused, given up; its rows are in `import_rows`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from risk.export_columns import Fate, Field
from risk.export_layouts import ColumnMapping, Recognition
from risk.ids import ImportId
from risk.imports import Asking, Door, Found, Import, ImportRefusal, ImportState
from risk.notices import RemoveMessage
from risk.offices import OfficePlan
from risk.ports import OpenUnit
from risk.sheet_faults import SheetFault
from risk.use_cases.import_keeping import import_in, keep_import, keep_unused


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What whoever reads the file must know."""

    one: Import
    plan: OfficePlan
    mappings: Sequence[ColumnMapping]


async def begin_reading(one_id: ImportId, *, uow: OpenUnit) -> Reading | None:
    """From the start, also after a run of the bot that ended in the middle; None when nobody waits for it any more."""
    async with uow() as unit:
        one = await import_in(unit, one_id, ImportState.READING)
        if one is None:
            return None
        await unit.staging.clear(one.id)
        reading = Reading(one=one, plan=unit.office.plan, mappings=await unit.imports.mappings())
        await unit.commit()
    return reading


async def note_recognised(
    one_id: ImportId, found: Recognition, *, lets_residents_in: bool, uow: OpenUnit, now: datetime
) -> bool:
    """Whether to read on: a file may be refused, or its columns asked about, before any row of it is looked at.

    `lets_residents_in`: the installation allows columns about residents to come through the messenger.
    """
    async with uow() as unit:
        one = await import_in(unit, one_id, ImportState.READING)
        if one is None:
            return False
        told = replace(one, layout=found.layout, source=found.source, found=_headers(found))
        refusal = _refusal(told, found, lets_residents_in=lets_residents_in)
        if refusal is ImportRefusal.NOT_AN_EXPORT and found.columns:
            headers = tuple(column.header for column in found.columns if not column.fate.is_dropped)
            told = replace(told, state=ImportState.ASKING_COLUMNS, asking=Asking(headers=headers))
        elif refusal is not None:
            told = replace(told, state=ImportState.REFUSED, refusal=refusal)
        if refusal is ImportRefusal.TELLS_OF_RESIDENTS and one.letter is not None:
            await unit.outbox.plan(RemoveMessage(message=one.letter.message), one.letter.place, due_at=now)
        await keep_import(unit, told)
        await unit.commit()
    return refusal is None


async def note_unreadable(one_id: ImportId, fault: SheetFault, *, uow: OpenUnit) -> None:
    """Nothing of the file is used."""
    async with uow() as unit:
        one = await import_in(unit, one_id, ImportState.READING)
        if one is not None:
            await keep_unused(unit, replace(one, state=ImportState.REFUSED, fault=fault))
            await unit.commit()


async def note_failed(one_id: ImportId, *, uow: OpenUnit) -> None:
    """It broke here, and is not tried again: whoever waits must not wait for ever."""
    async with uow() as unit:
        one = await import_in(unit, one_id, ImportState.READING, ImportState.APPLYING)
        if one is not None:
            await keep_unused(unit, replace(one, state=ImportState.FAILED))
            await unit.commit()


def _headers(found: Recognition) -> Found:
    return Found(
        unknown=found.headers(Fate.UNKNOWN),
        personal=found.headers(Fate.PERSONAL),
        staff=found.headers(Fate.STAFF),
        missing=found.missing,
        doubled=found.doubled,
        absent=tuple(each for each in Field if each not in {column.field for column in found.columns}),
    )


def _refusal(one: Import, found: Recognition, *, lets_residents_in: bool) -> ImportRefusal | None:
    """What tells of residents is refused first: the message that brought it is to go, whatever else is wrong."""
    if one.door is Door.BOT and found.tells_of_residents and not lets_residents_in:
        return ImportRefusal.TELLS_OF_RESIDENTS
    if found.layout is None:
        return ImportRefusal.NOT_AN_EXPORT
    return ImportRefusal.MISSING_COLUMNS if found.missing else None
