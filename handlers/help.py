"""`/help`."""

from aiogram import Router
from aiogram.types import Message

from handlers.filters import command_named
from handlers.replies import respond
from handlers.views.help import help_message


def router() -> Router:
    made = Router(name="help")
    made.message.register(show_help, command_named("help"))
    return made


async def show_help(message: Message) -> None:
    await respond(message, help_message())
