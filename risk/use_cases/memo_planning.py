"""The memo that comes by itself: once for a week, on the office's day and hour, to who reads the whole office."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from risk.ids import PaperId, PersonId
from risk.memo_periods import Coming, comings_due
from risk.office_settings import Setting
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Place
from risk.periods import Period
from risk.ports import OpenUnit, OpenView, Unit, UnitOfWork
from risk.powers import Power
from risk.use_cases.addressing import people_in
from risk.use_cases.paper_asking import plan_paper
from risk.use_cases.permission import holders
from risk.use_cases.settings import last_changed

_WHEN: Final = frozenset({Setting.MEMO_ON, Setting.MEMO_AT, Setting.WEEK_BEGINS})


async def plan_memos(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """Once a minute; for how many weeks one was planned. Nobody who reads the office: nothing, until somebody does."""
    async with view() as unit:
        if not await _due(unit, now) or not await holders(unit, Power.REPORT):
            return 0
    async with uow() as unit:
        due = await _due(unit, now)
        for coming in due:
            await _plan(unit, coming, now)
        await unit.commit()
    return len(due)


async def _due(unit: Unit, now: datetime) -> Sequence[Coming]:
    """Asked anew when the write begins: who reads the office may have changed, and a week's memos are named once."""
    due = comings_due(unit.office.plan, now)
    return [each for each in due if await unit.papers.named(_once(each.week, 0)) is None]


async def _plan(unit: UnitOfWork, coming: Coming, now: datetime) -> None:
    """All of a week's memos in one commit, so that the first tells of them all."""
    changed = await last_changed(unit, _WHEN, since=coming.at)
    due_at = coming.at if changed is None else None
    for place, person in enumerate(people_in(await holders(unit, Power.REPORT))):
        memo = await _memo(unit, coming.week, person, now, due_at)
        await plan_paper(unit, memo, once=_once(coming.week, place))


async def _memo(unit: UnitOfWork, week: Period, person: PersonId, now: datetime, due_at: datetime | None) -> Paper:
    return Paper(
        id=PaperId(0),
        kind=PaperKind.MEMO,
        state=PaperState.PLANNED,
        place=Place(address=await unit.people.address_of(person)),
        planned_at=now,
        period=week,
        due_at=due_at,
    )


def _once(week: Period, place: int) -> str:
    return f"memo of {week.first} {place}"
