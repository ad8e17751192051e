"""Whether the messenger takes what is written to somebody in private."""

from datetime import datetime

from risk.people import Address
from risk.ports import OpenUnit


async def note_unreachable(address: Address, *, uow: OpenUnit, now: datetime) -> None:
    """They have blocked the bot, or never wrote to it. The moment of the first refusal stays."""
    async with uow() as unit:
        await unit.people.note_reachable(address, now)
        await unit.commit()


async def note_reachable(address: Address, *, uow: OpenUnit) -> None:
    """They wrote or pressed: what is written to them arrives again."""
    async with uow() as unit:
        await unit.people.note_reachable(address, None)
        await unit.commit()
