"""Carries a file with appeals through its reading and its applying; what is found and what counts, `risk` says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.clock import OfficeClock
from bot.gateways.export_files import ExportFiles, FileGone
from bot.gateways.sheet_reader import SheetReader, SheetReading
from bot.job_worker import Doing
from risk.export_rows import ReadRow
from risk.ids import ImportId
from risk.jobs import Job, JobKind
from risk.ports import OpenUnit
from risk.sheet_faults import SheetFault, SheetRefused
from risk.staging import Derivation
from risk.use_cases.import_applying import apply_import, sweep_staging
from risk.use_cases.import_reading import Reading, begin_reading, note_failed, note_recognised, note_unreadable
from risk.use_cases.import_rows import Tally, note_read, stage_rows
from risk.use_cases.settling import settle_appeals
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

ROWS_IN_A_COMMIT: Final = 1_000
UNFAMILIAR_TOLD: Final = 20


class Importer:
    def __init__(
        self,
        reader: SheetReader,
        files: ExportFiles,
        *,
        directory: SqlDirectory,
        units: Units,
        clock: OfficeClock,
        lets_residents_in: bool,
    ) -> None:
        self._reader = reader
        self._files = files
        self._directory = directory
        self._units = units
        self._clock = clock
        self._lets_residents_in = lets_residents_in

    def doings(self) -> Mapping[JobKind, Doing]:
        return {JobKind.READ_EXPORT: self._read, JobKind.APPLY_IMPORT: self._apply}

    async def give_up(self, job: Job) -> None:
        if job.kind in self.doings():
            await note_failed(ImportId(job.subject), uow=self._units.of(job.office))

    async def _read(self, job: Job) -> None:
        uow = self._units.of(job.office)
        reading = await begin_reading(ImportId(job.subject), uow=uow)
        if reading is None:
            return
        try:
            async with self._files.at_hand(reading.one) as path:
                await self._read_file(reading, path, uow)
        except FileGone:
            await note_unreadable(reading.one.id, SheetFault.GONE, uow=uow)
        except SheetRefused as refused:
            await note_unreadable(reading.one.id, refused.fault, uow=uow)

    async def _read_file(self, reading: Reading, path: Path, uow: OpenUnit) -> None:
        """Raises SheetRefused."""
        one, zone = reading.one.id, reading.plan.calendar.zone
        async with self._reader.reading(path, zone=zone, mappings=reading.mappings) as found:
            goes_on = await note_recognised(
                one,
                found.recognition,
                lets_residents_in=self._lets_residents_in,
                uow=uow,
                now=self._clock.now(),
            )
            if not goes_on:
                return
            tally = Tally(derivation=Derivation(reading.plan))
            if await _staged(one, found, tally, uow):
                unfamiliar = [(header, word, count) for (header, word), count in found.unfamiliar.most_common()]
                await note_read(one, tally, unfamiliar=unfamiliar[:UNFAMILIAR_TOLD], uow=uow)

    async def _apply(self, job: Job) -> None:
        uow = self._units.of(job.office)
        await apply_import(ImportId(job.subject), uow=uow)
        await settle_appeals(uow=uow, view=self._units.view_of(job.office), now=self._clock.now())
        is_more = True
        while is_more:
            is_more = await sweep_staging(uow=uow)


async def _staged(one: ImportId, found: SheetReading[ReadRow], tally: Tally, uow: OpenUnit) -> bool:
    """Whether the whole file was staged. Raises SheetRefused."""
    waiting: list[ReadRow] = []
    async for batch in found.batches():
        waiting += batch
        if len(waiting) >= ROWS_IN_A_COMMIT:
            if not await stage_rows(one, waiting, tally=tally, height=found.height, uow=uow):
                return False
            waiting = []
    return await stage_rows(one, waiting, tally=tally, height=found.height, uow=uow)
