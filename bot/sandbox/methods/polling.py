"""getMe and getUpdates."""

from typing import Any

from aiogram.methods import GetMe, GetUpdates

from bot.sandbox.refusals import Clash, conflict
from bot.sandbox.shapes import bot_json
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

MOST_UPDATES = 100
LONGEST_POLL = 50
"""Seconds; longer waits are cut to this, as Telegram's server does."""


def get_me(world: World, _: GetMe) -> JsonObject:
    """The bot, with the abilities that only getMe shows."""
    return bot_json(world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": world.bot.can_read_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, call: GetUpdates) -> list[Any]:
    """The long poll: confirms by its offset, then waits for something to hand out."""
    if world.webhook.url:
        raise conflict(Clash.WEBHOOK)
    queue = world.updates
    queue.allow(call.allowed_updates)
    turn = queue.take_turn()
    queue.confirm(call.offset or 0)
    world.changed()
    seconds = min(max(call.timeout or 0, 0), LONGEST_POLL)
    await world.revision.until(lambda: bool(queue.entries) or queue.turn != turn, seconds=seconds)
    if queue.turn != turn:
        raise conflict(Clash.OTHER_POLL)
    return queue.hand_out(min(max(call.limit or MOST_UPDATES, 1), MOST_UPDATES))
