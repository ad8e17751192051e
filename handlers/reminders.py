"""What one owes: behind a number of a reminder, `/reminders`, the hour of the morning ones."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.reminders import ASK_HOUR, HourChosen, LedgerPage, OwedPress, OwedRecord, OwedView, OwnOwedPage
from handlers.filters import PRIVATE, command_named
from handlers.places import place_of_press
from handlers.privately import ask_in_private
from handlers.replies import respond, write
from handlers.views import reminders as views
from handlers.views.ledger import ledger
from handlers.views.menu import STALE_MENU
from risk.bundle_hours import bundle_hour
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases.nudge_ledger import read_ledger
from risk.use_cases.recording import OpenOwedRecord, open_owed_record
from risk.use_cases.reminder_hours import ChooseHour, choose_hour
from risk.use_cases.reminder_telling import explain_owed, own_owed


def router() -> Router:
    made = Router(name="reminders")
    made.message.register(show_own, PRIVATE, command_named("reminders"))
    made.message.register(ask_in_private, command_named("reminders"))
    made.message.register(show_ledger, PRIVATE, command_named("ledger"))
    made.message.register(ask_in_private, command_named("ledger"))
    made.callback_query.register(press_own, OwnOwedPage.filter())
    made.callback_query.register(press_ledger, LedgerPage.filter())
    made.callback_query.register(press_owed, OwedPress.filter())
    made.callback_query.register(press_record, OwedRecord.filter())
    made.callback_query.register(press_choose, HourChosen.filter(F.hour == ASK_HOUR))
    made.callback_query.register(press_hour, HourChosen.filter())
    return made


async def show_own(
    message: Message, command: CommandObject, actor: Actor, uow: OpenUnit, view: OpenView, now: datetime
) -> None:
    if command.args:
        hour = bundle_hour(command.args)
        if hour is None:
            await respond(message, views.HOW_TO_CHOOSE_HOUR)
            return
        await choose_hour(ChooseHour(hour=hour), actor=actor, uow=uow)
    await respond(message, views.own(await own_owed(actor=actor, view=view, now=now)))


async def show_ledger(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, ledger(await read_ledger(actor=actor, view=view, now=now)))


async def press_own(query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot) -> Answer | None:
    page = views.own(await own_owed(actor=actor, view=view, now=now))
    return await turned(bot, query, page, stale=STALE_MENU)


async def press_ledger(query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot) -> Answer | None:
    page = ledger(await read_ledger(actor=actor, view=view, now=now))
    return await turned(bot, query, page, stale=STALE_MENU)


async def press_owed(
    query: CallbackQuery, callback_data: OwedPress, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> None:
    facts = await explain_owed(callback_data.owed, actor=actor, view=view, now=now)
    page = views.why(facts) if callback_data.view is OwedView.WHY else views.one(facts)
    await write(bot, query.from_user.id, page)


async def press_record(
    query: CallbackQuery, callback_data: OwedRecord, actor: Actor, uow: OpenUnit, now: datetime
) -> None:
    wanted = OpenOwedRecord(owed=callback_data.owed, kind=callback_data.kind, place=place_of_press(query))
    await open_owed_record(wanted, actor=actor, uow=uow, now=now)


async def press_choose(query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot) -> Answer | None:
    page = views.choose_hour(await own_owed(actor=actor, view=view, now=now))
    return await turned(bot, query, page, stale=views.STALE_REMINDER)


async def press_hour(
    query: CallbackQuery,
    callback_data: HourChosen,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    hour = bundle_hour(callback_data.hour)
    await choose_hour(ChooseHour(hour=hour), actor=actor, uow=uow)
    page = views.own(await own_owed(actor=actor, view=view, now=now))
    return await turned(bot, query, page, stale=views.STALE_REMINDER)
