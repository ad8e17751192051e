"""Whether a planned notice still holds when its turn comes, and what it needs to be worded."""

from dataclasses import dataclass
from datetime import datetime

from risk.notices import AlertChatBound, AlertChatClosed, Joined, MessageSetAside, Notice
from risk.offices import Office
from risk.people import Actor, Address, Place
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Power
from risk.use_cases.permission import holders


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """A notice that holds. `position` is the title of the position that it speaks of."""

    office: Office
    notice: Notice
    position: str | None = None


async def notice_facts(unit: Unit, notice: Notice, place: Place) -> NoticeFacts | None:
    """What the courier words; None when the notice no longer holds and is moot."""
    match notice:
        case Joined():
            return await _joined(unit, notice, place)
        case AlertChatBound():
            holds = await unit.chats.alert_chat() is not None
            return NoticeFacts(office=unit.office, notice=notice) if holds else None
        case AlertChatClosed() | MessageSetAside():
            return NoticeFacts(office=unit.office, notice=notice)


async def report_set_aside(reference: str, *, sender: Actor, answer_in: Place, uow: OpenUnit, now: datetime) -> None:
    """A message could not be worked in: its sender and whoever operates the installation get its number."""
    async with uow() as unit:
        if await unit.people.find(sender.address) is not None:
            notice = MessageSetAside(reference=reference, for_operator=False)
            await unit.outbox.plan(notice, answer_in, due_at=now)
        for operator in await _operators(unit):
            if operator != sender.address:
                notice = MessageSetAside(reference=reference, for_operator=True)
                await unit.outbox.plan(notice, Place(address=operator), due_at=now)
        await unit.commit()


async def _operators(unit: UnitOfWork) -> list[Address]:
    people = {each.holder for each in await holders(unit, Power.OPERATE) if each.holder is not None}
    return [await unit.people.address_of(person) for person in sorted(people)]


async def _joined(unit: Unit, notice: Joined, place: Place) -> NoticeFacts | None:
    position = await unit.people.position(notice.position)
    if position.holder is None or await unit.people.address_of(position.holder) != place.address:
        return None
    return NoticeFacts(office=unit.office, notice=notice, position=position.title(unit.office.plan))
