"""Rows of a file as they are read, batch by batch, until its preview stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from risk.appeals import Appeal
from risk.export_rows import ReadRow, RowFault
from risk.first_answers import FirstAnswer, gathered
from risk.ids import ImportId
from risk.imports import FAULTS_TOLD, FAULTY_NUMBERS_KEPT, Import, ImportRefusal, ImportState
from risk.jobs import JobKind
from risk.ports import OpenUnit, UnitOfWork
from risk.staging import Derivation, untold
from risk.standing import Subject
from risk.use_cases.import_keeping import import_in, keep_import, keep_unused
from risk.use_cases.import_preview import compared, fill_lacking


@dataclass(slots=True, kw_only=True)
class Tally:
    """What has been read so far; rows of another municipality and faulty ones are counted and left."""

    derivation: Derivation
    rows: int = 0
    foreign: int = 0
    faults: list[RowFault] = field(default_factory=list)
    faulty: int = 0
    faulty_numbers: list[str] = field(default_factory=list)
    first_day: date | None = None
    last_day: date | None = None
    first_answers: list[FirstAnswer] = field(default_factory=list)

    def take(self, rows: Iterable[ReadRow]) -> list[Appeal]:
        """The appeals among them that are the office's own."""
        own: list[Appeal] = []
        for row in rows:
            self.rows += 1
            if isinstance(row, RowFault):
                self._note_fault(row)
            elif not self.derivation.is_ours(row.municipality):
                self.foreign += 1
            else:
                self._note_day(row.created_on)
                if isinstance(row, Appeal):
                    own.append(row)
                else:
                    self.first_answers.append(row)
        return own

    def _note_fault(self, fault: RowFault) -> None:
        self.faulty += 1
        if len(self.faults) < FAULTS_TOLD:
            self.faults.append(fault)
        if fault.number is not None and len(self.faulty_numbers) < FAULTY_NUMBERS_KEPT:
            self.faulty_numbers.append(fault.number)

    def _note_day(self, day: date) -> None:
        self.first_day = day if self.first_day is None else min(self.first_day, day)
        self.last_day = day if self.last_day is None else max(self.last_day, day)


async def stage_rows(
    one_id: ImportId, rows: Sequence[ReadRow], *, tally: Tally, height: int | None, uow: OpenUnit
) -> bool:
    """A batch of the file. False when nobody waits for it any more."""
    staged = [tally.derivation.of(appeal) for appeal in tally.take(rows)]
    async with uow() as unit:
        one = await import_in(unit, one_id, ImportState.READING)
        if one is None:
            return False
        absent = one.found.absent
        lacking = await unit.staging.add(one_id, staged, untold=untold(absent))
        await fill_lacking(unit, lacking, absent, tally.derivation)
        await unit.jobs.note_progress(JobKind.READ_EXPORT, one_id, tally.rows, height)
        await unit.standing.refresh(Subject.IMPORT, one_id)
        await unit.commit()
    return True


async def note_read(
    one_id: ImportId, tally: Tally, *, unfamiliar: Sequence[tuple[str, str, int]], uow: OpenUnit
) -> None:
    """The whole file was read: what it would change is shown to the officers."""
    async with uow() as unit:
        one = await import_in(unit, one_id, ImportState.READING)
        if one is None:
            return
        found = replace(
            one.found,
            rows=tally.rows,
            foreign=tally.foreign,
            faulty=tally.faulty,
            faults=tuple(tally.faults),
            faulty_numbers=tuple(tally.faulty_numbers),
            unfamiliar=tuple(unfamiliar),
        )
        read = replace(one, found=found, first_day=tally.first_day, last_day=tally.last_day)
        if read.first_day is None:
            await keep_import(unit, replace(read, state=ImportState.REFUSED, refusal=ImportRefusal.NO_ROWS))
        else:
            await unit.staging.add_first_answers(one_id, gathered(tally.first_answers))
            await _set_earlier_aside(unit, read)
            await keep_import(unit, await compared(unit, replace(read, state=ImportState.WAITING)))
        await unit.commit()


async def _set_earlier_aside(unit: UnitOfWork, newer: Import) -> None:
    for one in await unit.imports.open():
        is_alike = (one.layout, one.source) == (newer.layout, newer.source)
        if is_alike and one.id != newer.id and one.state is ImportState.WAITING:
            await keep_unused(unit, replace(one, state=ImportState.REPLACED))
