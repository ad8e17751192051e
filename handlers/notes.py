"""A reply to a card, which one press keeps as a note of its risk."""

from contextlib import suppress
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer
from handlers.callbacks.working import NoteTaken
from handlers.incoming import raw_message
from handlers.places import place_of
from handlers.views.notes import noted
from risk.errors import NotHere, NotListed, NotPermitted
from risk.people import Actor
from risk.ports import OpenUnit
from risk.use_cases.notes import OfferNote, TakeNote, offer_note, take_note


def router() -> Router:
    made = Router(name="notes")
    made.callback_query.register(press_take, NoteTaken.filter())
    return made


async def offer_to_keep(message: Message, replied: Message, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Nobody has asked the bot for anything: to whom it may offer nothing, it says nothing."""
    wanted = OfferNote(said=raw_message(message), place=place_of(message), replies_to=replied.message_id)
    with suppress(NotPermitted, NotListed, NotHere):
        await offer_note(wanted, actor=actor, uow=uow, now=now)


async def press_take(_: CallbackQuery, callback_data: NoteTaken, actor: Actor, uow: OpenUnit, now: datetime) -> Answer:
    number = await take_note(TakeNote(offer=callback_data.offer), actor=actor, uow=uow, now=now)
    return Answer(noted(number))
