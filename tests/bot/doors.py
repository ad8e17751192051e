"""A door with its census, for the tests of each way in."""

from collections.abc import Awaitable, Callable

from aiogram import Bot

from bot.clock import OfficeClock
from bot.gateways.chat_census import TelegramChatCensus
from bot.intake.admission import BotName
from bot.intake.census import Census
from bot.intake.courtesy import Courtesy
from bot.intake.door import Door
from bot.intake.lanes import Lanes
from bot.intake.replies import Doorkeeper
from bot.tasks import TaskOwner
from storage.inbox import Inbox, Receipt
from tests.bot.telegram import ME
from tests.support.offices import NOW, Offices


def door_of(
    offices: Offices,
    *,
    inbox: Inbox,
    tasks: TaskOwner,
    doorkeeper: Doorkeeper,
    census: Census,
    work: Callable[[Receipt], Awaitable[None]],
) -> Door:
    """It knows one command, `/risk`, and hands what is let in to `work`."""
    return Door(
        name=BotName(id=ME.id, username=ME.username or "", commands=frozenset({"risk"})),
        inbox=inbox,
        lanes=Lanes(work, tasks),
        directory=offices.directory,
        doorkeeper=doorkeeper,
        census=census,
        clock=OfficeClock(lambda: NOW),
    )


def census_of(offices: Offices, bot: Bot) -> Census:
    return Census(
        TelegramChatCensus(bot),
        directory=offices.directory,
        units=offices.units,
        clock=OfficeClock(lambda: NOW),
        hourly=Courtesy(lambda: 0.0),
    )
