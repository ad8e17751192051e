"""What will fall due in an office, gathered from its rows; how it is put into words is for views to say."""

from dataclasses import dataclass
from datetime import datetime

from risk.notices import Notice
from risk.offices import Office
from risk.people import Position
from risk.ports import OpenView, Unit
from risk.risks import AWAITING_VERIFICATION, RiskNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationDue:
    """An open risk's inner deadline of verification."""

    at: datetime
    number: RiskNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDue:
    """A notice that is planned for later."""

    at: datetime
    notice: Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationEnds:
    """An invitation that nobody has used stops working."""

    at: datetime
    position: Position


Due = VerificationDue | NoticeDue | InvitationEnds


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDue:
    """What is ahead of an office, the nearest first."""

    office: Office
    ahead: tuple[Due, ...]


async def what_falls_due(*, view: OpenView, now: datetime) -> OfficeDue:
    """Everything later than `now`. For the sandbox's status port, where a whole office is one person's practice."""
    async with view() as unit:
        ahead = [*await _verifications(unit, now), *await _notices(unit, now), *await _invitations(unit, now)]
        return OfficeDue(office=unit.office, ahead=tuple(sorted(ahead, key=lambda due: due.at)))


async def _verifications(unit: Unit, now: datetime) -> list[Due]:
    risks = [risk for risk in await unit.risks.all_open() if risk.state in AWAITING_VERIFICATION]
    return [VerificationDue(at=risk.verify_by, number=risk.number) for risk in risks if risk.verify_by > now]


async def _notices(unit: Unit, now: datetime) -> list[Due]:
    return [NoticeDue(at=at, notice=notice) for at, notice in await unit.outbox.planned_after(now)]


async def _invitations(unit: Unit, now: datetime) -> list[Due]:
    unused = await unit.invitations.unused_after(now)
    positions = {position.id: position for position in await unit.people.positions()}
    return [InvitationEnds(at=each.expires_at, position=positions[each.position]) for each in unused]
