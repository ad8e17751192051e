"""At the start of a program that knows other commands than the last one, everybody's list is shown anew."""

import hashlib
from dataclasses import dataclass

from bot.clock import OfficeClock
from handlers.views.commands import COMMANDS
from risk.ports import Directory
from risk.use_cases.menus import renew_commands
from storage.database import Database
from storage.unit_of_work import Units
from storage.upkeep import Upkeep, last_upkeep, note_upkeep


@dataclass(frozen=True, slots=True, kw_only=True)
class Menus:
    directory: Directory
    units: Units
    database: Database
    clock: OfficeClock

    async def renew(self) -> None:
        """Noted last: after a crash in between it is done again, which changes nothing."""
        known = hashlib.sha256(repr(COMMANDS).encode()).hexdigest()
        shown = (await last_upkeep(self.database)).get(Upkeep.COMMANDS)
        if shown is not None and shown.told == {"commands": known}:
            return
        for office in await self.directory.offices():
            await renew_commands(uow=self.units.of(office.id), now=self.clock.now())
        await note_upkeep(self.database, Upkeep.COMMANDS, self.clock.now(), {"commands": known})
