"""The daily digest: counted and stored once for a day at its hour, posted in the same commit, told again on demand."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from risk.digests import Digest, DigestKind
from risk.figures import Asked, asked_of
from risk.ids import DigestId, PaperId
from risk.notices import DigestPosted
from risk.offices import OfficePlan
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Place
from risk.periods import Period
from risk.ports import OpenUnit, OpenView, Unit
from risk.use_cases.papers import plan_paper
from risk.use_cases.reporting import tally_of

_DAY: Final = timedelta(days=1)


async def post_digests(*, uow: OpenUnit, view: OpenView, now: datetime) -> int:
    """Once a minute; whether one was posted. Counted before the write begins: the snapshot says as of when."""
    async with view() as unit:
        place = await unit.chats.alert_chat()
        day = _due_day(unit.office.plan, now)
        if place is None or day is None or await unit.digests.of_day(DigestKind.DAILY, day) is not None:
            return 0
        digest = await digest_of_day(unit, day, now)
    async with uow() as unit:
        posted = await unit.digests.add(digest)
        if posted is None:
            return 0
        await unit.outbox.plan(DigestPosted(digest=posted.id), place, due_at=now, once=once_of(posted))
        await plan_paper(unit, _picture(posted, place, now), once=f"picture of digest {posted.id}")
        await unit.commit()
    return 1


def once_of(digest: Digest) -> str:
    """Under which name its message is planned."""
    return f"digest {digest.kind} {digest.day}"


async def digest_of_day(unit: Unit, day: date, now: datetime) -> Digest:
    """As it would be posted now."""
    plan = unit.office.plan
    last = await unit.digests.last(DigestKind.DAILY, day)
    asked = _asked(day, last, plan, now)
    return Digest(
        id=DigestId(0),
        day=day,
        period=asked.period,
        as_of=now,
        due_at=plan.calendar.moment_at(day, plan.reports.digest_at),
        total=await tally_of(unit, asked),
        previous=None if last is None else last.total,
        previous_day=None if last is None else last.day,
        exports=await unit.imports.freshest(),
    )


def _due_day(plan: OfficePlan, now: datetime) -> date | None:
    """Today, when it is a working day and its hour has come."""
    day = plan.calendar.local(now).date()
    due = plan.calendar.moment_at(day, plan.reports.digest_at)
    return day if plan.calendar.is_working_day(day) and due <= now else None


def _asked(day: date, last: Digest | None, plan: OfficePlan, now: datetime) -> Asked:
    """Of the days since the last digest, till yesterday; figures of the moment are of now."""
    yesterday = day - _DAY
    first = yesterday if last is None else min(last.period.last + _DAY, yesterday)
    asked = asked_of(Period(first=first, last=yesterday), plan.calendar, now=now)
    return replace(asked, stands_at=now)


def _picture(digest: Digest, place: Place, now: datetime) -> Paper:
    return Paper(
        id=PaperId(0),
        kind=PaperKind.DIGEST_PICTURE,
        state=PaperState.PLANNED,
        place=place,
        planned_at=now,
        digest=digest.id,
    )
