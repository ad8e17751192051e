"""Short words for the tests of absence and duty: who goes away, who is put on duty, what is planned to be said."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from risk.absences import Absence
from risk.dates import Days
from risk.ids import PositionId
from risk.notices import Message, Notice
from risk.people import Actor
from risk.rota import Rota
from risk.use_cases.absences import EndAbsence, NoteAbsence, end_absence, note_absence
from risk.use_cases.duties import AssignDuty, assign_duty
from risk.use_cases.rota import rota_from
from risk.use_cases.telling import NoticeFacts, notice_facts
from storage import tables
from storage.mapping import NOTICE
from tests.support.offices import NOW, Offices, StaffedOffice

TODAY: Final = NOW.date()
"""Friday."""
DAY: Final = timedelta(days=1)


def days(first: int, last: int) -> Days:
    """Counted from today, Friday 20.11."""
    return Days(first=TODAY + first * DAY, last=TODAY + last * DAY)


async def away(
    office: StaffedOffice,
    who: Actor,
    span: Days,
    *,
    deputy: Actor | None = None,
    by: Actor | None = None,
    now: datetime = NOW,
) -> Absence:
    command = NoteAbsence(
        person=await office.person(who), days=span, deputy=None if deputy is None else await office.person(deputy)
    )
    return await note_absence(command, actor=by or who, uow=office.uow, now=now)


async def back(office: StaffedOffice, absence: Absence, *, by: Actor, now: datetime = NOW) -> None:
    await end_absence(EndAbsence(absence=absence.id), actor=by, uow=office.uow, now=now)


async def seat_of(office: StaffedOffice, who: Actor) -> PositionId:
    async with office.view() as view:
        person = await view.people.find(who.address)
        return next(each.id for each in await view.people.positions() if each.holder == person)


async def put_on_duty(office: StaffedOffice, who: Actor | None, span: Days, *, now: datetime = NOW) -> None:
    position = None if who is None else await seat_of(office, who)
    await assign_duty(AssignDuty(position=position, days=span), actor=office.head, uow=office.uow, now=now)


async def rota(office: StaffedOffice, day: date = TODAY) -> Rota:
    async with office.view() as view:
        return await rota_from(view, day)


async def planned(offices: Offices, to: Actor | None = None) -> Sequence[Notice]:
    """What is planned to be said: to one person, or in all."""
    rows = await offices.rows(tables.outbox)
    return [NOTICE.validate_json(row["notice"]) for row in rows if to is None or row["address"] == to.address.value]


async def told(office: StaffedOffice, notice: Message, to: Actor, *, now: datetime = NOW) -> NoticeFacts | None:
    """What the courier would word; None when the notice is moot."""
    async with office.view() as view:
        return await notice_facts(view, notice, office.private(to), now=now)
