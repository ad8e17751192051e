"""Long polling: a batch is stored before the next call confirms it; what is not ours is answered or dropped."""

import asyncio
from typing import Any, Final

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.clock import OfficeClock
from bot.intake.admission import BotName, Verdict, admit, lane_of, sender_of
from bot.intake.lanes import Lanes
from bot.intake.replies import Doorkeeper
from bot.intake.whitelist import kept
from bot.tasks import unless_stopped
from handlers.places import telegram
from risk.people import Address
from risk.ports import Directory
from storage.inbox import Inbox, Received

_log = structlog.get_logger(__name__)

HEARD: Final = ["message", "edited_message", "callback_query", "my_chat_member"]
LONG_POLL_SECONDS: Final = 25
LONGEST_PAUSE: Final = 30.0

Json = dict[str, Any]


class GetRawUpdates(TelegramMethod[list[Json]]):
    """`getUpdates` whose answer stays plain JSON: an update of a form we do not know cannot spoil its batch."""

    __returning__ = list[Json]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int = LONG_POLL_SECONDS
    allowed_updates: list[str] = HEARD


class Polling:
    def __init__(
        self,
        bot: Bot,
        *,
        name: BotName,
        inbox: Inbox,
        lanes: Lanes,
        directory: Directory,
        doorkeeper: Doorkeeper,
        clock: OfficeClock,
    ) -> None:
        self._bot = bot
        self._name = name
        self._inbox = inbox
        self._lanes = lanes
        self._directory = directory
        self._doorkeeper = doorkeeper
        self._clock = clock
        self._stopped = asyncio.Event()

    async def run(self) -> None:
        """Take updates until `stop`. Raises TelegramUnauthorizedError when the token is no longer good.

        The offset comes from the last batch alone and is not sent once that batch is confirmed: ids may start anew
        at random, and an old offset would then hide new updates.
        """
        offset: int | None = None
        pause = 1.0
        while not self._stopped.is_set():
            try:
                batch = await self._poll(offset)
                pause = 1.0
            except TelegramUnauthorizedError:
                raise
            except TelegramRetryAfter as flood:
                await self._rest(flood.retry_after)
                continue
            except (TelegramNetworkError, TelegramServerError, TelegramConflictError, ClientDecodeError) as fault:
                _log.warning("no updates for now", reason=type(fault).__name__)
                await self._rest(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            offset = batch[-1]["update_id"] + 1 if batch else None
            if batch:
                await self.take(batch)

    def stop(self) -> None:
        self._stopped.set()

    async def take(self, batch: list[Json]) -> None:
        """Store what is ours, hand it to the lanes, and only then answer those who are not on the list."""
        verdicts = [(update, await self._verdict(update)) for update in batch]
        ours = [
            Received(update_id=update["update_id"], lane=lane_of(update), payload=kept(update))
            for update, verdict in verdicts
            if verdict is Verdict.KEEP
        ]
        for receipt in await self._inbox.take(ours, self._clock.now()) if ours else []:
            self._lanes.put(receipt)
        for update, verdict in verdicts:
            if verdict not in {Verdict.KEEP, Verdict.DROP}:
                self._doorkeeper.answer(update, verdict)

    async def _verdict(self, update: Json) -> Verdict:
        """An update is taken apart here first: one of a form that nobody knows must not spoil its batch."""
        try:
            sender, _ = sender_of(update), lane_of(update)
            if_listed, if_not = (admit(update, is_listed=each, bot=self._name) for each in (True, False))
        except (AttributeError, KeyError, TypeError, ValueError):
            _log.warning("an update of an unknown form was dropped")
            return Verdict.DROP
        if if_listed is if_not or sender is None:
            return if_not
        return if_listed if await self._is_known(telegram(sender)) else if_not

    async def _is_known(self, sender: Address) -> bool:
        """Whoever holds a position, or stands at the door of one and is asked for their name."""
        if await self._directory.offices_of(sender):
            return True
        return await self._directory.entering(sender, unnamed=False) is not None

    async def _poll(self, offset: int | None) -> list[Json]:
        """One long poll, given up at once when the program stops: what it would have brought is not confirmed."""
        call = GetRawUpdates(offset=offset)
        return await unless_stopped(self._bot(call, request_timeout=LONG_POLL_SECONDS + 10), self._stopped) or []

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopped.wait(), seconds)
        except TimeoutError:
            return
