"""Exports carried into an office of the tests as the bot carries them, but for Telegram: received, read, applied."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeVar, cast
from zoneinfo import ZoneInfo

from aiogram import Bot

from bot.clock import OfficeClock
from bot.gateways.export_files import ExportFiles, FileGone
from bot.gateways.export_folders import ExportFolders
from bot.gateways.sheet_reader import ReadingCaps, SheetReader, SheetReading
from bot.importing import Importer
from risk.appeal_cases import AppealCase, AppealChange
from risk.appeal_obligations import obligations_of_appeal
from risk.appeal_states import STEP_WORDS, StepWords
from risk.export_layouts import ColumnMapping
from risk.export_rows import ExportReading, ReadRow
from risk.ids import AppealId, BlockKey, ImportId, TerritoryKey
from risk.imports import Door, Import, ImportState, Letter
from risk.jobs import JobState
from risk.obligations import Matter
from risk.people import Actor
from risk.routing import RoutingField, RoutingRule
from risk.use_cases.import_applying import undo_import
from risk.use_cases.import_deciding import ConfirmImport, confirm_import
from risk.use_cases.import_keeping import OfImport
from risk.use_cases.import_receiving import NewFile, receive_file
from risk.use_cases.owing import settle
from storage import tables
from storage.appeal_mapping import case_of
from storage.directory import SqlDirectory
from storage.documents.file_caps import FileCaps
from storage.documents.sheet_files import sheets_of
from storage.jobs import JobBook
from tests.support.offices import OFFICER, StaffedOffice

T = TypeVar("T")

ROADS, SOCIAL, ECONOMY, RURAL = (BlockKey(key) for key in ("roads", "social", "economy", "rural"))
TOWN: Final = TerritoryKey("town")
RULES: Final = (
    RoutingRule(block=SOCIAL, words={RoutingField.EXECUTOR: ("комитет образования",)}),
    RoutingRule(block=ROADS, words={RoutingField.GROUP: ("дороги", "мусор")}),
)
"""A few, so that much finds its block by its settlement and some finds none."""
ROWS_IN_BATCH: Final = 500


class OnDisk(ExportFiles):
    """Whatever door a file came by, it lies where its path says."""

    def __init__(self) -> None:
        super().__init__(cast("Bot", None), cast("ExportFolders", None), Path())

    @asynccontextmanager
    async def at_hand(self, one: Import) -> AsyncIterator[Path]:
        if not await asyncio.to_thread(Path(one.path).exists):
            raise FileGone
        yield Path(one.path)


class ReaderAtHand(SheetReader):
    """Reads in this process: for tests that read many sound files and care for what is in them alone."""

    @asynccontextmanager
    async def reading(
        self,
        path: Path,
        *,
        zone: str,
        mappings: Sequence[ColumnMapping] = (),
        words: StepWords = STEP_WORDS,
    ) -> AsyncIterator[SheetReading[ReadRow]]:
        sheet = next(iter(sheets_of(path, FileCaps())))
        reading = ExportReading(sheet, ZoneInfo(zone), mappings=mappings, words=words)
        yield cast("SheetReading[ReadRow]", _AtHand(reading))


class _AtHand:
    def __init__(self, reading: ExportReading) -> None:
        self._reading = reading
        self.recognition = reading.recognition
        self.unfamiliar = reading.unfamiliar
        self.height = None

    async def batches(self) -> AsyncIterator[tuple[ReadRow, ...]]:
        for batch in _batches(self._reading.rows(), ROWS_IN_BATCH):
            yield batch


def importer_of(
    office: StaffedOffice,
    now: Callable[[], datetime],
    *,
    reader: SheetReader | None = None,
    caps: ReadingCaps | None = None,
    lets_residents_in: bool = False,
) -> Importer:
    return Importer(
        reader or SheetReader(caps),
        OnDisk(),
        directory=SqlDirectory(office.units.database),
        units=office.units,
        clock=OfficeClock(now),
        lets_residents_in=lets_residents_in,
    )


@dataclass(kw_only=True)
class Desk:
    """The officer's, in one office. Files are read in a process of their own, unless a `reader` is given."""

    office: StaffedOffice
    reader: SheetReader | None = None
    caps: ReadingCaps | None = None
    lets_residents_in: bool = False

    @property
    def officer(self) -> Actor:
        return self.office.actor(OFFICER)

    async def sets(self, **changed: Any) -> None:
        """Let the office's plan be otherwise."""
        async with self.office.uow() as unit:
            await unit.preset.store(replace(unit.office.plan, **changed))
            await unit.commit()

    async def reads(
        self, path: Path, now: datetime, *, door: Door = Door.FOLDER, letter: Letter | None = None
    ) -> Import:
        """As far as the preview, or the refusal."""
        new = NewFile(door=door, file=path.name, path=str(path), letter=letter)
        one = await receive_file(new, uow=self.office.uow, now=now)
        await self.works_off(now)
        return await self.found(one)

    async def loads(self, one: Import, now: datetime, *, complete: bool = False) -> Import:
        """«Загрузить»."""
        command = ConfirmImport(one=one.id, complete=complete)
        await confirm_import(command, actor=self.officer, uow=self.office.uow, now=now)
        await self.works_off(now)
        return await self.found(one.id)

    async def imports(self, path: Path, now: datetime, *, complete: bool = False) -> Import:
        """The whole way of a sound file."""
        one = await self.reads(path, now)
        assert one.state is ImportState.WAITING, one
        loaded = await self.loads(one, now, complete=complete)
        assert loaded.state is ImportState.APPLIED, loaded
        return loaded

    async def undoes(self, one: Import, now: datetime) -> None:
        await undo_import(OfImport(one=one.id), actor=self.officer, uow=self.office.uow, now=now)

    async def works_off(self, now: datetime) -> None:
        """All the long work that waits."""
        importer = importer_of(
            self.office,
            lambda: now,
            reader=self.reader,
            caps=self.caps,
            lets_residents_in=self.lets_residents_in,
        )
        book = JobBook(self.office.units.database, boot="this run")
        doings = importer.doings()
        while (job := await book.claim()) is not None:
            if job.kind in doings:
                await doings[job.kind](job)
            await book.ended(job.id, JobState.DONE)

    async def settles(self, now: datetime) -> None:
        """Let what is owed follow from the appeals that imports and people have left unsettled."""
        async with self.office.uow() as unit:
            cases = await unit.appeals.unsettled(limit=100_000)
            for case in cases:
                wanted = obligations_of_appeal(case, unit.office.plan)
                await settle(unit, Matter.APPEAL, case.id, wanted, now)
            for some in _batches(cases, ROWS_IN_BATCH):
                await unit.appeals.note_settled([case.id for case in some])
            await unit.commit()

    async def settles_one(self, case: AppealCase, now: datetime) -> None:
        """As whoever acted upon it does."""
        async with self.office.uow() as unit:
            await settle(unit, Matter.APPEAL, case.id, obligations_of_appeal(case, unit.office.plan), now)
            await unit.commit()

    async def found(self, one: ImportId) -> Import:
        async with self.office.view() as unit:
            found = await unit.imports.get(one)
        assert found is not None
        return found

    async def cases(self) -> Mapping[str, AppealCase]:
        """By number; numbers of the samples are unique in all sources."""
        table = tables.appeals
        async with self.office.units.database.read() as connection:
            rows = await connection.execute(table.select().where(table.c.office_id == self.office.id))
            return {row.number: case_of(row) for row in rows}

    async def case(self, number: str) -> AppealCase:
        return (await self.cases())[number]

    async def history(self, appeal: AppealId) -> Sequence[AppealChange]:
        async with self.office.view() as unit:
            return await unit.appeals.changes_of(appeal)

    async def keeps(self, case: AppealCase) -> None:
        """Somebody's change by hand, stored."""
        async with self.office.uow() as unit:
            await unit.appeals.save(case)
            await unit.commit()


async def import_file(office: StaffedOffice, path: Path, now: datetime) -> Import:
    """A sound file on its whole way, without Telegram."""
    return await Desk(office=office).imports(path, now)


def _batches(values: Iterable[T], most: int) -> Iterator[tuple[T, ...]]:
    left = iter(values)
    while batch := tuple(islice(left, most)):
        yield batch
