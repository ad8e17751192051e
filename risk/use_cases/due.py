"""What will fall due in an office, gathered from its rows; how it is put into words is for views to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from risk.appeals import AppealKey
from risk.digest_rules import digest_after
from risk.ids import AppealId, RiskId
from risk.memo_periods import next_memo_at
from risk.notices import Notice
from risk.obligations import Matter, ObligationKey, ObligationKind
from risk.offices import Office
from risk.people import Position
from risk.ports import OpenView, Unit
from risk.risks import RiskNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedDue:
    """The deadline of something owed about a risk or an appeal."""

    at: datetime
    kind: ObligationKind
    number: RiskNumber | AppealKey


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDue:
    """The next digest is posted in the alert chat."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoDue:
    """The next memo comes by itself."""

    at: datetime


Due = OwedDue | NoticeDue | InvitationEnds | DigestDue | MemoDue


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDue:
    """What is ahead of an office, the nearest first."""

    office: Office
    ahead: tuple[Due, ...]


async def what_falls_due(*, view: OpenView, now: datetime) -> OfficeDue:
    """Everything later than `now`. For the sandbox's status port, where a whole office is one person's practice."""
    async with view() as unit:
        ahead = [*await _owed(unit, now), *await _notices(unit, now), *await _invitations(unit, now)]
        ahead += await _reports(unit, now)
        return OfficeDue(office=unit.office, ahead=tuple(sorted(ahead, key=lambda due: due.at)))


async def _owed(unit: Unit, now: datetime) -> list[Due]:
    ahead = [each.obligation for each in await unit.obligations.all_open() if each.obligation.due_at > now]
    numbers = await _numbers(unit, [each.key for each in ahead])
    return [
        OwedDue(at=each.due_at, kind=each.key.kind, number=numbers[each.key.matter, each.key.matter_id])
        for each in ahead
    ]


async def _numbers(unit: Unit, keys: Sequence[ObligationKey]) -> Mapping[tuple[Matter, int], RiskNumber | AppealKey]:
    risks = await unit.risks.those({RiskId(key.matter_id) for key in keys if key.matter is Matter.RISK})
    cases = await unit.appeals.those({AppealId(key.matter_id) for key in keys if key.matter is Matter.APPEAL})
    numbers: dict[tuple[Matter, int], RiskNumber | AppealKey] = {(Matter.RISK, each.id): each.number for each in risks}
    return numbers | {(Matter.APPEAL, each.id): each.appeal.key for each in cases}


async def _notices(unit: Unit, now: datetime) -> list[Due]:
    return [NoticeDue(at=at, notice=notice) for at, notice in await unit.outbox.planned_after(now)]


async def _invitations(unit: Unit, now: datetime) -> list[Due]:
    unused = await unit.invitations.unused_after(now)
    positions = {position.id: position for position in await unit.people.positions()}
    return [InvitationEnds(at=each.expires_at, position=positions[each.position]) for each in unused]


async def _reports(unit: Unit, now: datetime) -> list[Due]:
    """The nearest of each: there is no end to them."""
    plan = unit.office.plan
    memo_at = next_memo_at(plan, now)
    ahead: list[Due] = [] if memo_at is None else [MemoDue(at=memo_at)]
    if await unit.chats.alert_chat() is not None:
        ahead.append(DigestDue(at=digest_after(plan, now)))
    return ahead
