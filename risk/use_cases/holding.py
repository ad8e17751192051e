"""Answers to a reminder that do not settle it: a day that somebody names, and «не относится к блоку»."""

from dataclasses import replace
from datetime import timedelta

from risk.errors import BlockDecided, HoldUnfit, UnknownChoice
from risk.events import EventKind
from risk.ids import ObligationId, RiskId
from risk.notices import BlockReturned
from risk.obligations import LONGEST_HOLD, Hold, HoldKind, Matter, Owed
from risk.ports import Unit
from risk.powers import Power
from risk.records import RecordField
from risk.risks import RETURNS_BEFORE_DECISION
from risk.use_cases.addressing import tell_seated
from risk.use_cases.doing import Doing
from risk.use_cases.owing import put_on_hold
from risk.use_cases.permission import holders
from risk.use_cases.rounds import require_own_block


async def owed_about(unit: Unit, risk: RiskId, owed_id: int) -> Owed:
    """What is still owed about this risk under that number. Raises UnknownChoice."""
    owed = await unit.obligations.find(ObligationId(owed_id))
    if owed is None or (owed.obligation.key.matter, owed.obligation.key.matter_id) != (Matter.RISK, risk):
        raise UnknownChoice
    return owed


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
    """Raises HoldUnfit for a day that is over, or too far ahead: a reminder is put off, never for ever."""
    owed = await owed_about(doing.unit, doing.risk.id, doing.record.item)
    today = doing.unit.office.plan.calendar.local(doing.now).date()
    earliest = today if kind is HoldKind.ACCEPTED else today + timedelta(days=1)
    if not earliest <= doing.until <= today + LONGEST_HOLD:
        raise HoldUnfit(LONGEST_HOLD.days)
    hold = Hold(kind=kind, day=doing.until, by=doing.by, at=doing.now, reason=reason)
    await put_on_hold(doing.unit, owed, hold, doing.now)
    what, day = owed.obligation.key.kind.value, doing.until.isoformat()
    await doing.keep(doing.working, event, what=what, day=day, text=reason or "")
