"""The stage of a journey: the sandbox and the bot, both real and talking HTTP, in one process and one event loop."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

import httpx
from aiohttp import web
from pydantic import SecretStr

from bot import training
from bot.app import App
from bot.assembly import Installation
from bot.delivery.pacer import Limits
from bot.intake.webhook import WebhookAddress
from bot.presets.loading import load_preset
from bot.running import SANDBOX_TOKEN, UNHURRIED, started
from bot.sandbox import persistence
from bot.sandbox.identity import Profile
from bot.sandbox.server import create_app
from bot.sandbox.world import World
from bot.training import TrainingOffice
from risk.ports import LookAtPage
from storage.database import Database, DatabaseKind
from tests.support.clocks import StoryClock
from tests.support.people import Group, Person
from tests.support.programs import free_port

PATIENCE = 15.0
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scenery:
    """A set-up office to copy for each journey: its database, its sandbox's world, and who is who in it."""

    folder: Path
    office: TrainingOffice

    @property
    def database(self) -> Path:
        return self.folder / "mcu-pilot.db"

    @property
    def world(self) -> Path:
        return self.folder / "telegram.json"


class Stage:
    """Starts and stops the bot; waits until it is at rest; knows the people."""

    def __init__(
        self, folder: Path, clock: StoryClock, limits: Limits = UNHURRIED, profile: Profile = Profile.FAST
    ) -> None:
        self.database = folder / "mcu-pilot.db"
        self.clock = clock
        self.world = World(profile, clock=clock.unix)
        self.office: TrainingOffice
        self.webhook: WebhookAddress | None = None
        self.proxy: SecretStr | None = None
        self.probe: LookAtPage | None = None
        self.office_key = training.PRESET
        self.lets_residents_in = False
        self._looked = timedelta()
        self._limits = limits
        self._stack = AsyncExitStack()
        self._bot = AsyncExitStack()

    async def __aenter__(self) -> Self:
        runner = web.AppRunner(create_app(self.world), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        self.sandbox = await self._stack.enter_async_context(
            httpx.AsyncClient(base_url=self.url, trust_env=False, timeout=PATIENCE + 5)
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop_bot()
        self.world.revision.close()
        await self._stack.aclose()

    async def start_bot(self) -> None:
        app = App(self.installation(), self.clock)
        await self._bot.enter_async_context(started(app))
        self.world.bot_status = f"http://127.0.0.1:{app.status_port}"
        self.status = await self._bot.enter_async_context(
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{app.status_port}", trust_env=False, timeout=PATIENCE + 5)
        )

    def installation(self) -> Installation:
        return Installation(
            database=self.database,
            kind=DatabaseKind.SANDBOX,
            token=SANDBOX_TOKEN,
            api_url=self.url,
            status_port=0,
            limits=self._limits,
            proxy=self.proxy,
            webhook=self.webhook,
            probe=self.probe,
            lets_residents_in=self.lets_residents_in,
        )

    async def stop_bot(self) -> None:
        await self._bot.aclose()
        self._bot = AsyncExitStack()

    async def restart_bot(self) -> None:
        await self.stop_bot()
        await self.start_bot()

    @asynccontextmanager
    async def opened_database(self) -> AsyncIterator[Database]:
        """The bot's file, to look into or to change while the bot is down."""
        database = Database(self.database)
        try:
            yield database
        finally:
            await database.close()

    async def rest(self) -> None:
        """Until the bot has taken all that was said and nothing is in hand, due or waiting for a retry."""
        await training.settled(self.sandbox)
        answer = await self.status.get("/rest", params={"wait": PATIENCE})
        assert answer.status_code == 200, f"the bot does not come to rest: {answer.text}"

    async def tells(self, part: str, words: str = "ready") -> None:
        """Until the bot says so of itself."""
        async with asyncio.timeout(PATIENCE):
            while (await self.status.get("/readyz")).json()["parts"][part] != words:
                continue

    async def office_time_is(self, moment: datetime) -> None:
        """Move office time forward, and let what became due be done."""
        answer = await self.status.post("/time", json={"to": moment.isoformat()})
        assert answer.status_code == 200, answer.text
        await self.rest()

    async def control(self, path: str, **body: Any) -> Any:
        answer = await self.sandbox.post(f"/control/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    @property
    def exports(self) -> Path:
        """The folder of the office where exports are put."""
        return self.database.parent / "import" / self.office_key

    async def exports_settle(self) -> None:
        """The bot looks twice: at what lies there, and whether it is still the same."""
        for _ in range(2):
            await self.office_time_is(self.clock.now() + self.look_on())

    def look_on(self) -> timedelta:
        """How far ahead of the machine's time the next look is."""
        self._looked += timedelta(seconds=1)
        return self._looked

    async def calls(self, method: str) -> list[Json]:
        """What the bot asked of Telegram, in order."""
        answer = await self.sandbox.get("/control/calls", params={"since": 0})
        return [call for call in answer.json()["calls"] if call["method"] == method]

    def person(self, title: str) -> Person:
        """Whoever holds the position."""
        return Person(self, self.office.people[title])

    @property
    def stranger(self) -> Person:
        return Person(self, self.office.stranger)

    async def newcomer(self, first_name: str) -> Person:
        """Somebody who has never been here."""
        person = await self.control("people", first_name=first_name)
        return Person(self, person["id"])

    @property
    def chat(self) -> Group:
        """The alert chat."""
        return Group(self, self.office.chat)


async def build_scenery(folder: Path, clock: StoryClock, preset: str = training.PRESET) -> Scenery:
    """An office, Пестово if no other is named, entered by everybody as a real one is: by invitation, over HTTP."""
    async with Stage(folder, clock) as stage:
        founded = await training.found(stage.database, clock.now(), presets=[load_preset(preset)])
        await stage.start_bot()
        [office] = await training.people_enter(stage.sandbox, founded, stage.rest)
        await training.leave_note(stage.sandbox, founded, [office])
        await stage.rest()
        await stage.stop_bot()
        scenery = Scenery(folder, office)
        persistence.write(scenery.world, stage.world)
    return scenery


def webhook_nearby() -> WebhookAddress:
    """An address that the sandbox brings updates to without a reverse proxy between."""
    port = free_port()
    return WebhookAddress(url=f"http://127.0.0.1:{port}/telegram", port=port, secret=SecretStr("a-secret-of-this-test"))


@asynccontextmanager
async def on_stage(
    scenery: Scenery,
    folder: Path,
    clock: StoryClock,
    limits: Limits = UNHURRIED,
    profile: Profile = Profile.FAST,
    *,
    webhook: WebhookAddress | None = None,
    proxy: SecretStr | None = None,
    probe: LookAtPage | None = None,
) -> AsyncIterator[Stage]:
    """A copy of the scenery with the bot running in it."""
    shutil.copy(scenery.database, folder)
    async with Stage(folder, clock, limits, profile) as stage:
        persistence.load(scenery.world, stage.world)
        stage.office = TrainingOffice(**asdict(scenery.office))
        stage.webhook, stage.proxy, stage.probe = webhook, proxy, probe
        await stage.start_bot()
        yield stage
