"""`/appeals`, `/overdue`, `/appeal`: lists of appeals, the page of one and presses on it, the form of a new one."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.appeals import (
    AppealHistoryPage,
    AppealPage,
    AppealPress,
    AppealRecord,
    AppealsList,
    AppealsNarrow,
    AppealsOfBlock,
)
from handlers.filters import PRIVATE, command_named
from handlers.places import place_of, place_of_press
from handlers.privately import ask_in_private
from handlers.replies import respond, write
from handlers.views import appeals as views
from handlers.views.help import STALE_BUTTON
from risk.appeal_acts import AppealAct
from risk.appeal_lists import CodedAppeals, Standing
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases.appeal_presses import OfAppeal, approve_appeal, ask_appeal_approval, report_answered
from risk.use_cases.appeal_reading import appeals_numbered, read_appeal, read_appeal_history, read_appeals
from risk.use_cases.appeal_records import OpenAppealForm, OpenAppealRecord, open_appeal_form, open_appeal_record

PRESSES = {
    AppealAct.ANSWERED: report_answered,
    AppealAct.PREPARED: ask_appeal_approval,
    AppealAct.APPROVE: approve_appeal,
}


def router() -> Router:
    made = Router(name="appeals")
    made.message.register(show_appeals, PRIVATE, command_named("appeals"))
    made.message.register(show_overdue, PRIVATE, command_named("overdue"))
    made.message.register(show_or_register, PRIVATE, command_named("appeal"))
    for name in ("appeals", "overdue", "appeal"):
        made.message.register(ask_in_private, command_named(name))
    made.callback_query.register(press_page, AppealsList.filter())
    made.callback_query.register(press_list, AppealsOfBlock.filter())
    made.callback_query.register(press_narrow, AppealsNarrow.filter())
    made.callback_query.register(press_open, AppealPage.filter())
    made.callback_query.register(press_history, AppealHistoryPage.filter())
    made.callback_query.register(press_act, AppealPress.filter())
    made.callback_query.register(press_record, AppealRecord.filter())
    return made


async def show_appeals(message: Message, command: CommandObject, actor: Actor, view: OpenView, now: datetime) -> None:
    if command.args:
        await respond(
            message, views.which_appeal(await appeals_numbered(command.args, actor=actor, view=view, now=now))
        )
        return
    await respond(message, views.appeals(await read_appeals(0, CodedAppeals(), actor=actor, view=view, now=now)))


async def show_overdue(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    overdue = CodedAppeals(standing=Standing.OVERDUE)
    await respond(message, views.appeals(await read_appeals(0, overdue, actor=actor, view=view, now=now)))


async def show_or_register(
    message: Message, command: CommandObject, actor: Actor, uow: OpenUnit, view: OpenView, now: datetime
) -> None:
    if command.args:
        await respond(
            message, views.which_appeal(await appeals_numbered(command.args, actor=actor, view=view, now=now))
        )
        return
    await open_appeal_form(OpenAppealForm(place=place_of(message)), actor=actor, uow=uow, now=now)


async def press_page(
    query: CallbackQuery, callback_data: AppealsList, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    page = await read_appeals(callback_data.leaf, _coded(callback_data), actor=actor, view=view, now=now)
    return await turned(bot, query, views.appeals(page), stale=views.STALE_LIST)


async def press_list(
    query: CallbackQuery, callback_data: AppealsOfBlock, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> None:
    coded = CodedAppeals(standing=callback_data.standing, block=callback_data.block_code)
    page = await read_appeals(0, coded, actor=actor, view=view, now=now)
    await write(bot, query.from_user.id, views.appeals(page))


async def press_narrow(
    query: CallbackQuery, callback_data: AppealsNarrow, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    page = await read_appeals(0, _coded(callback_data), actor=actor, view=view, now=now)
    return await turned(bot, query, views.narrowing(page, callback_data.by), stale=views.STALE_LIST)


async def press_open(
    query: CallbackQuery, callback_data: AppealPage, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> None:
    facts = await read_appeal(callback_data.appeal, actor=actor, view=view, now=now)
    await write(bot, query.from_user.id, views.appeal(facts))


async def press_history(
    query: CallbackQuery, callback_data: AppealHistoryPage, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    facts = await read_appeal_history(callback_data.appeal, actor=actor, view=view, now=now)
    return await turned(bot, query, views.appeal_history(facts, callback_data.page), stale=views.STALE_PAGE)


async def press_act(
    query: CallbackQuery,
    callback_data: AppealPress,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    """The message that was pressed is the page from now on, were it a notice before."""
    press = PRESSES.get(callback_data.does)
    if press is None:
        return Answer(STALE_BUTTON, alert=True)
    await press(OfAppeal(appeal=callback_data.appeal), actor=actor, uow=uow, now=now)
    facts = await read_appeal(callback_data.appeal, actor=actor, view=view, now=now)
    return await turned(bot, query, views.appeal(facts), stale=views.STALE_PAGE)


async def press_record(
    query: CallbackQuery, callback_data: AppealRecord, actor: Actor, uow: OpenUnit, now: datetime
) -> None:
    wanted = OpenAppealRecord(appeal=callback_data.appeal, kind=callback_data.kind, place=place_of_press(query))
    await open_appeal_record(wanted, actor=actor, uow=uow, now=now)


def _coded(data: AppealsList | AppealsNarrow) -> CodedAppeals:
    return CodedAppeals(
        standing=data.standing, channel=data.channel, block=data.block_code, territory=data.territory_code
    )
