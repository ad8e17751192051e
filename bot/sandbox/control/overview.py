"""The world as a whole: its state, its changes, the log of calls, emptying it, and the page's note."""

from dataclasses import asdict

from aiohttp import web

from bot.sandbox.control.reading import answer, number_since, the_world, waiting_seconds
from bot.sandbox.control.views import chat_view, fault_view, person_view, pins_view, versions_view
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.shapes import bot_json


def routes() -> list[web.RouteDef]:
    """The routes of this family."""
    return [
        web.get("/control/state", _state),
        web.put("/control/training", _set_training),
        web.post("/control/reset", _reset),
        web.get("/control/calls", _calls),
        web.get("/control/changes", _changes),
    ]


async def _state(request: web.Request) -> web.Response:
    world = the_world(request)
    commands = world.commands.get("default", [])
    return answer(
        {
            "bot": bot_json(world.bot) | {"commands": commands},
            "people": [person_view(person) for person in world.people.values()],
            "chats": [chat_view(chat) for chat in world.groups()],
            "faults": [fault_view(world, fault) for fault in world.faults],
            "versions": versions_view(world),
            "pins": pins_view(world),
            "era": world.era,
            "office": world.bot_status is not None,
            "profile": str(world.profile),
            "training": world.training,
            "revision": world.revision.number,
        }
    )


async def _set_training(request: web.Request) -> web.Response:
    world = the_world(request)
    try:
        world.training = await request.json()
    except ValueError as error:
        raise ImpossibleError("The note must be JSON.") from error
    world.changed()
    return answer(world.training)


async def _reset(request: web.Request) -> web.Response:
    the_world(request).empty()
    return answer({})


async def _calls(request: web.Request) -> web.Response:
    calls = the_world(request).calls.since(number_since(request))
    return answer({"calls": [asdict(call) for call in calls]})


async def _changes(request: web.Request) -> web.Response:
    """Waits until the world is newer than `since`; one who names a number from the future is told at once."""
    revision = the_world(request).revision
    reached = await revision.after(number_since(request), seconds=waiting_seconds(request))
    return answer({"revision": reached})
