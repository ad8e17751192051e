"""Presses on a card, and `/card 12`, which posts it anew."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.answering import Answer
from handlers.callbacks.risks import CardBlock, CardDeadline, CardLevel, CardPanel, RiskCard
from handlers.filters import command_named
from handlers.places import place_of, place_of_press
from handlers.replies import respond
from handlers.views.card import deadline_explained
from handlers.views.help import HOW_TO_ASK_CARD
from risk.people import Actor
from risk.ports import OpenUnit, OpenView
from risk.risks import NumberAsked
from risk.use_cases.cards import (
    PostCard,
    SetBlock,
    SetLevel,
    TurnCard,
    post_card,
    set_block,
    set_level,
    turn_card,
)
from risk.use_cases.reading import explain_deadline


def router() -> Router:
    made = Router(name="cards")
    made.message.register(show_card, command_named("card"))
    made.callback_query.register(press_panel, CardPanel.filter())
    made.callback_query.register(press_block, CardBlock.filter())
    made.callback_query.register(press_level, CardLevel.filter())
    made.callback_query.register(press_deadline, CardDeadline.filter())
    made.callback_query.register(press_open, RiskCard.filter())
    return made


async def show_card(message: Message, command: CommandObject, actor: Actor, uow: OpenUnit) -> None:
    asked = NumberAsked.read(command.args or "")
    if asked is None:
        await respond(message, HOW_TO_ASK_CARD)
        return
    await post_card(PostCard(asked=asked, place=place_of(message)), actor=actor, uow=uow)


async def press_panel(_: CallbackQuery, callback_data: CardPanel, actor: Actor, uow: OpenUnit) -> None:
    wanted = TurnCard(risk=callback_data.risk, round=callback_data.round, panel=callback_data.panel)
    await turn_card(wanted, actor=actor, uow=uow)


async def press_block(_: CallbackQuery, callback_data: CardBlock, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    wanted = SetBlock(risk=callback_data.risk, round=callback_data.round, block=callback_data.block)
    await set_block(wanted, actor=actor, uow=uow, now=now)


async def press_level(_: CallbackQuery, callback_data: CardLevel, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    wanted = SetLevel(
        risk=callback_data.risk,
        round=callback_data.round,
        level=callback_data.level,
        confirmed=callback_data.confirmed,
    )
    await set_level(wanted, actor=actor, uow=uow, now=now)


async def press_deadline(
    _: CallbackQuery, callback_data: CardDeadline, actor: Actor, view: OpenView, now: datetime
) -> Answer:
    facts = await explain_deadline(callback_data.risk, actor=actor, view=view, now=now)
    return Answer(deadline_explained(facts), alert=True)


async def press_open(query: CallbackQuery, callback_data: RiskCard, actor: Actor, uow: OpenUnit) -> None:
    asked = NumberAsked(serial=callback_data.serial, year=callback_data.year)
    await post_card(PostCard(asked=asked, place=place_of_press(query)), actor=actor, uow=uow)
