"""At the start what is owed is worked out anew: the calendar, or a preset, may say something else than last time."""

from dataclasses import dataclass

from bot.clock import OfficeClock
from risk.ports import Directory
from risk.use_cases.owing import reckon_owed
from risk.use_cases.settling import reckon_appeals
from storage.unit_of_work import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    directory: Directory
    units: Units
    clock: OfficeClock

    async def renew(self) -> None:
        """Done twice it changes nothing."""
        for office in await self.directory.offices():
            uow, view = self.units.of(office.id), self.units.view_of(office.id)
            await reckon_appeals(uow=uow, view=view, now=self.clock.now())
            await reckon_owed(uow=uow, now=self.clock.now())
