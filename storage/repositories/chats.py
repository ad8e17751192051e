"""The chats of an office, and the move of one to a new address."""

from datetime import datetime
from typing import Final, cast

from sqlalchemy import select

from risk.people import Address, Place
from risk.standing import Subject
from storage import tables
from storage.mapping import address_values, place_of, place_values
from storage.repositories.groups import forget_group, note_group
from storage.repositories.rows import OfficeRows, at_address

ALERT: Final = "alert"

MOVED: Final = (tables.chats, tables.outbox, tables.drafts, tables.records, tables.prompts, tables.papers)
"""What is written anew as it stands. Of the other tables with an address, `standing` is posted anew below, `people` are
no chats, and `groups` belong to no office (see `SqlGroups.move`)."""


class ChatRows(OfficeRows):
    async def alert_chat(self) -> Place | None:
        row = await self._one(tables.chats, tables.chats.c.purpose == ALERT)
        return None if row is None else place_of(row)

    async def bound_at(self) -> datetime | None:
        row = await self._one(tables.chats, tables.chats.c.purpose == ALERT)
        return None if row is None else cast("datetime", row.bound_at)

    async def bind_alert_chat(self, place: Place, at: datetime) -> None:
        former = await self.alert_chat()
        await self._delete(tables.chats, tables.chats.c.purpose == ALERT)
        if former is not None:
            await note_group(self._connection, former.address, at)
        await forget_group(self._connection, place.address)
        await self._insert(tables.chats, place_values(place) | {"purpose": ALERT, "bound_at": at})

    async def move(self, old: Address, new: Address) -> None:
        """The new chat starts empty: what stood in the old one is posted there anew."""
        prompts = tables.prompts
        asked_there = select(prompts.c.person).where(self._own(prompts, at_address(prompts, new)))
        await self._delete(prompts, at_address(prompts, old), prompts.c.person.in_(asked_there))
        for table in MOVED:
            await self._update(table, address_values(new), at_address(table, old))
        cards = tables.standing
        # An offer stands under a reply, which stays where it was said: nobody would know of which words it speaks.
        await self._delete(cards, at_address(cards, old), cards.c.subject == Subject.NOTE_OFFER.value)
        for address in (old, new):
            await self._delete(cards, at_address(cards, address), cards.c.ended.is_(True))
        there = await self._connection.execute(cards.select().where(self._own(cards, at_address(cards, new))))
        for row in there.all():  # what stands there already has no need to move
            same = (cards.c.subject == row.subject) & (cards.c.subject_id == row.subject_id)
            await self._delete(cards, at_address(cards, old), same)
        await self._update(
            tables.standing,
            address_values(new) | {"message": None, "answers": None, "retired": "[]", "shown": 0, "refused": None},
            at_address(tables.standing, old),
        )
