"""The queue of updates that the bot has yet to confirm; who makes updates is not known here."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from aiogram.types import Update

from bot.sandbox.wire import JsonObject

KINDS = frozenset(Update.model_fields) - {"update_id"}
UNASKED_KINDS = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
"""What Telegram sends to a bot that never named its `allowed_updates`."""

FUTURE_LEEWAY = 10
"""An offset further than this beyond the next id is no offset to Telegram (its TQueue says so)."""

REMEMBERED = 5000
"""How many past updates can be sent again."""


@dataclass(slots=True, kw_only=True)
class Queued:
    """An update in the queue."""

    update: JsonObject
    handed_out: bool = False
    belated: bool = False
    """Queued with an id that an earlier offset had passed: only its being handed out confirms it."""

    @property
    def id(self) -> int:
        """The update's id, whatever the update is."""
        return int(self.update["update_id"])


class UpdateQueue:
    """Updates in the order of their queuing, which after a jump is not the order of their ids."""

    def __init__(self, *, next_id: int) -> None:
        self.next_id = next_id
        self.allowed: frozenset[str] = UNASKED_KINDS
        self.entries: list[Queued] = []
        self.confirmed_below = 0
        self.turn = 0
        """Grows with every getUpdates, so that an earlier one notices that it was overtaken."""
        self._past: OrderedDict[int, JsonObject] = OrderedDict()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """None keeps the earlier choice, an empty list brings back the usual one."""
        if kinds is not None:
            self.allowed = frozenset(kinds) & KINDS or UNASKED_KINDS

    def put(self, kind: str, payload: JsonObject) -> int | None:
        """Queue an update, checked against aiogram's shape; None if the bot did not ask for the kind."""
        if kind not in self.allowed:
            return None
        update = {"update_id": self.next_id, kind: payload}
        Update.model_validate(update)
        return self.put_raw(update)

    def put_raw(self, update: JsonObject) -> int:
        """Queue anything at all; an update without an id gets the next one."""
        update = {"update_id": self.next_id} | update
        entry = Queued(update=update, belated=int(update["update_id"]) < self.confirmed_below)
        self.entries.append(entry)
        if entry.id == self.next_id:
            self.next_id += 1
        self._past[entry.id] = update
        while len(self._past) > REMEMBERED:
            self._past.popitem(last=False)
        return entry.id

    def past(self, update_id: int) -> JsonObject | None:
        """An update that was queued before, to be sent again."""
        return self._past.get(update_id)

    def take_turn(self) -> int:
        """Begin a getUpdates: any earlier one that still waits has lost its turn."""
        self.turn += 1
        return self.turn

    def confirm(self, offset: int) -> None:
        """Forget what this offset says the bot has; only what is queued by now can be meant."""
        if offset < 0:
            del self.entries[:offset]
        elif (batch_end := self._end_of_batch(offset)) is not None:
            del self.entries[:batch_end]
            self.confirmed_below = offset
        elif 0 < offset <= self.next_id + FUTURE_LEEWAY:
            self.entries = [entry for entry in self.entries if not _passed(entry, offset)]
            self.confirmed_below = offset

    def hand_out(self, limit: int) -> list[JsonObject]:
        """The earliest unconfirmed updates; they stay until a later offset confirms them."""
        batch = self.entries[:limit]
        for entry in batch:
            entry.handed_out = True
        return [entry.update for entry in batch]

    def brought(self, entry: Queued) -> None:
        """A webhook took it."""
        if entry in self.entries:
            self.entries.remove(entry)

    def _end_of_batch(self, offset: int) -> int | None:
        """Where the handed-out batch ends that this offset is one past of: ids may have jumped inside it."""
        for index in range(len(self.entries) - 1, -1, -1):
            if self.entries[index].handed_out and self.entries[index].id == offset - 1:
                return index + 1
        return None


def _passed(entry: Queued, offset: int) -> bool:
    return entry.id < offset and (entry.handed_out or not entry.belated)
