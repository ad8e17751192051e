"""Works one update: feeds it to the dispatcher, settles it, retries it, and sets aside what cannot be worked in."""

import asyncio
import secrets
from typing import Any, Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError, TelegramRetryAfter
from aiogram.types import Update

from bot.intake.admission import sender_of
from handlers.views.notice import set_aside
from risk.masking import mask
from risk.people import Actor, Address, MessengerKind, Place
from risk.ports import Directory
from risk.use_cases.telling import report_set_aside
from storage.inbox import Inbox, Receipt
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)

ATTEMPTS: Final = 3
REFERENCE_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No letter or digit that is mistaken for another when read aloud."""


class UpdateWorker:
    def __init__(self, bot: Bot, dispatcher: Dispatcher, *, inbox: Inbox, units: Units, directory: Directory) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._inbox = inbox
        self._units = units
        self._directory = directory

    async def work(self, receipt: Receipt) -> None:
        """Bring the update to its end: done or set aside. Never raises, but for cancellation."""
        while True:
            try:
                if await self._ended(receipt):
                    return
            except Exception:
                _log.exception("the inbox cannot be written")
                await asyncio.sleep(1.0)

    async def _ended(self, receipt: Receipt) -> bool:
        """One attempt. Whether the update has come to its end."""
        try:
            if not await self._inbox.is_settled(receipt.id):
                await self._feed(receipt)
            if not await self._inbox.is_settled(receipt.id):
                await self._inbox.finish(receipt.id)
        except TelegramRetryAfter as flood:
            await asyncio.sleep(flood.retry_after)
            return False
        except Exception as fault:
            return await self._failed(receipt, fault)
        return True

    async def _feed(self, receipt: Receipt) -> None:
        update = Update.model_validate(receipt.payload, context={"bot": self._bot})
        await self._dispatcher.feed_update(self._bot, update, receipt=receipt)

    async def _failed(self, receipt: Receipt, fault: Exception) -> bool:
        attempts = await self._inbox.count_attempt(receipt.id)
        if attempts < ATTEMPTS:
            await asyncio.sleep(0.2 * attempts)
            return False
        if isinstance(fault, TelegramAPIError):
            _log.warning("a reply was lost", reason=type(fault).__name__)
            if not await self._inbox.is_settled(receipt.id):
                await self._inbox.finish(receipt.id)
        elif not await self._inbox.is_settled(receipt.id):
            await self._set_aside(receipt, fault)
        return True

    async def _set_aside(self, receipt: Receipt, fault: Exception) -> None:
        reference = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(4))
        _log.error("update set aside", reference=reference, exc_info=fault)
        await self._give_up(receipt, reference)
        await self._answer_press(receipt, reference)

    async def _give_up(self, receipt: Receipt, reference: str) -> None:
        """One commit: the update is set aside and those who must hear of it will."""
        kept, sender = masked(receipt.payload), sender_of(receipt.payload)
        address = Address(messenger=MessengerKind.TELEGRAM, value=str(sender))
        offices = await self._directory.offices_of(address)
        if not offices:
            await self._inbox.set_aside(receipt.id, reference, kept)
            return
        await report_set_aside(
            reference,
            sender=Actor(office=offices[0], address=address),
            answer_in=Place(address=address),
            uow=self._units.setting_aside(offices[0], receipt.id, reference, kept),
            now=receipt.received_at,
        )

    async def _answer_press(self, receipt: Receipt, reference: str) -> None:
        """A press must not hang. Telegram may have forgotten it by now, which is as good as an answer."""
        press = receipt.payload.get("callback_query", {}).get("id")
        if press is None:
            return
        try:
            await self._bot.answer_callback_query(press, text=set_aside(reference), show_alert=True)
        except TelegramAPIError as fault:
            _log.info("a press could not be answered", fault=type(fault).__name__)


def masked(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with personal data hidden in each of its texts: it may be kept for the operator."""
    hidden = _masked(payload)
    assert isinstance(hidden, dict)
    return hidden


def _masked(value: object) -> object:
    match value:
        case str():
            return mask(value).text
        case list():
            return [_masked(each) for each in value]
        case dict():
            return {key: _masked(each) for key, each in value.items()}
    return value
