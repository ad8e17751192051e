"""A reply to a card as a note of its risk: offered when it is said, kept by one press, dropped if nobody presses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from risk.errors import AlreadyNoted, MoveNotPossible, UnknownChoice
from risk.events import Event, EventKind
from risk.ids import NoteOfferId, RiskId
from risk.notes import NoteOffer, OfferStatus
from risk.offices import Office
from risk.people import Actor, Member, Place
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Action
from risk.risks import Risk, RiskNumber
from risk.standing import Panel, Subject
from risk.typed import said_as_note
from risk.understanding import RawMessage
from risk.use_cases.permission import permitted
from risk.use_cases.rounds import require_own_block

LAPSES_AFTER: Final = timedelta(days=3)
"""An offer that nobody has taken for so long is closed, and the words it held are dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferNote:
    """What somebody said in the alert chat in reply to the message `replies_to`."""

    said: RawMessage
    place: Place
    replies_to: int


async def offer_note(command: OfferNote, *, actor: Actor, uow: OpenUnit, now: datetime) -> bool:
    """Offer to keep the words; False when they answer no card of an open risk, or there are none of the author's own.

    An offer is made once for a reply: what was offered is not offered again.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.KEEP_OWN_WORDS)
        offer = await _offer_of(unit, member, command, now)
        if offer is None:
            return False
        stored = await unit.note_offers.add(offer)
        await unit.standing.post(Subject.NOTE_OFFER, stored.id, command.place, answers=offer.message)
        await unit.commit()
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeNote:
    """«Записать заметкой»."""

    offer: NoteOfferId


async def take_note(command: TakeNote, *, actor: Actor, uow: OpenUnit, now: datetime) -> RiskNumber:
    """Put the words into the history of the risk.

    Whoever said them may have them kept with the power to read, which following a risk takes too: they have said them
    openly, under their own name. Anybody else's words are kept by those who work the risk, who could note the same
    themselves. Raises UnknownChoice when the offer is over, AlreadyNoted when somebody was first.
    """
    async with uow() as unit:
        offer = await unit.note_offers.get(command.offer)
        own = offer is not None and offer.author == await unit.people.find(actor.address)
        member = await permitted(unit, actor, Action.KEEP_OWN_WORDS if own else Action.KEEP_WORDS_OF_OTHERS)
        offer, risk = await _still_open(unit, offer)
        if not own:
            require_own_block(unit, member, risk)
        await unit.events.add(await _noted(unit, member, offer, now))
        await _ended(unit, offer, OfferStatus.TAKEN, now)
        await unit.commit()
    return risk.number


async def lapse_note_offers(*, uow: OpenUnit, now: datetime) -> int:
    """Close the offers that nobody has taken for days. How many were closed."""
    async with uow() as unit:
        left = await unit.note_offers.untouched_since(now - LAPSES_AFTER)
        for offer in left:
            await _ended(unit, offer, OfferStatus.LAPSED, now)
        if left:
            await unit.commit()
    return len(left)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """All that an offer says."""

    office: Office
    offer: NoteOffer
    number: RiskNumber


async def offer_facts(unit: Unit, offer_id: NoteOfferId) -> OfferFacts:
    """For the courier: an offer as of now."""
    offer = await unit.note_offers.get(offer_id)
    risk = None if offer is None else await unit.risks.get(offer.risk)
    if offer is None or risk is None:
        raise UnknownChoice
    return OfferFacts(office=unit.office, offer=offer, number=risk.number)


async def _offer_of(unit: Unit, member: Member, command: OfferNote, now: datetime) -> NoteOffer | None:
    card = await unit.standing.at(command.place, command.replies_to)
    words = said_as_note(command.said)
    if card is None or card.subject is not Subject.RISK or words is None:
        return None
    risk = await unit.risks.get(RiskId(card.subject_id))
    if risk is None or not risk.is_open or await unit.note_offers.is_known(risk.id, command.said.message_id):
        return None
    return NoteOffer(
        id=NoteOfferId(0),
        risk=risk.id,
        author=member.person,
        said_by=member.acting_as.id,
        message=command.said.message_id,
        words=words,
        status=OfferStatus.OPEN,
        touched_at=now,
    )


async def _still_open(unit: Unit, offer: NoteOffer | None) -> tuple[NoteOffer, Risk]:
    """Raises UnknownChoice, AlreadyNoted; MoveNotPossible once the risk is closed, as for any other note."""
    risk = None if offer is None else await unit.risks.get(offer.risk)
    if offer is None or risk is None or offer.status is OfferStatus.LAPSED:
        raise UnknownChoice
    if offer.status is OfferStatus.TAKEN:
        raise AlreadyNoted(str(risk.number))
    if not risk.is_open:
        raise MoveNotPossible(risk.state)
    return offer, risk


async def _noted(unit: Unit, member: Member, offer: NoteOffer, now: datetime) -> Event:
    """By whoever pressed; when the words are another person's, with the position that said them."""
    facts = {"text": offer.words}
    if offer.author != member.person:
        said_by = await unit.people.position(offer.said_by)
        facts["said_role"] = str(said_by.role)
        facts |= {} if said_by.number is None else {"said_number": str(said_by.number)}
    return Event(risk=offer.risk, at=now, kind=EventKind.NOTED, position=member.acting_as.id, facts=facts)


async def _ended(unit: UnitOfWork, offer: NoteOffer, status: OfferStatus, now: datetime) -> None:
    """The card shows nothing of a note, so that it stays as it is."""
    await unit.note_offers.save(offer.ended(status, now))
    await unit.standing.turn(Subject.NOTE_OFFER, offer.id, Panel.MAIN, opened_by=None)
