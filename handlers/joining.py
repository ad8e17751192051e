"""`/start`: with an invitation it gives a seat, without one it helps."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from handlers.filters import PRIVATE
from handlers.injected import Enter
from handlers.places import place_of
from handlers.replies import respond
from handlers.views.help import help_message
from risk.errors import InvitationFault, InvitationRefused
from risk.people import Address, code_hash
from risk.ports import Directory
from risk.use_cases.people import AcceptInvitation, accept_invitation

_INVITATION = "i_"


def router() -> Router:
    made = Router(name="joining")
    made.message.register(join, PRIVATE, CommandStart(deep_link=True, ignore_case=True))
    made.message.register(start, CommandStart(ignore_case=True))
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
    await respond(message, help_message())
