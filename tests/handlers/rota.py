"""Small facts of absence and duty for handlers and views: two invented people of an invented office."""

from datetime import date, timedelta
from typing import Final

from risk.absences import Absence
from risk.dates import Days
from risk.duties import Duty, shift_of
from risk.ids import AbsenceId, PersonId, PositionId, RoleKey
from risk.people import Address, MessengerKind, Person, Position
from risk.powers import Power
from risk.rota import Colleague, OnDuty, Rota
from risk.use_cases.absence_steps import (
    AbsenceDrafted,
    Absences,
    AbsenceShown,
    AbsenceToEnd,
    DaysAsked,
    DeputiesAsked,
    PeopleToNote,
)
from risk.use_cases.duty_steps import DutyDaysAsked, DutyDrafted, DutyPage, PositionsForDuty, Stretch
from tests.handlers.builders import SATURDAY, calendar, office

ANNA, BORIS = PersonId(21), PersonId(22)
FRIDAY: Final = date(2026, 11, 20)
MONDAY: Final = date(2026, 11, 23)
DAY: Final = timedelta(days=1)
ALL: Final = frozenset(Power)


def person(of: PersonId, name: str | None) -> Person:
    return Person(id=of, address=Address(messenger=MessengerKind.TELEGRAM, value=str(of)), official_name=name)


ROADS: Final = Position(id=PositionId(5), role=RoleKey("head_roads"), holder=ANNA)
MEMBER: Final = Position(id=PositionId(6), role=RoleKey("member"), number=1, holder=BORIS)
VACANT: Final = Position(id=PositionId(7), role=RoleKey("head_social"))
WHO_ANNA: Final = Colleague(person=person(ANNA, "Анисимова А. А."), positions=(ROADS,))
WHO_BORIS: Final = Colleague(person=person(BORIS, None), positions=(MEMBER,))


def rota(*duties: Duty) -> Rota:
    people = {each.person.id: each.person for each in (WHO_ANNA, WHO_BORIS)}
    return Rota(office=office(), people=people, positions=(ROADS, VACANT, MEMBER), absences=(), duties=duties)


def shown(
    first: date = MONDAY, last: date = MONDAY + 4 * DAY, *, whose: Colleague = WHO_ANNA, deputy: Colleague | None = None
) -> AbsenceShown:
    absence = Absence(
        id=AbsenceId(9),
        person=whose.person.id,
        first_day=first,
        last_day=last,
        deputy=None if deputy is None else deputy.person.id,
        noted_by=ROADS.id,
        noted_at=SATURDAY,
    )
    return AbsenceShown(absence=absence, whose=whose, deputy=deputy)


def absences(
    *own: AbsenceShown,
    others: tuple[AbsenceShown, ...] = (),
    allowed: frozenset[Power] = frozenset(),
    page: int = 0,
) -> Absences:
    return Absences(office=office(), reader=ANNA, own=own, others=others, allowed=allowed, page=page, today=FRIDAY)


def people_to_note(*people: Colleague, page: int = 0) -> PeopleToNote:
    return PeopleToNote(office=office(), people=people, page=page)


def days_asked(*, first: date | None = None, is_own: bool = True) -> DaysAsked:
    return DaysAsked(office=office(), whose=WHO_ANNA, is_own=is_own, first=first, today=FRIDAY)


def deputies_asked(*deputies: Colleague, is_own: bool = True, page: int = 0) -> DeputiesAsked:
    return DeputiesAsked(
        office=office(),
        whose=WHO_ANNA,
        is_own=is_own,
        days=Days(first=MONDAY, last=MONDAY + 4 * DAY),
        deputies=deputies,
        page=page,
        today=FRIDAY,
    )


def drafted(deputy: Colleague | None = None, last: date = MONDAY + 4 * DAY) -> AbsenceDrafted:
    return AbsenceDrafted(
        office=office(),
        whose=WHO_ANNA,
        is_own=True,
        days=Days(first=MONDAY, last=last),
        deputy=deputy,
        today=FRIDAY,
    )


def to_end(first: date = MONDAY, *, is_own: bool = True) -> AbsenceToEnd:
    return AbsenceToEnd(office=office(), shown=shown(first), is_own=is_own, today=FRIDAY)


def on_duty(position: Position = ROADS, here: Colleague | None = WHO_ANNA, *, holder_away: bool = False) -> OnDuty:
    return OnDuty(position=position, here=here, holder_away=holder_away)


def stretch(first: date, last: date, who: OnDuty | None = None) -> Stretch:
    return Stretch(first=shift_of(first, calendar()), last=shift_of(last, calendar()), who=who)


def duty_page(
    *coming: Stretch,
    current: Stretch | None = None,
    tonight: Stretch | None = None,
    allowed: frozenset[Power] = frozenset(),
) -> DutyPage:
    return DutyPage(
        now=SATURDAY,
        office=office(),
        current=current,
        tonight=tonight,
        coming=coming,
        closes_at=shift_of(FRIDAY, calendar()).begins,
        allowed=allowed,
    )


def positions_for_duty(*positions: Position, page: int = 0) -> PositionsForDuty:
    return PositionsForDuty(office=office(), rota=rota(), positions=positions, page=page)


def duty_days_asked(position: Position | None = None, *, first: date | None = None) -> DutyDaysAsked:
    return DutyDaysAsked(office=office(), position=position, first=first, earliest=first or FRIDAY, today=FRIDAY)


def duty_drafted(position: Position | None = ROADS, *, holder_away: bool = False) -> DutyDrafted:
    return DutyDrafted(
        now=SATURDAY,
        office=office(),
        position=position,
        rota=rota(),
        first=shift_of(FRIDAY, calendar()),
        last=shift_of(FRIDAY + 2 * DAY, calendar()),
        holder_away=holder_away,
        today=FRIDAY,
    )
