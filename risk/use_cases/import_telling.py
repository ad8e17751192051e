"""Files with appeals as they are told of: one by its message, the last ones in a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from risk.errors import ImportNotOpen
from risk.ids import ImportId
from risk.imports import Import, ImportState
from risk.jobs import Job, JobKind
from risk.offices import Office
from risk.people import Actor, Place
from risk.ports import OpenUnit, OpenView, Unit
from risk.powers import Action
from risk.standing import Subject
from risk.use_cases.permission import permitted

IMPORTS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFacts:
    """One file as it is told of. `job` is the work on it, for its progress; `decided_by` a title."""

    office: Office
    one: Import
    job: Job | None
    is_last: bool
    decided_by: str | None
    now: datetime


async def import_facts(unit: Unit, one_id: ImportId, now: datetime) -> ImportFacts:
    one = await unit.imports.get(one_id)
    assert one is not None
    kind = JobKind.APPLY_IMPORT if one.state is ImportState.APPLYING else JobKind.READ_EXPORT
    last = await unit.imports.last_applied()
    decided = None if one.decided_by is None else await unit.people.position(one.decided_by)
    return ImportFacts(
        office=unit.office,
        one=one,
        job=await unit.jobs.of(kind, one.id),
        is_last=last is not None and last.id == one.id,
        decided_by=None if decided is None else decided.title(unit.office.plan),
        now=now,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsFacts:
    """The newest first; `last` is the one that may be undone."""

    office: Office
    imports: Sequence[Import]
    last: Import | None
    now: datetime


async def read_imports(*, actor: Actor, view: OpenView, now: datetime) -> ImportsFacts:
    async with view() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        return ImportsFacts(
            office=unit.office,
            imports=await unit.imports.recent(limit=IMPORTS_SHOWN),
            last=await unit.imports.last_applied(),
            now=now,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowImport:
    one: ImportId
    place: Place


async def show_import(command: ShowImport, *, actor: Actor, uow: OpenUnit) -> None:
    """Its message stands in `place`, anew: somebody has lost it, or came by the seat later. Raises ImportNotOpen."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        if await unit.imports.get(command.one) is None:
            raise ImportNotOpen
        await unit.standing.post(Subject.IMPORT, command.one, command.place)
        await unit.commit()
