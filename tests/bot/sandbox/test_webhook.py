"""Updates brought to a webhook: with the secret, in order, and again until they are taken; never off this machine."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.sandbox.harness import Json, Sandbox

SECRET = "tell-nobody"


class Doorstep:
    """A bot's webhook, which answers as the test says and then 200."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.brought: list[tuple[str | None, Json]] = []
        app = web.Application()
        app.router.add_post("/hook", self._receive)
        self.server = TestServer(app)

    @property
    def url(self) -> str:
        return str(self.server.make_url("/hook"))

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for _, update in self.brought]

    async def _receive(self, request: web.Request) -> web.Response:
        self.brought.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)


@pytest.fixture
async def doorstep() -> AsyncIterator[Doorstep]:
    standing = Doorstep()
    async with standing.server:
        yield standing


@pytest.fixture
async def olga(sandbox: Sandbox) -> int:
    return await sandbox.person("Ольга")


async def settled(sandbox: Sandbox) -> None:
    assert (await sandbox.look("settled?wait=10"))["settled"]


async def test_an_update_is_brought_with_the_secret_and_is_no_longer_pending(
    sandbox: Sandbox, doorstep: Doorstep, olga: int
) -> None:
    assert (await sandbox.call("setWebhook", url=doorstep.url, secret_token=SECRET)).result is True
    await sandbox.writes(olga, "Привет")
    await settled(sandbox)
    [(secret, update)] = doorstep.brought
    assert (secret, update["message"]["text"]) == (SECRET, "Привет")
    assert (await sandbox.call("getWebhookInfo")).result["pending_update_count"] == 0


async def test_what_was_queued_before_is_brought_first(sandbox: Sandbox, doorstep: Doorstep, olga: int) -> None:
    for text in ("первое", "второе"):
        await sandbox.writes(olga, text)
    await sandbox.call("setWebhook", url=doorstep.url)
    await sandbox.writes(olga, "третье")
    await settled(sandbox)
    assert doorstep.texts == ["первое", "второе", "третье"]
    assert {secret for secret, _ in doorstep.brought} == {None}


async def test_an_update_is_brought_again_until_it_is_taken_and_none_overtakes_it(
    sandbox: Sandbox, doorstep: Doorstep, olga: int
) -> None:
    doorstep.answers = [500, 403]
    await sandbox.call("setWebhook", url=doorstep.url)
    await sandbox.writes(olga, "первое")
    await sandbox.writes(olga, "второе")
    await settled(sandbox)
    assert doorstep.texts == ["первое", "первое", "первое", "второе"]
    info = (await sandbox.call("getWebhookInfo")).result
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"
    assert info["last_error_date"] == int(sandbox.clock.now)


async def test_a_door_that_nobody_opens_is_tried_until_somebody_does(sandbox: Sandbox, olga: int) -> None:
    late = Doorstep()
    await late.server.start_server()
    port = late.server.port
    await late.server.close()
    await sandbox.call("setWebhook", url=f"http://127.0.0.1:{port}/hook")
    await sandbox.writes(olga, "Привет")
    world = sandbox.world
    assert await world.revision.until(lambda: world.webhook.last_error_message is not None, seconds=10)
    opened = Doorstep()
    async with TestServer(opened.server.app, port=port):
        await settled(sandbox)
    assert opened.texts == ["Привет"]


async def test_nothing_leaves_this_machine(sandbox: Sandbox, olga: int) -> None:
    await sandbox.call("setWebhook", url="https://example.org/hook")
    await sandbox.writes(olga, "Привет")
    assert not (await sandbox.look("settled?wait=0"))["settled"]
    assert (await sandbox.call("getWebhookInfo")).result["pending_update_count"] == 1


async def test_polling_is_refused_until_the_webhook_is_taken_away(
    sandbox: Sandbox, doorstep: Doorstep, olga: int
) -> None:
    await sandbox.call("setWebhook", url=doorstep.url)
    assert (await sandbox.call("getUpdates")).code == 409
    await sandbox.call("deleteWebhook")
    await sandbox.writes(olga, "Привет")
    assert [each["message"]["text"] for each in await sandbox.updates()] == ["Привет"]
    assert doorstep.brought == []


async def test_only_the_kinds_that_were_asked_for_are_brought(sandbox: Sandbox, doorstep: Doorstep, olga: int) -> None:
    await sandbox.call("setWebhook", url=doorstep.url, allowed_updates=["callback_query"])
    await sandbox.writes(olga, "Привет")
    await settled(sandbox)
    assert doorstep.brought == []


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"url": "http://example.org/hook"}, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:9000/hook"},
            "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"secret_token": "слово"}, "Bad Request: secret token contains unallowed characters"),
        ({"secret_token": "a" * 257}, "Bad Request: secret token is too long"),
    ],
)
async def test_what_telegram_would_not_set_is_refused(sandbox: Sandbox, wrong: dict[str, Any], says: str) -> None:
    reply = await sandbox.call("setWebhook", **{"url": "https://example.org/hook", **wrong})
    assert (reply.code, reply.description) == (400, says)
    assert (await sandbox.call("getWebhookInfo")).result["url"] == ""
