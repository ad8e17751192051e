"""Watching over published links: what is given out to probe, what is kept of what was found, whom it is told."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from risk.errors import OutsideBlock, UnknownChoice
from risk.events import EventKind
from risk.notices import ClosureProposed, ReturnProposed
from risk.people import Actor
from risk.probes import ProbeResult
from risk.records import RecordKind
from risk.risks import Risk, RiskState
from risk.standing import Subject
from risk.use_cases.link_watch import (
    AT_ONCE,
    LinkToProbe,
    NoteProbe,
    OfLink,
    confirm_link,
    links_to_probe,
    note_probe,
)
from risk.use_cases.staff import FreePosition, free_position
from risk.workings import Ending, EndingKind, Outcome, Publication
from storage import tables
from tests.risk.worked import (
    LINK,
    SITE,
    finding,
    kinds,
    last_event,
    probe,
    publication,
    published,
    put,
    puts,
    round_of,
    seat_of,
    watched,
)
from tests.support.offices import HEAD_ROADS, MEMBER, NOW, Offices, StaffedOffice, planned

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


@pytest.fixture
async def risk(office: StaffedOffice) -> Risk:
    return await office.filed()


async def linked(office: StaffedOffice, risk: Risk, *publications: Publication, **known: Any) -> Risk:
    """Refuted and answered: nothing but a link that counts is missing."""
    by = risk.filed_by
    pages = publications or (publication(by, link=SITE),)
    said = {"findings": (finding(by, Outcome.REFUTED),), "answer": published(by), "publications": pages, **known}
    return await put(office, risk, RiskState.WATCHED, **said)


async def due(office: StaffedOffice, now: datetime = NOW) -> list[str]:
    return [each.link for each in await links_to_probe(view=office.view, now=now)]


async def found(
    office: StaffedOffice, risk: Risk, result: ProbeResult = ProbeResult.REACHED, now: datetime = NOW, **more: Any
) -> None:
    noted = NoteProbe(risk=risk.id, round=1, link=SITE, probe=probe(result, now, **more))
    await note_probe(noted, uow=office.uow, now=now)


async def page_of(office: StaffedOffice, risk: Risk) -> Publication:
    return (await round_of(office, risk)).publications[0]


async def confirms(office: StaffedOffice, risk: Risk, *, by: Actor | None = None, link: int = 0) -> None:
    command = OfLink(risk=risk.id, round=1, link=link)
    await confirm_link(command, actor=by or office.olga, uow=office.uow, now=NOW + DAY)


async def proposed(offices: Offices, risk: Risk) -> list[str]:
    return [to for notice, to in await planned(offices) if notice == ReturnProposed(risk=risk.id, round=1)]


async def wanted(offices: Offices, risk: Risk) -> int:
    """How many times its card was to be drawn."""
    [row] = [
        row
        for row in await offices.rows(tables.standing)
        if (row["subject"], row["subject_id"]) == (Subject.RISK.value, risk.id)
    ]
    return int(row["wanted"])


async def test_a_link_is_given_out_once_it_is_on_record(office: StaffedOffice, risk: Risk) -> None:
    await watched(office, risk)
    assert await due(office) == []
    await puts(office, risk, RecordKind.LINK, f"https://{SITE}", "body_page")
    assert await links_to_probe(view=office.view, now=NOW) == [
        LinkToProbe(risk=risk.id, round=1, link=SITE, address=f"https://{SITE}")
    ]


async def test_a_page_of_a_platform_is_not_given_out(office: StaffedOffice, risk: Risk) -> None:
    await linked(office, risk, publication(risk.filed_by, link=LINK))
    assert await due(office, NOW + WEEK) == []


async def test_what_was_probed_is_given_out_a_day_later(office: StaffedOffice, risk: Risk) -> None:
    await linked(office, risk)
    await found(office, risk)
    assert await due(office, NOW + DAY - timedelta(seconds=1)) == []
    assert await due(office, NOW + DAY) == [SITE]


async def test_after_closure_a_link_is_given_out_weekly(office: StaffedOffice, risk: Risk) -> None:
    await linked(office, risk)
    await found(office, risk)
    await put(office, risk, RiskState.WORKED_OFF, ending=Ending(kind=EndingKind.CRITERIA, at=NOW, by=risk.filed_by))
    assert await due(office, NOW + 6 * DAY) == []
    assert await due(office, NOW + WEEK) == [SITE]
    await found(office, risk, now=NOW + WEEK)
    assert await due(office, NOW + WEEK + 6 * DAY) == []


async def test_of_many_the_longest_due_come_first_and_not_all_at_once(office: StaffedOffice) -> None:
    for number in range(AT_ONCE + 1):
        risk = await office.filed(f"Яма номер {number}")
        page = publication(risk.filed_by, link=SITE)
        await linked(office, risk, replace(page, added_at=NOW - timedelta(minutes=number)))
    given = await links_to_probe(view=office.view, now=NOW)
    assert len(given) == AT_ONCE
    assert [each.risk for each in given] == sorted((each.risk for each in given), reverse=True)


async def test_a_page_that_opens_is_kept_and_nothing_is_said_of_it(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await linked(office, risk)
    happened, drawn, told = await kinds(office, risk), await wanted(offices, risk), await planned(offices)
    await found(office, risk)
    page = await page_of(office, risk)
    assert (page.first, page.last) == (probe(), probe())
    assert await kinds(office, risk) == happened
    assert await wanted(offices, risk) == drawn
    assert await planned(offices) == told


async def test_a_page_that_goes_is_written_down_once_and_its_watcher_can_work_the_risk_again(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await linked(office, risk)
    await found(office, risk)
    drawn = await wanted(offices, risk)
    await found(office, risk, ProbeResult.GONE, NOW + DAY)
    event = await last_event(office, risk)
    assert (event.kind, event.position, event.facts["text"]) == (EventKind.LINK_MISSING, None, SITE)
    assert await proposed(offices, risk) == [office.olga.address.value]
    assert await wanted(offices, risk) > drawn
    await found(office, risk, ProbeResult.GONE, NOW + 2 * DAY)
    assert (await kinds(office, risk)).count(EventKind.LINK_MISSING) == 1
    assert len(await proposed(offices, risk)) == 1


async def test_a_page_that_changes_is_written_down_once_and_its_watcher_is_told(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await linked(office, risk)
    await found(office, risk)
    for days in (1, 2):
        await found(office, risk, now=NOW + days * DAY, title="Продам гараж")
    assert (await kinds(office, risk)).count(EventKind.LINK_CHANGED) == 1
    assert len(await proposed(offices, risk)) == 1


@pytest.mark.parametrize("result", [ProbeResult.FAILED, ProbeResult.BARRED, ProbeResult.FORBIDDEN])
async def test_what_cannot_be_told_is_kept_and_alarms_nobody(
    offices: Offices, office: StaffedOffice, risk: Risk, result: ProbeResult
) -> None:
    await linked(office, risk)
    happened = await kinds(office, risk)
    await found(office, risk, result)
    page = await page_of(office, risk)
    assert page.last is not None
    assert (page.last.result, page.missing_since) == (result, None)
    assert await kinds(office, risk) == happened
    assert await proposed(offices, risk) == []


async def test_a_page_that_comes_back_is_written_down_and_may_be_the_last_line_of_the_checklist(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await linked(office, risk, publication(risk.filed_by, link=SITE, missing_since=NOW))
    await found(office, risk, now=NOW + DAY)
    assert (await last_event(office, risk)).kind is EventKind.LINK_SEEN
    assert (ClosureProposed(risk=risk.id, round=1), office.olga.address.value) in await planned(offices)


async def test_while_nobody_watches_the_head_of_the_block_is_told(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await linked(office, risk)
    seat, olga = await seat_of(office, MEMBER, number=1), await office.person(office.olga)
    await free_position(FreePosition(position=seat, holder=olga), actor=office.head, uow=office.uow, now=NOW)
    await found(office, risk, ProbeResult.GONE)
    assert await proposed(offices, risk) == [office.actor(HEAD_ROADS).address.value]


async def test_before_the_answer_is_published_there_is_nothing_to_return(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await linked(office, risk)
    await put(office, risk, RiskState.ANSWERING)
    await found(office, risk, ProbeResult.GONE)
    assert await proposed(offices, risk) == []
    [link] = (await round_of(office, risk)).publications
    assert link.missing_since is not None


async def test_what_was_found_of_a_link_that_is_there_no_more_is_let_be(office: StaffedOffice, risk: Risk) -> None:
    await linked(office, risk, publication(risk.filed_by, link="drugie.example/1"))
    before = await round_of(office, risk)
    await found(office, risk, ProbeResult.GONE)
    assert await round_of(office, risk) == before


async def test_what_was_found_of_a_round_that_is_over_is_let_be(office: StaffedOffice, risk: Risk) -> None:
    await linked(office, risk)
    before = await round_of(office, risk)
    noted = NoteProbe(risk=risk.id, round=2, link=SITE, probe=probe(ProbeResult.GONE))
    await note_probe(noted, uow=office.uow, now=NOW)
    assert await round_of(office, risk) == before


def barred(risk: Risk, **known: Any) -> Publication:
    return publication(risk.filed_by, link=SITE, last=probe(ProbeResult.BARRED), **known)


async def test_a_persons_look_counts_where_the_machine_cannot_tell(office: StaffedOffice, risk: Risk) -> None:
    await linked(office, risk, barred(risk))
    await confirms(office, risk, by=office.ivan)
    page = await page_of(office, risk)
    ivans = await seat_of(office, MEMBER, number=2)
    assert (page.seen_by, page.seen_at) == (ivans, NOW + DAY)
    event = await last_event(office, risk)
    assert (event.kind, event.position, event.facts["text"]) == (EventKind.LINK_SEEN, ivans, SITE)


async def test_a_persons_look_may_be_the_last_line_of_the_checklist(
    offices: Offices, office: StaffedOffice, risk: Risk
) -> None:
    await linked(office, risk, barred(risk, missing_since=NOW))
    await confirms(office, risk, by=office.ivan)
    assert (ClosureProposed(risk=risk.id, round=1), office.olga.address.value) in await planned(offices)


async def test_a_second_press_and_one_for_a_link_that_the_machine_tells_of_come_too_late(
    office: StaffedOffice, risk: Risk
) -> None:
    await linked(office, risk, barred(risk), publication(risk.filed_by, link="drugie.example/1", last=probe()))
    await confirms(office, risk)
    for link in (0, 1, 2, -1):
        with pytest.raises(UnknownChoice):
            await confirms(office, risk, link=link)


async def test_the_head_of_another_block_keeps_out(office: StaffedOffice, risk: Risk) -> None:
    social = next(block.key for block in office.plan.blocks if block.head != HEAD_ROADS)
    async with office.uow() as unit:
        await unit.risks.save(replace(risk, block=social))
        await unit.commit()
    await linked(office, risk, barred(risk))
    with pytest.raises(OutsideBlock):
        await confirms(office, risk, by=office.actor(HEAD_ROADS))
