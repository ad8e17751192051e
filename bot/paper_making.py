"""Makes papers and pictures: reads what they are of, lets it be worded and set, notes the file; sends nothing."""

import asyncio
from collections.abc import AsyncIterable, Mapping
from typing import Final

import structlog

from bot.clock import OfficeClock
from bot.gateways.paper_files import MOST_FILE_BYTES, PaperFiles
from bot.gateways.paper_press import made_apart
from bot.gateways.paper_templates import PaperTemplates
from bot.gateways.paper_wire import Order, Part, SetPaper, WriteWorkbook
from bot.job_worker import Doing
from bot.register_writing import RegisterPages
from handlers.views.papers import compose
from handlers.views.papers.captions import caption_of
from handlers.views.papers.naming import paper_title
from risk.ids import PaperId
from risk.jobs import OF_PAPERS, Job, JobKind
from risk.papers import Paper, PaperFault
from risk.ports import OpenUnit
from risk.use_cases.papers import PaperFacts, note_made, note_paper_failed, note_progress, paper_facts
from risk.use_cases.registers import registers_facts
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)

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
        uow, now = self._units.of(job.office), self._clock.now()
        name = await note_paper_failed(PaperId(job.subject), uow=uow, now=now)
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
        template = await asyncio.to_thread(self._templates.of, facts.office.plan.key, facts.paper.kind)
        partial = await asyncio.to_thread(self._files.begin, name)
        order = SetPaper(composed=composed, path=partial, made_at=facts.paper.planned_at, template=template)
        refused = await self._file(facts.paper, order)
        if refused is not None:
            _log.warning("template refused", template=str(template), why=refused)
        await self._made(facts.paper, caption=caption_of(composed), plain=refused is not None, uow=uow)

    async def _write_registers(self, job: Job) -> None:
        facts = await self._facts(job)
        if facts is None:
            return
        paper, uow, view = facts.paper, self._units.of(job.office), self._units.view_of(job.office)
        async with view() as unit:
            about = await registers_facts(unit, paper, now=self._clock.now())
        total = sum(about.rows.values())

        async def written(count: int) -> None:
            await note_progress(paper.id, count, total=total, uow=uow)

        partial = await asyncio.to_thread(self._files.begin, paper.own_file)
        order = WriteWorkbook(title=paper_title(paper), path=partial, made_at=about.made_at)
        await self._file(paper, order, RegisterPages(about, view=view, written=written).parts())
        await self._made(paper, caption=paper_title(paper), plain=False, uow=uow)

    async def _file(self, paper: Paper, order: Order, parts: AsyncIterable[Part] | None = None) -> str | None:
        """Whole under its name, or not there. Why the office's own template was refused, if it was."""
        try:
            refused = await made_apart(order, parts)
            await asyncio.to_thread(self._files.keep, paper.own_file)
        finally:
            await asyncio.to_thread(self._files.drop_scraps, paper.own_file)
        return refused

    async def _facts(self, job: Job) -> PaperFacts | None:
        async with self._units.view_of(job.office)() as unit:
            return await paper_facts(unit, PaperId(job.subject), self._clock.now())

    async def _made(self, paper: Paper, *, caption: str, plain: bool, uow: OpenUnit) -> None:
        name = paper.own_file
        if await asyncio.to_thread(self._files.size_of, name) > MOST_FILE_BYTES:
            await note_paper_failed(paper.id, PaperFault.TOO_LARGE, uow=uow, now=self._clock.now())
            await asyncio.to_thread(self._files.remove, name)
            return
        await note_made(paper.id, file=name, caption=caption, plain=plain, uow=uow, now=self._clock.now())
