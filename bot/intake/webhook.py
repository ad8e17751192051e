"""The webhook: Telegram brings each update to a loopback port behind a reverse proxy; it is stored, then acknowledged.

The public side (TLS, the name, the certificate) is the reverse proxy's. What decides who is let in is the secret.
"""

import asyncio
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Final

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import WebhookInfo
from aiohttp import web
from pydantic import SecretStr

from bot.gateways.reach import what_is_amiss
from bot.health import Health, Part, Why
from bot.intake.door import HEARD, Door, Json
from storage.hindrance import DatabaseUnavailable

_log = structlog.get_logger(__name__)

LOOPBACK: Final = "127.0.0.1"
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
LARGEST_UPDATE: Final = 1024 * 1024
CONNECTIONS: Final = 10
"""Each update is a commit, and commits go one after another: more would only wait."""
LOOKS_EVERY_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookAddress:
    """Where Telegram brings updates, where the reverse proxy passes them on to, and what proves that it is Telegram."""

    url: str
    port: int
    secret: SecretStr


def secret_from(token: SecretStr) -> SecretStr:
    """A secret that needs no keeping: the same at every start, another for another token, and no way back to it."""
    digest = hmac.new(token.get_secret_value().encode(), b"webhook secret", hashlib.sha256)
    return SecretStr(digest.hexdigest())


class Webhook:
    def __init__(self, bot: Bot, door: Door, health: Health, address: WebhookAddress) -> None:
        self._bot = bot
        self._door = door
        self._health = health
        self._address = address
        self._stopped = asyncio.Event()
        self._taken_lately = False
        app = web.Application(client_max_size=LARGEST_UPDATE)
        app.router.add_route("*", "/{path:.*}", self._receive)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)

    async def open(self) -> None:
        """Listen, and then tell Telegram where. Raises TelegramAPIError; OSError when the port is taken."""
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, LOOPBACK, self._address.port).start()
            await self._tell()
        except BaseException:
            await self._runner.cleanup()
            raise
        self._health.well(Part.UPDATES)
        self._health.well(Part.TELEGRAM)

    async def run(self) -> None:
        """Look now and then whether Telegram still brings the updates here, until `stop`."""
        try:
            while not await self._stopped_within(LOOKS_EVERY_SECONDS):
                await self.look()
        finally:
            await self._runner.cleanup()

    def stop(self) -> None:
        self._stopped.set()

    async def look(self) -> None:
        """Ask Telegram how it fares, and tell it the address again if somebody took it away."""
        try:
            info = await self._bot.get_webhook_info()
            if info.url != self._address.url:
                _log.warning("the webhook was taken away; it is set again")
                await self._tell()
        except (TelegramAPIError, ClientDecodeError) as fault:
            self._health.ill(*what_is_amiss(fault))
            return
        self._health.well(Part.TELEGRAM)
        self._judge(info)

    def _judge(self, info: WebhookInfo) -> None:
        """Telegram names its last failure for ever: it matters while something waits and nothing has come since."""
        if info.pending_update_count and info.last_error_date is not None and not self._taken_lately:
            self._health.ill(Part.UPDATES, Why.NOT_BROUGHT)
        else:
            self._health.well(Part.UPDATES)
        self._taken_lately = False

    async def _tell(self) -> None:
        await self._bot.set_webhook(
            self._address.url,
            secret_token=self._address.secret.get_secret_value(),
            allowed_updates=HEARD,
            max_connections=CONNECTIONS,
        )

    async def _receive(self, request: web.Request) -> web.Response:
        """200 means stored. To a stranger nothing is said, not even that there is a bot."""
        if not self._is_telegram(request):
            return web.Response(status=403)
        if self._stopped.is_set():
            return web.Response(status=503)
        if request.method != "POST" or request.content_type != "application/json":
            return web.Response(status=415)
        try:
            update = _update(await request.read())
        except ValueError:
            _log.warning("what came to the webhook is no update")
            return web.Response(status=400)
        try:
            await self._door.take([update])
        except DatabaseUnavailable:
            return web.Response(status=500)
        self._taken_lately = True
        return web.Response()

    def _is_telegram(self, request: web.Request) -> bool:
        shown = request.headers.get(SECRET_HEADER, "")
        return hmac.compare_digest(shown.encode(), self._address.secret.get_secret_value().encode())

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return False
        return True


def _update(body: bytes) -> Json:
    """Raises ValueError for what Telegram never sends."""
    update = json.loads(body)
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        raise ValueError("no update")
    return update
