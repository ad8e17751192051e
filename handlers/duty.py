"""`/duty`: who is on duty; in private, one message that turns to each step of assigning it."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.fields import day_or_none, days_between
from handlers.callbacks.rota import DutyDays, DutyDraft, DutyList, DutyPositions
from handlers.filters import command_named
from handlers.replies import respond
from handlers.views import duty as views
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases.duties import AssignDuty, assign_duty
from risk.use_cases.duty_steps import AskDutyDays, duty_days_asked, duty_drafted, duty_page, positions_for_duty


def router() -> Router:
    made = Router(name="duty")
    made.message.register(show_duty, command_named("duty"))
    made.callback_query.register(press_list, DutyList.filter())
    made.callback_query.register(press_positions, DutyPositions.filter())
    made.callback_query.register(press_days, DutyDays.filter())
    made.callback_query.register(press_draft, DutyDraft.filter())
    return made


async def show_duty(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, views.duty(await duty_page(actor=actor, view=view, now=now)))


async def press_list(query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot) -> Answer | None:
    return await turned(bot, query, views.duty(await duty_page(actor=actor, view=view, now=now)), stale=views.STALE)


async def press_positions(
    query: CallbackQuery, callback_data: DutyPositions, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    positions = await positions_for_duty(callback_data.page, actor=actor, view=view, now=now)
    return await turned(bot, query, views.choose_position(positions), stale=views.STALE)


async def press_days(
    query: CallbackQuery, callback_data: DutyDays, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    asked = AskDutyDays(position=callback_data.position, first=day_or_none(callback_data.first))
    facts = await duty_days_asked(asked, actor=actor, view=view, now=now)
    return await turned(bot, query, views.choose_day(facts, callback_data.month), stale=views.STALE)


async def press_draft(
    query: CallbackQuery,
    callback_data: DutyDraft,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    days = days_between(callback_data.first, callback_data.last)
    wanted = AssignDuty(position=callback_data.position, days=days)
    if not callback_data.sure:
        drafted = await duty_drafted(wanted, actor=actor, view=view, now=now)
        return await turned(bot, query, views.draft(drafted), stale=views.STALE)
    await assign_duty(wanted, actor=actor, uow=uow, now=now)
    await press_list(query, actor, view, now, bot)
    return Answer(views.CLEARED if wanted.position is None else views.ASSIGNED)
