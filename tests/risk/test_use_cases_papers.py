"""Papers that people ask for: made once, begun anew after a failure, and what becomes of their files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest

from risk.errors import NotPermitted, UnknownChoice
from risk.ids import BlockKey, JobId, OfficeId, PaperId, RoleKey
from risk.jobs import Job, JobState
from risk.notices import PaperFailed, PaperMade
from risk.papers import LIES_AT_MOST, Paper, PaperFault, PaperKind, PaperState
from risk.people import Address, MessengerKind, Place
from risk.periods import Period, PeriodKind
from risk.use_cases.paper_asking import AskAgain, AskPaper, ask_paper, ask_paper_again, plan_paper
from risk.use_cases.papers import (
    files_needed,
    note_file_gone,
    note_made,
    note_paper_failed,
    note_progress,
    paper_facts,
    paper_progress,
    settle_papers,
)
from risk.use_cases.telling import NoticeFacts, notice_facts
from storage import tables
from storage.delivery import Deliveries, DueItem, ItemKind
from storage.jobs import JobBook
from tests.support.offices import CURATOR, HEAD, HEAD_ROADS, MEMBER, NOW, Offices, StaffedOffice

WEEK: Final = Period(first=date(2026, 11, 16), last=date(2026, 11, 22), kind=PeriodKind.WEEK)
PLACE: Final = Place(address=Address(messenger=MessengerKind.TELEGRAM, value="1"))
FIRST: Final = PaperId(1)
ASKED: Final = AskPaper(kind=PaperKind.REGISTERS, place=PLACE, period=WEEK)


async def asks(office: StaffedOffice, asked: AskPaper = ASKED, role: RoleKey = CURATOR) -> bool:
    return await ask_paper(asked, actor=office.actor(role), uow=office.uow, now=NOW)


async def again(office: StaffedOffice, paper: PaperId = FIRST, role: RoleKey = CURATOR) -> bool:
    return await ask_paper_again(AskAgain(paper=paper), actor=office.actor(role), uow=office.uow, now=NOW)


async def paper(office: StaffedOffice, one: PaperId = FIRST) -> Paper:
    async with office.view() as unit:
        found = await unit.papers.get(one)
    assert found is not None
    return found


async def made(office: StaffedOffice) -> None:
    name = (await paper(office)).own_file
    await note_made(FIRST, file=name, caption="Справка", plain=False, uow=office.uow, now=NOW)


async def settled(office: StaffedOffice, *, after: timedelta = timedelta()) -> Sequence[str]:
    return await settle_papers(uow=office.uow, view=office.view, now=NOW + after)


async def message(offices: Offices) -> DueItem:
    """That is planned for the paper made last."""
    *_, row = [row for row in await offices.rows(tables.outbox) if row["kind"] == "paper_made"]
    return DueItem(
        kind=ItemKind.NOTICE, id=row["id"], office=OfficeId(1), address=PLACE.address, pressed=False, attempts=0
    )


@pytest.fixture
def office(offices: Offices) -> StaffedOffice:
    return offices.ours


@pytest.fixture
def deliveries(offices: Offices) -> Deliveries:
    return Deliveries(offices.database, boot="this run")


async def test_a_paper_that_is_asked_for_twice_is_made_once(office: StaffedOffice, offices: Offices) -> None:
    assert await asks(office)
    assert not await asks(office)
    assert len(await offices.rows(tables.papers)) == 1
    await made(office)
    assert not await asks(office), "it is on its way"


async def test_another_period_and_another_person_are_another_paper(office: StaffedOffice) -> None:
    assert await asks(office)
    assert await asks(office, replace(ASKED, period=None))
    assert await asks(office, role=HEAD)


async def test_what_was_sent_may_be_asked_for_anew(
    office: StaffedOffice, offices: Offices, deliveries: Deliveries
) -> None:
    await asks(office)
    await made(office)
    await deliveries.sent((await message(offices)).id, 7)
    await settled(office)
    assert await asks(office)


async def test_a_block_head_gets_what_is_of_the_block_and_a_member_nothing(office: StaffedOffice) -> None:
    assert await asks(office, role=HEAD_ROADS)
    assert (await paper(office)).scope.blocks == frozenset({BlockKey("roads")})
    with pytest.raises(NotPermitted):
        await asks(office, role=MEMBER)


async def test_a_paper_tells_how_far_it_is(office: StaffedOffice, offices: Offices) -> None:
    await asks(office)
    await JobBook(offices.database, boot="this run").claim()
    await note_progress(FIRST, 2, total=5, uow=office.uow)
    async with office.view() as unit:
        progress = await paper_progress(unit, FIRST)
    assert progress.job is not None
    assert (progress.job.done, progress.job.total) == (2, 5)


async def test_a_file_that_was_sent_may_go(office: StaffedOffice, offices: Offices, deliveries: Deliveries) -> None:
    await asks(office)
    await made(office)
    assert await settled(office) == ()
    assert await files_needed(view=office.view) == ["1-0.xlsx"]
    await deliveries.sent((await message(offices)).id, 7)
    assert await settled(office) == ["1-0.xlsx"]
    assert ((await paper(office)).state, (await paper(office)).file) == (PaperState.SENT, None)
    assert await files_needed(view=office.view) == []


async def test_a_paper_that_the_messenger_refuses_has_failed_and_says_so(
    office: StaffedOffice, offices: Offices, deliveries: Deliveries
) -> None:
    await asks(office)
    await made(office)
    await deliveries.refuse(await message(offices), None, "forbidden", NOW)
    assert await settled(office) == ["1-0.xlsx"]
    assert (await paper(office)).why is PaperFault.REFUSED


async def test_a_file_is_dropped_after_a_day_but_not_while_it_is_being_sent(
    office: StaffedOffice, offices: Offices, deliveries: Deliveries
) -> None:
    await asks(office)
    await made(office)
    sending = await message(offices)
    await deliveries.claim(sending)
    assert await settled(office, after=LIES_AT_MOST) == ()
    await deliveries.retry(sending, NOW, counts=True)
    assert await settled(office, after=LIES_AT_MOST - timedelta(seconds=1)) == ()
    assert await settled(office, after=LIES_AT_MOST) == ["1-0.xlsx"]
    assert (await paper(office)).why is PaperFault.NOT_SENT


async def test_a_file_in_the_making_is_needed(office: StaffedOffice) -> None:
    await asks(office)
    assert await files_needed(view=office.view) == ["1-0.xlsx"]


async def test_a_file_that_is_gone_is_made_anew_once_and_then_given_up(office: StaffedOffice, offices: Offices) -> None:
    await asks(office)
    await made(office)
    await note_file_gone(FIRST, uow=office.uow, now=NOW)
    anew = await paper(office)
    assert (anew.state, anew.times, anew.own_file) == (PaperState.PLANNED, 1, "1-1.xlsx")
    await made(office)
    planned = [row for row in await offices.rows(tables.outbox) if row["kind"] == "paper_made"]
    assert [row["once"] for row in planned] == ["paper 1", "paper 1 1"]
    await note_file_gone(FIRST, uow=office.uow, now=NOW)
    assert (await paper(office)).why is PaperFault.GONE


async def test_whoever_asked_may_have_it_made_again_after_a_failure(office: StaffedOffice, offices: Offices) -> None:
    await asks(office)
    book = JobBook(offices.database, boot="this run")
    job = await book.claim()
    assert job is not None
    await note_paper_failed(FIRST, uow=office.uow, now=NOW)
    await book.ended(job.id, JobState.FAILED, "fault")
    assert await again(office)
    assert not await again(office), "it is in hand"
    assert (await paper(office)).state is PaperState.PLANNED
    found: Job | None = await book.claim()
    assert found is not None
    assert (found.id, found.subject) == (JobId(2), FIRST)


async def sent(office: StaffedOffice, role: RoleKey) -> NoticeFacts | None:
    """What the courier sends to whoever holds the role, now."""
    async with office.view() as unit:
        return await notice_facts(unit, PaperMade(paper=FIRST), office.private(office.actor(role)), now=NOW)


async def vacates(office: StaffedOffice, role: RoleKey) -> None:
    async with office.uow() as unit:
        held = [each for each in await unit.people.positions() if each.role == role and each.holder is not None]
        await unit.people.vacate(held[0].id, NOW)
        await unit.commit()


async def test_a_paper_goes_to_nobody_who_was_dismissed_while_it_was_made(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries
) -> None:
    await asks(office)
    await made(office)
    assert await sent(office, CURATOR) is not None
    await vacates(office, CURATOR)
    assert await sent(office, CURATOR) is None
    await deliveries.moot((await message(offices)).id)
    assert await settled(office) == ["1-0.xlsx"], "nor does its file lie about"
    assert (await paper(office)).why is PaperFault.NOT_THEIRS


async def test_a_paper_of_the_office_goes_to_nobody_who_may_read_a_block_alone(office: StaffedOffice) -> None:
    await asks(office)
    await made(office)
    assert await sent(office, HEAD) is not None
    assert await sent(office, HEAD_ROADS) is None
    assert await sent(office, MEMBER) is None


async def test_nobody_else_has_a_paper_made_again(office: StaffedOffice) -> None:
    await asks(office)
    await note_paper_failed(FIRST, uow=office.uow, now=NOW)
    with pytest.raises(UnknownChoice):
        await again(office, role=HEAD)
    with pytest.raises(UnknownChoice):
        await again(office, PaperId(99))


async def test_what_was_made_is_neither_made_nor_failed_a_second_time(office: StaffedOffice, offices: Offices) -> None:
    """The bot may be taken down between the end of the work and the end of its row."""
    await asks(office)
    await made(office)
    async with office.view() as unit:
        assert await paper_facts(unit, FIRST, NOW) is None
    await note_paper_failed(FIRST, uow=office.uow, now=NOW)
    await made(office)
    assert (await paper(office)).state is PaperState.READY
    assert sum(row["kind"] == "paper_made" for row in await offices.rows(tables.outbox)) == 1


# --- what comes by itself


async def own_memo(office: StaffedOffice, role: RoleKey = CURATOR) -> None:
    wanted = Paper(
        id=PaperId(0),
        kind=PaperKind.MEMO,
        state=PaperState.PLANNED,
        place=office.private(office.actor(role)),
        planned_at=NOW,
        period=WEEK,
    )
    async with office.uow() as unit:
        await plan_paper(unit, wanted, once="memo of a week")
        await unit.commit()


async def failures(offices: Offices) -> list[tuple[str, str]]:
    """To whom one was told, under which name."""
    return [(row["address"], row["once"]) for row in await offices.rows(tables.outbox) if row["kind"] == "paper_failed"]


async def failure_told(office: StaffedOffice, times: int = 0, role: RoleKey = CURATOR) -> NoticeFacts | None:
    async with office.view() as unit:
        notice = PaperFailed(paper=FIRST, times=times)
        return await notice_facts(unit, notice, office.private(office.actor(role)), now=NOW)


async def test_a_memo_that_fails_by_itself_is_told_of_once_to_whom_it_was_to_go(
    office: StaffedOffice, offices: Offices
) -> None:
    await own_memo(office)
    await note_paper_failed(FIRST, uow=office.uow, now=NOW)
    await note_paper_failed(FIRST, uow=office.uow, now=NOW)
    assert await failures(offices) == [(office.actor(CURATOR).address.value, "paper failed 1 0")]
    assert await failure_told(office) is not None


async def test_a_paper_that_was_asked_for_says_so_in_its_own_message_alone(
    office: StaffedOffice, offices: Offices
) -> None:
    await asks(office)
    await note_paper_failed(FIRST, uow=office.uow, now=NOW)
    assert await failures(offices) == []


async def test_a_memo_that_could_not_be_sent_in_a_day_is_told_of(office: StaffedOffice, offices: Offices) -> None:
    await own_memo(office)
    await made(office)
    await settled(office, after=LIES_AT_MOST)
    await settled(office, after=2 * LIES_AT_MOST)
    assert len(await failures(offices)) == 1


async def test_a_memo_whose_file_is_gone_twice_is_told_of(office: StaffedOffice, offices: Offices) -> None:
    await own_memo(office)
    for _ in range(2):
        await made(office)
        await note_file_gone(FIRST, uow=office.uow, now=NOW)
    assert [once for _, once in await failures(offices)] == ["paper failed 1 1"]


async def test_a_memo_that_is_not_theirs_any_more_is_missed_by_nobody(
    offices: Offices, office: StaffedOffice, deliveries: Deliveries
) -> None:
    await own_memo(office)
    await made(office)
    await vacates(office, CURATOR)
    await deliveries.moot((await message(offices)).id)
    await settled(office)
    assert await failures(offices) == []


async def test_whoever_was_dismissed_meanwhile_hears_of_no_failure(office: StaffedOffice) -> None:
    await own_memo(office)
    await note_paper_failed(FIRST, uow=office.uow, now=NOW)
    await vacates(office, CURATOR)
    assert await failure_told(office) is None


async def test_by_the_button_it_is_theirs_as_if_they_had_asked(office: StaffedOffice, offices: Offices) -> None:
    await own_memo(office)
    await note_paper_failed(FIRST, uow=office.uow, now=NOW)
    with pytest.raises(UnknownChoice):
        await again(office, role=HEAD)
    assert await again(office)
    assert (await paper(office)).asked_by == await office.person(office.actor(CURATOR))
    [line] = [row for row in await offices.rows(tables.standing) if row["subject"] == "paper"]
    assert line["address"] == office.actor(CURATOR).address.value
    assert await failure_told(office) is None, "the other message tells how far it is"
    await note_paper_failed(FIRST, uow=office.uow, now=NOW)
    assert len(await failures(offices)) == 1
