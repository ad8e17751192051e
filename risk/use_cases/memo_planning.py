"""The memo that comes by itself: once for a week, on the office's day and hour, to who reads the whole office."""

from datetime import datetime

from risk.ids import PaperId, PersonId
from risk.memo_periods import weeks_due
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Place
from risk.periods import Period
from risk.ports import OpenUnit, OpenView, UnitOfWork
from risk.powers import Power
from risk.use_cases.paper_asking import plan_paper
from risk.use_cases.permission import holders


async def plan_memos(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """Once a minute; for how many weeks one was planned. Nobody who reads the office: nothing, until somebody does."""
    async with view() as unit:
        due = [week for week in weeks_due(unit.office.plan, now) if await unit.papers.named(_once(week, 0)) is None]
        if not due or not await holders(unit, Power.REPORT):
            return 0
    async with uow() as unit:
        planned = sum([await _planned(unit, week, now) for week in due])
        await unit.commit()
    return planned


async def _planned(unit: UnitOfWork, week: Period, now: datetime) -> bool:
    """All of a week's memos in one commit, so that the first tells of them all."""
    readers = {seat.holder for seat in await holders(unit, Power.REPORT) if seat.holder is not None}
    planned = [
        await plan_paper(unit, await _memo(unit, week, person, now), once=_once(week, place))
        for place, person in enumerate(sorted(readers))
    ]
    return any(each is not None for each in planned)


async def _memo(unit: UnitOfWork, week: Period, person: PersonId, now: datetime) -> Paper:
    return Paper(
        id=PaperId(0),
        kind=PaperKind.MEMO,
        state=PaperState.PLANNED,
        place=Place(address=await unit.people.address_of(person)),
        planned_at=now,
        period=week,
    )


def _once(week: Period, place: int) -> str:
    return f"memo of {week.first} {place}"
