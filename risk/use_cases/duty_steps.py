"""The page of duty, and what is asked on the way to assigning it: which position, which days; read, never written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from risk.duties import FURTHEST_AHEAD, Shift, check_days, first_assignable_day, shift_at, shift_of
from risk.ids import PositionId
from risk.offices import Office
from risk.people import Actor, Position
from risk.ports import OpenView
from risk.powers import Action, Power
from risk.rota import OnDuty, Rota
from risk.use_cases.duties import AssignDuty, held_position
from risk.use_cases.permission import permitted
from risk.use_cases.rota import rota_from

DAYS_SHOWN: Final = 14
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Shifts of days that follow one another with the same person on duty; with nobody, when `who` is None."""

    first: Shift
    last: Shift
    who: OnDuty | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyPage:
    """`current` is the shift under way, None in working hours; `tonight` the next one, when it begins today."""

    office: Office
    current: Stretch | None
    tonight: Stretch | None
    coming: Sequence[Stretch]
    closes_at: datetime
    now: datetime
    allowed: frozenset[Power]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionsForDuty:
    """Occupied positions to choose from."""

    office: Office
    rota: Rota
    positions: Sequence[Position]
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDaysAsked:
    """`position` is None when the shifts are to be nobody's; the days from `earliest` to `latest` may be chosen."""

    office: Office
    position: Position | None
    first: date | None
    earliest: date
    today: date

    @property
    def latest(self) -> date:
        return self.earliest + FURTHEST_AHEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDrafted:
    """All that is about to be assigned. `holder_away` warns that the holder is away on some of these days."""

    office: Office
    position: Position | None
    rota: Rota
    first: Shift
    last: Shift
    holder_away: bool
    today: date
    now: datetime


async def duty_page(*, actor: Actor, view: OpenView, now: datetime) -> DutyPage:
    """In the alert chat nothing can be assigned: the buttons would be everybody's."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_ROTA)
        calendar = unit.office.plan.calendar
        today, current = calendar.local(now).date(), shift_at(now, calendar)
        rota = await rota_from(unit, today - _DAY)
        tonight = shift_of(today, calendar)
        since = today if current is None else current.day
        return DutyPage(
            office=unit.office,
            current=None if current is None else _alone(current, rota),
            tonight=None if tonight == current else _alone(tonight, rota),
            coming=list(_stretches(since, rota)),
            closes_at=tonight.begins,
            now=now,
            allowed=member.powers if actor.chat is None else frozenset(),
        )


async def positions_for_duty(page: int, *, actor: Actor, view: OpenView, now: datetime) -> PositionsForDuty:
    async with view() as unit:
        await permitted(unit, actor, Action.ASSIGN_DUTY)
        rota = await rota_from(unit, unit.office.plan.calendar.local(now).date())
        held = [each for each in rota.positions if each.holder is not None]
        return PositionsForDuty(office=unit.office, rota=rota, positions=held, page=page)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDutyDays:
    position: PositionId | None
    first: date | None


async def duty_days_asked(command: AskDutyDays, *, actor: Actor, view: OpenView, now: datetime) -> DutyDaysAsked:
    async with view() as unit:
        await permitted(unit, actor, Action.ASSIGN_DUTY)
        calendar = unit.office.plan.calendar
        earliest = first_assignable_day(now, calendar)
        return DutyDaysAsked(
            office=unit.office,
            position=await held_position(unit, command.position),
            first=command.first,
            earliest=max(earliest, command.first or earliest),
            today=calendar.local(now).date(),
        )


async def duty_drafted(command: AssignDuty, *, actor: Actor, view: OpenView, now: datetime) -> DutyDrafted:
    """Raises DutyRefused."""
    async with view() as unit:
        await permitted(unit, actor, Action.ASSIGN_DUTY)
        calendar = unit.office.plan.calendar
        check_days(command.days, now, calendar)
        position = await held_position(unit, command.position)
        rota = await rota_from(unit, command.days.first)
        holder = None if position is None else position.holder
        return DutyDrafted(
            office=unit.office,
            position=position,
            rota=rota,
            first=shift_of(command.days.first, calendar),
            last=shift_of(command.days.last, calendar),
            holder_away=any(each.person == holder and each.overlaps(command.days) for each in rota.absences),
            today=calendar.local(now).date(),
            now=now,
        )


def _alone(shift: Shift, rota: Rota) -> Stretch:
    return Stretch(first=shift, last=shift, who=rota.on_duty(shift.day))


def _stretches(since: date, rota: Rota) -> Iterator[Stretch]:
    """The coming shifts, folded as long as the same person answers for the same position."""
    calendar = rota.office.plan.calendar
    folded = _alone(shift_of(since, calendar), rota)
    for ahead in range(1, DAYS_SHOWN):
        shift = shift_of(since + ahead * _DAY, calendar)
        who = rota.on_duty(shift.day)
        if who == folded.who:
            folded = Stretch(first=folded.first, last=shift, who=who)
        else:
            yield folded
            folded = Stretch(first=shift, last=shift, who=who)
    yield folded
