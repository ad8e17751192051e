"""«Это я»: whoever wrote a command as the group itself shows by a press who they are, and it is done as theirs."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer
from handlers.callbacks.people import ThisIsMe
from handlers.chats import bind_here
from handlers.incoming import raw_message
from handlers.places import place_of
from handlers.views.strangers import COMMAND_GONE, say_it_in_private
from risk.people import Actor
from risk.ports import ChatRightsProbe, Directory, OpenUnit, Understand
from risk.understanding import take_in
from risk.use_cases.filing import FileInChat, file_in_chat


def router() -> Router:
    made = Router(name="anonymous")
    made.callback_query.register(press_to_bind, ThisIsMe.filter(F.command == "bind"))
    made.callback_query.register(press_to_file, ThisIsMe.filter(F.command == "risk"))
    made.callback_query.register(press_for_another, ThisIsMe.filter())
    return made


async def press_to_bind(
    query: CallbackQuery,
    actor: Actor,
    uow: OpenUnit,
    now: datetime,
    chat_rights: ChatRightsProbe,
    directory: Directory,
) -> Answer | None:
    asked = query.message
    if not isinstance(asked, Message):
        return Answer(COMMAND_GONE, alert=True)
    await bind_here(
        asked,
        question=asked.message_id,
        actor=actor,
        uow=uow,
        now=now,
        chat_rights=chat_rights,
        directory=directory,
    )
    return None


async def press_to_file(
    query: CallbackQuery, actor: Actor, uow: OpenUnit, now: datetime, understand: Understand
) -> Answer | None:
    """The words are those of the command that the question replies to."""
    asked = query.message
    command = asked.reply_to_message if isinstance(asked, Message) else None
    if not isinstance(asked, Message) or command is None:
        return Answer(COMMAND_GONE, alert=True)
    wanted = FileInChat(
        parts=(take_in(raw_message(command)),),
        place=place_of(asked),
        command=command.message_id,
        question=asked.message_id,
    )
    await file_in_chat(wanted, actor=actor, uow=uow, now=now, understand=understand)
    return None


async def press_for_another(_: CallbackQuery, callback_data: ThisIsMe) -> Answer:
    return Answer(say_it_in_private(callback_data.command), alert=True)
