"""A heat map that was asked for: of the office's appeals by topic, and of whoever's blocks it is narrowed to."""

from datetime import date

from risk.heat import Heat
from risk.ids import PaperId
from risk.papers import PaperKind
from risk.people import Actor
from risk.periods import Period, PeriodKind
from risk.use_cases.heat_reading import HeatRead
from risk.use_cases.papers import AskPaper, ask_paper, paper_facts
from tests.risk.appealed import ROADS, SOCIAL, appeal, stands
from tests.support.offices import HEAD_ROADS, NOW, StaffedOffice

NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30), kind=PeriodKind.MONTH)


async def asked(office: StaffedOffice, actor: Actor, kind: PaperKind) -> HeatRead:
    await ask_paper(
        AskPaper(kind=kind, place=office.private(actor), period=NOVEMBER), actor=actor, uow=office.uow, now=NOW
    )
    async with office.view() as unit:
        facts = await paper_facts(unit, PaperId(1), NOW)
    assert facts is not None
    assert facts.heat is not None
    return facts.heat


async def given(office: StaffedOffice) -> None:
    """Two of November, of two blocks, and one of October."""
    await stands(office, appeal(number="1", group="Дороги", created_on=date(2026, 11, 9)), block=ROADS)
    await stands(office, appeal(number="2", group="Школы", created_on=date(2026, 11, 16)), block=SOCIAL)
    await stands(office, appeal(number="3", group="Школы", created_on=date(2026, 10, 30)), block=SOCIAL)


def counts(heat: Heat) -> dict[tuple[object, object], int]:
    return {
        (row, column): heat[place, aside]
        for place, row in enumerate(heat.rows)
        for aside, column in enumerate(heat.columns)
        if heat[place, aside]
    }


async def test_it_counts_what_came_in_the_period_by_topic_and_territory(office: StaffedOffice) -> None:
    await given(office)
    read = await asked(office, office.head, PaperKind.HEAT_OF_TERRITORIES)
    assert counts(read.heat) == {("Дороги", None): 1, ("Школы", None): 1}


async def test_it_counts_what_came_by_topic_and_week_until_today(office: StaffedOffice) -> None:
    await given(office)
    read = await asked(office, office.head, PaperKind.HEAT_OF_WEEKS)
    assert counts(read.heat) == {("Дороги", date(2026, 11, 9)): 1, ("Школы", date(2026, 11, 16)): 1}
    assert read.heat.columns[-1] == date(2026, 11, 16)


async def test_a_head_of_a_block_sees_their_own_block(office: StaffedOffice) -> None:
    await given(office)
    read = await asked(office, office.actor(HEAD_ROADS), PaperKind.HEAT_OF_TERRITORIES)
    assert counts(read.heat) == {("Дороги", None): 1}
    assert read.asked.scope.blocks == frozenset({ROADS})
