"""What an officer decides about a file that is not applied yet: load it, leave it, say of which days it is."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from risk.dates import read_past_days, read_past_moment
from risk.errors import ImportDatesUnfit, ImportNotOpen
from risk.ids import ImportId
from risk.imports import OPEN_IMPORTS, Import, ImportState
from risk.jobs import JobKind
from risk.people import Actor
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Action
from risk.use_cases.import_keeping import OfImport, decided, import_in, keep_import, keep_unused
from risk.use_cases.import_preview import compared
from risk.use_cases.permission import permitted

_CANCELLABLE: Final = OPEN_IMPORTS - {ImportState.APPLYING}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmImport:
    """`complete`: what is missing in the export has really vanished, however much it is."""

    one: ImportId
    complete: bool = False


async def confirm_import(command: ConfirmImport, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Загрузить». Raises ImportNotOpen when it does not wait for that."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        one = await _waiting(unit, command.one)
        await unit.jobs.plan(JobKind.APPLY_IMPORT, one.id, now)
        await keep_import(unit, replace(decided(one, ImportState.APPLYING, member, now), complete=command.complete))
        await unit.commit()


async def cancel_import(command: OfImport, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Отмена», while it is read, asked about or shown."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.IMPORT_APPEALS)
        one = await import_in(unit, command.one, *_CANCELLABLE)
        if one is None:
            raise ImportNotOpen
        await keep_unused(unit, replace(decided(one, ImportState.CANCELLED, member, now), asking=None))
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDates:
    """What is otherwise than it seemed: the moment that the export tells of, the period that it is of."""

    one: ImportId
    made_at: datetime | None = None
    first_day: date | None = None
    last_day: date | None = None


async def date_import(command: ImportDates, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Raises ImportDatesUnfit for a moment to come, or a period that ends before it begins; ImportNotOpen."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        await _date(unit, command, now)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedImportDates:
    """«06.10–20.11» is a period, «20.11 08:10» the moment that the export tells of."""

    one: ImportId
    typed: str


async def date_import_in_words(command: TypedImportDates, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Raises ImportDatesUnfit also for words that name neither."""
    async with uow() as unit:
        await permitted(unit, actor, Action.IMPORT_APPEALS)
        local = unit.office.plan.calendar.local(now)
        moment = read_past_moment(command.typed, local)
        days = None if moment is not None else read_past_days(command.typed, local.date())
        if moment is not None:
            await _date(unit, ImportDates(one=command.one, made_at=moment.astimezone(UTC)), now)
        elif days is not None:
            await _date(unit, ImportDates(one=command.one, first_day=days.first, last_day=days.last), now)
        else:
            raise ImportDatesUnfit
        await unit.commit()


async def _date(unit: UnitOfWork, command: ImportDates, now: datetime) -> None:
    one = await _waiting(unit, command.one)
    dated = replace(
        one,
        made_at=command.made_at or one.made_at,
        first_day=command.first_day or one.first_day,
        last_day=command.last_day or one.last_day,
    )
    if dated.made_at > now or dated.first_day is None or dated.last_day is None:
        raise ImportDatesUnfit
    if dated.first_day > dated.last_day:
        raise ImportDatesUnfit
    await keep_import(unit, await compared(unit, dated))


async def _waiting(unit: Unit, one_id: ImportId) -> Import:
    one = await import_in(unit, one_id, ImportState.WAITING)
    if one is None:
        raise ImportNotOpen
    return one
