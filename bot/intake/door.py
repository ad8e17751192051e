"""The door that every way in leads through: an update is judged, stored if it is ours, and only then handed on."""

from collections.abc import Iterable
from typing import Any, Final, Protocol

import structlog

from bot.clock import OfficeClock
from bot.intake.admission import BotName, Verdict, admit, lane_of, sender_of, sign_of_somebody
from bot.intake.census import Census
from bot.intake.lanes import Lanes
from bot.intake.replies import Doorkeeper
from bot.intake.whitelist import kept
from handlers.places import telegram
from risk.people import Address
from risk.ports import Directory
from storage.inbox import Inbox, Received

_log = structlog.get_logger(__name__)

HEARD: Final = ["message", "edited_message", "callback_query", "my_chat_member"]

Json = dict[str, Any]


class Intake(Protocol):
    """A way in. `open` tells Telegram of it, `run` takes updates until `stop`."""

    async def open(self) -> None: ...

    async def run(self) -> None: ...

    def stop(self) -> None: ...


class Door:
    def __init__(
        self,
        *,
        name: BotName,
        inbox: Inbox,
        lanes: Lanes,
        directory: Directory,
        doorkeeper: Doorkeeper,
        census: Census,
        clock: OfficeClock,
    ) -> None:
        self._name = name
        self._inbox = inbox
        self._lanes = lanes
        self._directory = directory
        self._doorkeeper = doorkeeper
        self._census = census
        self._clock = clock

    async def take(self, batch: Iterable[Json]) -> None:
        """Store what is ours, hand it to the lanes, and only then answer those who are not on the list.

        Raises DatabaseUnavailable, with nothing taken: the batch must not be confirmed.
        """
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
        self._note_signs(update for update, _ in verdicts)

    def _note_signs(self, batch: Iterable[Json]) -> None:
        """Whoever is in the alert chat and on no list is counted; of an update of unknown form nothing is told."""
        for update in batch:
            try:
                sign = sign_of_somebody(update)
            except (AttributeError, KeyError, TypeError, ValueError):
                continue
            if sign is not None:
                self._census.notice(sign)

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
