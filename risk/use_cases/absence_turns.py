"""What the days bring to absences: their beginning and their end, in the history and on the cards."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from risk.absences import FURTHEST_AHEAD, Absence, away_on
from risk.ids import PersonId
from risk.ports import OpenUnit, UnitOfWork
from risk.staff_events import StaffEvent, StaffEventKind
from risk.use_cases.cards import refresh_cards_of

LOOKED_BACK: Final = timedelta(days=62)
"""An absence that was over earlier is left alone: so long the program is hardly ever stopped."""

_TURNS: Final = frozenset({StaffEventKind.ABSENCE_BEGUN, StaffEventKind.ABSENCE_OVER})


async def note_absences_turning(*, uow: OpenUnit, now: datetime) -> int:
    """Write into the history, once for each, which absences have begun and which are over; let the cards say so."""
    async with uow() as unit:
        today = unit.office.plan.calendar.local(now).date()
        recent = await unit.absences.ending_from(today - LOOKED_BACK)
        turns = [(each, kind, day) for each in recent for kind, day in _turns(each) if day <= today]
        if not turns:
            return 0
        written = await unit.staff_events.since(now - LOOKED_BACK - 3 * FURTHEST_AHEAD, _TURNS)
        known = {(event.facts["absence"], event.kind, event.facts["day"]) for event in written}
        fresh = [turn for turn in turns if (str(turn[0].id), turn[1], turn[2].isoformat()) not in known]
        for absence, kind, day in fresh:
            facts = {"absence": str(absence.id), "day": day.isoformat()}
            await unit.staff_events.add(StaffEvent(at=now, kind=kind, by=None, facts=facts))
            await show_on_cards(unit, absence.person, today)
        if fresh:
            await unit.commit()
    return len(fresh)


async def show_on_cards(unit: UnitOfWork, person: PersonId, today: date) -> None:
    """Cards name whoever is away and stands in: those of this person's blocks, and of everybody who is away today."""
    concerned = {person, *away_on(today, await unit.absences.ending_from(today))}
    await refresh_cards_of(unit, {each.role for each in await unit.people.positions() if each.holder in concerned})


def _turns(absence: Absence) -> Iterator[tuple[StaffEventKind, date]]:
    """On which day it begins, and on which the person is here again."""
    yield StaffEventKind.ABSENCE_BEGUN, absence.first_day
    yield StaffEventKind.ABSENCE_OVER, absence.last_day + timedelta(days=1)
