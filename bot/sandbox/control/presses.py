"""Pressing buttons and seeing what the bot answers."""

from dataclasses import asdict

from aiohttp import web

from bot.sandbox.acts.posting import open_chat
from bot.sandbox.acts.pressing import data_of, press
from bot.sandbox.control.reading import (
    AbsentError,
    answer,
    body_of,
    the_message,
    the_person,
    the_world,
    waiting_seconds,
)
from bot.sandbox.control.requests import NewPress
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.presses import Answer, Press


def routes() -> list[web.RouteDef]:
    """The routes of this family."""
    return [
        web.post("/control/presses", _press),
        web.get(r"/control/presses/{query_id:\d+}", _outcome),
        web.post(r"/control/presses/{query_id:\d+}/expire", _expire),
    ]


async def _press(request: web.Request) -> web.Response:
    world = the_world(request)
    asked = await body_of(request, NewPress)
    person = the_person(world, asked.as_)
    message = the_message(open_chat(world, person, asked.chat), asked.message_id)
    if (asked.button is None) == (asked.data is None):
        raise ImpossibleError("Name the button's text, or its data, and not both.")
    data = data_of(message, asked.button) if asked.button is not None else asked.data
    return answer({"query_id": press(world, person, message, data or "").query_id})


async def _outcome(request: web.Request) -> web.Response:
    made = _the_press(request)
    revision = the_world(request).revision
    await revision.until(lambda: made.answer is not None, seconds=waiting_seconds(request))
    return answer({"answered": made.answer is not None} | asdict(made.answer or Answer()))


async def _expire(request: web.Request) -> web.Response:
    made = _the_press(request)
    made.expired = True
    the_world(request).changed()
    return answer({})


def _the_press(request: web.Request) -> Press:
    query_id = request.match_info["query_id"]
    made = the_world(request).presses.get(query_id)
    if made is None:
        raise AbsentError(f"There is no press {query_id}.")
    return made
