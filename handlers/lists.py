"""`/risks`, turned page by page in one message, and `/history 12`."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.risks import HistoryPage, RisksBlocks, RisksList
from handlers.filters import PRIVATE, command_named
from handlers.privately import ask_in_private
from handlers.replies import respond
from handlers.views import lists as views
from handlers.views.help import HOW_TO_ASK_HISTORY, HOW_TO_FIND, STALE_LIST
from risk.people import Actor
from risk.ports import OpenView, Understand
from risk.risks import NumberAsked
from risk.use_cases.reading import Narrowed, find_risks, history, open_risks, own_risks, turn_history


def router() -> Router:
    made = Router(name="lists")
    made.message.register(show_risks, command_named("risks"))
    made.message.register(show_history, command_named("history"))
    made.message.register(show_found, command_named("find"))
    made.message.register(show_own, PRIVATE, command_named("mine"))
    made.message.register(ask_in_private, command_named("mine"))
    made.callback_query.register(press_blocks, RisksBlocks.filter())
    made.callback_query.register(press_history, HistoryPage.filter())
    made.callback_query.register(press_page, RisksList.filter())
    return made


async def show_risks(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, views.risks(await open_risks(0, actor=actor, view=view, now=now)))


async def press_page(
    query: CallbackQuery, callback_data: RisksList, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    narrowed = Narrowed(stage=callback_data.stage, block=callback_data.block)
    page = await open_risks(callback_data.page, narrowed, actor=actor, view=view, now=now)
    return await turned(bot, query, views.risks(page), stale=STALE_LIST)


async def press_blocks(
    query: CallbackQuery, callback_data: RisksBlocks, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    page = await open_risks(0, Narrowed(stage=callback_data.stage), actor=actor, view=view, now=now)
    return await turned(bot, query, views.blocks(page), stale=STALE_LIST)


async def show_found(
    message: Message, command: CommandObject, actor: Actor, view: OpenView, now: datetime, understand: Understand
) -> None:
    if not (command.args or "").strip():
        await respond(message, HOW_TO_FIND)
        return
    facts = await find_risks(command.args or "", actor=actor, view=view, now=now, understand=understand)
    await respond(message, views.found(facts))


async def show_own(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, views.own(await own_risks(actor=actor, view=view, now=now)))


async def press_history(
    query: CallbackQuery, callback_data: HistoryPage, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    facts = await turn_history(callback_data.risk, actor=actor, view=view, now=now)
    return await turned(bot, query, views.history(facts, callback_data.page), stale=STALE_LIST)


async def show_history(message: Message, command: CommandObject, actor: Actor, view: OpenView, now: datetime) -> None:
    asked = NumberAsked.read(command.args or "")
    if asked is None:
        await respond(message, HOW_TO_ASK_HISTORY)
        return
    await respond(message, views.history(await history(asked, actor=actor, view=view, now=now)))
