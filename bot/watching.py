"""Reads off the parts what a watcher asks for: their states and their numbers, at the moment of asking."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.clock import OfficeClock
from bot.delivery.courier import Courier
from bot.health import Health, Part
from bot.intake.lanes import Lanes
from bot.metrics import Metrics, Reading
from bot.probes import Probes
from storage.database import Database
from storage.hindrance import DatabaseUnavailable, Hindrance
from storage.upkeep import Done, Upkeep, last_upkeep
from storage.vitals import Vitals, read_vitals


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    health: Health
    metrics: Metrics
    database: Database
    clock: OfficeClock
    lanes: Lanes
    courier: Courier

    def probes(self) -> Probes:
        return Probes(ills=lambda: self.health.ills, metrics=self._exposed)

    async def _exposed(self) -> bytes:
        """A database that cannot be read is told of by its state, not by a scrape that fails."""
        vitals: Vitals | None = None
        backup: Done | None = None
        try:
            vitals = await read_vitals(self.database, self.clock.now())
            backup = (await last_upkeep(self.database)).get(Upkeep.BACKUP)
        except DatabaseUnavailable:
            pass
        return self.metrics.exposed(await asyncio.to_thread(self._read, vitals, backup))

    def _read(self, vitals: Vitals | None, backup: Done | None) -> Reading:
        path = self.database.path
        return Reading(
            ills=frozenset(self.health.ills),
            updates_in_hand=self.lanes.in_hand,
            sending=self.courier.in_flight,
            clock_steps_back=self.clock.steps_back,
            database_bytes=sum(_size(path.with_name(path.name + suffix)) for suffix in ("", "-wal")),
            free_bytes=shutil.disk_usage(path.parent).free,
            last_backup_at=None if backup is None else backup.at,
            office_time=self.clock.now(),
            vitals=vitals,
        )


def note_hindrance(health: Health, why: Hindrance | None) -> None:
    """What the database tells of itself."""
    if why is None:
        health.well(Part.DATABASE)
    else:
        health.ill(Part.DATABASE, why)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
