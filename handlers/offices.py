"""`/office`: somebody who works in several offices says which of them they mean from now on."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.offices import OfficeChosen, OfficesList
from handlers.filters import GROUP, PRIVATE, command_named
from handlers.privately import ask_in_private
from handlers.replies import respond
from handlers.views import offices as views
from risk.people import Actor, Address
from risk.ports import Directory, OpenUnit
from risk.use_cases.desks import sit_down


def router() -> Router:
    made = Router(name="offices")
    made.message.register(show_offices, PRIVATE, command_named("office"))
    made.message.register(ask_in_private, GROUP, command_named("office"))
    made.callback_query.register(press_list, OfficesList.filter())
    made.callback_query.register(press_office, OfficeChosen.filter())
    return made


async def show_offices(message: Message, address: Address, directory: Directory) -> None:
    await respond(message, views.offices(await directory.desks_of(address)))


async def press_list(query: CallbackQuery, address: Address, directory: Directory, bot: Bot) -> Answer | None:
    page = views.offices(await directory.desks_of(address))
    return await turned(bot, query, page, stale=views.STALE)


async def press_office(query: CallbackQuery, actor: Actor, uow: OpenUnit, now: datetime, bot: Bot) -> Answer | None:
    chosen = await sit_down(actor=actor, uow=uow, now=now)
    return await turned(bot, query, views.sat_down(chosen), stale=views.STALE)
