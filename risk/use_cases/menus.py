"""What people are offered to do: the menu of the chat, and the messenger's own lists of commands, kept up to date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from risk.ids import PersonId
from risk.notices import ShowCommands
from risk.offices import Office
from risk.people import Actor, Place
from risk.ports import OpenUnit, OpenView, UnitOfWork
from risk.powers import Action
from risk.use_cases.offering import Offered, offered_by_person, offered_to
from risk.use_cases.permission import permitted


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMenu:
    """What the reader may do in the office."""

    office: Office
    offered: Offered


async def own_menu(*, actor: Actor, view: OpenView) -> OwnMenu:
    async with view() as unit:
        member = await permitted(unit, actor, Action.OPEN_MENU)
        return OwnMenu(office=unit.office, offered=offered_to(member, unit.office.plan))


async def renew_commands(*, uow: OpenUnit, now: datetime) -> None:
    """The program knows other commands than before: everybody's list is shown anew."""
    async with uow() as unit:
        await show_all_commands(unit, now)
        await unit.commit()


async def show_all_commands(unit: UnitOfWork, now: datetime) -> None:
    """Plan the list of everybody and of the alert chat. The caller commits."""
    await show_changed_commands(unit, {}, now)
    alert_chat = await unit.chats.alert_chat()
    if alert_chat is not None:
        await show_commands_in(unit, alert_chat, now)


async def show_changed_commands(unit: UnitOfWork, before: Mapping[PersonId, Offered], now: datetime) -> None:
    """Plan the lists of all who are offered something else than `before`: a seat that is taken may pass a power on.

    The caller commits.
    """
    after = await offered_by_person(unit)
    for person in sorted(before.keys() | after.keys()):
        if before.get(person) != after.get(person):
            await show_commands_in(unit, Place(address=await unit.people.address_of(person)), now)


async def show_commands_in(unit: UnitOfWork, place: Place, now: datetime) -> None:
    """Plan the list of one chat. The caller commits."""
    await unit.outbox.plan(ShowCommands(), Place(address=place.address), due_at=now)
