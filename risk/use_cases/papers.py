"""What becomes of papers and pictures: made as long work, told of as they go, sent when done, or given up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from risk.digests import Digest
from risk.ids import PaperId
from risk.jobs import Job
from risk.memos import Memo
from risk.notices import NoticeState, PaperFailed, PaperMade
from risk.offices import Office
from risk.papers import LIES_AT_MOST, Paper, PaperFault, PaperKind, PaperState
from risk.ports import OpenUnit, OpenView, Unit, UnitOfWork
from risk.standing import Subject
from risk.use_cases.heat_reading import HeatRead, heat_read
from risk.use_cases.memo_reading import memo_of
from risk.use_cases.paper_asking import begin_anew


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """What a paper is made of."""

    office: Office
    paper: Paper
    digest: Digest | None = None
    heat: HeatRead | None = None
    memo: Memo | None = None


async def paper_facts(unit: Unit, paper: PaperId, now: datetime) -> PaperFacts | None:
    """None when it is made already, or was given up."""
    found = await unit.papers.get(paper)
    if found is None or found.state is not PaperState.PLANNED:
        return None
    digest = None if found.digest is None else await unit.digests.get(found.digest)
    return PaperFacts(
        office=unit.office,
        paper=found,
        digest=digest,
        heat=await heat_read(unit, found),
        memo=await memo_of(unit, found, now) if found.kind is PaperKind.MEMO else None,
    )


async def note_progress(paper: PaperId, done: int, *, total: int, uow: OpenUnit) -> None:
    """So many of its steps are done, for whoever waits for it."""
    async with uow() as unit:
        making = await unit.papers.get(paper)
        if making is None or making.state is not PaperState.PLANNED or making.asked_by is None:
            return
        await unit.jobs.note_progress(making.work, paper, done, total)
        await unit.standing.refresh(Subject.PAPER, paper)
        await unit.commit()


async def note_made(paper: PaperId, *, file: str, caption: str, plain: bool, uow: OpenUnit, now: datetime) -> None:
    """The paper is sent from here on, in one commit with its being made."""
    async with uow() as unit:
        made = await unit.papers.get(paper)
        if made is None or made.state is not PaperState.PLANNED:
            return
        ready = replace(made, state=PaperState.READY, made_at=now, file=file, caption=caption, plain=plain)
        await unit.papers.save(ready)
        await unit.outbox.plan(PaperMade(paper=paper), made.place, due_at=now, once=made.once)
        await unit.standing.refresh(Subject.PAPER, paper)
        await unit.commit()


async def note_paper_failed(
    paper: PaperId, why: PaperFault = PaperFault.FAULT, *, uow: OpenUnit, now: datetime
) -> str | None:
    """The file that it was to be. None when it was made: the bot may have been taken down right after.

    Nothing that the paper is of is read here: that may be what failed.
    """
    async with uow() as unit:
        failed = await unit.papers.get(paper)
        if failed is None or failed.state is not PaperState.PLANNED:
            return None
        await _fail(unit, failed, why, now)
        await unit.commit()
    return failed.own_file


async def note_file_gone(paper: PaperId, *, uow: OpenUnit, now: datetime) -> None:
    """Its turn to be sent has come, and the file is not in its place: it is made anew once, then given up."""
    async with uow() as unit:
        lost = await unit.papers.get(paper)
        if lost is None or lost.state is not PaperState.READY:
            return
        if lost.times:
            await _fail(unit, lost, PaperFault.GONE, now)
        else:
            await begin_anew(unit, lost, now)
        await unit.commit()


async def settle_papers(*, uow: OpenUnit, view: OpenView, now: datetime) -> Sequence[str]:
    """Notes what became of the messages of papers that lie ready. The files that may go."""
    async with view() as unit:
        if all([await _fate(unit, paper, now) is None for paper in await unit.papers.in_hand()]):
            return ()
    async with uow() as unit:
        dropped = []
        for paper in await unit.papers.in_hand():
            match await _fate(unit, paper, now):
                case None:
                    continue
                case PaperState.SENT:
                    await unit.papers.save(replace(paper, state=PaperState.SENT, file=None))
                case PaperFault() as why:
                    await _fail(unit, paper, why, now)
            assert paper.file is not None
            dropped.append(paper.file)
        await unit.commit()
    return dropped


async def files_needed(*, view: OpenView) -> Sequence[str]:
    """Files that have yet to be sent, and those that are in the making."""
    async with view() as unit:
        return [paper.file or paper.own_file for paper in await unit.papers.in_hand()]


async def _fate(unit: Unit, paper: Paper, now: datetime) -> Literal[PaperState.SENT] | PaperFault | None:
    """What became of a paper that lies ready; None while it is made, or its message is on its way."""
    if paper.made_at is None:
        return None
    told = await unit.outbox.told_as(paper.once)
    match None if told is None else told.state:
        case NoticeState.SENT:
            return PaperState.SENT
        case NoticeState.REFUSED:
            return PaperFault.REFUSED
        case NoticeState.MOOT:
            return PaperFault.NOT_THEIRS
        case NoticeState.CLAIMED:
            return None
    return PaperFault.NOT_SENT if paper.made_at + LIES_AT_MOST <= now else None


async def _fail(unit: UnitOfWork, paper: Paper, why: PaperFault, now: datetime) -> None:
    """A message that tells of it says so; where there is none, because nobody asked, whoever waits for it is told.

    Nobody waits for what is not theirs any more. That a picture is missing, the next digest says.
    """
    await unit.papers.save(replace(paper, state=PaperState.FAILED, file=None, why=why))
    await unit.standing.refresh(Subject.PAPER, paper.id)
    if paper.is_own_memo and why is not PaperFault.NOT_THEIRS:
        failed = PaperFailed(paper=paper.id, times=paper.times)
        await unit.outbox.plan(failed, paper.place, due_at=now, once=f"paper failed {paper.id} {paper.times}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperProgress:
    """How far a paper has come, for whoever waits for it."""

    office: Office
    paper: Paper
    job: Job | None


async def paper_progress(unit: Unit, paper: PaperId) -> PaperProgress:
    found = await unit.papers.get(paper)
    assert found is not None
    return PaperProgress(office=unit.office, paper=found, job=await unit.jobs.of(found.work, paper))
