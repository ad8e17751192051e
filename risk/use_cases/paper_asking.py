"""Asking for papers and pictures: who may have which, planned once as long work; what becomes of each is `papers`'."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from risk.errors import UnknownChoice
from risk.figures import WHOLE_OFFICE, Scope
from risk.ids import PaperId
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Actor, Member, Place
from risk.periods import Period
from risk.ports import OpenUnit, UnitOfWork
from risk.powers import Action
from risk.standing import Subject
from risk.use_cases.permission import permitted
from risk.use_cases.reporting import scope_for

_EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPaper:
    """`place` is where the paper goes: the asker's chat with the bot."""

    kind: PaperKind
    place: Place
    period: Period | None = None
    scope: Scope = WHOLE_OFFICE


async def ask_paper(asked: AskPaper, *, actor: Actor, uow: OpenUnit, now: datetime) -> bool:
    """A message in that place tells how far it is, and the paper follows. Raises UnknownChoice.

    False when the same one is in hand already: it is made once.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        scope = scope_for(member, unit.office.plan, asked.scope)
        if asked.period is not None and not _has_begun(asked.period, unit.office.plan.calendar.local(now).date()):
            raise UnknownChoice
        wanted = Paper(
            id=PaperId(0),
            kind=asked.kind,
            state=PaperState.PLANNED,
            place=asked.place,
            planned_at=now,
            period=asked.period,
            scope=scope,
        )
        is_new = await plan_asked(unit, member, wanted)
        await unit.commit()
    return is_new


async def plan_asked(unit: UnitOfWork, member: Member, asked: Paper) -> bool:
    """Let it be made for whoever asked, and told of as it goes; False when the same one is in hand already."""
    wanted = replace(asked, asked_by=member.person)
    if any(_is_same(each, wanted) for each in await unit.papers.in_hand()):
        return False
    paper = await plan_paper(unit, wanted)
    assert paper is not None
    await unit.standing.post(Subject.PAPER, paper.id, wanted.place)
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    paper: PaperId


async def ask_paper_again(asked: AskAgain, *, actor: Actor, uow: OpenUnit, now: datetime) -> bool:
    """After a failure, by whoever it was for; what had come by itself is asked for from then on. Raises UnknownChoice.

    False when it is in hand, or was sent.
    """
    async with uow() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        failed = await unit.papers.get(asked.paper)
        if failed is None or not _is_for(member, actor, failed):
            raise UnknownChoice
        if failed.state is not PaperState.FAILED:
            return False
        # What may be read now, were it less than when it was asked for.
        scope = failed.scope if failed.is_common else scope_for(member, unit.office.plan, failed.scope)
        await begin_anew(unit, replace(failed, scope=scope, asked_by=member.person), now)
        if failed.asked_by is None:
            await unit.standing.post(Subject.PAPER, failed.id, failed.place)
        await unit.commit()
    return True


async def plan_paper(unit: UnitOfWork, paper: Paper, *, once: str | None = None) -> Paper | None:
    """Let it be made, once under that name; in the transaction of whatever calls for it."""
    planned = await unit.papers.add(paper, once=once)
    if planned is not None:
        await unit.jobs.plan(planned.work, planned.id, planned.planned_at)
    return planned


async def begin_anew(unit: UnitOfWork, paper: Paper, now: datetime) -> None:
    """The same paper once more, as another making of it; in the transaction of whatever calls for it."""
    anew = replace(
        paper, state=PaperState.PLANNED, planned_at=now, made_at=None, file=None, why=None, times=paper.times + 1
    )
    await unit.papers.save(anew)
    await unit.jobs.plan(anew.work, anew.id, now)
    await unit.standing.refresh(Subject.PAPER, anew.id)


def _is_for(member: Member, actor: Actor, paper: Paper) -> bool:
    """Theirs by their asking; what came by itself, by its having been on its way to them."""
    return paper.place.address == actor.address if paper.asked_by is None else paper.asked_by == member.person


def _is_same(one: Paper, other: Paper) -> bool:
    asked = [(each.asked_by, each.kind, each.place, each.period, each.digest, each.scope) for each in (one, other)]
    return asked[0] == asked[1]


def _has_begun(period: Period, today: date) -> bool:
    """No button of ours offers anything later, or from before there was any such office."""
    return _EARLIEST <= period.first <= today
