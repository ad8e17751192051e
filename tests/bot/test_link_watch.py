"""How the bot looks at the links that are due: a few at a time, each on its own, and not at all in a training room."""

import asyncio
from datetime import datetime
from typing import Final

from bot.clock import OfficeClock
from bot.link_watch import PAGES_AT_ONCE, LinkWatch
from risk.ports import LookAtPage
from risk.probes import Probe, ProbeResult
from risk.risks import Risk, RiskState
from tests.risk.worked import publication, put, round_of
from tests.support.clocks import StoryClock
from tests.support.offices import Offices, StaffedOffice

LINKS: Final = PAGES_AT_ONCE * 2


class Pages:
    """Answers that every page is there, and counts how many were asked at once."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.at_once = 0
        self.most = 0
        self.broken: set[str] = set()
        self.was_asked = asyncio.Event()
        self.answers = asyncio.Event()
        self.answers.set()

    async def probe(self, address: str, now: datetime) -> Probe:
        self.asked.append(address)
        self.was_asked.set()
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            await self.answers.wait()
            await asyncio.sleep(0)
        finally:
            self.at_once -= 1
        if address in self.broken:
            raise RuntimeError("a fault of the probe's own")
        return Probe(result=ProbeResult.REACHED, address=address, final=address, title=None, status=200, at=now)


def watch_over(offices: Offices, probe: LookAtPage | None) -> LinkWatch:
    clock = OfficeClock(StoryClock().wall)
    return LinkWatch(probe, directory=offices.directory, units=offices.units, clock=clock)


async def linked(office: StaffedOffice, links: int = LINKS) -> Risk:
    risk = await office.filed()
    pages = [publication(risk.filed_by, link=f"novosti.example/{number}") for number in range(links)]
    return await put(office, risk, RiskState.WATCHED, publications=tuple(pages))


async def results(office: StaffedOffice, risk: Risk) -> list[ProbeResult | None]:
    pages = (await round_of(office, risk)).publications
    return [None if each.last is None else each.last.result for each in pages]


async def test_what_is_due_is_looked_at_once_a_few_pages_at_a_time(offices: Offices, office: StaffedOffice) -> None:
    risk, pages = await linked(office), Pages()
    watch = watch_over(offices, pages)
    await watch.probe_due()
    assert sorted(pages.asked) == [f"https://novosti.example/{number}" for number in range(LINKS)]
    assert pages.most == PAGES_AT_ONCE
    assert await results(office, risk) == [ProbeResult.REACHED] * LINKS
    await watch.probe_due()
    assert len(pages.asked) == LINKS


async def test_every_office_has_its_own_looked_at(offices: Offices) -> None:
    pages = Pages()
    for office in (offices.ours, offices.theirs):
        await linked(office, 1)
    await watch_over(offices, pages).probe_due()
    assert len(pages.asked) == 2


async def test_a_training_room_reaches_out_to_nobody(offices: Offices, office: StaffedOffice) -> None:
    risk = await linked(office, 1)
    await watch_over(offices, None).probe_due()
    assert await results(office, risk) == [None]


async def test_a_fault_with_one_page_keeps_the_others_from_nothing(offices: Offices, office: StaffedOffice) -> None:
    risk, pages = await linked(office, 3), Pages()
    pages.broken.add("https://novosti.example/1")
    await watch_over(offices, pages).probe_due()
    assert await results(office, risk) == [ProbeResult.REACHED, None, ProbeResult.REACHED]


async def test_what_is_given_up_is_due_still(offices: Offices, office: StaffedOffice) -> None:
    risk, pages = await linked(office, 1), Pages()
    pages.answers.clear()
    watch = watch_over(offices, pages)
    async with asyncio.TaskGroup() as group:
        looking = group.create_task(watch.probe_due())
        await pages.was_asked.wait()
        await watch.give_up()
        await looking
    assert await results(office, risk) == [None]
    pages.answers.set()
    await watch.probe_due()
    assert await results(office, risk) == [ProbeResult.REACHED]
