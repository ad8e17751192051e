"""At whose desk somebody sits who works in several offices: what they write in private is meant for that office."""

from datetime import datetime

from risk.offices import Office
from risk.people import Actor
from risk.ports import OpenUnit
from risk.powers import Action
from risk.use_cases.permission import permitted


async def sit_down(*, actor: Actor, uow: OpenUnit, now: datetime) -> Office:
    """From now on this office is meant when they name none."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.SIT_DOWN)
        await unit.people.sit_at_desk(member.person, now)
        await unit.commit()
        return unit.office
