"""Makes papers and pictures: reads what they are of, lets it be worded and set, notes the file; sends nothing."""

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from bot.clock import OfficeClock
from bot.gateways.paper_files import PaperFiles
from bot.job_worker import Doing
from handlers.views.papers import compose
from handlers.views.papers.composing import Composed
from risk.documents import Document
from risk.ids import PaperId
from risk.jobs import Job, JobKind
from risk.use_cases.papers import note_made, note_paper_failed, paper_facts
from storage.documents.pictures import draw
from storage.unit_of_work import Units


class PaperMaker:
    def __init__(self, files: PaperFiles, *, units: Units, clock: OfficeClock) -> None:
        self._files = files
        self._units = units
        self._clock = clock

    def doings(self) -> Mapping[JobKind, Doing]:
        return {JobKind.MAKE_PAPER: self._make}

    async def give_up(self, job: Job) -> None:
        await note_paper_failed(PaperId(job.subject), uow=self._units.of(job.office))

    async def _make(self, job: Job) -> None:
        async with self._units.view_of(job.office)() as unit:
            facts = await paper_facts(unit, PaperId(job.subject), self._clock.now())
        if facts is None:
            return
        name = f"{job.subject}.{facts.paper.ending}"
        composed = await asyncio.to_thread(compose, facts)
        await asyncio.to_thread(self._files.write, name, partial(_set, composed))
        uow = self._units.of(job.office)
        await note_made(facts.paper.id, file=name, plain=False, uow=uow, now=self._clock.now())


def _set(composed: Composed, path: Path) -> None:
    if isinstance(composed, Document):
        raise NotImplementedError
    draw(composed, path)
