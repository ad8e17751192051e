"""Strangers in the alert chat: who is on the list, and telling whoever may invite how many are not. No identities."""

from dataclasses import dataclass
from datetime import datetime

from risk.notices import StrangersInChat
from risk.offices import Office
from risk.people import Address
from risk.ports import OpenUnit, OpenView
from risk.powers import Power
from risk.use_cases.addressing import tell_seated
from risk.use_cases.permission import holders, powers_by_person


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatList:
    """The alert chat, and everybody who holds a position in its office."""

    office: Office
    chat: Address
    listed: frozenset[Address]


async def chat_list(*, view: OpenView) -> ChatList | None:
    """Whom to expect in the alert chat; None while there is none."""
    async with view() as unit:
        alert_chat = await unit.chats.alert_chat()
        if alert_chat is None:
            return None
        seated = await powers_by_person(unit)
        listed = frozenset([await unit.people.address_of(person) for person in seated])
        return ChatList(office=unit.office, chat=alert_chat.address, listed=listed)


async def report_strangers(chat: Address, count: int, *, uow: OpenUnit, now: datetime) -> None:
    """Once a day for each chat, whoever may invite hears how many are not on the list; nothing, when nobody is."""
    async with uow() as unit:
        alert_chat = await unit.chats.alert_chat()
        if not count or alert_chat is None or alert_chat.address != chat:
            return
        told = await holders(unit, Power.INVITE) or await holders(unit, Power.BIND)
        today = unit.office.plan.calendar.local(now).date()
        strangers = StrangersInChat(count=count)
        await tell_seated(unit, told, strangers, now, once=lambda person: f"strangers {chat.value} {person} {today}")
        await unit.commit()
