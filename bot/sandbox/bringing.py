"""Brings queued updates to the webhook, one after another, and again after anything but a 2xx."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from bot.sandbox.app_keys import WORLD
from bot.sandbox.identity import Profile
from bot.sandbox.tasks import running
from bot.sandbox.updates import Queued
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
PATIENCE_SECONDS = 30.0
PAUSES = {Profile.FAST: (0.05, 0.4), Profile.TELEGRAM: (1.0, 60.0)}
"""The first pause after a failure and the longest one."""
_LONGEST_WAIT = 3600.0


async def bringing(app: web.Application) -> AsyncIterator[None]:
    """As long as the application runs."""
    async with running(_bring_all(app[WORLD]), name="sandbox-webhook"):
        yield


async def _bring_all(world: World) -> None:
    first, longest = PAUSES[world.profile]
    pause = first
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS)) as session:
        while not world.revision.closed:
            if not _has_work(world):
                await world.revision.until(lambda: _has_work(world), seconds=_LONGEST_WAIT)
            elif await _bring(world, session, world.webhook, world.updates.entries[0]):
                pause = first
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, longest)


def _has_work(world: World) -> bool:
    return world.webhook.is_near and bool(world.updates.entries)


async def _bring(world: World, session: aiohttp.ClientSession, webhook: Webhook, entry: Queued) -> bool:
    """Whether it was taken. A webhook that was replaced meanwhile has no say."""
    failure = await _failure(session, webhook, entry)
    if failure is None:
        world.updates.brought(entry)
    else:
        webhook.last_error_date = world.now
        webhook.last_error_message = failure
    world.changed()
    return failure is None


async def _failure(session: aiohttp.ClientSession, webhook: Webhook, entry: Queued) -> str | None:
    """Telegram's words for what went wrong."""
    headers = {} if webhook.secret is None else {SECRET_HEADER: webhook.secret}
    try:
        async with session.post(webhook.url, json=entry.update, headers=headers) as answer:
            if answer.ok:
                return None
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientError:
        return "Connection refused"
