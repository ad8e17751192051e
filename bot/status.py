"""The loopback port that says what is pending, waits until all is at rest, and moves a sandbox's time and office."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from aiohttp import web

LOOPBACK: Final = "127.0.0.1"
_LOCAL_NAMES: Final = frozenset({LOOPBACK, "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """What is not finished. `updates`: taken and not done; `sending`: messages on their way; `ticks`: under way."""

    updates: int
    sending: int
    ticks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    kind: str
    bot: str
    office_time: str
    pending: Pending


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMoment:
    """Something that the clock will do. `at` is ISO 8601 as the office's clocks show it, `what` a few words."""

    at: str
    office: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Office time, the next morning of each office by its title, and what falls due, the nearest first."""

    now: str
    mornings: dict[str, str]
    due: tuple[DueMoment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusSource:
    """What the port asks of the running program; what is None belongs to a sandbox alone.

    `begin_anew` answers whether the wish was taken: not before the training room is set up.
    """

    report: Callable[[], StatusReport]
    at_rest: Callable[[], Awaitable[None]]
    move_time: Callable[[datetime], Awaitable[None]] | None
    ahead: Callable[[], Awaitable[Ahead]] | None = None
    begin_anew: Callable[[], bool] | None = None


class StatusPort:
    """`more` are routes that others answer; they are as local as these."""

    def __init__(self, source: StatusSource, port: int, more: Sequence[web.RouteDef] = ()) -> None:
        self._source = source
        self._port = port
        app = web.Application(middlewares=[_local_only])
        app.add_routes(
            [
                web.get("/status", self._status),
                web.get("/rest", self._rest),
                web.get("/time", self._mornings),
                web.post("/time", self._time),
                web.get("/due", self._due),
                web.post("/begin-anew", self._begin_anew),
                *more,
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)

    @property
    def port(self) -> int:
        """The port really taken, also when 0 was asked for."""
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        """Raises OSError when the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self._port).start()

    async def stop(self) -> None:
        await self._runner.cleanup()

    async def _status(self, _request: web.Request) -> web.Response:
        return web.json_response(asdict(self._source.report()))

    async def _rest(self, request: web.Request) -> web.Response:
        """Answers once nothing is in hand, nothing is due now and no retry is waiting; 504 after `wait` seconds."""
        try:
            wait = float(request.query.get("wait", "10"))
            await asyncio.wait_for(self._source.at_rest(), wait)
        except TimeoutError:
            return web.json_response(asdict(self._source.report()), status=504)
        except ValueError:
            return web.json_response({"error": "`wait` is a number of seconds"}, status=400)
        return web.json_response(asdict(self._source.report()))

    async def _time(self, request: web.Request) -> web.Response:
        if self._source.move_time is None:
            return _in_sandbox_only()
        try:
            moment = datetime.fromisoformat((await request.json())["to"])
            await self._source.move_time(moment)
        except (ValueError, KeyError, TypeError):
            return web.json_response({"error": "`to` must be a later moment with its offset"}, status=400)
        return web.json_response(asdict(self._source.report()))

    async def _mornings(self, _request: web.Request) -> web.Response:
        if self._source.ahead is None:
            return _in_sandbox_only()
        ahead = await self._source.ahead()
        return web.json_response({"now": ahead.now, "mornings": ahead.mornings})

    async def _due(self, _request: web.Request) -> web.Response:
        if self._source.ahead is None:
            return _in_sandbox_only()
        return web.json_response([asdict(due) for due in (await self._source.ahead()).due])

    async def _begin_anew(self, _request: web.Request) -> web.Response:
        """The answer comes before the deed: this port itself ends with the running bot."""
        if self._source.begin_anew is None:
            return _in_sandbox_only()
        if not self._source.begin_anew():
            return web.json_response({"error": "the training room is not set up yet"}, status=409)
        return web.json_response({}, status=202)


def _in_sandbox_only() -> web.Response:
    return web.json_response({"error": "only a sandbox does this"}, status=403)


@web.middleware
async def _local_only(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """A page of some site, opened on this machine, must not reach the port under a name of its own."""
    if request.host.rsplit(":", 1)[0] not in _LOCAL_NAMES or request.headers.get("Origin") is not None:
        raise web.HTTPForbidden(text="loopback only")
    return await handler(request)
