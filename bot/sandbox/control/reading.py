"""Reading requests of the control side and turning mistakes into plain words."""

import functools
import json
from typing import TypeVar

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, ValidationError

from bot.sandbox.app_keys import WORLD
from bot.sandbox.chats import Chat, ChatType
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.refusals import RefusalError
from bot.sandbox.world import World

_LONGEST_WAIT = 60.0
_Body = TypeVar("_Body", bound=BaseModel)

to_json = functools.partial(json.dumps, ensure_ascii=False)


class AbsentError(Exception):
    """The address names something that is not there."""


@web.middleware
async def plain_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer mistakes on the control side with {"error": "plain text"}."""
    if not request.path.startswith("/control/"):
        return await handler(request)
    try:
        return await handler(request)
    except AbsentError as error:
        return answer({"error": str(error)}, status=404)
    except (ImpossibleError, RefusalError) as error:
        return answer({"error": str(error)}, status=400)
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, item['loc'])) or 'body'}: {item['msg']}" for item in error.errors())
        return answer({"error": "; ".join(problems)}, status=400)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return answer({"error": error.reason}, status=error.status)


async def no_such_address(request: web.Request) -> web.Response:
    """The answer to an address, or a verb, that the control side does not have."""
    raise AbsentError(f"There is no {request.method} {request.path}.")


def answer(body: object, *, status: int = 200) -> web.Response:
    """A JSON answer."""
    return web.json_response(body, status=status, dumps=to_json)


async def body_of(request: web.Request, kind: type[_Body]) -> _Body:
    """The request's body, checked."""
    return kind.model_validate_json(await request.read() or b"{}")


def waiting_seconds(request: web.Request) -> float:
    """`?wait=seconds`, at most a minute; none means no waiting."""
    return min(_number(request, "wait"), _LONGEST_WAIT)


def number_since(request: web.Request) -> int:
    """`?since=n`."""
    return int(_number(request, "since"))


def the_world(request: web.Request) -> World:
    """The world of this server."""
    return request.app[WORLD]


def the_person(world: World, person_id: int | str) -> Person:
    """Somebody who exists."""
    person = world.people.get(int(person_id))
    if person is None:
        raise AbsentError(f"There is no person {person_id}.")
    return person


def the_chat(world: World, chat_id: int | str) -> Chat:
    """A chat that exists; a private one only once something was written in it."""
    chat = world.chats.get(int(chat_id))
    if chat is None:
        raise AbsentError(f"There is no chat {chat_id}.")
    return chat


def the_group(world: World, chat_id: int | str) -> Chat:
    """A chat that is not private."""
    chat = the_chat(world, chat_id)
    if chat.type is ChatType.PRIVATE:
        raise ImpossibleError(f"Chat {chat_id} is private.")
    return chat


def the_message(chat: Chat, message_id: int | str) -> Message:
    """A message that was once written; it may be deleted."""
    message = chat.messages.get(int(message_id))
    if message is None:
        raise AbsentError(f"There is no message {message_id} in chat {chat.id}.")
    return message


def _number(request: web.Request, name: str) -> float:
    text = request.query.get(name, "0")
    try:
        number = float(text)
    except ValueError as error:
        raise ImpossibleError(f"{name} must be a number, not {text!r}.") from error
    return max(number, 0.0)
