"""Makes papers and pictures: reads what they are of, lets it be worded and set, notes the file; sends nothing."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.clock import OfficeClock
from bot.gateways.paper_files import MOST_FILE_BYTES, PaperFiles
from bot.gateways.paper_templates import PaperTemplates
from bot.job_worker import Doing
from bot.register_writing import write_registers
from bot.typesetting import typeset
from handlers.views.papers import compose
from handlers.views.papers.captions import caption_of
from handlers.views.papers.composing import Composed
from handlers.views.papers.naming import paper_title
from risk.ids import PaperId
from risk.jobs import OF_PAPERS, Job, JobKind
from risk.papers import Paper, PaperFault
from risk.ports import OpenUnit
from risk.use_cases.papers import PaperFacts, note_made, note_paper_failed, note_progress, paper_facts
from risk.use_cases.registers import registers_facts
from storage.unit_of_work import Units

STEPS: Final = 3
"""The figures are read, the words are found, the file is set."""


class PaperMaker:
    def __init__(self, files: PaperFiles, templates: PaperTemplates, *, units: Units, clock: OfficeClock) -> None:
        self._files = files
        self._templates = templates
        self._units = units
        self._clock = clock

    def doings(self) -> Mapping[JobKind, Doing]:
        return dict.fromkeys(OF_PAPERS, self._make) | {JobKind.WRITE_REGISTERS: self._write_registers}

    async def give_up(self, job: Job) -> None:
        """What there is of its file goes with it."""
        name = await note_paper_failed(PaperId(job.subject), uow=self._units.of(job.office))
        if name is not None:
            await asyncio.to_thread(self._files.remove, name)

    async def _make(self, job: Job) -> None:
        facts = await self._facts(job)
        if facts is None:
            return
        uow, paper, name = self._units.of(job.office), facts.paper.id, facts.paper.own_file
        await note_progress(paper, 1, total=STEPS, uow=uow)
        composed = await asyncio.to_thread(compose, facts)
        await note_progress(paper, 2, total=STEPS, uow=uow)
        plain = await asyncio.to_thread(self._write, name, composed, facts)
        await self._made(facts.paper, caption=caption_of(composed), plain=plain, uow=uow)

    async def _write_registers(self, job: Job) -> None:
        facts = await self._facts(job)
        if facts is None:
            return
        uow, view = self._units.of(job.office), self._units.view_of(job.office)
        async with view() as unit:
            about = await registers_facts(unit, facts.paper, now=self._clock.now())
        await write_registers(facts.paper, about, self._files, uow=uow, view=view)
        await self._made(facts.paper, caption=paper_title(facts.paper), plain=False, uow=uow)

    async def _facts(self, job: Job) -> PaperFacts | None:
        async with self._units.view_of(job.office)() as unit:
            return await paper_facts(unit, PaperId(job.subject), self._clock.now())

    async def _made(self, paper: Paper, *, caption: str, plain: bool, uow: OpenUnit) -> None:
        name = paper.own_file
        if await asyncio.to_thread(self._files.size_of, name) > MOST_FILE_BYTES:
            await note_paper_failed(paper.id, PaperFault.TOO_LARGE, uow=uow)
            await asyncio.to_thread(self._files.remove, name)
            return
        await note_made(paper.id, file=name, caption=caption, plain=plain, uow=uow, now=self._clock.now())

    def _write(self, name: str, composed: Composed, facts: PaperFacts) -> bool:
        """Whether the office's own template could not be opened."""
        template = self._templates.of(facts.office.plan.key, facts.paper.kind)
        set_plainly = False

        def fill(path: Path) -> None:
            nonlocal set_plainly
            set_plainly = typeset(composed, path, made_at=facts.paper.planned_at, template=template)

        self._files.write(name, fill)
        return set_plainly
