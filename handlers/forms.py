"""Presses on a form."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.answering import Answer
from handlers.callbacks.forms import (
    FormBlock,
    FormCancel,
    FormJoin,
    FormLevel,
    FormNoReach,
    FormOffice,
    FormPanel,
    FormRegister,
    FormTerritory,
)
from handlers.injected import Enter
from risk.people import Actor
from risk.ports import OpenUnit, Understand
from risk.use_cases.drafts import (
    CancelDraft,
    ChooseBlock,
    ChooseLevel,
    ChooseTerritory,
    DropReach,
    JoinRisk,
    RegisterDraft,
    TurnDraft,
    cancel_draft,
    choose_block,
    choose_level,
    choose_territory,
    drop_reach,
    join_risk,
    register_draft,
    turn_draft,
)
from risk.use_cases.moving import KeepDraft, MoveDraft, keep_draft, move_draft


def router() -> Router:
    made = Router(name="forms")
    made.callback_query.register(press_panel, FormPanel.filter())
    made.callback_query.register(press_block, FormBlock.filter())
    made.callback_query.register(press_level, FormLevel.filter())
    made.callback_query.register(press_territory, FormTerritory.filter())
    made.callback_query.register(press_no_reach, FormNoReach.filter())
    made.callback_query.register(press_office, FormOffice.filter())
    made.callback_query.register(press_register, FormRegister.filter())
    made.callback_query.register(press_join, FormJoin.filter())
    made.callback_query.register(press_cancel, FormCancel.filter())
    return made


async def press_panel(_: CallbackQuery, callback_data: FormPanel, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    wanted = TurnDraft(draft=callback_data.draft, panel=callback_data.panel)
    await turn_draft(wanted, actor=actor, uow=uow, now=now)


async def press_block(_: CallbackQuery, callback_data: FormBlock, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    wanted = ChooseBlock(draft=callback_data.draft, block=callback_data.block)
    await choose_block(wanted, actor=actor, uow=uow, now=now)


async def press_level(_: CallbackQuery, callback_data: FormLevel, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    wanted = ChooseLevel(draft=callback_data.draft, level=callback_data.level)
    await choose_level(wanted, actor=actor, uow=uow, now=now)


async def press_territory(
    _: CallbackQuery, callback_data: FormTerritory, actor: Actor, uow: OpenUnit, now: datetime
) -> None:
    wanted = ChooseTerritory(draft=callback_data.draft, territory=callback_data.territory)
    await choose_territory(wanted, actor=actor, uow=uow, now=now)


async def press_no_reach(
    _: CallbackQuery, callback_data: FormNoReach, actor: Actor, uow: OpenUnit, now: datetime
) -> None:
    await drop_reach(DropReach(draft=callback_data.draft), actor=actor, uow=uow, now=now)


async def press_office(
    _: CallbackQuery,
    callback_data: FormOffice,
    actor: Actor,
    uow: OpenUnit,
    elsewhere: Enter,
    now: datetime,
    understand: Understand,
) -> None:
    if callback_data.into == callback_data.office:
        await keep_draft(KeepDraft(draft=callback_data.draft), actor=actor, uow=uow, now=now)
        return
    wanted = MoveDraft(draft=callback_data.draft, into=callback_data.into)
    there = elsewhere(callback_data.into)
    await move_draft(wanted, actor=actor, uow=uow, there=there, now=now, understand=understand)


async def press_register(
    _: CallbackQuery, callback_data: FormRegister, actor: Actor, uow: OpenUnit, now: datetime
) -> Answer | None:
    wanted = RegisterDraft(draft=callback_data.draft, highest=callback_data.highest)
    number = await register_draft(wanted, actor=actor, uow=uow, now=now)
    return None if number is None else Answer(f"{number} зарегистрирован.")


async def press_join(_: CallbackQuery, callback_data: FormJoin, actor: Actor, uow: OpenUnit, now: datetime) -> Answer:
    number = await join_risk(
        JoinRisk(draft=callback_data.draft, risk=callback_data.risk), actor=actor, uow=uow, now=now
    )
    return Answer(f"Упоминание добавлено к {number}.")


async def press_cancel(_: CallbackQuery, callback_data: FormCancel, actor: Actor, uow: OpenUnit) -> None:
    await cancel_draft(CancelDraft(draft=callback_data.draft), actor=actor, uow=uow)
