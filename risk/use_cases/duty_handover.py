"""Handing duty over: at the end of a shift a line for the alert chat, at the beginning one for who is on duty."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from risk.duties import Shift, handovers_between, shift_at, shift_of
from risk.ids import PersonId
from risk.notices import DutyBegins, DutyHandedOver
from risk.people import Place
from risk.ports import OpenUnit
from risk.rota import OnDuty, Rota
from risk.use_cases.rota import rota_from

WORTH_SAYING: Final = timedelta(hours=24)
"""A shift that ended earlier, while the program was stopped, is nobody's news any more."""

_DAY: Final = timedelta(days=1)


async def hand_duty_over(*, uow: OpenUnit, now: datetime) -> int:
    """Plan what there is to say of shifts that ended or began; once for each, however often it is asked."""
    async with uow() as unit:
        calendar = unit.office.plan.calendar
        today = calendar.local(now).date()
        rota = await rota_from(unit, today - 3 * _DAY)
        if not rota.duties:
            return 0
        alert_chat = await unit.chats.alert_chat()
        planned = 0
        for shift in handovers_between(now - WORTH_SAYING, now, calendar) if alert_chat is not None else ():
            over = _handed_over(shift, rota)
            if over is not None and alert_chat is not None:
                planned += await unit.outbox.plan(over, alert_chat, due_at=shift.ends, once=f"duty {shift.day}")
        for begins in _begun(shift_at(now, calendar), rota):
            private = Place(address=rota.people[begins.person].address)
            once = f"duty {begins.day} begins {begins.person}"
            planned += await unit.outbox.plan(begins, private, due_at=now, once=once)
        if planned:
            await unit.commit()
    return planned


def end_of_stretch(shift: Shift, person: PersonId, rota: Rota) -> datetime:
    """When the person may rest: the end of the last of the shifts that follow without a pause and are theirs."""
    calendar = rota.office.plan.calendar
    following = shift_of(shift.day + _DAY, calendar)
    while following.begins == shift.ends and _answers(rota.on_duty(following.day)) == person:
        shift, following = following, shift_of(following.day + _DAY, calendar)
    return shift.ends


def _handed_over(shift: Shift, rota: Rota) -> DutyHandedOver | None:
    had = rota.on_duty(shift.day)
    if had is None:
        return None
    following = shift_of(shift.day + _DAY, rota.office.plan.calendar)
    follows = rota.on_duty(following.day) if following.begins == shift.ends else None
    return DutyHandedOver(
        day=shift.day,
        had=had.position.id,
        had_by=_answers(had),
        next=None if follows is None else follows.position.id,
        next_by=_answers(follows),
    )


def _begun(shift: Shift | None, rota: Rota) -> Iterator[DutyBegins]:
    """Nobody is told anew whose shift of the night before goes on into the day."""
    person = None if shift is None else _answers(rota.on_duty(shift.day))
    if shift is None or person is None:
        return
    before = shift_of(shift.day - _DAY, rota.office.plan.calendar)
    goes_on = before.ends == shift.begins and _answers(rota.on_duty(before.day)) == person
    if not goes_on:
        yield DutyBegins(person=person, day=shift.day)


def _answers(who: OnDuty | None) -> PersonId | None:
    return None if who is None or who.here is None else who.here.person.id
