"""What a finished record about an appeal leads to: a registration, a block, a return, a redirection, a named day."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from risk.appeal_acts import AppealAct
from risk.appeal_cases import AppealCase, AppealHappening, Approval, Redirected
from risk.appeal_forms import Registration, hand_number
from risk.appeals import AppealState
from risk.errors import BlockDecided, UnknownChoice
from risk.ids import AppealId, BlockKey
from risk.notices import AppealReturned, AppealSentBack
from risk.obligations import HoldKind, Matter
from risk.people import Member
from risk.ports import Unit, UnitOfWork
from risk.powers import Power
from risk.records import HOLDS, OF_OWED, Record, RecordField, RecordKind
from risk.risks import RETURNS_BEFORE_DECISION
from risk.use_cases.addressing import tell_seated
from risk.use_cases.appeal_keeping import acted, case_of, require_own, require_possible, tell_workers
from risk.use_cases.holding import HoldAsked, hold, owed_about
from risk.use_cases.permission import holders

_ACTS: Final[Mapping[RecordKind, AppealAct]] = MappingProxyType(
    {
        RecordKind.GIVE: AppealAct.GIVE,
        RecordKind.REDIRECT: AppealAct.REDIRECT,
        RecordKind.APPEAL_REMARK: AppealAct.SEND_BACK,
        RecordKind.NOT_OURS: AppealAct.RETURN,
    }
)


async def require_recordable(unit: Unit, member: Member, record: Record) -> None:
    """Asked at the press and again at the last answer: between them the appeal may change.

    Raises OutsideBlock, BlockDecided once whoever distributes has had to give it, AppealActNotPossible, UnknownChoice.
    """
    if record.kind is RecordKind.NEW_APPEAL:
        return
    case = await _case_of(unit, record)
    if record.kind in OF_OWED:
        require_own(unit, member, case)
    if record.kind in HOLDS:
        await owed_about(unit, Matter.APPEAL, case.id, record.item)
        return
    act = _ACTS.get(record.kind)
    if act is None:
        raise UnknownChoice
    if act is AppealAct.RETURN and case.returns >= RETURNS_BEFORE_DECISION:
        raise BlockDecided
    require_possible(unit, case, act)


async def put_on_appeal(unit: UnitOfWork, member: Member, record: Record, now: datetime) -> AppealId:
    """Do what the record says, all fields being filled; which appeal it is about. The caller commits."""
    await require_recordable(unit, member, record)
    if record.kind is RecordKind.NEW_APPEAL:
        return await _register(unit, member, record, now)
    case = await _case_of(unit, record)
    await _EFFECTS[record.kind](_Doing(unit=unit, member=member, case=case, record=record, now=now))
    return case.id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doing:
    """A record that takes effect: where, whose, on what, when."""

    unit: UnitOfWork
    member: Member
    case: AppealCase
    record: Record
    now: datetime

    def said(self, field: RecordField) -> str:
        return self.record.filled[field]

    @property
    def today(self) -> date:
        return self.unit.office.plan.calendar.local(self.now).date()

    async def keep(self, case: AppealCase, happening: AppealHappening, **facts: str) -> None:
        await acted(self.unit, self.member, case, happening, self.now, **facts)


async def _register(unit: UnitOfWork, member: Member, record: Record, now: datetime) -> AppealId:
    """«О-1/26»: numbered within the year of its registration."""
    today = unit.office.plan.calendar.local(now).date()
    number = hand_number(await unit.appeals.next_number(today.year), today.year)
    form = Registration(filled=record.filled, number=number, by=member.acting_as.id, today=today)
    stored = await unit.appeals.add(form.case(unit.office.plan))
    await acted(unit, member, stored, AppealHappening.REGISTERED, now)
    return stored.id


async def _give(doing: _Doing) -> None:
    """By hand, so that no later import takes it away again; what another block had prepared is not approved here."""
    block = BlockKey(doing.said(RecordField.BLOCK))
    if block not in doing.unit.office.plan.block_keys:
        raise UnknownChoice
    approval = doing.case.approval if block == doing.case.block else None
    given = replace(doing.case, block=block, routed=None, chosen=True, approval=approval)
    await doing.keep(given, AppealHappening.GIVEN, before=doing.case.block or "", after=block)


async def _return(doing: _Doing) -> None:
    """«Не относится к блоку»: it waits for another one, and a later import does not give it back."""
    owed = await doing.unit.obligations.open_of(Matter.APPEAL, doing.case.id)
    await doing.unit.nudges.note_acted([each.id for each in owed], doing.now)
    returned = replace(doing.case, block=None, routed=None, chosen=True, returns=doing.case.returns + 1, approval=None)
    reason, before = doing.said(RecordField.REASON), doing.case.block or ""
    await doing.keep(returned, AppealHappening.RETURNED, before=before, text=reason)
    notice = AppealReturned(appeal=returned.id, returns=returned.returns)
    await tell_seated(doing.unit, await holders(doing.unit, Power.DISTRIBUTE), notice, doing.now)


async def _redirect(doing: _Doing) -> None:
    """Somebody else owes the answer from now on; of an appeal of no export nothing else will tell so."""
    to = doing.said(RecordField.BODY)
    state = AppealState.REDIRECTED if doing.case.is_by_hand else doing.case.state
    redirected = replace(doing.case, state=state, redirected=Redirected(to=to, on=doing.today))
    await doing.keep(redirected, AppealHappening.REDIRECTED, text=to)


async def _send_back(doing: _Doing) -> None:
    remark = doing.said(RecordField.REMARK)
    returned = replace(doing.case, approval=Approval.SENT_BACK)
    await doing.keep(returned, AppealHappening.SENT_BACK, text=remark)
    await tell_workers(doing.unit, doing.member, doing.case, AppealSentBack(appeal=doing.case.id), doing.now)


async def _accept(doing: _Doing) -> None:
    await _hold(doing, HoldKind.ACCEPTED, AppealHappening.ACCEPTED)


async def _postpone(doing: _Doing) -> None:
    await _hold(doing, HoldKind.POSTPONED, AppealHappening.POSTPONED, reason=doing.said(RecordField.REASON))


async def _hold(doing: _Doing, kind: HoldKind, happening: AppealHappening, reason: str | None = None) -> None:
    owed = await owed_about(doing.unit, Matter.APPEAL, doing.case.id, doing.record.item)
    day = date.fromisoformat(doing.said(RecordField.UNTIL))
    await hold(doing.unit, doing.member, owed, HoldAsked(kind=kind, day=day, reason=reason), doing.now)
    await doing.keep(doing.case, happening, day=day.isoformat(), text=reason or "")


async def _case_of(unit: Unit, record: Record) -> AppealCase:
    if record.appeal is None:
        raise UnknownChoice
    return await case_of(unit, record.appeal)


_EFFECTS: Final[Mapping[RecordKind, Callable[[_Doing], Awaitable[None]]]] = MappingProxyType(
    {
        RecordKind.GIVE: _give,
        RecordKind.REDIRECT: _redirect,
        RecordKind.APPEAL_REMARK: _send_back,
        RecordKind.NOT_OURS: _return,
        RecordKind.ACCEPT: _accept,
        RecordKind.POSTPONE: _postpone,
    }
)
