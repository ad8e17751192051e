"""Assigning shifts of duty; the page and what is asked before are in `duty_steps`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from risk.dates import Days
from risk.duties import Duty, check_days, on_duty
from risk.errors import UnknownChoice
from risk.ids import DutyId, PositionId
from risk.notices import DutyAssigned, DutyLifted
from risk.people import Actor, Member, Place, Position
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Action
from risk.staff_events import StaffEvent, StaffEventKind
from risk.use_cases.permission import permitted

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignDuty:
    """The shifts that begin on these days are the position's, or nobody's."""

    position: PositionId | None
    days: Days


async def assign_duty(command: AssignDuty, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """Give the shifts to the position; over earlier assignments, the latest counts. Raises DutyRefused.

    Who got them is told and who lost them too, but for whoever assigns.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.ASSIGN_DUTY)
        check_days(command.days, now, unit.office.plan.calendar)
        await held_position(unit, command.position)
        earlier = await unit.duties.ending_from(command.days.first)
        await unit.duties.assign(_drawn_up(command, member, now))
        for notice in _changes(command, earlier):
            await _tell(unit, notice, member, now)
        await unit.staff_events.add(_event(command, member, now))
        await unit.commit()


def _drawn_up(command: AssignDuty, member: Member, now: datetime) -> Duty:
    return Duty(
        id=DutyId(0),
        position=command.position,
        first_day=command.days.first,
        last_day=command.days.last,
        assigned_by=member.acting_as.id,
        assigned_at=now,
    )


def _changes(command: AssignDuty, earlier: Sequence[Duty]) -> Iterator[DutyAssigned | DutyLifted]:
    """Who loses shifts by the command, and who gets them."""
    lost: dict[PositionId | None, list[date]] = {}
    for ahead in range((command.days.last - command.days.first).days + 1):
        day = command.days.first + ahead * _DAY
        lost.setdefault(on_duty(earlier, day), []).append(day)
    for position, days in lost.items():
        if position is not None and position != command.position:
            yield DutyLifted(position=position, first_day=days[0], last_day=days[-1])
    if command.position is not None and set(lost) != {command.position}:
        yield DutyAssigned(position=command.position, first_day=command.days.first, last_day=command.days.last)


async def _tell(unit: UnitOfWork, notice: DutyAssigned | DutyLifted, member: Member, now: datetime) -> None:
    holder = (await unit.people.position(notice.position)).holder
    if holder is not None and holder != member.person:
        await unit.outbox.plan(notice, Place(address=await unit.people.address_of(holder)), due_at=now)


def _event(command: AssignDuty, member: Member, now: datetime) -> StaffEvent:
    facts = {"first_day": command.days.first.isoformat(), "last_day": command.days.last.isoformat()}
    by = member.acting_as.id
    return StaffEvent(at=now, kind=StaffEventKind.DUTY_ASSIGNED, by=by, position=command.position, facts=facts)


async def held_position(unit: Unit, position: PositionId | None) -> Position | None:
    """Raises UnknownChoice for a position that is not here, or that nobody holds now."""
    if position is None:
        return None
    found = await unit.people.find_position(position)
    if found is None or found.holder is None:
        raise UnknownChoice
    return found
