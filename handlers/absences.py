"""`/absence`: one message in private that turns from the list to each step of noting an absence."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.fields import day_or_none, days_between
from handlers.callbacks.rota import (
    AbsenceDays,
    AbsenceDeputies,
    AbsenceDraft,
    AbsenceEnd,
    AbsenceList,
    AbsencePeople,
    Blank,
)
from handlers.filters import GROUP, PRIVATE, command_named
from handlers.replies import respond
from handlers.views import absences as views
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases.absence_steps import (
    AskDays,
    AskDeputies,
    absence_drafted,
    absence_to_end,
    absences,
    days_asked,
    deputies_asked,
    may_ask_about_absences,
    people_to_note,
    typed_absence,
)
from risk.use_cases.absences import EndAbsence, NoteAbsence, end_absence, note_absence


def router() -> Router:
    made = Router(name="absences")
    made.message.register(show_absences, PRIVATE, command_named("absence"))
    made.message.register(show_in_private, GROUP, command_named("absence"))
    made.callback_query.register(press_nothing, Blank.filter())
    made.callback_query.register(press_list, AbsenceList.filter())
    made.callback_query.register(press_people, AbsencePeople.filter())
    made.callback_query.register(press_days, AbsenceDays.filter())
    made.callback_query.register(press_deputies, AbsenceDeputies.filter())
    made.callback_query.register(press_draft, AbsenceDraft.filter())
    made.callback_query.register(press_end, AbsenceEnd.filter())
    return made


async def show_in_private(message: Message, actor: Actor, view: OpenView) -> None:
    """Only in the alert chat: in any other group the bot keeps silent about the office."""
    await may_ask_about_absences(actor=actor, view=view)
    await respond(message, views.IN_PRIVATE)


async def show_absences(message: Message, command: CommandObject, actor: Actor, view: OpenView, now: datetime) -> None:
    if command.args:
        asked = await typed_absence(command.args, actor=actor, view=view, now=now)
        await respond(message, views.choose_deputy(asked))
    else:
        await respond(message, views.absences(await absences(0, actor=actor, view=view, now=now)))


async def press_nothing(_: CallbackQuery) -> None:
    """A part of a keyboard that leads nowhere."""


async def press_list(
    query: CallbackQuery, callback_data: AbsenceList, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    return await _list(callback_data.page, query, actor, view, now, bot)


async def press_people(
    query: CallbackQuery, callback_data: AbsencePeople, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    people = await people_to_note(callback_data.page, actor=actor, view=view, now=now)
    return await turned(bot, query, views.choose_person(people), stale=views.STALE)


async def press_days(
    query: CallbackQuery, callback_data: AbsenceDays, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    asked = AskDays(person=callback_data.person, first=day_or_none(callback_data.first))
    facts = await days_asked(asked, actor=actor, view=view, now=now)
    return await turned(bot, query, views.choose_day(facts, callback_data.month), stale=views.STALE)


async def press_deputies(
    query: CallbackQuery, callback_data: AbsenceDeputies, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    days = days_between(callback_data.first, callback_data.last)
    asked = AskDeputies(person=callback_data.person, days=days, page=callback_data.page)
    facts = await deputies_asked(asked, actor=actor, view=view, now=now)
    return await turned(bot, query, views.choose_deputy(facts), stale=views.STALE)


async def press_draft(
    query: CallbackQuery,
    callback_data: AbsenceDraft,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    days = days_between(callback_data.first, callback_data.last)
    wanted = NoteAbsence(person=callback_data.person, days=days, deputy=callback_data.deputy)
    if not callback_data.sure:
        drafted = await absence_drafted(wanted, actor=actor, view=view, now=now)
        return await turned(bot, query, views.draft(drafted), stale=views.STALE)
    await note_absence(wanted, actor=actor, uow=uow, now=now)
    await _list(0, query, actor, view, now, bot)
    return Answer(views.NOTED)


async def press_end(
    query: CallbackQuery,
    callback_data: AbsenceEnd,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    if not callback_data.sure:
        facts = await absence_to_end(callback_data.absence, actor=actor, view=view, now=now)
        return await turned(bot, query, views.end(facts), stale=views.STALE)
    await end_absence(EndAbsence(absence=callback_data.absence), actor=actor, uow=uow, now=now)
    await _list(0, query, actor, view, now, bot)
    return Answer(views.ENDED)


async def _list(
    page: int, query: CallbackQuery, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    facts = await absences(page, actor=actor, view=view, now=now)
    return await turned(bot, query, views.absences(facts), stale=views.STALE)
