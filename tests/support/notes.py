"""Replies to cards that may become notes, as they are stored."""

from risk.ids import NoteOfferId
from risk.notes import NoteOffer, OfferStatus
from risk.risks import Risk
from tests.support.offices import NOW, StaffedOffice

REPLY = 71


async def offer_of(office: StaffedOffice, risk: Risk, words: str, *, message: int = REPLY) -> NoteOffer:
    """Of Olga's words; it stands in no database."""
    return NoteOffer(
        id=NoteOfferId(0),
        risk=risk.id,
        author=await office.person(office.olga),
        said_by=risk.filed_by,
        message=message,
        words=words,
        status=OfferStatus.OPEN,
        touched_at=NOW,
    )


async def offered(
    office: StaffedOffice, risk: Risk, status: OfferStatus = OfferStatus.OPEN, *, message: int = REPLY
) -> NoteOffer:
    """An offer in the alert chat, which has come so far."""
    made = await offer_of(office, risk, "Вода есть", message=message)
    async with office.uow() as unit:
        offer = await unit.note_offers.add(made)
        if status is not OfferStatus.OPEN:
            await unit.note_offers.save(offer.ended(status, NOW))
        await unit.commit()
    return offer
