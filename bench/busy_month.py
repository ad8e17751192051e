"""How often people are disturbed in a busy month: messages of reminders per person and day, what was folded and held.

November 2026 is played to the engine and to the plain model of the tests at once (`tests/risk/reminding`), so that what
is counted here is what both agree on. Nothing is timed.
"""

import argparse
import asyncio
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bot.presets.loading import load_preset, preset_keys
from risk.ids import OfficeId
from storage.database import DatabaseKind, open_file
from storage.directory import SqlDirectory
from storage.unit_of_work import Units
from tests.risk.reminding.life import Life, open_life
from tests.support.offices import NOW, StaffedOffice

FIRST: Final = date(2026, 11, 1)
DAYS: Final = 30


def main() -> None:
    asked = _parser().parse_args()
    for key in asked.presets or preset_keys():
        asyncio.run(play(key, asked.seed))


async def play(key: str, seed: int) -> None:
    with TemporaryDirectory() as folder:
        database = open_file(Path(folder) / "mcu-pilot.db", DatabaseKind.PRODUCTION)
        plan = load_preset(key)
        await SqlDirectory(database).found(plan, now=NOW)
        try:
            office = StaffedOffice(OfficeId(1), plan, Units(database=database), 100)
            life = await open_life(office, FIRST, DAYS, seed)
            await life.play(DAYS)
        finally:
            await database.close()
    _tell(key, life)


def _tell(key: str, life: Life) -> None:
    def day_of(at: datetime) -> date:
        return life.world.local(at).date()

    a_day = Counter((person, day_of(at)) for at, (person, _) in life.said)
    said = sum(len(what) for _, (_, what) in life.said)
    people = len({person for person, _ in a_day})
    spread = Counter(a_day.values())
    mean = len(life.said) / max(1, len(a_day))
    _say(f"{key}: {life.made} things owed, {said} reminders in {len(life.said)} messages to {people} people")
    _say(f"  messages to one person on a day with any: mean {mean:.2f}, most {max(a_day.values(), default=0)}")
    _say(f"  days by number of messages: {dict(sorted(spread.items()))}")
    _say(f"  not said, or later: {dict(sorted(life.world.told.items()))}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("presets", nargs="*")
    return parser


if __name__ == "__main__":
    main()
