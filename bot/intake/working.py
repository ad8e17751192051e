"""Works one update: feeds it to the dispatcher, settles it, retries it, and sets aside what cannot be worked in."""

import asyncio
import secrets
from collections.abc import Iterator
from typing import Any, Final

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import Update

from bot.delivery.pacing import leave_lane
from bot.intake.admission import sender_of
from bot.logs import trace
from bot.tasks import TaskOwner
from handlers.places import telegram
from handlers.views.notice import set_aside
from risk.masking import mask, mask_ranges
from risk.people import Actor, Place
from risk.ports import Directory
from risk.sources import without_links
from risk.use_cases.telling import report_set_aside
from storage.hindrance import DatabaseUnavailable
from storage.inbox import Inbox, Receipt, SetAside
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)

ATTEMPTS: Final = 3
PAUSE_FOR_DISK: Final = 1.0
KINDS: Final = ("message", "edited_message", "callback_query", "my_chat_member")
ENTRY: Final = "/start"
"""What follows it is a code that opens a position."""
REFERENCE_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No letter or digit that is mistaken for another when read aloud."""


class UpdateWorker:
    def __init__(self, bot: Bot, dispatcher: Dispatcher, *, inbox: Inbox, units: Units, directory: Directory) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._inbox = inbox
        self._units = units
        self._directory = directory
        self._at_work = TaskOwner()

    async def work(self, receipt: Receipt) -> None:
        """Bring the update to its end, or so far that only words are left to be said, which may take long.

        Never raises, but for cancellation.
        """
        left = asyncio.Event()

        async def leave() -> None:
            await self._inbox.finish(receipt.id)
            left.set()

        leave_lane.set(leave)
        working = self._at_work.start(self._to_its_end(receipt, left), name=f"update {receipt.id}")
        try:
            await left.wait()
        except asyncio.CancelledError:
            working.cancel()
            raise

    async def idle(self) -> None:
        """Wait until all that was to be said is said."""
        await self._at_work.finish()

    async def give_up(self) -> None:
        """Leave unsaid what is not said yet."""
        await self._at_work.cancel()

    async def _to_its_end(self, receipt: Receipt, left: asyncio.Event) -> None:
        while True:
            try:
                if await self._ended(receipt):
                    left.set()
                    return
            except DatabaseUnavailable:
                await asyncio.sleep(PAUSE_FOR_DISK)
            except Exception:
                _log.exception("the inbox cannot be written")
                await asyncio.sleep(PAUSE_FOR_DISK)

    async def _ended(self, receipt: Receipt) -> bool:
        """One attempt. Whether the update has come to its end.

        Raises DatabaseUnavailable: that says nothing of the update, and is no attempt.
        """
        try:
            if not await self._inbox.is_settled(receipt.id):
                await self._feed(receipt)
                await self._inbox.finish(receipt.id)
        except DatabaseUnavailable:
            raise
        except Exception as fault:
            if await self._inbox.is_settled(receipt.id):
                _log.warning("a reply was lost", exc_info=fault)
                return True
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
        await self._set_aside(receipt, fault)
        return True

    async def _set_aside(self, receipt: Receipt, fault: Exception) -> None:
        reference = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(4))
        _log.error("update set aside", reference=reference, exc_info=fault)
        aside = SetAside(reference=reference, payload=remains(receipt.payload), trace=trace(fault))
        await self._give_up(receipt, aside)
        await self._answer_press(receipt, reference)

    async def _give_up(self, receipt: Receipt, aside: SetAside) -> None:
        """One commit: the update is set aside and those who must hear of it will."""
        sender = sender_of(receipt.payload)
        address = None if sender is None else telegram(sender)
        offices = () if address is None else await self._directory.offices_of(address)
        if address is None or not offices:
            await self._inbox.set_aside(receipt.id, aside)
            return
        await report_set_aside(
            aside.reference,
            sender=Actor(office=offices[0], address=address),
            answer_in=Place(address=address),
            uow=self._units.setting_aside(offices[0], receipt.id, aside),
            now=receipt.received_at,
        )

    async def _answer_press(self, receipt: Receipt, reference: str) -> None:
        """A press must not hang. Telegram may have forgotten it by now, which is as good as an answer."""
        press = receipt.payload.get("callback_query", {}).get("id")
        if press is None:
            return
        try:
            await self._bot.answer_callback_query(press, text=set_aside(reference), show_alert=True)
        except (TelegramAPIError, ClientDecodeError) as fault:
            _log.info("a press could not be answered", fault=type(fault).__name__)


def remains(payload: dict[str, Any]) -> dict[str, Any]:
    """What may be kept of an update for the operator: its kind, its message, its words without personal data."""
    kind = next((name for name in KINDS if name in payload), "")
    content = payload.get(kind)
    if not isinstance(content, dict):
        return {"kind": kind}
    message = content.get("message") or content
    return {"kind": kind, "message_id": message.get("message_id"), "words": _words(content)}


def _words(content: dict[str, Any]) -> str:
    words = str(content.get("text") or content.get("caption") or content.get("data") or "")
    if words.lower().startswith(ENTRY):
        return ENTRY
    return mask(without_links(mask_ranges(words, _named_in(content)))).text


def _named_in(content: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Where the messenger says that a person is named. The update may be of any form: that is why it was set aside."""
    for entity in content.get("entities") or content.get("caption_entities") or ():
        offset, length = entity.get("offset"), entity.get("length")
        if entity.get("type") == "text_mention" and isinstance(offset, int) and isinstance(length, int):
            yield offset, offset + length
