"""The one gate of every use case: who acts, with which seats, and whether these give the power it asks for."""

from collections.abc import Mapping

from risk.errors import NotHere, NotListed, NotPermitted
from risk.ids import PersonId, RoleKey
from risk.people import Actor, Member, Position, in_order
from risk.ports import Unit
from risk.powers import POWER_FOR, Action, Power


async def permitted(unit: Unit, actor: Actor, action: Action) -> Member:
    """The acting member, read in the same transaction as what follows.

    Raises NotListed for a person without a position here, NotPermitted when the positions lack the power, NotHere
    in a group that is not the alert chat: whoever else reads along there must not learn what the office works on.
    """
    member = await _member(unit, actor)
    if action is not Action.BIND_ALERT_CHAT:
        await _require_alert_chat(unit, actor)
    power = POWER_FOR[action]
    if power not in member.powers:
        raise NotPermitted(power, action)
    return member


async def holders(unit: Unit, power: Power) -> tuple[Position, ...]:
    """Occupied positions that hold `power` now, in the office's order."""
    positions = await unit.people.positions()
    roles_held = frozenset(each.role for each in positions if each.holder is not None)
    return tuple(
        each
        for each in positions
        if each.holder is not None and power in unit.office.plan.powers_of({each.role}, held=roles_held)
    )


async def powers_by_person(unit: Unit) -> Mapping[PersonId, frozenset[Power]]:
    """What everybody who holds a position may do now."""
    roles: dict[PersonId, set[RoleKey]] = {}
    for position in await unit.people.positions():
        if position.holder is not None:
            roles.setdefault(position.holder, set()).add(position.role)
    held = frozenset[RoleKey]().union(*roles.values())
    return {person: unit.office.plan.powers_of(own, held=held) for person, own in roles.items()}


async def _require_alert_chat(unit: Unit, actor: Actor) -> None:
    if actor.chat is None:
        return
    alert_chat = await unit.chats.alert_chat()
    if alert_chat is None or alert_chat.address != actor.chat:
        raise NotHere


async def _member(unit: Unit, actor: Actor) -> Member:
    person = await unit.people.find(actor.address)
    positions = await unit.people.positions()
    own = tuple(each for each in positions if person is not None and each.holder == person)
    if actor.office != unit.office.id or person is None or not own:
        raise NotListed
    return Member(person=person, positions=in_order(own, unit.office.plan), powers=_powers(unit, own, positions))


def _powers(unit: Unit, own: tuple[Position, ...], all_positions: tuple[Position, ...]) -> frozenset[Power]:
    held = frozenset(each.role for each in all_positions if each.holder is not None)
    return unit.office.plan.powers_of(frozenset(each.role for each in own), held=held)
