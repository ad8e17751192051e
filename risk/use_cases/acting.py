"""Whether a planned act still holds when its turn comes, what it needs, and what follows when the messenger refuses."""

from dataclasses import dataclass
from datetime import datetime

from risk.notices import Act, RemovalFailed, RemoveFromChat
from risk.people import Address, Place
from risk.ports import OpenUnit, Unit
from risk.powers import Power
from risk.use_cases.permission import holders


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Somebody to take out of a chat."""

    chat: Address
    person: Address


ActFacts = Removal


async def act_facts(unit: Unit, act: Act, place: Place) -> ActFacts | None:
    """What the courier carries out; None when it no longer holds: they work here again, or the chat is another."""
    alert_chat = await unit.chats.alert_chat()
    works_here = any(each.holder == act.person for each in await unit.people.positions())
    if works_here or alert_chat is None or alert_chat.address != place.address:
        return None
    return Removal(chat=place.address, person=await unit.people.address_of(act.person))


async def report_act_refused(act: Act, once: str, *, uow: OpenUnit, now: datetime) -> None:
    """The messenger will not do it: whoever may free positions hears, once by that name, that it is left to them."""
    assert isinstance(act, RemoveFromChat)
    async with uow() as unit:
        people = {each.holder for each in await holders(unit, Power.DISMISS) if each.holder is not None}
        for person in sorted(people):
            place = Place(address=await unit.people.address_of(person))
            await unit.outbox.plan(RemovalFailed(person=act.person), place, due_at=now, once=f"{once} {person}")
        await unit.commit()
