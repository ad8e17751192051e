"""An appeal in hand: found, kept with its history and what is owed about it, told of to its people; no acts."""

from dataclasses import replace
from datetime import datetime

from risk.appeal_acts import AppealAct, possible_acts
from risk.appeal_cases import AppealCase, AppealChange, AppealHappening, change_of
from risk.appeal_obligations import obligations_of_appeal
from risk.errors import AppealActNotPossible, OutsideBlock, UnknownChoice
from risk.ids import AppealId
from risk.notices import Message
from risk.obligations import Matter
from risk.people import Member
from risk.ports import Unit, UnitOfWork
from risk.use_cases.addressing import tell_seated
from risk.use_cases.owing import settle
from risk.use_cases.rounds import is_of_other_block


async def keep_case(unit: UnitOfWork, case: AppealCase, change: AppealChange, now: datetime) -> None:
    """Store what has changed, write it down, let what is owed follow from it. The caller commits."""
    await unit.appeals.save(case)
    await unit.appeals.add_change(change)
    await settle(unit, Matter.APPEAL, case.id, obligations_of_appeal(case, unit.office.plan), now)


async def acted(
    unit: UnitOfWork, member: Member, case: AppealCase, happening: AppealHappening, now: datetime, **facts: str
) -> None:
    """Keep it after somebody's own act: an import that brought it can be undone no more. The caller commits."""
    after = replace(case, acted_at=now)
    change = change_of(after, happening, now, position=member.acting_as.id, facts=facts)
    await keep_case(unit, after, change, now)


async def case_of(unit: Unit, appeal: AppealId) -> AppealCase:
    """Raises UnknownChoice."""
    case = await unit.appeals.get(appeal)
    if case is None:
        raise UnknownChoice
    return case


def require_own(unit: Unit, member: Member, case: AppealCase) -> None:
    """As with risks: heads and owners of other blocks keep out of a block's appeals. Raises OutsideBlock."""
    if is_of_other_block(unit.office.plan, member, case.block):
        raise OutsideBlock


def require_possible(unit: Unit, case: AppealCase, act: AppealAct) -> None:
    """Raises AppealActNotPossible."""
    if act not in possible_acts(case, unit.office.plan):
        raise AppealActNotPossible


async def tell_workers(unit: UnitOfWork, member: Member, case: AppealCase, notice: Message, now: datetime) -> None:
    """Whoever prepared the answer last and the head of its block, but for the one who acts. The caller commits."""
    block = unit.office.plan.block(case.block)
    changes = await unit.appeals.changes_of(case.id)
    asked = [each.position for each in changes if each.happening is AppealHappening.ASKED]
    positions = await unit.people.positions()
    seats = [seat for seat in positions if seat.id in asked[-1:] or (block is not None and seat.role == block.head)]
    await tell_seated(unit, seats, notice, now, but=member.person)
