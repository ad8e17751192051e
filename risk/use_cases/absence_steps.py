"""What is asked on the way to noting an absence or ending one: whose, which days, which deputy; read, never written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from risk.absences import FURTHEST_AHEAD, Absence, check_days, may_deputise
from risk.dates import Days, read_days
from risk.errors import DatesUnclear
from risk.ids import AbsenceId, PersonId
from risk.offices import Office
from risk.people import Actor
from risk.ports import OpenView, Unit
from risk.powers import Action, Power
from risk.rota import Colleague, Rota
from risk.use_cases.absences import NoteAbsence, absence_not_over, check_absence, require_say_over
from risk.use_cases.permission import permitted
from risk.use_cases.rota import rota_from


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceShown:
    """An absence with the people that it names; `deputy` may have left the office since."""

    absence: Absence
    whose: Colleague
    deputy: Colleague | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absences:
    """Those under way and those to come: the reader's own and, for whoever may note them, everybody's."""

    office: Office
    reader: PersonId
    own: Sequence[AbsenceShown]
    others: Sequence[AbsenceShown]
    allowed: frozenset[Power]
    page: int
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleToNote:
    office: Office
    people: Sequence[Colleague]
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAsked:
    """`first` is the first day once that is chosen; the days from `earliest` to `latest` may be."""

    office: Office
    whose: Colleague
    is_own: bool
    first: date | None
    today: date

    @property
    def earliest(self) -> date:
        return self.today if self.first is None else self.first

    @property
    def latest(self) -> date:
        return self.today + FURTHEST_AHEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputiesAsked:
    office: Office
    whose: Colleague
    is_own: bool
    days: Days
    deputies: Sequence[Colleague]
    page: int
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceDrafted:
    """All that is about to be noted."""

    office: Office
    whose: Colleague
    is_own: bool
    days: Days
    deputy: Colleague | None
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceToEnd:
    office: Office
    shown: AbsenceShown
    is_own: bool
    today: date


async def absences(page: int, *, actor: Actor, view: OpenView, now: datetime) -> Absences:
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_ROTA)
        rota = await _rota(unit, now)
        shown = [_shown(each, rota) for each in rota.absences if each.person in rota.colleagues]
        others = [each for each in shown if each.whose.person.id != member.person]
        return Absences(
            office=unit.office,
            reader=member.person,
            own=[each for each in shown if each.whose.person.id == member.person],
            others=others if Power.MANAGE_ABSENCE in member.powers else (),
            allowed=member.powers,
            page=page,
            today=_today(unit, now),
        )


async def may_ask_about_absences(*, actor: Actor, view: OpenView) -> None:
    """Whether to answer at all. Raises NotHere in a group that is not the alert chat."""
    async with view() as unit:
        await permitted(unit, actor, Action.READ_ROTA)


async def people_to_note(page: int, *, actor: Actor, view: OpenView, now: datetime) -> PeopleToNote:
    async with view() as unit:
        member = await permitted(unit, actor, Action.NOTE_ABSENCE)
        rota = await _rota(unit, now)
        people = [each for person, each in rota.colleagues.items() if person != member.person]
        return PeopleToNote(office=unit.office, people=people, page=page)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDays:
    person: PersonId
    first: date | None


async def days_asked(command: AskDays, *, actor: Actor, view: OpenView, now: datetime) -> DaysAsked:
    async with view() as unit:
        member = await permitted(unit, actor, Action.NOTE_OWN_ABSENCE)
        await require_say_over(unit, actor, member, command.person)
        rota = await _rota(unit, now)
        return DaysAsked(
            office=unit.office,
            whose=rota.colleague(command.person),
            is_own=command.person == member.person,
            first=command.first,
            today=_today(unit, now),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDeputies:
    person: PersonId
    days: Days
    page: int = 0


async def deputies_asked(command: AskDeputies, *, actor: Actor, view: OpenView, now: datetime) -> DeputiesAsked:
    """Who is there on all these days. Raises AbsenceRefused and AbsenceOverlaps: before anybody chooses in vain."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.NOTE_OWN_ABSENCE)
        await require_say_over(unit, actor, member, command.person)
        return await _deputies(unit, command, now, is_own=command.person == member.person)


async def typed_absence(typed: str, *, actor: Actor, view: OpenView, now: datetime) -> DeputiesAsked:
    """One's own absence as it was typed behind the command. Raises DatesUnclear."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.NOTE_OWN_ABSENCE)
        days = read_days(typed, _today(unit, now))
        if days is None:
            raise DatesUnclear
        return await _deputies(unit, AskDeputies(person=member.person, days=days), now, is_own=True)


async def absence_drafted(command: NoteAbsence, *, actor: Actor, view: OpenView, now: datetime) -> AbsenceDrafted:
    async with view() as unit:
        member = await permitted(unit, actor, Action.NOTE_OWN_ABSENCE)
        await require_say_over(unit, actor, member, command.person)
        today = _today(unit, now)
        rota = await rota_from(unit, min(today, command.days.first))
        check_absence(command, rota, today)
        return AbsenceDrafted(
            office=unit.office,
            whose=rota.colleague(command.person),
            is_own=command.person == member.person,
            days=command.days,
            deputy=None if command.deputy is None else rota.colleague(command.deputy),
            today=today,
        )


async def absence_to_end(absence: AbsenceId, *, actor: Actor, view: OpenView, now: datetime) -> AbsenceToEnd:
    async with view() as unit:
        member = await permitted(unit, actor, Action.NOTE_OWN_ABSENCE)
        today = _today(unit, now)
        found = await absence_not_over(unit, absence, today)
        await require_say_over(unit, actor, member, found.person)
        shown = _shown(found, await _rota(unit, now))
        return AbsenceToEnd(office=unit.office, shown=shown, is_own=found.person == member.person, today=today)


async def _deputies(unit: Unit, asked: AskDeputies, now: datetime, *, is_own: bool) -> DeputiesAsked:
    today = _today(unit, now)
    rota = await rota_from(unit, min(today, asked.days.first))
    whose = rota.colleague(asked.person)
    check_days(asked.person, asked.days, today, rota.absences)
    return DeputiesAsked(
        office=unit.office,
        whose=whose,
        is_own=is_own,
        days=asked.days,
        deputies=[
            each
            for person, each in rota.colleagues.items()
            if may_deputise(person, asked.person, asked.days, rota.absences)
        ],
        page=asked.page,
        today=today,
    )


async def _rota(unit: Unit, now: datetime) -> Rota:
    return await rota_from(unit, _today(unit, now))


def _today(unit: Unit, now: datetime) -> date:
    return unit.office.plan.calendar.local(now).date()


def _shown(absence: Absence, rota: Rota) -> AbsenceShown:
    """Raises UnknownChoice when the person left the office."""
    deputy = None if absence.deputy is None else rota.colleagues.get(absence.deputy)
    return AbsenceShown(absence=absence, whose=rota.colleague(absence.person), deputy=deputy)
