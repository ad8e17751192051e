"""Whether a notice of absence or duty still holds when its turn comes, and what it needs to be worded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never

from risk.duties import on_duty, shift_of
from risk.ids import PersonId, PositionId
from risk.notices import (
    AbsenceEnded,
    AbsenceNoted,
    AbsenceNotice,
    DutyAssigned,
    DutyBegins,
    DutyHandedOver,
    DutyLifted,
    DutyNotice,
)
from risk.people import Person, Place, Position
from risk.ports import Unit
from risk.risks import RiskNumber
from risk.rota import Colleague, Rota
from risk.use_cases.duty_handover import WORTH_SAYING, end_of_stretch
from risk.use_cases.rota import rota_from

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceTold:
    """What an absence is said to be: to the person themself, or to their deputy."""

    whose: Colleague
    to_themself: bool
    first_day: date
    last_day: date
    today: date
    deputy: Colleague | None = None
    noted_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatOnDuty:
    """A position and who answers for it; nobody, when it is vacant or its holder away without a deputy."""

    position: Position
    person: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTold:
    """Shifts of somebody's: from the beginning of the first to the end of the last."""

    position: Position
    begins: datetime
    ends: datetime
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverTold:
    """A shift that is over: who had it, who has the next one, and what came in. `late` when this is long known."""

    had: SeatOnDuty
    next: SeatOnDuty | None
    begins: datetime
    ends: datetime
    late: bool
    filed: Sequence[RiskNumber]
    overdue: int


RotaTold = AbsenceTold | DutyTold | HandOverTold

LATE = timedelta(hours=3)


async def rota_told(unit: Unit, notice: AbsenceNotice | DutyNotice, place: Place, now: datetime) -> RotaTold | None:
    """What the notice says to whoever is at `place`; None when it no longer holds and is moot."""
    match notice:
        case AbsenceNoted():
            return await _absence_noted(unit, notice, place, now)
        case AbsenceEnded():
            return await _absence_ended(unit, notice, place, now)
        case DutyAssigned() | DutyLifted():
            return await _shifts_changed(unit, notice, place, now)
        case DutyBegins():
            return await _duty_begins(unit, notice, now)
        case DutyHandedOver():
            return await _handed_over(unit, notice, place, now)
        case other:
            assert_never(other)


async def _absence_noted(unit: Unit, notice: AbsenceNoted, place: Place, now: datetime) -> AbsenceTold | None:
    """Moot once it was ended or is over, and for whoever left the office."""
    absence = await unit.absences.get(notice.absence)
    today = unit.office.plan.calendar.local(now).date()
    listener = await unit.people.find(place.address)
    rota = await rota_from(unit, today)
    if absence is None or absence.last_day < today or absence.person not in rota.colleagues:
        return None
    if listener not in {absence.person, absence.deputy} or listener not in rota.colleagues:
        return None
    noted_by = next((each for each in rota.positions if each.id == absence.noted_by), None)
    return AbsenceTold(
        whose=rota.colleagues[absence.person],
        to_themself=listener == absence.person,
        first_day=absence.first_day,
        last_day=absence.last_day,
        today=today,
        deputy=None if absence.deputy is None else rota.colleagues.get(absence.deputy),
        noted_by=None if noted_by is None else noted_by.title(unit.office.plan),
    )


async def _absence_ended(unit: Unit, notice: AbsenceEnded, place: Place, now: datetime) -> AbsenceTold | None:
    today = unit.office.plan.calendar.local(now).date()
    rota = await rota_from(unit, today)
    listener = await unit.people.find(place.address)
    if listener not in rota.colleagues or notice.person not in rota.colleagues:
        return None
    return AbsenceTold(
        whose=rota.colleagues[notice.person],
        to_themself=listener == notice.person,
        first_day=notice.first_day,
        last_day=notice.last_day,
        today=today,
    )


async def _shifts_changed(
    unit: Unit, notice: DutyAssigned | DutyLifted, place: Place, now: datetime
) -> DutyTold | None:
    """Moot when another assignment has changed it back, when the shifts are over or the position changed hands."""
    calendar = unit.office.plan.calendar
    rota = await rota_from(unit, notice.first_day)
    position = next((each for each in rota.positions if each.id == notice.position), None)
    ends = shift_of(notice.last_day, calendar).ends
    if position is None or not await _is_held_at(unit, position, place) or ends <= now:
        return None
    days = [notice.first_day + ahead * _DAY for ahead in range((notice.last_day - notice.first_day).days + 1)]
    are_theirs = any(on_duty(rota.duties, day) == notice.position for day in days)
    if are_theirs is not isinstance(notice, DutyAssigned):
        return None
    return DutyTold(position=position, begins=shift_of(notice.first_day, calendar).begins, ends=ends, now=now)


async def _duty_begins(unit: Unit, notice: DutyBegins, now: datetime) -> DutyTold | None:
    """Moot when the shift is over or was given to somebody else meanwhile."""
    shift = shift_of(notice.day, unit.office.plan.calendar)
    rota = await rota_from(unit, notice.day)
    who = rota.on_duty(notice.day)
    if who is None or who.here is None or who.here.person.id != notice.person:
        return None
    ends = end_of_stretch(shift, notice.person, rota)
    return DutyTold(position=who.position, begins=shift.begins, ends=ends, now=now) if now < ends else None


async def _handed_over(unit: Unit, notice: DutyHandedOver, place: Place, now: datetime) -> HandOverTold | None:
    """Moot a day later, and in a chat that is the alert chat no more."""
    shift = shift_of(notice.day, unit.office.plan.calendar)
    alert_chat = await unit.chats.alert_chat()
    if alert_chat is None or alert_chat.address != place.address or now > shift.ends + WORTH_SAYING:
        return None
    rota = await rota_from(unit, notice.day)
    return HandOverTold(
        had=_seat(rota, notice.had, notice.had_by),
        next=None if notice.next is None else _seat(rota, notice.next, notice.next_by),
        begins=shift.begins,
        ends=shift.ends,
        late=now > shift.ends + LATE,
        filed=[each.number for each in await unit.risks.filed_between(shift.begins, shift.ends)],
        overdue=sum(each.is_overdue(now) for each in await unit.risks.all_open()),
    )


def _seat(rota: Rota, position: PositionId, person: PersonId | None) -> SeatOnDuty:
    return SeatOnDuty(
        position=next(each for each in rota.positions if each.id == position),
        person=None if person is None else rota.people[person],
    )


async def _is_held_at(unit: Unit, position: Position, place: Place) -> bool:
    return position.holder is not None and await unit.people.address_of(position.holder) == place.address
