"""Long polling: a batch is stored before the next call confirms it; no fault of Telegram's or the disk's ends it."""

import asyncio
from typing import Final

from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramRetryAfter
from aiogram.methods import TelegramMethod

from bot.gateways.reach import what_is_amiss
from bot.health import Health, Part
from bot.intake.door import HEARD, Door, Json
from bot.tasks import unless_stopped
from storage.hindrance import DatabaseUnavailable

LONG_POLL_SECONDS: Final = 25
LONGEST_PAUSE: Final = 30.0
PAUSE_FOR_DISK: Final = 2.0


class GetRawUpdates(TelegramMethod[list[Json]]):
    """`getUpdates` whose answer stays plain JSON: an update of a form we do not know cannot spoil its batch."""

    __returning__ = list[Json]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = LONG_POLL_SECONDS
    allowed_updates: list[str] = HEARD


class Polling:
    def __init__(self, bot: Bot, door: Door, health: Health) -> None:
        self._bot = bot
        self._door = door
        self._health = health
        self._stopped = asyncio.Event()
        self._offset: int | None = None
        self._patience = 0
        """Seconds of the next poll. Short at first and after a fault: that Telegram answers should be known at once."""

    async def open(self) -> None:
        """From now on the bot asks for updates itself. Raises TelegramAPIError."""
        await self._bot.delete_webhook()

    async def run(self) -> None:
        """Take updates until `stop`.

        The offset comes from the last batch alone and is not sent once that batch is confirmed: ids may start anew
        at random, and an old offset would then hide new updates.
        """
        pause = 1.0
        while not self._stopped.is_set():
            try:
                await self._take_batch()
                pause, self._patience = 1.0, LONG_POLL_SECONDS
            except TelegramRetryAfter as flood:
                await self._rest(flood.retry_after)
            except DatabaseUnavailable:
                await self._rest(PAUSE_FOR_DISK)
            except (TelegramAPIError, ClientDecodeError) as fault:
                self._health.ill(*what_is_amiss(fault))
                self._patience = 0
                await self._rest(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    def stop(self) -> None:
        self._stopped.set()

    async def _take_batch(self) -> None:
        """One poll, given up at once when the program stops: what it would have brought is not confirmed."""
        call = GetRawUpdates(offset=self._offset, timeout=self._patience)
        polled = self._bot(call, request_timeout=self._patience + 10)
        batch = await unless_stopped(polled, self._stopped)
        if batch is None:
            return
        self._health.well(Part.TELEGRAM)
        self._health.well(Part.UPDATES)
        if batch:
            await self._door.take(batch)
        self._offset = batch[-1]["update_id"] + 1 if batch else None

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return
