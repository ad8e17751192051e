"""The running bot: in which order its parts start, and in which order they end; `bot.assembly` makes them."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from typing import Final

import structlog
from aiogram import Bot
from aiogram.types import User

from bot.assembly import Installation, Parts, assemble
from bot.calendars import renew_calendars
from bot.clock import MachineClock, OfficeClock
from bot.gateways.telegram import make_bot
from bot.intake.door import Intake
from bot.status import StatusPort
from bot.tasks import unless_stopped
from storage.database import Database, FileLock, open_file
from storage.sandbox_time import read_shift

_log = structlog.get_logger(__name__)

GRACE_SECONDS: Final = 5.0
"""How long a stop waits for what is in hand; the rest is taken up by the next run."""


class App:
    """One run of the bot. `started` is set once it takes updates and its status port answers.

    `begin_anew` is what the status port asks for when somebody wants the training room as it was at first.
    """

    def __init__(
        self, installation: Installation, machine: MachineClock, begin_anew: Callable[[], bool] | None = None
    ) -> None:
        self._installation = installation
        self._machine = machine
        self._begin_anew = begin_anew
        self._stop = asyncio.Event()
        self.started = asyncio.Event()
        self.status_port = 0
        self._parts: Parts

    async def run(self) -> None:
        """Run until stopped, or until one of the ways in and out fails.

        Raises DatabaseInUse, WrongDatabaseKind, DatabaseUnavailable, TelegramAPIError, OSError.
        """
        installation = self._installation
        async with AsyncExitStack() as stack:
            bot = _telegram(installation)
            stack.push_async_callback(bot.session.close)
            if await unless_stopped(bot.me(), self._stop) is None:
                return
            stack.enter_context(FileLock(installation.database))
            database = await asyncio.to_thread(open_file, installation.database, installation.kind)
            stack.push_async_callback(database.close)
            await renew_calendars(database, installation.calendar_file)
            if await unless_stopped(_introduced(bot), self._stop) is None:
                return
            self._parts = await self._assembled(database, bot)
            told = replace(self._parts.status, begin_anew=self._begin_anew)
            status = StatusPort(told, installation.status_port, self._parts.probes.routes())
            await status.start()
            stack.push_async_callback(status.stop)
            self.status_port = status.port
            await self._run(self._parts)

    def stop(self) -> None:
        """Finish what is in hand and end `run`."""
        self._stop.set()

    async def at_rest(self) -> None:
        """Wait until nothing is in hand, nothing is due and no retry is waiting. Only once `started`."""
        await self._parts.status.at_rest()

    async def _assembled(self, database: Database, bot: Bot) -> Parts:
        me = await bot.me()
        shift = timedelta(seconds=await read_shift(database))
        clock = OfficeClock(self._machine.wall, shift)
        return assemble(self._installation, database=database, bot=bot, me=me, clock=clock, machine=self._machine)

    async def _run(self, parts: Parts) -> None:
        await parts.menus.renew()
        await parts.reckoning.renew()
        await parts.files.empty_spool()
        await parts.papers.sweep()
        await parts.folder_watch.look()
        for receipt in await parts.inbox.waiting():
            parts.lanes.put(receipt)
        ways: list[asyncio.Task[None]] = []
        try:
            if await unless_stopped(_opened(parts.intake), self._stop):
                ways = self._ways(parts)
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._stop.set()
            await _ended(parts)
        for way in ways:
            if not way.cancelled():
                way.result()

    def _ways(self, parts: Parts) -> list[asyncio.Task[None]]:
        """What runs until it is told to stop, or fails."""
        parts.engine.start()
        ways = [
            parts.tasks.start(parts.courier.run(), name="courier", awaited=True),
            parts.tasks.start(parts.intake.run(), name="intake", awaited=True),
            parts.tasks.start(parts.job_worker.run(), name="long work", awaited=True),
            parts.tasks.start(_set(self._stop), name="stop"),
        ]
        _log.info("started", bot=parts.username, database=self._installation.kind.value)
        self.started.set()
        return ways


async def _introduced(bot: Bot) -> User:
    """The bot knows its own name. Strangers are offered no commands: lists are each person's own."""
    me = await bot.me()
    await bot.delete_my_commands()
    return me


async def _opened(intake: Intake) -> bool:
    await intake.open()
    return True


async def _ended(parts: Parts) -> None:
    """Take nothing more, finish what is in hand, let go of the rest."""
    parts.intake.stop()
    parts.engine.stop()
    await _within_grace(_all_worked(parts))
    parts.job_worker.stop()
    parts.courier.stop()
    await _within_grace(parts.tasks.finish())
    await parts.tasks.cancel()
    await parts.worker.give_up()
    await parts.doorkeeper.give_up()
    await parts.census.give_up()
    await parts.links.give_up()
    _log.info("stopped")


async def _all_worked(parts: Parts) -> None:
    await parts.lanes.idle()
    await parts.worker.idle()
    await parts.doorkeeper.idle()
    await parts.census.idle()


async def _set(event: asyncio.Event) -> None:
    await event.wait()


async def _within_grace(work: Awaitable[None]) -> None:
    try:
        await asyncio.wait_for(work, GRACE_SECONDS)
    except TimeoutError:
        _log.warning("stopped before everything in hand was finished; the next run takes it up")


def _telegram(installation: Installation) -> Bot:
    return make_bot(installation.token, installation.api_url, installation.proxy)
