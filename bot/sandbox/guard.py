"""Keeping strangers out: the sandbox talks to this machine only, and to no foreign page in its browser."""

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

_OWN_NAMES = frozenset({"127.0.0.1", "localhost"})
_READING = frozenset({"GET", "HEAD"})


@web.middleware
async def only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A foreign Host is a rebound name; a foreign Origin is another site's page meddling."""
    if urlsplit(f"//{request.host}").hostname not in _OWN_NAMES:
        raise web.HTTPForbidden(reason="Only 127.0.0.1 and localhost are served.")
    origin = request.headers.get("Origin")
    if origin is not None and request.method not in _READING and origin != f"http://{request.host}":
        raise web.HTTPForbidden(reason="Requests from other sites are not served.")
    return await handler(request)
