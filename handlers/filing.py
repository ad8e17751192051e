"""What members send: in private it becomes a draft, in the alert chat `/risk` files at once."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from aiogram import F, Router
from aiogram.types import Message

from handlers.filters import FILABLE, GROUP, LOOKS_LIKE_COMMAND, PRIVATE, WORDLESS, command_named
from handlers.incoming import raw_message, typed
from handlers.injected import Enter
from handlers.notes import offer_to_keep
from handlers.places import place_of
from handlers.replies import respond
from handlers.views.help import TEXT_OR_PHOTO
from risk.errors import NotPermitted
from risk.ids import OfficeId
from risk.people import Actor, Address
from risk.ports import OpenUnit, Understand
from risk.understanding import take_in
from risk.use_cases.drafts import TakeMessage, take_edited_message, take_message, take_reply_in_chat
from risk.use_cases.filing import FileInChat, file_in_chat
from risk.use_cases.record_answers import RecordWords
from risk.use_cases.recording import take_record_words


def router() -> Router:
    made = Router(name="filing")
    made.message.register(file_at_once, GROUP, command_named("risk"))
    made.message.register(take_command_words, PRIVATE, command_named("risk"))
    made.message.register(take_words, PRIVATE, FILABLE, ~LOOKS_LIKE_COMMAND)
    made.message.register(ask_for_words, PRIVATE, ~FILABLE)
    made.message.register(ask_for_words, GROUP, F.reply_to_message, WORDLESS)
    made.message.register(take_reply, GROUP, F.reply_to_message, ~LOOKS_LIKE_COMMAND)
    made.edited_message.register(take_mended_words, PRIVATE)
    return made


async def file_at_once(message: Message, actor: Actor, uow: OpenUnit, now: datetime, understand: Understand) -> None:
    """The card, or the question for its gist, is the answer."""
    quoted = tuple(take_in(raw_message(replied, quoted=True)) for replied in _quoted(message))
    wanted = FileInChat(
        parts=(*quoted, take_in(raw_message(message))), place=place_of(message), command=message.message_id
    )
    await file_in_chat(wanted, actor=actor, uow=uow, now=now, understand=understand)


def _quoted(message: Message) -> Iterator[Message]:
    """What `/risk` replies to, unless the bot itself said it: a card is no new risk."""
    replied = message.reply_to_message
    if replied is not None and not (replied.from_user is not None and replied.from_user.is_bot):
        yield replied


async def take_command_words(
    message: Message, actor: Actor, uow: OpenUnit, desks: Sequence[OfficeId], now: datetime, understand: Understand
) -> None:
    """A command begins something new: it answers no question."""
    sent = _sent(message, typed=None, desks=desks)
    await take_message(sent, actor=actor, uow=uow, now=now, understand=understand)


async def take_words(
    message: Message, actor: Actor, uow: OpenUnit, desks: Sequence[OfficeId], now: datetime, understand: Understand
) -> None:
    """The question of a record is answered first: it was put by this person's own press."""
    sent = _sent(message, typed=typed(message), desks=desks)
    words = RecordWords(part=sent.part, place=sent.place, typed=sent.typed)
    if not await take_record_words(words, actor=actor, uow=uow, now=now):
        await take_message(sent, actor=actor, uow=uow, now=now, understand=understand)


async def take_mended_words(
    message: Message, address: Address, desks: Sequence[OfficeId], enter: Enter, now: datetime, understand: Understand
) -> None:
    """The form that holds the message may be of any office where its author works."""
    sent = _sent(message, typed=typed(message))
    for office in desks:
        actor = Actor(office=office, address=address)
        with suppress(NotPermitted):
            if await take_edited_message(sent, actor=actor, uow=enter(office), now=now, understand=understand):
                return


async def ask_for_words(message: Message) -> None:
    await respond(message, TEXT_OR_PHOTO)


async def take_reply(message: Message, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """A reply that answers no question of the bot is talk among people; under a card it may become a note."""
    replied = message.reply_to_message
    answered = await take_reply_in_chat(_sent(message, typed=typed(message)), actor=actor, uow=uow, now=now)
    if not answered and replied is not None:
        await offer_to_keep(message, replied, actor, uow, now)


def _sent(message: Message, *, typed: str | None, desks: Sequence[OfficeId] = ()) -> TakeMessage:
    replied = message.reply_to_message
    return TakeMessage(
        part=take_in(raw_message(message)),
        place=place_of(message),
        typed=typed,
        replies_to=None if replied is None else replied.message_id,
        works_elsewhere=len(desks) > 1,
    )
