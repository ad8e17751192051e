"""Drops the files of papers that were sent or given up, and those that no paper knows; makes anew what was lost."""

import asyncio

import structlog

from bot.clock import OfficeClock
from bot.gateways.paper_files import PaperFiles
from risk.ids import OfficeId, PaperId
from risk.ports import Directory
from risk.use_cases.papers import files_needed, note_file_gone, settle_papers
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)


class PaperKeeper:
    def __init__(self, files: PaperFiles, *, directory: Directory, units: Units, clock: OfficeClock) -> None:
        self._files = files
        self._directory = directory
        self._units = units
        self._clock = clock

    async def lies(self, file: str) -> bool:
        return await asyncio.to_thread(self._files.lies, file)

    async def make_anew(self, office: OfficeId, paper: PaperId) -> None:
        """Its file is not where it was put."""
        _log.warning("the file of a paper is gone", paper=paper)
        await note_file_gone(paper, uow=self._units.of(office), now=self._clock.now())

    async def settle(self, office: OfficeId) -> None:
        """A message of a paper has come to its end."""
        uow, view = self._units.of(office), self._units.view_of(office)
        for file in await settle_papers(uow=uow, view=view, now=self._clock.now()):
            await asyncio.to_thread(self._files.remove, file)

    async def sweep(self) -> None:
        """At the start and by the hour. What lies there is listed first: whatever is begun after that is no stray."""
        strays = set(await asyncio.to_thread(self._files.names))
        for office in await self._directory.offices():
            await self.settle(office.id)
            strays -= set(await files_needed(view=self._units.view_of(office.id)))
        await asyncio.to_thread(self._files.remove_all, strays)
