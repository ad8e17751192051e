"""`/menu`: everything that the reader may do, as buttons; each opens the page of its feature in the same message."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.offices import MenuPage, MenuTopic
from handlers.filters import GROUP, PRIVATE, command_named
from handlers.privately import ask_in_private
from handlers.replies import respond
from handlers.views import menu as views
from risk.ids import OfficeId
from risk.people import Actor
from risk.ports import OpenView
from risk.use_cases.menus import own_menu

_PAGES: Final = MappingProxyType(
    {MenuTopic.NEW_RISK: views.new_risk, MenuTopic.FIND: views.find, MenuTopic.REPORTS: views.reports}
)


def router() -> Router:
    made = Router(name="menu")
    made.message.register(show_menu, PRIVATE, command_named("menu"))
    made.message.register(ask_in_private, GROUP, command_named("menu"))
    made.callback_query.register(press_page, MenuPage.filter())
    return made


async def show_menu(message: Message, actor: Actor, view: OpenView, desks: Sequence[OfficeId]) -> None:
    facts = await own_menu(actor=actor, view=view)
    await respond(message, views.menu(facts, among_several=len(desks) > 1))


async def press_page(
    query: CallbackQuery, callback_data: MenuPage, actor: Actor, view: OpenView, desks: Sequence[OfficeId], bot: Bot
) -> Answer | None:
    facts = await own_menu(actor=actor, view=view)
    menu = views.menu(facts, among_several=len(desks) > 1)
    opened = _PAGES.get(callback_data.topic)
    return await turned(bot, query, menu if opened is None else opened(facts), stale=views.STALE_MENU)
