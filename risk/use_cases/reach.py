"""Whether the messenger takes what is written to somebody in private."""

from datetime import datetime

from risk.ids import PersonId
from risk.notices import PersonUnreachable
from risk.people import Address
from risk.ports import OpenUnit, UnitOfWork
from risk.powers import Power
from risk.use_cases.addressing import tell_seated
from risk.use_cases.permission import holders


async def note_unreachable(address: Address, *, uow: OpenUnit, now: datetime) -> None:
    """They have blocked the bot, or never wrote to it. The moment of the first refusal stays.

    Whoever operates and whoever decides hear of it, once: reminders go past this person from now on.
    """
    async with uow() as unit:
        person = await unit.people.find(address)
        known = person is not None and (await unit.people.person(person)).unreachable_since is not None
        await unit.people.note_reachable(address, now)
        if person is not None and not known:
            await _tell(unit, person, now)
        await unit.commit()


async def note_reachable(address: Address, *, uow: OpenUnit) -> None:
    """They wrote or pressed: what is written to them arrives again."""
    async with uow() as unit:
        await unit.people.note_reachable(address, None)
        await unit.commit()


async def _tell(unit: UnitOfWork, unreachable: PersonId, now: datetime) -> None:
    seats = [*await holders(unit, Power.OPERATE), *await holders(unit, Power.DECIDE)]
    await tell_seated(unit, seats, PersonUnreachable(person=unreachable), now, but=unreachable)
