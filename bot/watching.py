"""Reads off the parts what a watcher asks for: their states and their numbers, at the moment of asking."""

import asyncio
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.clock import OfficeClock
from bot.delivery.courier import Courier
from bot.health import Health, Part
from bot.intake.lanes import Lanes
from bot.metrics import Metrics, Reading
from bot.probes import Probes
from storage.database import Database
from storage.hindrance import DatabaseUnavailable, Hindrance
from storage.vitals import Vitals, read_vitals

BACKUP_MARK: Final = "last-backup"
"""A file beside the database whose time of writing is that of the last backup; whoever makes backups touches it."""


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
        vitals = await self._vitals()
        return self.metrics.exposed(await asyncio.to_thread(self._read, vitals))

    async def _vitals(self) -> Vitals | None:
        """A database that cannot be read is told of by its state, not by a scrape that fails."""
        try:
            return await read_vitals(self.database, self.clock.now())
        except DatabaseUnavailable:
            return None

    def _read(self, vitals: Vitals | None) -> Reading:
        path = self.database.path
        return Reading(
            ills=frozenset(self.health.ills),
            updates_in_hand=self.lanes.in_hand,
            sending=self.courier.in_flight,
            clock_steps_back=self.clock.steps_back,
            database_bytes=sum(_size(path.with_name(path.name + suffix)) for suffix in ("", "-wal")),
            free_bytes=shutil.disk_usage(path.parent).free,
            last_backup_at=_written_at(path.with_name(BACKUP_MARK)),
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


def _written_at(file: Path) -> datetime | None:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC) if file.exists() else None
