"""Offers to keep replies to cards as notes."""

from collections.abc import Sequence
from datetime import datetime

from risk.ids import NoteOfferId, RiskId
from risk.notes import NoteOffer
from storage import tables
from storage.mapping import note_offer_of, note_offer_values
from storage.repositories.rows import OfficeRows


class NoteOfferRows(OfficeRows):
    async def add(self, offer: NoteOffer) -> NoteOffer:
        stored = await self.get(NoteOfferId(await self._insert(tables.note_offers, note_offer_values(offer))))
        assert stored is not None
        return stored

    async def get(self, offer: NoteOfferId) -> NoteOffer | None:
        row = await self._one(tables.note_offers, tables.note_offers.c.id == offer)
        return None if row is None else note_offer_of(row)

    async def is_known(self, risk: RiskId, message: int) -> bool:
        table = tables.note_offers
        return await self._one(table, table.c.risk == risk, table.c.message == message) is not None

    async def save(self, offer: NoteOffer) -> None:
        await self._update(tables.note_offers, note_offer_values(offer), tables.note_offers.c.id == offer.id)

    async def untouched_since(self, moment: datetime) -> Sequence[NoteOffer]:
        table = tables.note_offers
        left = self._own(table, tables.note_offer_open, table.c.touched_at < moment)
        result = await self._connection.execute(table.select().where(left).order_by(table.c.id))
        return [note_offer_of(row) for row in result]
