"""A running sandbox for a test: the bot's side, the control side and a clock that only the test moves."""

from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from bot.sandbox.server import create_app
from bot.sandbox.world import World

START = 1_800_000_000.0
Json = dict[str, Any]


class MovableClock:
    """The sandbox's time; stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@dataclass(slots=True)
class Reply:
    """An answer of the Bot API, whatever it is."""

    code: int
    body: Json

    @property
    def result(self) -> Any:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def description(self) -> str:
        assert not self.body["ok"], self.body
        return str(self.body["description"])


class Sandbox:
    """What a test does with the sandbox."""

    def __init__(self, world: World, clock: MovableClock) -> None:
        self.world = world
        self.clock = clock
        self.client: TestClient[Request, Application] = TestClient(TestServer(create_app(world)))

    @property
    def url(self) -> str:
        return str(self.client.make_url("/")).rstrip("/")

    def real_bot(self) -> Bot:
        """aiogram's own bot, pointed here; the test closes its session."""
        session = AiohttpSession(api=TelegramAPIServer.from_base(self.url))
        return Bot(self.world.bot.token, session=session)

    async def call(self, method: str, **params: Any) -> Reply:
        """A call of the Bot API with a JSON body."""
        async with self.client.post(f"/bot{self.world.bot.token}/{method}", json=params) as answer:
            return Reply(answer.status, await answer.json())

    async def sends(self, chat_id: int, text: str = "Привет", **more: Any) -> Json:
        """The bot's message."""
        reply = await self.call("sendMessage", chat_id=chat_id, text=text, **more)
        message: Json = reply.result
        return message

    async def updates(self, **params: Any) -> list[Json]:
        """What one getUpdates brings."""
        updates: list[Json] = (await self.call("getUpdates", **params)).result
        return updates

    async def fresh_updates(self) -> list[Json]:
        """What is queued; all of it is confirmed at once."""
        updates = await self.updates()
        if updates:
            await self.updates(offset=updates[-1]["update_id"] + 1, limit=1)
        return updates

    async def control(self, path: str, *, expect: int = 200, verb: str = "POST", **body: Any) -> Json:
        """A request to the control side; `as_` stands for the field «as»."""
        shown = {key.removesuffix("_"): value for key, value in body.items()}
        async with self.client.request(verb, f"/control/{path}", json=shown) as answer:
            told: Json = await answer.json()
            assert answer.status == expect, told
            return told

    async def look(self, path: str) -> Json:
        """A GET of the control side."""
        async with self.client.get(f"/control/{path}") as answer:
            told: Json = await answer.json()
            assert answer.status == 200, told
            return told

    async def person(self, first_name: str, *, started: bool = True, **more: Any) -> int:
        """Somebody new, usually after their first words to the bot, which nobody needs to read."""
        person: Json = await self.control("people", first_name=first_name, **more)
        if started:
            await self.writes(person["id"], "/start")
            await self.fresh_updates()
        return int(person["id"])

    async def group(self, *members: int | str, chat_type: str = "supergroup", **more: Any) -> int:
        """A group whose founding nobody needs to read."""
        made = await self.control("chats", type=chat_type, title="Чат", members=list(members), **more)
        await self.fresh_updates()
        return int(made["id"])

    async def writes(self, person: int, text: str | None = None, chat: int | None = None, **more: Any) -> Json:
        """A person's message, to the bot unless a chat is named; the first one if it makes several."""
        words = {} if text is None else {"text": text}
        body = {"as_": person, "chat": person if chat is None else chat} | words | more
        written = await self.control("messages", **body)
        message: Json = written["messages"][0]
        return message

    async def membership(self, chat: int, user: int | str, status: str, **more: Any) -> None:
        """Move somebody in a chat."""
        await self.control(f"chats/{chat}/members", user=user, status=status, **more)
