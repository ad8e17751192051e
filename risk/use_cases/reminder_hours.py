"""The hour at which somebody is given the reminders of a morning: chosen by themselves, never switched off."""

from dataclasses import dataclass
from datetime import time

from risk.bundle_hours import EARLIEST_BUNDLE, LATEST_BUNDLE
from risk.errors import UnknownChoice
from risk.people import Actor
from risk.ports import OpenUnit
from risk.powers import Action
from risk.use_cases.permission import permitted


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseHour:
    """`hour` by the office's clocks; None for the usual one."""

    hour: time | None


async def choose_hour(command: ChooseHour, *, actor: Actor, uow: OpenUnit) -> None:
    """From the next morning on; what is planned for today keeps its hour. Raises UnknownChoice."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.CHOOSE_HOUR)
        if command.hour is not None and not EARLIEST_BUNDLE <= command.hour <= LATEST_BUNDLE:
            raise UnknownChoice
        await unit.people.choose_hour(member.person, command.hour)
        await unit.commit()
