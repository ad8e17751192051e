"""`/risks`, turned page by page in one message, and `/history 12`."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks import RisksList
from handlers.filters import command_named
from handlers.replies import respond
from handlers.views import lists as views
from handlers.views.help import HOW_TO_ASK_HISTORY, STALE_LIST
from risk.people import Actor
from risk.ports import OpenView
from risk.risks import NumberAsked
from risk.use_cases.reading import history, open_risks


def router() -> Router:
    made = Router(name="lists")
    made.message.register(show_risks, command_named("risks"))
    made.message.register(show_history, command_named("history"))
    made.callback_query.register(press_page, RisksList.filter())
    return made


async def show_risks(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, views.risks(await open_risks(0, actor=actor, view=view, now=now)))


async def press_page(
    query: CallbackQuery, callback_data: RisksList, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    page = await open_risks(callback_data.page, actor=actor, view=view, now=now)
    return await turned(bot, query, views.risks(page), stale=STALE_LIST)


async def show_history(message: Message, command: CommandObject, actor: Actor, view: OpenView) -> None:
    asked = NumberAsked.read(command.args or "")
    if asked is None:
        await respond(message, HOW_TO_ASK_HISTORY)
        return
    await respond(message, views.history(await history(asked, actor=actor, view=view)))
