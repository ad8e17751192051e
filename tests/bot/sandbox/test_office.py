"""The page's way to the bot's status port: through the control side, which that port does not take for a browser."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.bot.sandbox.harness import Sandbox

NOW = datetime.fromisoformat("2026-11-20T07:00:00+00:00")


class StatusPort:
    """Answers as the bot's does, and remembers what it was asked."""

    def __init__(self) -> None:
        self.now = NOW
        self.headers: list[str] = []
        self.anew = 0

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.get("/time", self._time),
                web.post("/time", self._move),
                web.get("/due", self._due),
                web.post("/begin-anew", self._begin_anew),
            ]
        )
        return app

    async def _time(self, request: web.Request) -> web.Response:
        self.headers += request.headers.keys()
        return web.json_response({"now": self.now.isoformat(), "mornings": {}})

    async def _move(self, request: web.Request) -> web.Response:
        moment = datetime.fromisoformat((await request.json())["to"])
        if moment < self.now:
            return web.json_response({"error": "forward only"}, status=400)
        self.now = moment
        return web.json_response({})

    async def _due(self, _request: web.Request) -> web.Response:
        return web.json_response([{"at": "потом", "office": "МЦУ", "what": "проверить"}])

    async def _begin_anew(self, _request: web.Request) -> web.Response:
        self.anew += 1
        return web.json_response({}, status=202)


@pytest.fixture
async def port(sandbox: Sandbox) -> AsyncIterator[StatusPort]:
    played = StatusPort()
    async with TestServer(played.app()) as server:
        sandbox.world.bot_status = str(server.make_url("/"))
        yield played


async def test_the_page_learns_the_time_and_what_is_ahead(sandbox: Sandbox, port: StatusPort) -> None:
    told = await sandbox.look("office")
    assert told == {
        "now": NOW.isoformat(),
        "mornings": {},
        "due": [{"at": "потом", "office": "МЦУ", "what": "проверить"}],
    }
    assert "Origin" not in port.headers


async def test_the_page_moves_time_forward_and_never_back(sandbox: Sandbox, port: StatusPort) -> None:
    later = NOW + timedelta(hours=3)
    await sandbox.control("office/time", to=later.isoformat())
    assert port.now == later
    assert "forward only" in (await sandbox.control("office/time", expect=400, to=NOW.isoformat()))["error"]


async def test_a_moment_without_its_zone_goes_no_further(sandbox: Sandbox, port: StatusPort) -> None:
    await sandbox.control("office/time", expect=400, to="2026-11-20T12:00:00")
    assert port.now == NOW


async def test_the_page_asks_to_begin_anew(sandbox: Sandbox, port: StatusPort) -> None:
    await sandbox.control("office/begin-anew", expect=202)
    assert port.anew == 1


async def test_the_state_says_whether_there_is_a_bot_to_ask(sandbox: Sandbox) -> None:
    assert (await sandbox.look("state"))["office"] is False
    await sandbox.control("office/begin-anew", expect=404)
    sandbox.world.bot_status = "http://127.0.0.1:1"
    assert (await sandbox.look("state"))["office"] is True
    await sandbox.control("office/begin-anew", expect=503)
