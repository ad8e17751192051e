"""An office of any preset with somebody in each seat, and its days played half an hour at a time; what was said."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from bot.presets.loading import load_preset, preset_keys
from risk.appeal_cases import Press, Pressed
from risk.appeal_obligations import obligations_of_appeal
from risk.appeals import Appeal
from risk.ids import BlockKey, LevelKey, OfficeId, PersonId
from risk.ladders import RungKind
from risk.obligations import Matter, ObligationKind
from risk.offices import OfficePlan
from risk.people import Actor, Position
from risk.risks import Risk
from risk.use_cases.cards import SetBlock, SetLevel, set_block, set_level
from risk.use_cases.nudging import nudge
from risk.use_cases.owing import settle
from risk.use_cases.settling import settle_appeals
from storage import tables
from storage.database import Database, DatabaseKind, open_file
from storage.directory import SqlDirectory
from storage.mapping import PLAN as PLAN_ADAPTER
from storage.mapping import dumped
from storage.unit_of_work import Units
from tests.support.exported import export_comes
from tests.support.offices import StaffedOffice, telegram

STEP: Final = timedelta(minutes=30)
HIGH: Final = LevelKey("high")
_FOUNDED: Final = datetime(2025, 1, 1, tzinfo=UTC)
_PEOPLE: Final = 5000


@dataclass(kw_only=True)
class Played:
    """Seats are named as their roles are, those of one role by their numbers too: «head», «member 1»."""

    office: StaffedOffice
    database: Database
    seats: dict[str, Position]
    now: datetime

    def at(self, written: str) -> datetime:
        """«2026-11-20 16:00» by the office's clocks."""
        zone = ZoneInfo(self.office.plan.calendar.zone)
        return datetime.fromisoformat(written).replace(tzinfo=zone).astimezone(UTC)

    def actor(self, seat: str) -> Actor:
        return Actor(office=self.office.id, address=telegram(_PEOPLE + self.seats[seat].id))

    def person(self, seat: str) -> PersonId:
        holder = self.seats[seat].holder
        assert holder is not None
        return holder

    async def files(self, written: str, gist: str, *, by: str, level: str, block: str | None = None) -> Risk:
        """The clocks of the office come to this moment, and somebody files the risk."""
        await self.until(written)
        risk = await self.office.filed(gist, by=self.actor(by), now=self.now)
        if risk.block != block:
            chosen = None if block is None else BlockKey(block)
            await set_block(
                SetBlock(risk=risk.id, round=1, block=chosen), actor=self.actor(by), uow=self.office.uow, now=self.now
            )
        await self.level(risk, level, by=by)
        return risk

    async def level(self, risk: Risk, level: str, *, by: str) -> None:
        """The highest one takes two presses."""
        for confirmed in (False, True) if level == HIGH else (False,):
            command = SetLevel(risk=risk.id, round=1, level=LevelKey(level), confirmed=confirmed)
            await set_level(command, actor=self.actor(by), uow=self.office.uow, now=self.now)

    async def until(self, written: str) -> None:
        """Look every half an hour at what is due; the last time before this moment, which is now."""
        moment = self.at(written)
        while self.now < moment:
            await self.look()
            self.now += STEP
        self.now = moment

    async def sleeps_until(self, written: str) -> None:
        """The bot does not run."""
        self.now = self.at(written)

    async def export_comes(self, written: str, *appeals: Appeal) -> None:
        """Of ПОС, with these rows."""
        await self.until(written)
        await export_comes(self.office.uow, *appeals, made_at=self.now)

    async def is_pressed(self, written: str, number: str, *, by: str) -> None:
        """«Ответ размещён»."""
        await self.until(written)
        async with self.office.uow() as unit:
            [case] = await unit.appeals.numbered(number)
            pressed = Pressed(press=Press.PLACED, at=self.now, by=self.seats[by].id)
            case = replace(case, pressed=pressed)
            await unit.appeals.save(case)
            await settle(unit, Matter.APPEAL, case.id, obligations_of_appeal(case, self.office.plan), self.now)
            await unit.commit()

    async def look(self) -> None:
        await settle_appeals(uow=self.office.uow, view=self.office.view, now=self.now)
        await nudge(uow=self.office.uow, view=self.office.view, now=self.now)

    async def said(self, *kinds: ObligationKind) -> Sequence[str]:
        """«23.11 09:00 head_roads: overdue», every message; of one about several things each after a comma."""
        async with self.database.read() as connection:
            owed = {row.id: row.kind for row in await connection.execute(tables.obligations.select())}
            rows = list(await connection.execute(tables.nudges.select().where(tables.nudge_given)))
        whose = {seat.holder: name for name, seat in reversed(self.seats.items())}
        bundles: dict[tuple[datetime, int, int], list[str]] = {}
        for row in rows:
            if not kinds or owed[row.owed] in kinds:
                word = RungKind(row.kind).name.lower() + (f" {row.step}" if row.step else "")
                missed = f" ({row.missed} missed)" if row.missed else ""
                bundles.setdefault((row.given_at, row.person, row.bundle), []).append(word + missed)
        lines = []
        for (given_at, person, _), words in bundles.items():
            here = self.office.plan.calendar.local(given_at)
            line = f"{here:%d.%m %H:%M} {whose[PersonId(person)]}: {', '.join(sorted(words))}"
            lines.append((given_at, line))
        return [line for _, line in sorted(lines)]

    async def rows(self) -> Sequence[dict[str, Any]]:
        """All nudges as they are kept."""
        async with self.database.read() as connection:
            return [dict(row._mapping) for row in await connection.execute(tables.nudges.select())]


@pytest.fixture(scope="session")
def presets_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of each preset that ships, founded once for each worker; stories are played in copies."""
    path = tmp_path_factory.mktemp("presets") / "mcu-pilot.db"
    asyncio.run(_found_all(path))
    return path


async def _found_all(path: Path) -> None:
    database = open_file(path, DatabaseKind.PRODUCTION)
    for key in preset_keys():
        await SqlDirectory(database).found(load_preset(key), now=_FOUNDED)
    await database.close()


@asynccontextmanager
async def played(
    template: Path,
    folder: Path,
    key: str = "pestovo",
    *,
    begins: str,
    vacant: Sequence[str] = (),
    together: Sequence[str] = (),
    **changes: Any,
) -> AsyncIterator[Played]:
    """The office in a copy: `vacant` seats have nobody, those `together` have one person; the plan may be changed."""
    database = Database(Path(shutil.copy(template, folder / "mcu-pilot.db")))
    units = Units(database=database)
    plan = replace(load_preset(key), **changes)
    office = StaffedOffice(OfficeId(list(preset_keys()).index(key) + 1), plan, units, 100)
    await _change_plan(database, office.id, plan)
    story = Played(office=office, database=database, seats={}, now=_FOUNDED)
    story.now = story.at(begins)
    await _seat_everybody(story, vacant, together)
    try:
        yield story
    finally:
        await database.close()


async def _change_plan(database: Database, office: OfficeId, plan: OfficePlan) -> None:
    async with database.write() as connection:
        of_office = tables.offices.c.id == office
        await connection.execute(tables.offices.update().where(of_office).values(plan=dumped(PLAN_ADAPTER, plan)))
        await connection.commit()


async def _seat_everybody(story: Played, vacant: Sequence[str], together: Sequence[str]) -> None:
    async with story.office.uow() as unit:
        for role in story.office.plan.roles:
            for number in range(1, 3) if role.open_ended else ():
                await unit.people.add_position(role.key, number=number)
        for position in await unit.people.positions():
            name = str(position.role) if position.number is None else f"{position.role} {position.number}"
            story.seats[name] = position
        for name, position in story.seats.items():
            if name in vacant:
                continue
            sitting = story.seats[together[0]] if name in together else position
            person = await unit.people.find_or_add(telegram(_PEOPLE + sitting.id))
            await unit.people.seat(position.id, person, story.now)
        await unit.chats.bind_alert_chat(story.office.chat, story.now)
        await unit.commit()
    async with story.office.view() as view:
        by_id = {each.id: each for each in await view.people.positions()}
    story.seats = {name: by_id[position.id] for name, position in story.seats.items()}
