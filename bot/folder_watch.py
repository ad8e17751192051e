"""Watches the folders where exports are put: takes what has settled, and lets go of what is needed no more.

A file is taken first and told of after it: one that nobody has heard of is received with the next look, so that a run
that ends between the two neither loses nor doubles it.
"""

import asyncio

import structlog

from bot.clock import OfficeClock
from bot.gateways.export_folders import ExportFolders, TakenFile
from risk.imports import Door, told_name
from risk.offices import Office
from risk.use_cases.import_receiving import NewFile, file_received, receive_file
from storage.directory import SqlDirectory
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)


class FolderWatch:
    def __init__(self, folders: ExportFolders, *, directory: SqlDirectory, units: Units, clock: OfficeClock) -> None:
        self._folders = folders
        self._directory = directory
        self._units = units
        self._clock = clock
        self._unusable: set[str] = set()

    async def look(self) -> None:
        for office in await self._directory.offices():
            try:
                await self._look(office)
                self._unusable.discard(office.plan.key)
            except OSError as fault:
                self._note_unusable(office.plan.key, fault)

    async def _look(self, office: Office) -> None:
        key = office.plan.key
        await asyncio.to_thread(self._folders.take_settled, key, f"{self._clock.now():%Y%m%dT%H%M%S}")
        for file in await asyncio.to_thread(self._folders.taken, key):
            await self._tend(office, file)

    async def _tend(self, office: Office, file: TakenFile) -> None:
        one = await file_received(file.path, view=self._units.view_of(office.id))
        if one is None:
            await self._receive(office, file)
        elif one.left_file_unused:
            await asyncio.to_thread(self._folders.give_back, file.path)
        elif not one.needs_file:
            await asyncio.to_thread(self._folders.delete, file.path)

    async def _receive(self, office: Office, file: TakenFile) -> None:
        new = NewFile(door=Door.FOLDER, file=told_name(file.name), path=file.path)
        await receive_file(new, uow=self._units.of(office.id), now=self._clock.now())
        _log.info("export received", office=office.plan.key)

    def _note_unusable(self, key: str, fault: OSError) -> None:
        """Once, however many looks it lasts."""
        if key not in self._unusable:
            self._unusable.add(key)
            _log.error("folder for exports cannot be used", office=key, fault=type(fault).__name__)
