"""Presses that move an appeal on without words: its answer went out, was prepared, was approved."""

from dataclasses import dataclass, replace
from datetime import datetime

from risk.appeal_acts import AppealAct, press_of
from risk.appeal_cases import AppealCase, AppealHappening, Approval, Pressed
from risk.appeals import AppealState
from risk.errors import ApprovalMissing
from risk.ids import AppealId
from risk.notices import AppealApprovalAsked, AppealApproved
from risk.people import Actor, Member
from risk.ports import OpenUnit, UnitOfWork
from risk.powers import Action, Power
from risk.use_cases.addressing import tell_seated
from risk.use_cases.appeal_keeping import acted, case_of, require_own, require_possible, tell_workers
from risk.use_cases.permission import holders, permitted


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAppeal:
    appeal: AppealId


async def report_answered(command: OfAppeal, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Ответ размещён» / «Ответ направлен»: an export must show it yet; an appeal of no export is answered by it.

    Raises ApprovalMissing where the head approves answers and has not yet, AppealActNotPossible.
    """
    async with uow() as unit:
        member, case = await _to_work(unit, actor, command)
        if case.is_owed and unit.office.plan.approves_appeals and case.approval is not Approval.APPROVED:
            raise ApprovalMissing
        require_possible(unit, case, AppealAct.ANSWERED)
        pressed = Pressed(press=press_of(case.appeal.source), at=now, by=member.acting_as.id)
        after = replace(case, pressed=pressed)
        if case.is_by_hand:
            today = unit.office.plan.calendar.local(now).date()
            finished = replace(case.appeal, finished_on=today, finished_at=now)
            after = replace(after, appeal=finished, state=AppealState.ANSWERED)
        await acted(unit, member, after, AppealHappening.PRESSED, now, press=pressed.press.value)
        await unit.commit()


async def ask_appeal_approval(command: OfAppeal, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Ответ подготовлен»: whoever approves answers is asked. Raises AppealActNotPossible."""
    async with uow() as unit:
        member, case = await _to_work(unit, actor, command)
        require_possible(unit, case, AppealAct.PREPARED)
        await acted(unit, member, replace(case, approval=Approval.ASKED), AppealHappening.ASKED, now)
        approving = await holders(unit, Power.APPROVE)
        await tell_seated(unit, approving, AppealApprovalAsked(appeal=case.id), now, but=member.person)
        await unit.commit()


async def approve_appeal(command: OfAppeal, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """«Согласовать»: the answer may go out. Raises AppealActNotPossible."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.APPROVE_APPEAL)
        case = await case_of(unit, command.appeal)
        require_possible(unit, case, AppealAct.APPROVE)
        await acted(unit, member, replace(case, approval=Approval.APPROVED), AppealHappening.APPROVED, now)
        await tell_workers(unit, member, case, AppealApproved(appeal=case.id), now)
        await unit.commit()


async def _to_work(unit: UnitOfWork, actor: Actor, command: OfAppeal) -> tuple[Member, AppealCase]:
    member = await permitted(unit, actor, Action.WORK_APPEAL)
    case = await case_of(unit, command.appeal)
    require_own(unit, member, case)
    return member, case
