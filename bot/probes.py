"""What a watcher asks of the status port: does the process live, is it ready, how does it fare. Words for machines."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.health import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Probes:
    ills: Callable[[], Mapping[Part, str]]
    metrics: Callable[[], Awaitable[bytes]]

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/healthz", self._live),
            web.get("/readyz", self._ready),
            web.get("/metrics", self._metrics),
        ]

    async def _live(self, _request: web.Request) -> web.Response:
        """An answer at all says it: the event loop turns."""
        return web.json_response({"live": True})

    async def _ready(self, _request: web.Request) -> web.Response:
        ills = self.ills()
        parts = {part.value: ills.get(part, "ready") for part in Part}
        return web.json_response({"ready": not ills, "parts": parts}, status=503 if ills else 200)

    async def _metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=await self.metrics(), headers={"Content-Type": CONTENT_TYPE_LATEST})
