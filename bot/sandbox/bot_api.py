"""The Bot API over HTTP: a call meets its fault, is carried out and answered; the methods are elsewhere."""

import asyncio
import functools
import inspect
import json
import logging
from dataclasses import dataclass
from typing import Any

from aiogram.methods import Response, TelegramMethod
from aiohttp import web

from bot.sandbox.app_keys import WORLD
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.methods.table import SERVED, known_methods
from bot.sandbox.parameters import parse_call, read_parameters
from bot.sandbox.refusals import NOT_SERVED, RefusalError, not_served
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

_log = logging.getLogger(__name__)
_GONE_CHECK_SECONDS = 0.05
_to_json = functools.partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True, kw_only=True)
class Incoming:
    """A call on its way, with what befalls it."""

    method: str
    given: JsonObject
    uploaded: tuple[str, ...] = ()
    """Ids of the files that came with it."""
    fault: Fault | None = None
    refusal: RefusalError | None = None
    result: Any = None


async def handle_call(request: web.Request) -> web.StreamResponse:
    """`/bot<token>/<method>`, by GET or POST."""
    world = request.app[WORLD]
    if request.match_info["token"] != world.bot.token:
        return _refused(RefusalError(401, "Unauthorized"))
    method = _methods().get(request.match_info["method"].lower())
    if method is None:
        return _refused(RefusalError(404, "Not Found: method not found"))
    incoming = Incoming(method=method.__api_method__, given={})
    try:
        incoming.given, incoming.uploaded = await read_parameters(request, world.files)
        incoming.fault = world.faults.take(incoming.method, _chat_id(incoming.given), now=world.clock())
        incoming.result = await _carry_out(world, method, incoming)
    except RefusalError as refusal:
        incoming.refusal = refusal
        if refusal.code == NOT_SERVED:
            _log.error("%s: %s", incoming.method, refusal.description)
        world.files.forget(incoming.uploaded)
    _note(world, incoming)
    if incoming.fault is not None and incoming.fault.silent:
        return await _fall_silent(request, incoming.fault)
    if incoming.refusal is not None:
        return _refused(incoming.refusal)
    return web.json_response({"ok": True, "result": incoming.result}, dumps=_to_json)


@functools.cache
def _methods() -> dict[str, type[TelegramMethod[Any]]]:
    return known_methods()


async def _carry_out(world: World, method: type[TelegramMethod[Any]], incoming: Incoming) -> Any:
    """The method's result, in the shape that aiogram expects; nothing is done if a fault prevents it."""
    fault, name = incoming.fault, incoming.method
    if fault is not None and not fault.silent:
        raise fault.refusal(world.clock())
    if fault is not None and not fault.takes_effect:
        return None
    served = SERVED.get(name)
    if served is None:
        raise not_served(f"the method {name}")
    call = parse_call(method, incoming.given)
    if strange := (incoming.given.keys() & method.model_fields.keys()) - served.fields:
        raise not_served(f"{', '.join(sorted(strange))} of {name}")
    result = served.serve(world, call)
    if inspect.isawaitable(result):
        return await result  # getUpdates: what is queued was checked then, or was raw on purpose
    shape = Response[method.__returning__]  # type: ignore[name-defined]  # known only when the call comes
    shape.model_validate({"ok": True, "result": result})
    return result


def _chat_id(given: JsonObject) -> int | None:
    try:
        return int(given["chat_id"])
    except (KeyError, TypeError, ValueError):
        return None


def _note(world: World, incoming: Incoming) -> None:
    if incoming.method == "getUpdates":
        return
    error = incoming.refusal.description if incoming.refusal else None
    if incoming.fault is not None and incoming.fault.silent:
        error = f"no answer: {incoming.fault.kind}"
    world.calls.note(incoming.method, incoming.given, at=world.clock(), result=incoming.result, error=error)
    world.changed()


def _refused(refusal: RefusalError) -> web.Response:
    answer: JsonObject = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters:
        answer["parameters"] = refusal.parameters
    return web.json_response(answer, status=refusal.code, dumps=_to_json)


async def _fall_silent(request: web.Request, fault: Fault) -> web.StreamResponse:
    """No answer: close the connection at once, or keep it open until the bot gives up."""
    world = request.app[WORLD]
    transport = request.transport
    if fault.kind is FaultKind.TIMEOUT:
        while not world.revision.closed and transport is not None and not transport.is_closing():  # noqa: ASYNC110 - aiohttp tells no handler that its client has gone
            await asyncio.sleep(_GONE_CHECK_SECONDS)
    if transport is not None:
        transport.close()
    return web.Response()
