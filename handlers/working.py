"""Presses that work a risk, the questions of records, `/close 12`."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.working import (
    CardMeasure,
    CardMerge,
    CardPress,
    CardRecord,
    LinkSeen,
    RecordChoice,
    RecordStep,
    WorkPress,
)
from handlers.filters import PRIVATE, command_named, works_here
from handlers.places import place_of_press
from handlers.privately import ask_in_private
from handlers.replies import respond, write
from handlers.views.acted import measure_taken, moved_on
from handlers.views.checklist import checklist, details, for_regional_centre
from handlers.views.help import (
    FOLLOWED,
    HOW_TO_CLOSE,
    HOW_TO_MERGE,
    LINK_NOTED,
    QUESTION_ABOVE,
    SEE_PRIVATE,
    UNFOLLOWED,
    merged_into,
)
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.risks import NumberAsked
from risk.use_cases.link_watch import OfLink, confirm_link
from risk.use_cases.mentions import MergeNumbered, MergeRisks, merge_numbered, merge_risks
from risk.use_cases.reading import read_card
from risk.use_cases.recording import (
    ChooseInRecord,
    OfRecord,
    OpenRecord,
    cancel_record,
    choose_in_record,
    open_record,
    step_back,
)
from risk.use_cases.working import (
    OfMeasure,
    OfRisk,
    approve_answer,
    follow,
    pass_up,
    publish_answer,
    submit_answer,
    take_measure,
    take_up,
    take_watch,
    work_off,
)

_TO_QUESTION, _TO_PAGE = "work", "read"
"""Parameters of the links that lead a press in the chat to its question or its page in private."""

_MOVES = {
    WorkPress.TAKE: take_up,
    WorkPress.SUBMIT: submit_answer,
    WorkPress.APPROVE: approve_answer,
    WorkPress.PUBLISH: publish_answer,
    WorkPress.WORK_OFF: work_off,
    WorkPress.WATCH: take_watch,
}


def router() -> Router:
    made = Router(name="working")
    made.message.register(
        come_from_press,
        PRIVATE,
        works_here,
        CommandStart(deep_link=True, magic=F.args.in_({_TO_QUESTION, _TO_PAGE}), ignore_case=True),
    )
    made.message.register(show_checklist, PRIVATE, command_named("close"))
    made.message.register(ask_in_private, command_named("close"))
    made.callback_query.register(press_follow, CardPress.filter(F.act == WorkPress.FOLLOW))
    made.callback_query.register(press_page, CardPress.filter(F.act.in_({WorkPress.DETAILS, WorkPress.CHECKLIST})))
    made.callback_query.register(press_pass_up, CardPress.filter(F.act == WorkPress.TO_REGION))
    made.callback_query.register(press_move, CardPress.filter())
    made.callback_query.register(press_measure, CardMeasure.filter())
    made.callback_query.register(press_link, LinkSeen.filter())
    made.message.register(merge, command_named("merge"))
    made.callback_query.register(press_merge, CardMerge.filter())
    made.callback_query.register(press_record, CardRecord.filter())
    made.callback_query.register(press_choice, RecordChoice.filter())
    made.callback_query.register(press_step, RecordStep.filter())
    return made


async def come_from_press(message: Message, command: CommandObject) -> None:
    """The question was put by the press itself; the link only opens the chat where it stands. A page asks nothing."""
    if command.args == _TO_QUESTION:
        await respond(message, QUESTION_ABOVE)


async def show_checklist(message: Message, command: CommandObject, actor: Actor, view: OpenView, now: datetime) -> None:
    asked = NumberAsked.read(command.args or "")
    if asked is None:
        await respond(message, HOW_TO_CLOSE)
        return
    await respond(message, checklist(await read_card(asked, actor=actor, view=view, now=now)))


async def press_move(
    query: CallbackQuery,
    callback_data: CardPress,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    """The card turns by itself; a message beside it tells what the press has done."""
    of_risk = OfRisk(risk=callback_data.risk, round=callback_data.round)
    await _MOVES[callback_data.act](of_risk, actor=actor, uow=uow, now=now)
    if not callback_data.beside:
        return None
    page = moved_on(await read_card(callback_data.risk, actor=actor, view=view, now=now), callback_data.act)
    return await turned(bot, query, page, stale=page.text)


async def press_follow(_: CallbackQuery, callback_data: CardPress, actor: Actor, uow: OpenUnit) -> Answer:
    follows = await follow(OfRisk(risk=callback_data.risk, round=callback_data.round), actor=actor, uow=uow)
    return Answer(FOLLOWED if follows else UNFOLLOWED, alert=True)


async def press_page(
    query: CallbackQuery, callback_data: CardPress, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    """A page for whoever pressed, in private: the chat is not told what one person reads."""
    facts = await read_card(callback_data.risk, actor=actor, view=view, now=now)
    page = details(facts) if callback_data.act is WorkPress.DETAILS else checklist(facts)
    await write(bot, query.from_user.id, page)
    return await _to_private(bot, query, _TO_PAGE)


async def press_pass_up(
    query: CallbackQuery,
    callback_data: CardPress,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    await pass_up(OfRisk(risk=callback_data.risk, round=callback_data.round), actor=actor, uow=uow, now=now)
    facts = await read_card(callback_data.risk, actor=actor, view=view, now=now)
    await write(bot, query.from_user.id, for_regional_centre(facts))
    return await _to_private(bot, query, _TO_PAGE)


async def press_measure(
    query: CallbackQuery,
    callback_data: CardMeasure,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    measure = OfMeasure(risk=callback_data.risk, round=callback_data.round, measure=callback_data.measure)
    await take_measure(measure, actor=actor, uow=uow, now=now)
    if not callback_data.beside:
        return None
    facts = await read_card(callback_data.risk, actor=actor, view=view, now=now)
    page = measure_taken(facts, callback_data.measure)
    return await turned(bot, query, page, stale=page.text)


async def press_link(_: CallbackQuery, callback_data: LinkSeen, actor: Actor, uow: OpenUnit, now: datetime) -> Answer:
    link = OfLink(risk=callback_data.risk, round=callback_data.round, link=callback_data.link)
    await confirm_link(link, actor=actor, uow=uow, now=now)
    return Answer(LINK_NOTED)


async def merge(message: Message, command: CommandObject, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    numbers = [NumberAsked.read(word) for word in (command.args or "").split()]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        await respond(message, HOW_TO_MERGE)
        return
    wanted = MergeNumbered(risk=numbers[0], into=numbers[1])
    number = await merge_numbered(wanted, actor=actor, uow=uow, now=now)
    await respond(message, merged_into(number))


async def press_merge(_: CallbackQuery, callback_data: CardMerge, actor: Actor, uow: OpenUnit, now: datetime) -> Answer:
    wanted = MergeRisks(risk=callback_data.risk, round=callback_data.round, into=callback_data.merged)
    number = await merge_risks(wanted, actor=actor, uow=uow, now=now)
    return Answer(merged_into(number).text)


async def press_record(
    query: CallbackQuery, callback_data: CardRecord, actor: Actor, uow: OpenUnit, now: datetime, bot: Bot
) -> Answer | None:
    wanted = OpenRecord(
        risk=callback_data.risk,
        round=callback_data.round,
        kind=callback_data.kind,
        item=callback_data.item,
        place=place_of_press(query),
    )
    await open_record(wanted, actor=actor, uow=uow, now=now)
    return await _to_private(bot, query, _TO_QUESTION)


async def press_choice(
    _: CallbackQuery, callback_data: RecordChoice, actor: Actor, uow: OpenUnit, now: datetime
) -> None:
    wanted = ChooseInRecord(record=callback_data.record, field=callback_data.field, value=callback_data.chosen)
    await choose_in_record(wanted, actor=actor, uow=uow, now=now)


async def press_step(_: CallbackQuery, callback_data: RecordStep, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    of_record = OfRecord(record=callback_data.record)
    if callback_data.back:
        await step_back(of_record, actor=actor, uow=uow, now=now)
    else:
        await cancel_record(of_record, actor=actor, uow=uow)


async def _to_private(bot: Bot, query: CallbackQuery, leads: str) -> Answer | None:
    """From the chat the messenger opens the talk with the bot; in private one is there already."""
    if query.message is not None and query.message.chat.type == ChatType.PRIVATE:
        return None
    username = (await bot.me()).username or ""
    return Answer(SEE_PRIVATE, url=f"https://t.me/{username}?start={leads}")
