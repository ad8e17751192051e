"""A heat map that was asked for: of the office's appeals by topic, and of whoever's blocks it is narrowed to."""

from datetime import UTC, date, datetime

from risk.figures import Figure
from risk.heat import Heat
from risk.ids import PaperId
from risk.papers import PaperKind
from risk.people import Actor
from risk.periods import Period, PeriodKind
from risk.reports_asked import PeriodAsked, ReportAsked
from risk.use_cases.digest_facts import digest_of_day
from risk.use_cases.heat_reading import HeatRead
from risk.use_cases.paper_asking import AskPaper, ask_paper
from risk.use_cases.papers import paper_facts
from risk.use_cases.summaries import read_summary
from tests.risk.appealed import ROADS, SOCIAL, appeal, stands
from tests.support.exported import export_comes
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


async def test_a_week_that_no_export_tells_of_is_no_ground_of_growth(office: StaffedOffice) -> None:
    ones = [appeal(number=str(day), group="Дороги", created_on=date(2026, 11, day)) for day in (9, 10, 11, 13)]
    await export_comes(office.uow, *ones, made_at=NOW)
    assert (await asked(office, office.head, PaperKind.HEAT_OF_WEEKS)).growth is None


async def test_where_exports_tell_of_both_weeks_the_growth_is_told(office: StaffedOffice) -> None:
    ones = [appeal(number=str(day), group="Дороги", created_on=date(2026, 11, day)) for day in (9, 10, 11, 13)]
    others = [appeal(number=str(day), group="Школы", created_on=date(2026, 11, day)) for day in (2, 18)]
    await export_comes(office.uow, *others, *ones, made_at=NOW)
    grown = (await asked(office, office.head, PaperKind.HEAT_OF_WEEKS)).growth
    assert grown is not None
    assert (grown.now, grown.earlier) == (4, 0)


async def test_a_head_of_a_block_sees_their_own_block(office: StaffedOffice) -> None:
    await given(office)
    read = await asked(office, office.actor(HEAD_ROADS), PaperKind.HEAT_OF_TERRITORIES)
    assert counts(read.heat) == {("Дороги", None): 1}
    assert read.asked.scope.blocks == frozenset({ROADS})


async def test_a_week_over_new_year_is_one_everywhere(office: StaffedOffice) -> None:
    """The map by weeks, the digest after the holidays, the summary and the memo of that week count the same two."""
    for number, day in enumerate((date(2026, 12, 27), date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4)), 1):
        await stands(office, appeal(number=str(number), group="Дороги", created_on=day), block=ROADS)
    now = datetime(2027, 1, 11, 6, tzinfo=UTC)
    week = Period(first=date(2026, 12, 28), last=date(2027, 1, 3), kind=PeriodKind.WEEK)
    place = office.private(office.head)
    for kind in (PaperKind.HEAT_OF_WEEKS, PaperKind.MEMO):
        await ask_paper(AskPaper(kind=kind, place=place, period=week), actor=office.head, uow=office.uow, now=now)
    async with office.view() as unit:
        drawn, written = [await paper_facts(unit, PaperId(number), now) for number in (1, 2)]
        digest = await digest_of_day(unit, date(2027, 1, 4), now)
    assert drawn is not None
    assert drawn.heat is not None
    assert written is not None
    assert written.memo is not None
    assert counts(drawn.heat.heat) == {("Дороги", week.first): 2}
    days = PeriodAsked(kind=PeriodKind.WEEK, first=week.first, last=week.last)
    summary = await read_summary(ReportAsked(period=days), actor=office.head, view=office.view, now=now)
    assert summary.report.total[Figure.NEW] == written.memo.report.total[Figure.NEW] == 2
    assert summary.report.compared == written.memo.report.compared
    assert digest.period.last == week.last
    assert digest.total[Figure.NEW] == sum(day in digest.period for day in (date(2026, 12, 31), date(2027, 1, 1)))
