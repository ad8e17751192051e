"""Answers to a reminder that do not settle it: a day that somebody names, and «не относится к блоку»."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from risk.errors import BlockDecided, HoldUnfit, UnknownChoice
from risk.events import EventKind
from risk.ids import ObligationId
from risk.notices import BlockReturned
from risk.obligations import Hold, HoldKind, Matter, Owed, days_to_hold
from risk.people import Member
from risk.ports import Unit, UnitOfWork
from risk.powers import Power
from risk.records import RecordField
from risk.risks import RETURNS_BEFORE_DECISION
from risk.use_cases.addressing import tell_seated
from risk.use_cases.doing import Doing
from risk.use_cases.owing import put_on_hold
from risk.use_cases.permission import holders
from risk.use_cases.rounds import require_own_block


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldAsked:
    """A day that somebody names, and why."""

    kind: HoldKind
    day: date
    reason: str | None = None


async def owed_about(unit: Unit, matter: Matter, matter_id: int, owed_id: int) -> Owed:
    """What is still owed about this risk or appeal under that number. Raises UnknownChoice."""
    owed = await unit.obligations.find(ObligationId(owed_id))
    if owed is None or (owed.obligation.key.matter, owed.obligation.key.matter_id) != (matter, matter_id):
        raise UnknownChoice
    return owed


async def hold(unit: UnitOfWork, member: Member, owed: Owed, asked: HoldAsked, now: datetime) -> None:
    """Nobody is reminded of it until the day that was named. The caller commits.

    Raises HoldUnfit for a day that is over, or too far ahead: a reminder is put off, never for ever.
    """
    today = unit.office.plan.calendar.local(now).date()
    fit = days_to_hold(asked.kind, today)
    if not fit.first <= asked.day <= fit.last:
        raise HoldUnfit(first=fit.first, last=fit.last)
    by = member.acting_as.id
    await put_on_hold(unit, owed, Hold(kind=asked.kind, day=asked.day, by=by, at=now, reason=asked.reason), now)


async def accept_owed(doing: Doing) -> None:
    """«Принято в работу», to a day: until it is over the ladder is held."""
    await _hold(doing, HoldKind.ACCEPTED, EventKind.ACCEPTED)


async def postpone_owed(doing: Doing) -> None:
    """«Напомнить позже», on a day and for a reason."""
    await _hold(doing, HoldKind.POSTPONED, EventKind.POSTPONED, reason=doing.said(RecordField.REASON))


async def return_from_block(doing: Doing) -> None:
    """«Не относится к блоку»: the risk waits for another one; whoever decides hears of it.

    Only the block itself says so, not a position of another one that was asked for something. Raises OutsideBlock,
    and BlockDecided once whoever decides has had to give it to a block.
    """
    risk = doing.risk
    require_own_block(doing.unit, doing.member, risk)
    if risk.block is None:
        raise UnknownChoice
    if risk.returns >= RETURNS_BEFORE_DECISION:
        raise BlockDecided
    reason = doing.said(RecordField.REASON)
    await doing.unit.nudges.note_acted([ObligationId(doing.record.item)], doing.now)
    returned = replace(risk, block=None, returns=risk.returns + 1)
    await doing.keep(doing.working, EventKind.BLOCK_RETURNED, risk=returned, before=str(risk.block), text=reason)
    notice = BlockReturned(risk=risk.id, returns=returned.returns)
    await tell_seated(doing.unit, await holders(doing.unit, Power.DECIDE), notice, doing.now)


async def _hold(doing: Doing, kind: HoldKind, event: EventKind, reason: str | None = None) -> None:
    owed = await owed_about(doing.unit, Matter.RISK, doing.risk.id, doing.record.item)
    asked = HoldAsked(kind=kind, day=doing.until, reason=reason)
    await hold(doing.unit, doing.member, owed, asked, doing.now)
    what, day = owed.obligation.key.kind.value, doing.until.isoformat()
    await doing.keep(doing.working, event, what=what, day=day, text=reason or "")
