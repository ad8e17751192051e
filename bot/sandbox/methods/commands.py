"""setMyCommands, deleteMyCommands and getMyCommands: the lists that clients show when somebody types «/»."""

import re
from typing import Any

from aiogram.methods import DeleteMyCommands, GetMyCommands, SetMyCommands
from aiogram.types import BotCommand

from bot.sandbox.menu import menu_key
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


def delete_my_commands(world: World, call: DeleteMyCommands) -> bool:
    """From now on a wider scope's list is shown; it is no mistake if there was none."""
    world.commands.pop(_key(world, call.scope, call.language_code), None)
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
    """A scope as `menu` looks for it; scopes of one chat or person are checked for them."""
    kind = scope.type if scope else "default"
    chat_id, user_id = getattr(scope, "chat_id", None), getattr(scope, "user_id", None)
    if chat_id is not None:
        chat_id = find_chat(world, chat_id, Access.ACT).id
    if user_id is not None and user_id not in world.people:
        raise bad_request(Reason.USER_NOT_FOUND)
    return menu_key(kind, chat_id, user_id, language_code)
