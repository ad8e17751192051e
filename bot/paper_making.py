"""Makes papers and pictures: reads what they are of, lets it be worded and set, notes the file; sends nothing."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from bot.clock import OfficeClock
from bot.gateways.paper_files import PaperFiles
from bot.gateways.paper_templates import PaperTemplates
from bot.job_worker import Doing
from bot.typesetting import typeset
from handlers.views.papers import compose
from handlers.views.papers.captions import caption_of
from handlers.views.papers.composing import Composed
from risk.ids import PaperId
from risk.jobs import Job, JobKind
from risk.use_cases.papers import PaperFacts, note_made, note_paper_failed, paper_facts
from storage.unit_of_work import Units


class PaperMaker:
    def __init__(self, files: PaperFiles, templates: PaperTemplates, *, units: Units, clock: OfficeClock) -> None:
        self._files = files
        self._templates = templates
        self._units = units
        self._clock = clock

    def doings(self) -> Mapping[JobKind, Doing]:
        return {JobKind.MAKE_PAPER: self._make}

    async def give_up(self, job: Job) -> None:
        await note_paper_failed(PaperId(job.subject), uow=self._units.of(job.office))

    async def _make(self, job: Job) -> None:
        async with self._units.view_of(job.office)() as unit:
            facts = await paper_facts(unit, PaperId(job.subject))
        if facts is None:
            return
        name = f"{job.subject}.{facts.paper.ending}"
        composed = await asyncio.to_thread(compose, facts)
        plain = await asyncio.to_thread(self._write, name, composed, facts)
        uow, said = self._units.of(job.office), caption_of(composed)
        await note_made(facts.paper.id, file=name, caption=said, plain=plain, uow=uow, now=self._clock.now())

    def _write(self, name: str, composed: Composed, facts: PaperFacts) -> bool:
        """Whether the office's own template could not be opened."""
        template = self._templates.of(facts.office.plan.key, facts.paper.kind)
        set_plainly = False

        def fill(path: Path) -> None:
            nonlocal set_plainly
            set_plainly = typeset(composed, path, made_at=facts.paper.planned_at, template=template)

        self._files.write(name, fill)
        return set_plainly
