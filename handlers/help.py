"""`/help`."""

from aiogram import Router
from aiogram.types import Message

from handlers.filters import command_named
from handlers.replies import respond
from handlers.views.help import help_message
from risk.people import Actor
from risk.ports import OpenView
from risk.use_cases.menus import own_menu


def router() -> Router:
    made = Router(name="help")
    made.message.register(show_help, command_named("help"))
    return made


async def show_help(message: Message, actor: Actor, view: OpenView) -> None:
    facts = await own_menu(actor=actor, view=view)
    await respond(message, help_message(facts.offered))
