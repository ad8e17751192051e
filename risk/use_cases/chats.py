"""The alert chat: binding a group to the office, following it when it moves, noticing when the bot is shut out."""

from dataclasses import dataclass
from datetime import datetime

from risk.errors import AlertChatUnusable, ChatFault
from risk.ids import OfficeId
from risk.notices import AlertChatBound, AlertChatClosed, ChatRight
from risk.people import Actor, Address, Place
from risk.ports import OpenUnit, UnitOfWork
from risk.powers import Action, Power
from risk.standing import Subject
from risk.use_cases.addressing import tell_seated
from risk.use_cases.menus import show_commands_in
from risk.use_cases.permission import holders, permitted
from risk.use_cases.questions import answer_question


@dataclass(frozen=True, slots=True, kw_only=True)
class BindAlertChat:
    """`lacks` and `bound_to` were asked of the messenger and the directory before the unit of work.

    `question` is the message that asked who wrote the command, when it was written under no name.
    """

    place: Place
    is_supergroup: bool
    lacks: frozenset[ChatRight]
    bound_to: OfficeId | None
    question: int | None = None


async def bind_alert_chat(command: BindAlertChat, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Make the group the office's alert chat, in place of an earlier one; open cards come along.

    Raises AlertChatUnusable for a basic group or a chat of another office.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.BIND_ALERT_CHAT)
        if not command.is_supergroup:
            raise AlertChatUnusable(ChatFault.NOT_A_SUPERGROUP)
        if command.bound_to not in {None, unit.office.id}:
            raise AlertChatUnusable(ChatFault.OF_ANOTHER_OFFICE)
        if command.question is not None:
            await answer_question(unit, member, command.place, command.question, now)
        former = await unit.chats.alert_chat()
        await unit.chats.bind_alert_chat(command.place, now)
        if former != command.place:
            await _move_cards(unit, former, command.place)
        await _offer_commands(unit, former, command.place, now)
        silenced = ChatRight.WRITE in command.lacks
        told_in = Place(address=await unit.people.address_of(member.person)) if silenced else command.place
        await unit.outbox.plan(AlertChatBound(lacks=command.lacks), told_in, due_at=now)
        await unit.commit()


async def follow_chat(old: Address, new: Address, *, uow: OpenUnit, now: datetime) -> None:
    """The group became a supergroup: the same chat under a new address. Following twice changes nothing."""
    async with uow() as unit:
        alert_chat = await unit.chats.alert_chat()
        await unit.chats.move(old, new)
        if alert_chat is not None and alert_chat.address == old:
            await show_commands_in(unit, Place(address=new), now)
        await unit.commit()


async def note_alert_chat_rights(chat: Address, lacks: frozenset[ChatRight], *, uow: OpenUnit, now: datetime) -> None:
    """The bot's standing in the alert chat changed.

    Shut out, it tells whoever may bind a chat; let in again, it posts what was refused meanwhile.
    """
    async with uow() as unit:
        alert_chat = await unit.chats.alert_chat()
        if alert_chat is None or alert_chat.address != chat:
            return
        if lacks:
            await _tell_binders(unit, AlertChatClosed(lacks=lacks), now)
        else:
            await unit.standing.retry_refused(chat)
        await unit.commit()


async def report_card_refused(chat: Address, *, uow: OpenUnit, now: datetime) -> None:
    """A card cannot be posted: whoever may bind a chat is told, once a day, when that is the alert chat."""
    async with uow() as unit:
        alert_chat = await unit.chats.alert_chat()
        if alert_chat is None or alert_chat.address != chat:
            return
        await _tell_binders(unit, AlertChatClosed(lacks=frozenset({ChatRight.WRITE})), now)
        await unit.commit()


async def _move_cards(unit: UnitOfWork, former: Place | None, place: Place) -> None:
    if former is not None and former.address != place.address:
        await unit.standing.leave(former.address)
    for risk in await unit.risks.all_open():
        await unit.standing.post(Subject.RISK, risk.id, place)


async def _offer_commands(unit: UnitOfWork, former: Place | None, place: Place, now: datetime) -> None:
    """In the new alert chat they are offered, in the former one no more."""
    await show_commands_in(unit, place, now)
    if former is not None and former.address != place.address:
        await show_commands_in(unit, former, now)


async def _tell_binders(unit: UnitOfWork, notice: AlertChatClosed, now: datetime) -> None:
    today = unit.office.plan.calendar.local(now).date()
    binders = await holders(unit, Power.BIND)
    await tell_seated(unit, binders, notice, now, once=lambda person: f"{notice.kind} {person} {today}")
