"""Asking for papers and pictures, and what becomes of each: long work that is told of as it goes and sent when done."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from risk.digests import Digest
from risk.errors import UnknownChoice
from risk.figures import WHOLE_OFFICE, Scope
from risk.ids import DigestId, PaperId
from risk.jobs import Job, JobKind
from risk.memos import Memo
from risk.notices import PaperMade
from risk.offices import Office
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Actor, Place
from risk.periods import Period
from risk.ports import OpenUnit, Unit, UnitOfWork
from risk.powers import Action
from risk.standing import Subject
from risk.use_cases.memo_reading import memo_of
from risk.use_cases.permission import permitted
from risk.use_cases.reporting import scope_for

_EARLIEST: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPaper:
    """`place` is where the paper goes: the asker's chat with the bot."""

    kind: PaperKind
    place: Place
    period: Period | None = None
    digest: DigestId | None = None
    scope: Scope = WHOLE_OFFICE


async def ask_paper(asked: AskPaper, *, actor: Actor, uow: OpenUnit, now: datetime) -> None:
    """A message in that place tells how far it is, and the paper follows. Raises UnknownChoice."""
    async with uow() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        scope = scope_for(member, unit.office.plan, asked.scope)
        if asked.digest is not None and await unit.digests.get(asked.digest) is None:
            raise UnknownChoice
        if asked.period is not None and not _has_begun(asked.period, unit.office.plan.calendar.local(now).date()):
            raise UnknownChoice
        paper = await plan_paper(
            unit,
            Paper(
                id=PaperId(0),
                kind=asked.kind,
                state=PaperState.PLANNED,
                place=asked.place,
                planned_at=now,
                period=asked.period,
                digest=asked.digest,
                scope=scope,
                asked_by=member.person,
            ),
        )
        assert paper is not None
        await unit.standing.post(Subject.PAPER, paper.id, asked.place)
        await unit.commit()


def _has_begun(period: Period, today: date) -> bool:
    """No button of ours offers anything later, or from before there was any such office."""
    return _EARLIEST <= period.first <= today


async def plan_paper(unit: UnitOfWork, paper: Paper, *, once: str | None = None) -> Paper | None:
    """Let it be made, once under that name; in the transaction of whatever calls for it."""
    planned = await unit.papers.add(paper, once=once)
    if planned is not None:
        await unit.jobs.plan(JobKind.MAKE_PAPER, planned.id, planned.planned_at)
    return planned


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What a paper is made of."""

    office: Office
    paper: Paper
    digest: Digest | None = None
    memo: Memo | None = None


async def paper_facts(unit: Unit, paper: PaperId, now: datetime) -> PaperFacts | None:
    """None when it is made already, or was given up."""
    found = await unit.papers.get(paper)
    if found is None or found.state is not PaperState.PLANNED:
        return None
    digest = None if found.digest is None else await unit.digests.get(found.digest)
    memo = await memo_of(unit, found, now) if found.kind is PaperKind.MEMO else None
    return PaperFacts(office=unit.office, paper=found, digest=digest, memo=memo)


async def note_made(paper: PaperId, *, file: str, plain: bool, uow: OpenUnit, now: datetime) -> None:
    async with uow() as unit:
        made = await unit.papers.get(paper)
        assert made is not None
        await unit.papers.save(replace(made, state=PaperState.READY, made_at=now, file=file, plain=plain))
        await unit.outbox.plan(PaperMade(paper=paper), made.place, due_at=now, once=f"paper {paper}")
        await unit.standing.refresh(Subject.PAPER, paper)
        await unit.commit()


async def note_paper_failed(paper: PaperId, *, uow: OpenUnit) -> None:
    async with uow() as unit:
        failed = await unit.papers.get(paper)
        assert failed is not None
        await unit.papers.save(replace(failed, state=PaperState.FAILED))
        await unit.standing.refresh(Subject.PAPER, paper)
        await unit.commit()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperProgress:
    """How far a paper has come, for whoever waits for it."""

    office: Office
    paper: Paper
    job: Job | None


async def paper_progress(unit: Unit, paper: PaperId) -> PaperProgress:
    found = await unit.papers.get(paper)
    assert found is not None
    return PaperProgress(office=unit.office, paper=found, job=await unit.jobs.of(JobKind.MAKE_PAPER, paper))
