"""At the start what is owed is worked out anew: the calendar, or a preset, may say something else than last time."""

from dataclasses import dataclass

from bot.clock import OfficeClock
from risk.ports import Directory
from risk.use_cases.owing import reckon_owed
from storage.unit_of_work import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    directory: Directory
    units: Units
    clock: OfficeClock

    async def renew(self) -> None:
        """Done twice it changes nothing."""
        for office in await self.directory.offices():
            await reckon_owed(uow=self.units.of(office.id), now=self.clock.now())
