"""What no feature took: commands that do not exist, buttons of an earlier time."""

import re

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer
from handlers.filters import PRIVATE
from handlers.replies import respond
from handlers.views.help import STALE_BUTTON, UNKNOWN_COMMAND

_ANY_COMMAND = Command(re.compile(r"\w"))
_NAMED_THIS_BOT = Command(re.compile(r"\w"), magic=F.mention)


def router() -> Router:
    made = Router(name="fallback")
    made.message.register(unknown_command, PRIVATE, _ANY_COMMAND)
    made.message.register(unknown_command, _NAMED_THIS_BOT)
    made.callback_query.register(unknown_press)
    return made


async def unknown_command(message: Message) -> None:
    """In a group a command that names no bot may be meant for another one."""
    await respond(message, UNKNOWN_COMMAND)


async def unknown_press(_: CallbackQuery) -> Answer:
    return Answer(STALE_BUTTON, alert=True)
