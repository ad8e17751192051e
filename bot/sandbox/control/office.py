"""The bot's office time, what falls due in it and beginning anew: asked of the bot's status port for the page.

The page itself cannot reach that port, which serves no browser.
"""

from typing import Any

import aiohttp
from aiohttp import web

from bot.sandbox.control.reading import AbsentError, answer, body_of, the_world
from bot.sandbox.control.requests import OfficeTime

_PATIENCE = aiohttp.ClientTimeout(total=30)
_SILENT = 503


def routes() -> list[web.RouteDef]:
    """The routes of this family."""
    return [
        web.get("/control/office", _look),
        web.post("/control/office/time", _move_time),
        web.post("/control/office/begin-anew", _begin_anew),
    ]


async def _look(request: web.Request) -> web.Response:
    """Now, the next mornings, and all that is ahead."""
    code, time = await _ask(request, "GET", "/time")
    if code >= 400:
        return answer(time, status=code)
    code, due = await _ask(request, "GET", "/due")
    return answer(time | {"due": due} if code < 400 else due, status=code)


async def _move_time(request: web.Request) -> web.Response:
    asked = await body_of(request, OfficeTime)
    code, told = await _ask(request, "POST", "/time", asked.model_dump(mode="json"))
    return answer(told, status=code)


async def _begin_anew(request: web.Request) -> web.Response:
    code, told = await _ask(request, "POST", "/begin-anew")
    return answer(told, status=code)


async def _ask(request: web.Request, verb: str, path: str, body: object = None) -> tuple[int, Any]:
    """The code and the JSON of the bot's answer."""
    address = the_world(request).bot_status
    if address is None:
        raise AbsentError("Nobody has said where the bot's status port is.")
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as session,
            session.request(verb, f"{address.rstrip('/')}{path}", json=body) as told,
        ):
            return told.status, await told.json()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return _SILENT, {"error": "The bot does not answer."}
