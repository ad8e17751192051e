"""`/people`, `/invite`, `/dismiss`, `/transfer`: one message in private that turns from the list to each step."""

from datetime import datetime

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.people import (
    RoleInvite,
    SeatChosen,
    SeatFree,
    SeatHandOver,
    SeatInvite,
    StaffList,
    StaffPurpose,
)
from handlers.filters import GROUP, PRIVATE, command_named
from handlers.privately import ask_in_private
from handlers.replies import respond, write
from handlers.views import people as views
from handlers.views.message import Outgoing
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases.inviting import (
    InviteToRole,
    InviteToSeat,
    IssuedInvitation,
    NewCode,
    invite_to_role,
    invite_to_seat,
    vacancies,
)
from risk.use_cases.staff import (
    CorrectOwnName,
    FreePosition,
    HandPositionOver,
    correct_own_name,
    free_position,
    hand_over,
    hand_position_over,
    staff,
    staff_to_free,
)


def router() -> Router:
    made = Router(name="people")
    made.message.register(show_people, PRIVATE, command_named("people"))
    made.message.register(show_vacancies, PRIVATE, command_named("invite"))
    made.message.register(ask_what_to_free, PRIVATE, command_named("dismiss"))
    made.message.register(ask_what_to_hand_over, PRIVATE, command_named("transfer"))
    made.message.register(correct_name, PRIVATE, command_named("name"))
    for command in ("people", "invite", "dismiss", "transfer", "name"):
        made.message.register(ask_in_private, GROUP, command_named(command))
    made.callback_query.register(press_list, StaffList.filter())
    made.callback_query.register(press_seat_invite, SeatInvite.filter())
    made.callback_query.register(press_role_invite, RoleInvite.filter())
    made.callback_query.register(press_chosen, SeatChosen.filter())
    made.callback_query.register(press_free, SeatFree.filter())
    made.callback_query.register(press_hand_over, SeatHandOver.filter())
    return made


async def show_people(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, await _page(StaffPurpose.LOOK, 0, actor=actor, view=view, now=now))


async def show_vacancies(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, await _page(StaffPurpose.INVITE, 0, actor=actor, view=view, now=now))


async def ask_what_to_free(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, await _page(StaffPurpose.FREE, 0, actor=actor, view=view, now=now))


async def ask_what_to_hand_over(message: Message, actor: Actor, view: OpenView, now: datetime) -> None:
    await respond(message, await _page(StaffPurpose.HAND_OVER, 0, actor=actor, view=view, now=now))


async def correct_name(message: Message, command: CommandObject, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    if not command.args:
        await respond(message, views.HOW_TO_NAME)
        return
    name = await correct_own_name(CorrectOwnName(typed=command.args), actor=actor, uow=uow, now=now)
    await respond(message, views.named(name))


async def press_list(
    query: CallbackQuery, callback_data: StaffList, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    page = await _page(callback_data.purpose, callback_data.page, actor=actor, view=view, now=now)
    return await turned(bot, query, page, stale=views.STALE)


async def press_seat_invite(
    query: CallbackQuery,
    callback_data: SeatInvite,
    actor: Actor,
    uow: OpenUnit,
    now: datetime,
    new_code: NewCode,
    bot: Bot,
) -> None:
    wanted = InviteToSeat(position=callback_data.position, succeeds=callback_data.succeeds)
    await _hand_out(bot, query, await invite_to_seat(wanted, actor=actor, uow=uow, now=now, new_code=new_code))


async def press_role_invite(
    query: CallbackQuery,
    callback_data: RoleInvite,
    actor: Actor,
    uow: OpenUnit,
    now: datetime,
    new_code: NewCode,
    bot: Bot,
) -> None:
    wanted = InviteToRole(role=callback_data.role)
    await _hand_out(bot, query, await invite_to_role(wanted, actor=actor, uow=uow, now=now, new_code=new_code))


async def press_chosen(
    query: CallbackQuery, callback_data: SeatChosen, actor: Actor, view: OpenView, now: datetime, bot: Bot
) -> Answer | None:
    facts = await hand_over(callback_data.position, actor=actor, view=view, now=now)
    ask = views.free if callback_data.purpose is StaffPurpose.FREE else views.hand_over
    return await turned(bot, query, ask(facts), stale=views.STALE)


async def press_free(
    query: CallbackQuery, callback_data: SeatFree, actor: Actor, uow: OpenUnit, now: datetime, bot: Bot
) -> None:
    wanted = FreePosition(position=callback_data.position, holder=callback_data.holder)
    await free_position(wanted, actor=actor, uow=uow, now=now)
    await turned(bot, query, views.FREED, stale=views.STALE)


async def press_hand_over(
    query: CallbackQuery,
    callback_data: SeatHandOver,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    if not callback_data.sure:
        facts = await hand_over(callback_data.position, actor=actor, view=view, now=now)
        return await turned(
            bot, query, views.sure_to_hand_over(facts, facts.heir(callback_data.heir)), stale=views.STALE
        )
    wanted = HandPositionOver(position=callback_data.position, holder=callback_data.holder, heir=callback_data.heir)
    await hand_position_over(wanted, actor=actor, uow=uow, now=now)
    return await turned(bot, query, views.HANDED_OVER, stale=views.STALE)


async def _page(purpose: StaffPurpose, page: int, *, actor: Actor, view: OpenView, now: datetime) -> Outgoing:
    match purpose:
        case StaffPurpose.LOOK:
            return views.staff(await staff(page, actor=actor, view=view, now=now))
        case StaffPurpose.INVITE:
            return views.invite(await vacancies(actor=actor, view=view))
        case StaffPurpose.FREE | StaffPurpose.HAND_OVER:
            return views.choose_position(await staff_to_free(page, actor=actor, view=view, now=now), purpose)


async def _hand_out(bot: Bot, query: CallbackQuery, issued: IssuedInvitation) -> None:
    """The code is in no row, so the link is said here; one that got lost on the way is made anew by another press."""
    username = (await bot.me()).username or ""
    await write(bot, query.from_user.id, views.invitation(issued, username))
