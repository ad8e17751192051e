"""Papers as files: registers by `/export`, and once more what could not be made; what stands in them, views say."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.papers import ExportChosen, ExportPage, PaperAgain, period_or_none
from handlers.filters import PRIVATE, command_named
from handlers.places import place_of, place_of_press
from handlers.privately import ask_in_private
from handlers.replies import respond
from handlers.views.menu import STALE_MENU
from handlers.views.papers import exporting as views
from handlers.views.papers.progress import BEGUN_ANEW, IN_HAND
from risk.papers import PaperKind
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases.paper_asking import AskAgain, AskPaper, ask_paper, ask_paper_again
from risk.use_cases.registers import days_of_registers


def router() -> Router:
    made = Router(name="papers")
    made.message.register(ask_export, PRIVATE, command_named("export"))
    made.message.register(ask_in_private, command_named("export"))
    made.callback_query.register(press_page, ExportPage.filter())
    made.callback_query.register(press_export, ExportChosen.filter())
    made.callback_query.register(press_again, PaperAgain.filter())
    return made


async def ask_export(
    message: Message, command: CommandObject, actor: Actor, uow: OpenUnit, view: OpenView, now: datetime
) -> None:
    """Days that were typed are taken at their word; without any, or with words that name none, they are chosen."""
    days = await days_of_registers(command.args or "", actor=actor, view=view, now=now)
    if days.typed is None:
        await respond(message, views.choice(days))
        return
    asked = AskPaper(kind=PaperKind.REGISTERS, place=place_of(message), period=days.typed)
    if not await ask_paper(asked, actor=actor, uow=uow, now=now):
        await respond(message, views.in_hand())


async def press_page(query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot) -> Answer | None:
    days = await days_of_registers("", actor=actor, view=view, now=now)
    return await turned(bot, query, views.choice(days), stale=STALE_MENU)


async def press_export(
    query: CallbackQuery, callback_data: ExportChosen, actor: Actor, uow: OpenUnit, now: datetime
) -> Answer | None:
    period = period_or_none(callback_data.period, callback_data.first, callback_data.last)
    asked = AskPaper(kind=PaperKind.REGISTERS, place=place_of_press(query), period=period)
    is_new = await ask_paper(asked, actor=actor, uow=uow, now=now)
    return None if is_new else Answer(IN_HAND)


async def press_again(
    _: CallbackQuery, callback_data: PaperAgain, actor: Actor, uow: OpenUnit, now: datetime
) -> Answer:
    is_begun = await ask_paper_again(AskAgain(paper=callback_data.paper), actor=actor, uow=uow, now=now)
    return Answer(BEGUN_ANEW if is_begun else IN_HAND)
