"""An invented site that a journey changes as it goes: real pages over TLS on loopback, for the bot's own probe."""

import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.gateways.link_probe import LinkProbe

PUBLIC: Final = "45.67.89.10"
"""Where the name of the site leads as long as there is one; the probe is then led to loopback."""


class InventedSite:
    """`pages` are its titles by their paths; what is not there is answered with 404."""

    def __init__(self, host: str, folder: Path) -> None:
        self.host = host
        self.pages: dict[str, str] = {}
        self.has_a_name = True
        self.asked: list[str] = []
        self.port = 0
        self._certificate, self._key = folder / "site.pem", folder / "site.key"
        made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        named = ["-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"]
        files = ["-keyout", str(self._key), "-out", str(self._certificate)]
        subprocess.run([*made.split(), *named, *files], check=True, capture_output=True)

    def probe(self) -> LinkProbe:
        """The bot's own, that believes this site's certificate and finds it here."""
        trust = ssl.create_default_context(cafile=self._certificate)
        return LinkProbe(resolve=self._resolve, connect_to=lambda *_: ("127.0.0.1", self.port), trust=trust)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        app = web.Application()
        app.add_routes([web.get("/{path:.*}", self._page)])
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self._certificate, self._key)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        self.port = runner.addresses[0][1]
        try:
            yield
        finally:
            await runner.cleanup()

    async def _resolve(self, host: str) -> Sequence[str]:
        if host != self.host or not self.has_a_name:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [PUBLIC]

    async def _page(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        title = self.pages.get(request.path)
        if title is None:
            raise web.HTTPNotFound
        return web.Response(text=f"<html><title>{title}</title></html>", content_type="text/html")
