"""`/digest`, the digest on a page, and sending it again when it may not have arrived."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.reports import DigestAgain, DigestPage, DigestShown
from handlers.filters import PRIVATE, command_named
from handlers.places import place_of_press
from handlers.privately import ask_in_private
from handlers.replies import respond
from handlers.views import digest as views
from handlers.views.menu import STALE_MENU
from handlers.views.papers.progress import IN_HAND
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases.digest_astray import SendDigestAgain, send_digest_again
from risk.use_cases.digesting import AskDigestPage, ask_digest_page, read_digest


def router() -> Router:
    made = Router(name="digests")
    made.message.register(show_digest, PRIVATE, command_named("digest"))
    made.message.register(ask_in_private, command_named("digest"))
    made.callback_query.register(press_shown, DigestShown.filter())
    made.callback_query.register(press_page, DigestPage.filter())
    made.callback_query.register(press_again, DigestAgain.filter())
    return made


async def show_digest(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, views.digest_read(await read_digest(actor=actor, view=view, now=now)))


async def press_shown(query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot) -> Answer | None:
    page = views.digest_read(await read_digest(actor=actor, view=view, now=now))
    return await turned(bot, query, page, stale=STALE_MENU)


async def press_page(
    query: CallbackQuery, callback_data: DigestPage, actor: Actor, uow: OpenUnit, now: datetime
) -> Answer:
    asked = AskDigestPage(digest=callback_data.digest, place=place_of_press(query))
    is_new = await ask_digest_page(asked, actor=actor, uow=uow, now=now)
    return Answer(views.PAGE_COMES if is_new else IN_HAND, alert=True)


async def press_again(
    _: CallbackQuery, callback_data: DigestAgain, actor: Actor, uow: OpenUnit, now: datetime
) -> Answer:
    wanted = SendDigestAgain(digest=callback_data.digest, times=callback_data.times)
    await send_digest_again(wanted, actor=actor, uow=uow, now=now)
    return Answer(views.SENT_AGAIN)
