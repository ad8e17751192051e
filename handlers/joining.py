"""`/start`: with an invitation it leads to the door of a position, without one it helps; what is said at the door."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from handlers.callbacks.people import EntryAnswer, EntryAsk
from handlers.filters import PRIVATE, at_the_door
from handlers.injected import Enter
from handlers.places import place_of, place_of_press
from handlers.replies import respond
from handlers.views.help import welcome
from risk.errors import InvitationFault, InvitationRefused
from risk.ids import OfficeId
from risk.people import Actor, Address, code_hash
from risk.ports import Directory, OpenUnit
from risk.use_cases.entering import (
    AcceptInvitation,
    AnswerEntry,
    AskEntryAgain,
    GiveOfficialName,
    accept_invitation,
    answer_entry,
    ask_entry_again,
    give_official_name,
)

_INVITATION = "i_"


def router() -> Router:
    made = Router(name="joining")
    made.message.register(join, PRIVATE, CommandStart(deep_link=True, ignore_case=True))
    made.message.register(start, CommandStart(ignore_case=True))
    made.message.register(name_oneself, PRIVATE, at_the_door)
    made.callback_query.register(press_answer, EntryAnswer.filter())
    made.callback_query.register(press_ask, EntryAsk.filter())
    return made


async def join(
    message: Message,
    command: CommandObject,
    address: Address,
    directory: Directory,
    enter: Enter,
    now: datetime,
) -> None:
    """Which office a stranger's code belongs to is known only to the directory."""
    code = (command.args or "").removeprefix(_INVITATION)
    office = await directory.office_of_code(code_hash(code))
    if office is None:
        raise InvitationRefused(InvitationFault.UNKNOWN)
    invitation = AcceptInvitation(code=code, place=place_of(message))
    await accept_invitation(invitation, address=address, uow=enter(office), now=now)


async def start(message: Message) -> None:
    await respond(message, welcome())


async def name_oneself(message: Message, address: Address, entering: OfficeId, enter: Enter, now: datetime) -> None:
    await give_official_name(GiveOfficialName(typed=message.text or ""), address=address, uow=enter(entering), now=now)


async def press_answer(
    _: CallbackQuery, callback_data: EntryAnswer, actor: Actor, uow: OpenUnit, now: datetime
) -> None:
    answer = AnswerEntry(entry=callback_data.entry, is_them=callback_data.is_them)
    await answer_entry(answer, actor=actor, uow=uow, now=now)


async def press_ask(query: CallbackQuery, callback_data: EntryAsk, actor: Actor, uow: OpenUnit) -> None:
    await ask_entry_again(AskEntryAgain(entry=callback_data.entry, place=place_of_press(query)), actor=actor, uow=uow)
