"""Looks at the published links that are due, a few at a time; what is due and what a look means, `risk` says.

No transaction is open while a page is asked. What was not noted when the bot ends is due still.
"""

import asyncio
from contextlib import suppress
from typing import Final

from bot.clock import OfficeClock
from bot.tasks import TaskOwner
from risk.ids import OfficeId
from risk.ports import Directory, LookAtPage
from risk.use_cases.link_watch import LinkToProbe, NoteProbe, links_to_probe, note_probe
from storage.hindrance import DatabaseUnavailable
from storage.unit_of_work import Units

PAGES_AT_ONCE: Final = 4


class LinkWatch:
    """Without a probe, as in a training room, links are looked at by people alone."""

    def __init__(self, probe: LookAtPage | None, *, directory: Directory, units: Units, clock: OfficeClock) -> None:
        self._probe = probe
        self._directory = directory
        self._units = units
        self._clock = clock
        self._room = asyncio.Semaphore(PAGES_AT_ONCE)
        self._looking = TaskOwner()

    async def probe_due(self) -> None:
        if self._probe is None:
            return
        for office in await self._directory.offices():
            for due in await links_to_probe(view=self._units.view_of(office.id), now=self._clock.now()):
                self._looking.start(self._look(self._probe, office.id, due), name="look at a published page")
        await self._looking.finish()

    async def give_up(self) -> None:
        await self._looking.cancel()

    async def _look(self, probe: LookAtPage, office: OfficeId, due: LinkToProbe) -> None:
        """A database that cannot be written was spoken of when it began."""
        async with self._room:
            found = await probe.probe(due.address, self._clock.now())
        noted = NoteProbe(risk=due.risk, round=due.round, link=due.link, probe=found)
        with suppress(DatabaseUnavailable):
            await note_probe(noted, uow=self._units.of(office), now=self._clock.now())
