"""The engine of reminders says what the plain model says, neither more nor less, in each office."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from bot.presets.loading import load_preset, preset_keys
from risk.ids import OfficeId
from storage.database import DatabaseKind, open_file
from storage.directory import SqlDirectory
from storage.unit_of_work import Units
from tests.risk.reminding.life import open_life
from tests.support.offices import NOW, StaffedOffice
from tests.support.slowness import one_fast

SEED: Final = int(os.environ.get("MCU_SEED", "20261127"))


@pytest.mark.slow
@pytest.mark.parametrize("key", preset_keys())
async def test_over_a_year_the_engine_and_the_plain_model_say_the_same(key: str, tmp_path: Path) -> None:
    """The New Year holidays, transfers, shortened days, leave, vacancies, duty and two rungs above, all of 2026."""
    said = await played(key, date(2026, 1, 1), 365, tmp_path)
    assert said > 500, f"MCU_SEED={SEED}"


@pytest.mark.parametrize("key", one_fast(preset_keys(), "pestovo"))
async def test_over_the_holidays_of_may_they_say_the_same(key: str, tmp_path: Path) -> None:
    said = await played(key, date(2026, 4, 24), 20, tmp_path)
    assert said > 10, f"MCU_SEED={SEED}"


async def played(key: str, first: date, days: int, folder: Path) -> int:
    """How many messages both have said, the same ones at every step."""
    async with founded(key, folder) as office:
        life = await open_life(office, first, days, SEED)
        await life.play(days)
    return len(life.said)


@asynccontextmanager
async def founded(key: str, folder: Path) -> AsyncIterator[StaffedOffice]:
    database = open_file(folder / "mcu-pilot.db", DatabaseKind.PRODUCTION)
    plan = load_preset(key)
    await SqlDirectory(database).found(plan, now=NOW)
    try:
        yield StaffedOffice(OfficeId(1), plan, Units(database=database), 100)
    finally:
        await database.close()
