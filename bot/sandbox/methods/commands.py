"""setMyCommands and getMyCommands: the list that clients show when somebody types «/»."""

import re
from typing import Any

from aiogram.methods import GetMyCommands, SetMyCommands
from aiogram.types import BotCommand

from bot.sandbox.methods.access import Access, find_chat
from bot.sandbox.refusals import Reason, bad_request, not_served
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

MOST_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_DESCRIPTION = 256


def set_my_commands(world: World, call: SetMyCommands) -> bool:
    """Replace the list of one scope and language."""
    if len(call.commands) > MOST_COMMANDS:
        raise bad_request(Reason.TOO_MANY_COMMANDS)
    commands = [_checked(command) for command in call.commands]
    world.commands[_key(world, call.scope, call.language_code)] = commands
    world.changed()
    return True


def get_my_commands(world: World, call: GetMyCommands) -> list[JsonObject]:
    """The list of exactly this scope and language."""
    return world.commands.get(_key(world, call.scope, call.language_code), [])


def _checked(command: BotCommand) -> JsonObject:
    if command.is_ephemeral:
        raise not_served("ephemeral commands")
    name = command.command.removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise bad_request(Reason.COMMAND_INVALID)
    if not 1 <= len(command.description.strip()) <= _LONGEST_DESCRIPTION:
        raise bad_request(Reason.COMMAND_DESCRIPTION_INVALID)
    return {"command": name, "description": command.description.strip()}


def _key(world: World, scope: Any, language_code: str | None) -> str:
    """A scope as a word: scopes of one chat are checked for the chat."""
    kind = scope.type if scope else "default"
    chat_id = getattr(scope, "chat_id", None)
    if chat_id is not None:
        find_chat(world, chat_id, Access.ACT)
    parts = (kind, chat_id, getattr(scope, "user_id", None), language_code)
    return "/".join(str(part) for part in parts if part)
