"""Presses on the page of an appeal that need words, and the form of a new one: how their records are opened."""

from dataclasses import dataclass, replace
from datetime import datetime

from risk.errors import UnknownChoice
from risk.ids import AppealId
from risk.people import Actor, Place
from risk.ports import OpenUnit
from risk.powers import Action
from risk.records import OF_APPEAL, RecordKind
from risk.use_cases.permission import permitted
from risk.use_cases.recording import action_of, begin_record, begun


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAppealRecord:
    appeal: AppealId
    kind: RecordKind
    place: Place


async def open_appeal_record(command: OpenAppealRecord, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Raises OutsideBlock, BlockDecided, AppealActNotPossible, UnknownChoice."""
    async with uow() as unit:
        member = await permitted(unit, actor, action_of(command.kind))
        if command.kind not in OF_APPEAL or command.kind is RecordKind.NEW_APPEAL:
            raise UnknownChoice
        record = begun(command.kind, command.place, member, now)
        await begin_record(unit, member, replace(record, appeal=command.appeal))
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAppealForm:
    """`/appeal`: a call, a visit or a letter is to be registered."""

    place: Place


async def open_appeal_form(command: OpenAppealForm, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        member = await permitted(unit, actor, Action.REGISTER_APPEAL)
        await begin_record(unit, member, begun(RecordKind.NEW_APPEAL, command.place, member, now))
        await unit.commit()
