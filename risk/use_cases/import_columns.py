"""A plain table whose columns are named, one question at a time."""

from dataclasses import dataclass, replace
from datetime import datetime

from risk.appeals import AppealSource
from risk.errors import ImportNotOpen
from risk.export_layouts import ColumnMapping
from risk.ids import ImportId
from risk.imports import Asking, Import, ImportState
from risk.jobs import JobKind
from risk.people import Actor
from risk.ports import OpenUnit, Unit
from risk.powers import Action
from risk.use_cases.import_keeping import OfImport, import_in, keep_import
from risk.use_cases.permission import permitted


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNamed:
    one: ImportId
    source: AppealSource


async def name_source(command: SourceNamed, *, actor: Actor, uow: OpenUnit) -> None:
    """Whose numbers a plain table has. Raises ImportNotOpen once that is said: «Заново» asks for all again."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        if asking.source is not None:
            raise ImportNotOpen
        await keep_import(unit, replace(one, asking=replace(asking, source=command.source)))
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnNamed:
    """`place` is the column that says what is asked now, as `Asking.headers` has it; None for «нет такого столбца»."""

    one: ImportId
    step: int
    place: int | None


async def name_column(command: ColumnNamed, *, actor: Actor, uow: OpenUnit) -> None:
    """Raises ImportNotOpen for a button of an earlier question, and for a needed field without a column."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        asked = asking.asked
        if asked is None or asking.step != command.step:
            raise ImportNotOpen
        header = _header(asking, command.place)
        if header is None and asking.is_needed(asked):
            raise ImportNotOpen
        await keep_import(unit, replace(one, asking=asking.naming(asked, header)))
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnsTurned:
    one: ImportId
    page: int


async def turn_columns(command: ColumnsTurned, *, actor: Actor, uow: OpenUnit) -> None:
    """Other headers are offered for the same question."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        await keep_import(unit, replace(one, asking=replace(asking, page=max(0, command.page))))
        await unit.commit()


async def name_columns_anew(command: OfImport, *, actor: Actor, uow: OpenUnit) -> None:
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        await keep_import(unit, replace(one, asking=Asking(headers=asking.headers)))
        await unit.commit()


async def confirm_columns(command: OfImport, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """The office remembers them, and the file is read by them. Raises ImportNotOpen before all are named."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        one, asking = await _asking(unit, command.one)
        if asking.source is None or asking.asked is not None:
            raise ImportNotOpen
        headers = {header: named for named, header in asking.fields.items() if header is not None}
        mapping = ColumnMapping.of(asking.source, headers)
        await unit.imports.add_mapping(mapping, by=member.acting_as.id, at=now)
        await keep_import(unit, replace(one, state=ImportState.READING, asking=None))
        await unit.jobs.plan(JobKind.READ_EXPORT, one.id, now)
        await unit.commit()


async def _asking(unit: Unit, one_id: ImportId) -> tuple[Import, Asking]:
    """Raises ImportNotOpen when nothing is asked of it."""
    one = await import_in(unit, one_id, ImportState.ASKING_COLUMNS)
    if one is None or one.asking is None:
        raise ImportNotOpen
    return one, one.asking


def _header(asking: Asking, place: int | None) -> str | None:
    if place is None:
        return None
    if not 0 <= place < len(asking.headers) or asking.headers[place] in asking.fields.values():
        raise ImportNotOpen
    return asking.headers[place]
