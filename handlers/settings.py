"""`/settings`: one message that turns from the list to each setting; a value may also be typed behind the command."""

import re
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from aiogram import Bot, Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer, turned
from handlers.callbacks.offices import SettingsPage, SettingValue
from handlers.filters import GROUP, PRIVATE, command_named
from handlers.keyboards.settings import from_button
from handlers.privately import ask_in_private
from handlers.replies import respond
from handlers.views import settings as views
from risk.office_settings import Setting
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.use_cases.settings import ChangeSetting, change_setting, restore_setting, settings

_TYPED: Final = re.compile(r"(тихие часы|приглашение|дайджест|справка|доли)\s+(\S.*)", re.IGNORECASE)
_NAMES: Final[Mapping[str, Setting]] = MappingProxyType(
    {
        "тихие часы": Setting.QUIET_HOURS,
        "приглашение": Setting.INVITATION_DAYS,
        "дайджест": Setting.DIGEST_AT,
        "справка": Setting.MEMO_AT,
        "доли": Setting.RATING_MINIMUM,
    }
)


def router() -> Router:
    made = Router(name="settings")
    made.message.register(show_settings, PRIVATE, command_named("settings"))
    made.message.register(ask_in_private, GROUP, command_named("settings"))
    made.callback_query.register(press_page, SettingsPage.filter())
    made.callback_query.register(press_value, SettingValue.filter())
    return made


async def show_settings(
    message: Message, command: CommandObject, actor: Actor, uow: OpenUnit, view: OpenView, now: datetime
) -> None:
    if command.args:
        typed = _TYPED.fullmatch(command.args.strip())
        if typed is None:
            await respond(message, views.HOW_TO_SET)
            return
        wanted = ChangeSetting(setting=_NAMES[typed[1].lower()], value=typed[2])
        await change_setting(wanted, actor=actor, uow=uow, now=now)
    await respond(message, views.settings(await settings(actor=actor, view=view)))


async def press_page(
    query: CallbackQuery, callback_data: SettingsPage, actor: Actor, view: OpenView, bot: Bot
) -> Answer | None:
    facts = await settings(actor=actor, view=view)
    chosen = callback_data.setting
    page = views.settings(facts) if chosen is None else views.setting(facts, chosen)
    return await turned(bot, query, page, stale=views.STALE)


async def press_value(
    query: CallbackQuery,
    callback_data: SettingValue,
    actor: Actor,
    uow: OpenUnit,
    view: OpenView,
    now: datetime,
    bot: Bot,
) -> Answer | None:
    setting = callback_data.setting
    if callback_data.value is None:
        await restore_setting(setting, actor=actor, uow=uow, now=now)
    else:
        wanted = ChangeSetting(setting=setting, value=from_button(callback_data.value))
        await change_setting(wanted, actor=actor, uow=uow, now=now)
    page = views.settings(await settings(actor=actor, view=view))
    return await turned(bot, query, page, stale=views.STALE)
