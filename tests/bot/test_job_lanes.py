"""Lanes of long work: nobody waits for another lane's work, nor behind one person's ten papers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final
from unittest.mock import patch

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.job_worker import JobWorker
from bot.tasks import TaskOwner
from risk.ids import PaperId, PersonId, RoleKey
from risk.jobs import LANES, Job, JobKind, JobState, Lane
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Address, MessengerKind, Place
from risk.use_cases.paper_asking import plan_paper
from storage import tables
from storage.database import Database
from storage.hindrance import DatabaseUnavailable, Hindrance
from storage.jobs import JobBook
from tests.support.offices import CURATOR, NOW, OFFICER, Offices, StaffedOffice

PLACE: Final = Place(address=Address(messenger=MessengerKind.TELEGRAM, value="1"))


@dataclass(kw_only=True)
class Slow:
    """Work that begins at once and ends when it is told to."""

    begun: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def do(self, job: Job) -> None:
        self.begun.append(job.subject)
        self.news.set()
        await self.may_end.wait()
        self.done.append(job.subject)

    async def at_once(self, job: Job) -> None:
        self.done.append(job.subject)
        self.news.set()

    async def has_begun(self, count: int) -> None:
        while len(self.begun) < count:
            self.news.clear()
            await self.news.wait()


async def give_up(_: Job) -> None:
    raise AssertionError("nothing is to be given up")


async def plans(office: StaffedOffice, kind: JobKind, *subjects: int) -> None:
    async with office.uow() as unit:
        for subject in subjects:
            await unit.jobs.plan(kind, subject, NOW)
        await unit.commit()


def paper(kind: PaperKind, person: PersonId | None) -> Paper:
    return Paper(id=PaperId(0), kind=kind, state=PaperState.PLANNED, place=PLACE, planned_at=NOW, asked_by=person)


async def asks(office: StaffedOffice, who: PersonId | None, kind: PaperKind, times: int = 1) -> Sequence[int]:
    """The papers that were planned."""
    planned = []
    async with office.uow() as unit:
        for _ in range(times):
            made = await plan_paper(unit, paper(kind, who))
            assert made is not None
            planned.append(made.id)
        await unit.commit()
    return planned


async def person(office: StaffedOffice, role: RoleKey) -> PersonId:
    async with office.view() as unit:
        found = await unit.people.find(office.actor(role).address)
    assert found is not None
    return found


async def in_turn(book: JobBook, kind: JobKind) -> list[int]:
    """The papers in the order in which one worker makes them."""
    made = []
    while (job := await book.claim({kind})) is not None:
        made.append(job.subject)
        await book.ended(job.id, JobState.DONE)
    return made


def test_every_kind_of_work_has_one_lane() -> None:
    kinds = [kind for lane in LANES for kind in lane.kinds]
    assert sorted(kinds) == sorted(JobKind)


async def test_a_paper_does_not_wait_for_an_import(offices: Offices) -> None:
    await plans(offices.ours, JobKind.READ_EXPORT, 1)
    await plans(offices.ours, JobKind.MAKE_PAPER, 2)
    slow = Slow()
    doings = {JobKind.READ_EXPORT: slow.do, JobKind.MAKE_PAPER: slow.at_once}
    worker = JobWorker(JobBook(offices.database, boot="this run"), doings, given_up=give_up)
    running = TaskOwner().start(worker.run(), name="long work", awaited=True)
    await slow.has_begun(1)
    while not slow.done:
        await slow.news.wait()
        slow.news.clear()
    assert slow.done == [2]
    assert not worker.is_idle, "an import is in hand"
    slow.may_end.set()
    await worker.idle()
    worker.stop()
    await running
    assert slow.done == [2, 1]


async def test_workers_of_one_lane_never_have_the_same_work_in_hand(offices: Offices) -> None:
    await plans(offices.ours, JobKind.MAKE_PAPER, *range(1, 21))
    slow = Slow()
    lane = Lane(name="papers", kinds=frozenset({JobKind.MAKE_PAPER}), at_once=4)
    book = JobBook(offices.database, boot="this run")
    worker = JobWorker(book, {JobKind.MAKE_PAPER: slow.do}, given_up=give_up, lanes=[lane])
    running = TaskOwner().start(worker.run(), name="long work", awaited=True)
    await slow.has_begun(4)
    slow.may_end.set()
    await worker.idle()
    worker.stop()
    await running
    assert sorted(slow.done) == list(range(1, 21))
    assert {row["attempts"] for row in await offices.rows(tables.jobs)} == {1}


async def test_work_that_ends_while_another_looks_for_some_is_not_taken_up_again(offices: Offices) -> None:
    """The looker reads the book as it was, in which that work is claimed by this run."""
    await plans(offices.ours, JobKind.MAKE_PAPER, 1)
    book = JobBook(offices.database, boot="this run")
    one = await book.claim({JobKind.MAKE_PAPER})
    assert one is not None
    read = offices.database.read

    @asynccontextmanager
    async def read_meanwhile() -> AsyncIterator[AsyncConnection]:
        async with read() as connection:
            await connection.execute(tables.jobs.select())  # from here on it sees what there is now
            await book.ended(one.id, JobState.DONE)
            yield connection

    with patch.object(Database, "read", lambda _: read_meanwhile()):
        assert await book.claim({JobKind.MAKE_PAPER}) is None


async def test_ten_papers_of_one_person_do_not_hold_up_the_one_of_another(offices: Offices) -> None:
    office, book = offices.ours, JobBook(offices.database, boot="this run")
    eager, other = await person(office, OFFICER), await person(office, CURATOR)
    ten = await asks(office, eager, PaperKind.MEMO, 10)
    first = await book.claim({JobKind.MAKE_PAPER})
    assert first is not None
    assert first.subject == ten[0]
    [one] = await asks(office, other, PaperKind.MEMO)
    assert await in_turn(book, JobKind.MAKE_PAPER) == [one, *ten[1:]]


async def test_what_nobody_has_asked_for_waits_for_nobody(offices: Offices) -> None:
    office, book = offices.ours, JobBook(offices.database, boot="this run")
    eager = await person(office, OFFICER)
    maps = await asks(office, eager, PaperKind.HEAT_OF_WEEKS, 3)
    assert await book.claim({JobKind.DRAW_PICTURE}) is not None
    [of_itself] = await asks(office, None, PaperKind.DIGEST_PICTURE)
    assert await in_turn(book, JobKind.DRAW_PICTURE) == [of_itself, *maps[1:]]


async def test_a_picture_a_memo_and_registers_are_of_three_lanes(offices: Offices) -> None:
    office, book = offices.ours, JobBook(offices.database, boot="this run")
    kinds = (PaperKind.REGISTERS, PaperKind.MEMO, PaperKind.HEAT_OF_TERRITORIES)
    papers = [(await asks(office, None, kind))[0] for kind in kinds]
    lanes = (JobKind.WRITE_REGISTERS, JobKind.MAKE_PAPER, JobKind.DRAW_PICTURE)
    assert [await in_turn(book, kind) for kind in lanes] == [[each] for each in papers]


async def test_what_was_let_go_without_its_end_is_taken_up_again_and_counts_once(offices: Offices) -> None:
    await plans(offices.ours, JobKind.MAKE_PAPER, 1)
    book = JobBook(offices.database, boot="this run")
    job = await book.claim()
    assert job is not None
    assert await book.claim() is None, "it is in hand"
    book.let_go(job.id)
    assert (await book.claim()) is not None
    [row] = await offices.rows(tables.jobs)
    assert row["attempts"] == 1


async def test_a_full_disk_at_the_start_hinders_no_lane_later(
    offices: Offices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.job_worker.PAUSE_FOR_DISK", 0.0)
    await plans(offices.ours, JobKind.MAKE_PAPER, 1)
    book, slow, times = JobBook(offices.database, boot="this run"), Slow(), iter(range(3))
    recover = book.recover

    async def hindered() -> Sequence[Job]:
        if next(times, None) is not None:
            raise DatabaseUnavailable(Hindrance.NO_ROOM)
        return await recover()

    monkeypatch.setattr(book, "recover", hindered)
    worker = JobWorker(book, {JobKind.MAKE_PAPER: slow.at_once}, given_up=give_up)
    running = TaskOwner().start(worker.run(), name="long work", awaited=True)
    await worker.idle()
    worker.stop()
    await running
    assert slow.done == [1]
