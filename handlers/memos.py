"""`/memo`: the memo of a week, a month or a quarter as a Word document, by a word or by a button."""

from datetime import date, datetime

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.papers import MemoAsked, MemosPage
from handlers.filters import PRIVATE, command_named
from handlers.places import place_of, place_of_press
from handlers.privately import ask_in_private
from handlers.replies import respond
from handlers.views.memos import which_memo
from handlers.views.menu import STALE_MENU
from handlers.views.papers.exporting import in_hand
from handlers.views.papers.progress import IN_HAND
from risk.memo_periods import period_from
from risk.papers import PaperKind
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases.memo_reading import offered_memos
from risk.use_cases.paper_asking import AskPaper, ask_paper


def router() -> Router:
    made = Router(name="memos")
    made.message.register(show_memo, PRIVATE, command_named("memo"))
    made.message.register(ask_in_private, command_named("memo"))
    made.callback_query.register(press_page, MemosPage.filter())
    made.callback_query.register(press_memo, MemoAsked.filter())
    return made


async def show_memo(
    message: Message, command: CommandObject, actor: Actor, uow: OpenUnit, view: OpenView, now: datetime
) -> None:
    """What no word names is asked by buttons."""
    offered = await offered_memos(actor=actor, view=view, now=now)
    period = offered.named(command.args or "")
    if period is None:
        await respond(message, which_memo(actor.office, offered, is_unclear=bool(command.args)))
        return
    asked = AskPaper(kind=PaperKind.MEMO, place=place_of(message), period=period)
    if not await ask_paper(asked, actor=actor, uow=uow, now=now):
        await respond(message, in_hand())


async def press_page(query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot) -> Answer | None:
    offered = await offered_memos(actor=actor, view=view, now=now)
    return await turned(bot, query, which_memo(actor.office, offered, is_unclear=False), stale=STALE_MENU)


async def press_memo(
    query: CallbackQuery, callback_data: MemoAsked, actor: Actor, uow: OpenUnit, now: datetime
) -> Answer | None:
    period = period_from(callback_data.period, date.fromordinal(callback_data.first))
    asked = AskPaper(kind=PaperKind.MEMO, place=place_of_press(query), period=period)
    return None if await ask_paper(asked, actor=actor, uow=uow, now=now) else Answer(IN_HAND)
