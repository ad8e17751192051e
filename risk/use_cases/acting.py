"""Whether a planned act still holds when its turn comes, what it needs, and what follows when the messenger refuses."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from risk.notices import Act, CloseQuestion, RemovalFailed, RemoveFromChat, RemoveMessage, ShowCommands
from risk.people import Address, Place
from risk.ports import OpenUnit, Unit
from risk.powers import Power
from risk.use_cases.addressing import tell_seated
from risk.use_cases.offering import NOTHING, Offered, offered_by_person
from risk.use_cases.permission import holders


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """Somebody to take out of a chat."""

    chat: Address
    person: Address


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandList:
    """Where commands are offered: in the alert chat to everybody alike, to a person by what is theirs here."""

    chat: Address
    is_alert_chat: bool
    offered: Offered


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredQuestion:
    """A question whose button has to go."""

    chat: Address
    message: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnwantedMessage:
    """A message that has to go."""

    chat: Address
    message: int


ActFacts = Removal | CommandList | AnsweredQuestion | UnwantedMessage


async def act_facts(unit: Unit, act: Act, place: Place) -> ActFacts | None:
    """What the courier carries out; None when it no longer holds."""
    match act:
        case RemoveFromChat():
            return await _removal(unit, act, place)
        case ShowCommands():
            return await command_list(unit, place.address)
        case CloseQuestion(message=message):
            return AnsweredQuestion(chat=place.address, message=message)
        case RemoveMessage(message=message):
            return UnwantedMessage(chat=place.address, message=message)
        case other:
            assert_never(other)


async def report_act_refused(act: Act, once: str, *, uow: OpenUnit, now: datetime) -> None:
    """The messenger will not do it: whoever may free positions hears, once by that name, that it is left to them.

    Commands are offered for convenience: nobody has to hear that they are not.
    """
    if not isinstance(act, RemoveFromChat):
        return
    async with uow() as unit:
        failed, told = RemovalFailed(person=act.person), await holders(unit, Power.DISMISS)
        await tell_seated(unit, told, failed, now, once=lambda person: f"{once} {person}")
        await unit.commit()


async def _removal(unit: Unit, act: RemoveFromChat, place: Place) -> Removal | None:
    """None when they work here again, or the chat is another."""
    alert_chat = await unit.chats.alert_chat()
    works_here = any(each.holder == act.person for each in await unit.people.positions())
    if works_here or alert_chat is None or alert_chat.address != place.address:
        return None
    return Removal(chat=place.address, person=await unit.people.address_of(act.person))


async def command_list(unit: Unit, chat: Address) -> CommandList:
    """What this office has to offer in the chat."""
    alert_chat = await unit.chats.alert_chat()
    person = await unit.people.find(chat)
    offered = {} if person is None else await offered_by_person(unit)
    return CommandList(
        chat=chat,
        is_alert_chat=alert_chat is not None and alert_chat.address == chat,
        offered=NOTHING if person is None else offered.get(person, NOTHING),
    )
