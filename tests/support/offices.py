"""Two staffed offices in a temporary database, to try rules on without a bot, a sandbox or a network."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import Table

from bot.gateways.reading import Reading
from bot.presets.loading import load_preset, load_preset_file
from risk.drafts import Draft, DraftStatus
from risk.ids import DraftId, OfficeId, PersonId, ReceiptId, RoleKey
from risk.notices import Notice, ShowCommands
from risk.offices import OfficePlan
from risk.people import Actor, Address, MessengerKind, Place
from risk.ports import OpenUnit, OpenView
from risk.risks import Risk
from risk.understanding import Part, RawMessage, take_in
from risk.use_cases.filing import FileInChat, file_in_chat
from storage import tables
from storage.database import Database, DatabaseKind, open_file
from storage.directory import SqlDirectory
from storage.mapping import NOTICE
from storage.unit_of_work import Units
from tests.support.clocks import FRIDAY_MORNING

PLAN: Final = load_preset("pestovo")
NOW: Final = FRIDAY_MORNING
LATER: Final = NOW + timedelta(minutes=1)
BOUND_AT: Final = NOW - timedelta(days=60)
"""When an office bound its alert chat: it has had its digests since."""
UNDERSTAND: Final = Reading()

CURATOR, HEAD, OFFICER = RoleKey("curator"), RoleKey("head"), RoleKey("officer")
HEAD_ROADS, MEMBER = RoleKey("head_roads"), RoleKey("member")
SEATED: Final = (CURATOR, HEAD, OFFICER, HEAD_ROADS, MEMBER, MEMBER)
"""Who has come so far; the other heads of blocks are awaited."""


def telegram(identifier: int) -> Address:
    return Address(messenger=MessengerKind.TELEGRAM, value=str(identifier))


NOBODY: Final = telegram(999)
"""An address that is on no list."""


@dataclass(frozen=True)
class StaffedOffice:
    """An office with people in some of its seats and an alert chat. Their addresses begin at `first_address`."""

    id: OfficeId
    plan: OfficePlan
    units: Units
    first_address: int

    @property
    def chat(self) -> Place:
        return Place(address=telegram(-1000 - self.first_address))

    @property
    def head(self) -> Actor:
        return self.actor(HEAD)

    @property
    def olga(self) -> Actor:
        """The first of the two members."""
        return self.actor(MEMBER)

    @property
    def ivan(self) -> Actor:
        """The second of the two members."""
        return self.actor(MEMBER, number=2)

    @property
    def stranger(self) -> Actor:
        return Actor(office=self.id, address=NOBODY)

    @property
    def newcomer(self) -> Actor:
        """Somebody whom only an invitation brings here."""
        return Actor(office=self.id, address=telegram(self.first_address + 50))

    def actor(self, role: RoleKey, *, number: int = 1) -> Actor:
        return Actor(office=self.id, address=self._address(_seat_of(role, number)))

    def private(self, actor: Actor) -> Place:
        return Place(address=actor.address)

    def unit(self, receipt: ReceiptId | None = None) -> OpenUnit:
        return self.units.of(self.id, receipt)

    @property
    def uow(self) -> OpenUnit:
        return self.units.of(self.id)

    @property
    def view(self) -> OpenView:
        return self.units.view_of(self.id)

    async def person(self, actor: Actor) -> PersonId:
        async with self.view() as unit:
            person = await unit.people.find(actor.address)
        assert person is not None
        return person

    async def filed(self, gist: str = "Яма на дороге", *, by: Actor | None = None, now: datetime = NOW) -> Risk:
        """A risk filed from the alert chat."""
        wanted = FileInChat(parts=(part(gist),), place=self.chat, command=1)
        number = await file_in_chat(wanted, actor=by or self.olga, uow=self.uow, now=now, understand=UNDERSTAND)
        assert number is not None
        async with self.view() as unit:
            page, _ = await unit.risks.open_page(offset=0, limit=10_000)
        return next(risk for risk in page if risk.number == number)

    async def drafted(self, *parts: Part, by: Actor | None = None) -> Draft:
        """An open form of the member with these parts, as it is stored."""
        author = by or self.olga
        made = parts or (part("Нет света в парке"),)
        draft = Draft(
            id=DraftId(0),
            author=await self.person(author),
            place=self.private(author),
            status=DraftStatus.OPEN,
            touched_at=NOW,
            parts=made,
            understood=UNDERSTAND(made, self.plan),
        )
        async with self.uow() as unit:
            stored = await unit.drafts.add(draft)
            await unit.commit()
        return stored

    async def staff(self) -> None:
        async with self.uow() as unit:
            for number in (1, 2):
                await unit.people.add_position(MEMBER, number=number)
            vacant = list(await unit.people.positions())
            for index, role in enumerate(SEATED):
                seat = next(each for each in vacant if each.role == role)
                vacant.remove(seat)
                await unit.people.seat(seat.id, await unit.people.find_or_add(self._address(index)), NOW)
            await unit.chats.bind_alert_chat(self.chat, BOUND_AT)
            await unit.commit()

    def _address(self, index: int) -> Address:
        return telegram(self.first_address + index)


@dataclass(frozen=True)
class Offices:
    """One installation with two offices that must not know of one another."""

    path: Path
    database: Database
    units: Units
    ours: StaffedOffice
    theirs: StaffedOffice

    @property
    def directory(self) -> SqlDirectory:
        return SqlDirectory(self.database)

    async def rows(self, table: Table) -> Sequence[dict[str, Any]]:
        """All rows of all offices, in the order of their making."""
        async with self.database.read() as connection:
            return [dict(row._mapping) for row in await connection.execute(table.select())]


def part(text: str = "", *, message_id: int = 1, **more: Any) -> Part:
    """What may be stored of a message with this text."""
    sent_at: datetime = more.pop("sent_at", NOW)
    return take_in(RawMessage(message_id=message_id, sent_at=sent_at, text=text, **more))


async def planned(offices: Offices) -> list[tuple[Notice, str]]:
    """What is to be said or done and to whom, but for the lists of commands, which follow from much else."""
    rows = [(NOTICE.validate_json(row["notice"]), row["address"]) for row in await offices.rows(tables.outbox)]
    return [(notice, address) for notice, address in rows if not isinstance(notice, ShowCommands)]


async def build_offices(path: Path) -> None:
    """The file that tests copy."""
    database = open_file(path, DatabaseKind.PRODUCTION)
    directory = SqlDirectory(database)
    for key in ("pestovo", "zarechny"):
        await directory.found(replace(PLAN, key=key), now=NOW)
    ours, theirs = _staffed(Units(database=database))
    await ours.staff()
    await theirs.staff()
    await database.close()


@asynccontextmanager
async def opened_copy(template: Path, folder: Path) -> AsyncIterator[Offices]:
    path = Path(shutil.copy(template, folder / "mcu-pilot.db"))
    database = Database(path)
    units = Units(database=database)
    ours, theirs = _staffed(units)
    try:
        yield Offices(path, database, units, ours, theirs)
    finally:
        await database.close()


def another_office(folder: Path) -> OfficePlan:
    """A preset of somebody's own, in a file beside those that ship."""
    shipped = files("bot.presets").joinpath("pestovo.toml").read_text("utf-8")
    own = folder / "zarechny.toml"
    own.write_text(shipped.replace("МЦУ Пестовского", "МЦУ Заречного"), encoding="utf-8")
    return load_preset_file(own)


@pytest.fixture(scope="session")
def offices_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once for each worker; tests work on copies."""
    path = tmp_path_factory.mktemp("offices") / "mcu-pilot.db"
    asyncio.run(build_offices(path))
    return path


@pytest.fixture
async def offices(offices_file: Path, tmp_path: Path) -> AsyncIterator[Offices]:
    async with opened_copy(offices_file, tmp_path) as copied:
        yield copied


@pytest.fixture
def office(offices: Offices) -> StaffedOffice:
    return offices.ours


def _staffed(units: Units) -> tuple[StaffedOffice, StaffedOffice]:
    return (
        StaffedOffice(OfficeId(1), replace(PLAN, key="pestovo"), units, 100),
        StaffedOffice(OfficeId(2), replace(PLAN, key="zarechny"), units, 200),
    )


def _seat_of(role: RoleKey, number: int) -> int:
    return [index for index, each in enumerate(SEATED) if each == role][number - 1]
