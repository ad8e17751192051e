"""Reports on demand: whose figures each reader gets, and that a list has as many items as its figure says."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from risk.appeal_lists import short_code
from risk.errors import FigureNotPermitted, NotPermitted, PeriodAhead, UnknownChoice
from risk.figures import OF_RISKS, Cut, Figure, GroupKey
from risk.ids import BlockKey
from risk.people import Actor
from risk.periods import PeriodKind
from risk.powers import Power
from risk.reports_asked import CUTS_WITH_NONE, GROUPS_ON_A_PAGE, CodedScope, PeriodAsked, ReportAsked
from risk.use_cases.figure_items import ITEMS_ON_A_PAGE, FigureFacts, read_figure
from risk.use_cases.summaries import SummaryFacts, read_problems, read_rating, read_summary
from risk.use_cases.workloads import read_workload
from risk.workings import Recurrence
from storage import tables
from tests.support.importing import Desk, ReaderAtHand
from tests.support.offices import CURATOR, HEAD_ROADS, NOW, StaffedOffice, opened_copy
from tests.support.workbooks import IM_SAMPLE, POS_SAMPLE

ROADS: Final = BlockKey("roads")
LATE: Final = datetime(2026, 12, 31, 9, tzinfo=UTC)
YEAR: Final = PeriodAsked(kind=PeriodKind.DAYS, first=date(2026, 1, 1), last=date(2026, 12, 31))
OF_YEAR: Final = ReportAsked(period=YEAR)
OF_ROADS: Final = CodedScope(cut=Cut.BLOCK, code=short_code(ROADS))


@pytest.fixture(scope="module")
def full_file(offices_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with both samples imported and two risks filed."""

    async def filled() -> Path:
        async with opened_copy(offices_file, tmp_path_factory.mktemp("full")) as made:
            desk = Desk(office=made.ours, reader=ReaderAtHand())
            for sample in (IM_SAMPLE, POS_SAMPLE):
                await desk.imports(sample, NOW)
            await made.ours.filed("Яма на дороге")
            await made.ours.filed("Нет света в школе")
        return made.path

    return asyncio.run(filled())


@pytest.fixture
async def office(full_file: Path, tmp_path: Path) -> AsyncIterator[StaffedOffice]:
    async with opened_copy(full_file, tmp_path) as copied:
        yield copied.ours


@pytest.fixture
def curator(office: StaffedOffice) -> Actor:
    return office.actor(CURATOR)


@pytest.fixture
def roads(office: StaffedOffice) -> Actor:
    return office.actor(HEAD_ROADS)


def narrowing(cut: Cut, key: GroupKey) -> CodedScope:
    """To a group of the cut, or to what has none."""
    if key is None:
        return CodedScope(cut=cut, code=None)
    return CodedScope(cut=cut, code=str(key) if cut is Cut.CHANNEL else short_code(str(key)))


async def without_a_group(office: StaffedOffice) -> None:
    """Every third appeal of the samples loses its groups, and so does a risk."""
    lost = dict.fromkeys(("block", "territory", "topic_group", "department", "organisation"))
    async with office.units.database.write() as connection:
        await connection.execute(tables.appeals.update().where(tables.appeals.c.id % 3 == 0).values(lost))
        await connection.execute(tables.risks.update().where(tables.risks.c.id == 1).values(block=None, territory=None))
        await connection.commit()


async def summary(office: StaffedOffice, actor: Actor, **asked: Any) -> SummaryFacts:
    return await read_summary(replace(OF_YEAR, **asked), actor=actor, view=office.view, now=LATE)


async def items(office: StaffedOffice, actor: Actor, figure: Figure, **asked: Any) -> FigureFacts:
    return await read_figure(replace(OF_YEAR, **asked), figure, actor=actor, view=office.view, now=LATE)


async def all_items(office: StaffedOffice, actor: Actor, figure: Figure, **asked: Any) -> list[int]:
    first = await items(office, actor, figure, **asked)
    pages = [first, *[await items(office, actor, figure, leaf=leaf, **asked) for leaf in range(1, first.leaf.pages)]]
    appeals = [case.id for page in pages for case in page.appeals]
    risks = [risk.id for page in pages for risk in page.risks]
    return [*appeals, *risks]


@pytest.mark.parametrize("scope", [None, OF_ROADS], ids=["the office", "a block"])
async def test_a_list_has_exactly_as_many_items_as_its_figure_says(
    office: StaffedOffice, curator: Actor, scope: CodedScope | None
) -> None:
    told = await summary(office, curator, scope=scope)
    assert told.report.total[Figure.NEW] > ITEMS_ON_A_PAGE
    for figure in Figure:
        found = await all_items(office, curator, figure, scope=scope)
        assert len(found) == len(set(found)) == told.report.total[figure], figure


async def test_after_the_last_row_of_the_exports_nothing_has_fallen_and_nothing_is_known(
    office: StaffedOffice, curator: Actor
) -> None:
    later = PeriodAsked(kind=PeriodKind.WEEK, first=date(2026, 12, 14), last=None)
    told = await summary(office, curator, period=later)
    assert [each.days for each in told.report.coverage.lacking] == [None, None]
    assert told.report.appeals_before is None


async def test_figures_of_risks_open_lists_of_risks_and_those_of_appeals_lists_of_appeals(
    office: StaffedOffice, curator: Actor
) -> None:
    for figure in (Figure.RISKS_NEW, Figure.NEW):
        found = await items(office, curator, figure)
        assert bool(found.risks) is (figure in OF_RISKS)
        assert bool(found.appeals) is (figure not in OF_RISKS)


async def test_a_page_past_the_end_is_the_last_one(office: StaffedOffice, curator: Actor) -> None:
    found = await items(office, curator, Figure.NEW, leaf=9999)
    assert found.leaf.page == found.leaf.pages - 1
    assert len(found.appeals) == found.total - found.leaf.begins


@pytest.mark.parametrize("cut", [Cut.BLOCK, Cut.TERRITORY, Cut.CHANNEL, Cut.TOPIC])
async def test_groups_of_a_cut_add_up_and_each_can_be_narrowed_to(
    office: StaffedOffice, curator: Actor, cut: Cut
) -> None:
    told = await summary(office, curator, cut=cut)
    pages = [await summary(office, curator, cut=cut, leaf=leaf) for leaf in range(told.leaf.pages)]
    groups = [group for page in pages for group in page.groups]
    assert sum(each.tally[Figure.NEW] for each in groups) == told.report.total[Figure.NEW]
    for group in groups:
        narrowed = await summary(office, curator, scope=narrowing(cut, group.key))
        assert narrowed.report.total == group.tally


@pytest.mark.parametrize("cut", [Cut.BLOCK, Cut.DEPARTMENT])
async def test_a_row_of_a_rating_opens_the_items_that_it_counts(
    office: StaffedOffice, curator: Actor, cut: Cut
) -> None:
    """Those without a block or a department too."""
    await without_a_group(office)
    told = await read_rating(replace(OF_YEAR, cut=cut), actor=curator, view=office.view, now=LATE)
    pages = [
        await read_rating(replace(OF_YEAR, cut=cut, leaf=leaf), actor=curator, view=office.view, now=LATE)
        for leaf in range(told.leaf.pages)
    ]
    rows = [row for page in pages for row in page.rated]
    assert None in {row.key for row in rows}
    for row in rows:
        for figure in (Figure.OPEN, Figure.FINISHED, Figure.OVERDUE, Figure.LATE, Figure.REPEATED, Figure.DEFERRED):
            found = await items(office, curator, figure, scope=narrowing(cut, row.key))
            assert found.total == row.tally[figure], (row.key, figure)


@pytest.mark.parametrize("cut", sorted(CUTS_WITH_NONE))
async def test_what_has_no_group_of_a_cut_opens_exactly_as_many_as_is_said_of_it(
    office: StaffedOffice, curator: Actor, cut: Cut
) -> None:
    await without_a_group(office)
    told = await summary(office, curator, scope=narrowing(cut, None))
    assert told.report.total[Figure.NEW] > 0
    for figure in Figure:
        found = await all_items(office, curator, figure, scope=narrowing(cut, None))
        assert len(found) == len(set(found)) == told.report.total[figure], figure


async def test_a_topic_without_a_name_opens_what_its_area_counts(office: StaffedOffice, curator: Actor) -> None:
    await without_a_group(office)
    told = await read_problems(OF_YEAR, actor=curator, view=office.view, now=LATE)
    pages = [
        await read_problems(replace(OF_YEAR, leaf=leaf), actor=curator, view=office.view, now=LATE)
        for leaf in range(told.leaf.pages)
    ]
    [nameless] = [area for page in pages for area in page.areas if area.topic is None]
    for figure in (Figure.OVERDUE, Figure.REPEATED, Figure.NEW):
        found = await items(office, curator, figure, scope=narrowing(Cut.TOPIC, None))
        assert found.total == nameless.tally[figure], figure


async def test_a_row_of_the_workload_without_a_block_opens_what_it_counts(
    office: StaffedOffice, curator: Actor
) -> None:
    await without_a_group(office)
    told = await read_workload(OF_YEAR, actor=curator, view=office.view, now=LATE)
    [nobodys] = [each for each in told.loads if each.block is None]
    assert nobodys.tally[Figure.RISKS_OPEN] > 0
    for figure in (Figure.OPEN, Figure.RISKS_OPEN):
        found = await all_items(office, curator, figure, scope=narrowing(Cut.BLOCK, None))
        assert len(found) == nobodys.tally[figure], figure


async def test_the_head_of_a_block_reads_nothing_of_what_no_block_has(office: StaffedOffice, roads: Actor) -> None:
    await without_a_group(office)
    for read in (read_summary, read_problems, read_rating, read_workload):
        with pytest.raises(NotPermitted):
            await read(replace(OF_YEAR, scope=narrowing(Cut.BLOCK, None)), actor=roads, view=office.view, now=LATE)
    with pytest.raises(NotPermitted):
        await items(office, roads, Figure.NEW, scope=narrowing(Cut.BLOCK, None))
    own = await summary(office, roads)
    lacking = await summary(office, roads, scope=narrowing(Cut.TOPIC, None))
    assert lacking.opened.asked.scope.blocks == frozenset({ROADS})
    assert lacking.report.total[Figure.NEW] < own.report.total[Figure.NEW]


async def test_the_head_of_a_block_reads_that_block_alone(office: StaffedOffice, curator: Actor, roads: Actor) -> None:
    own, same = await summary(office, roads), await summary(office, curator, scope=OF_ROADS)
    assert own.report.total == same.report.total
    assert (own.opened.own, same.opened.own) == (True, False)
    assert own.opened.asked.scope.blocks == frozenset({ROADS})
    for figure in (Figure.NEW, Figure.RISKS_OPEN):
        assert await all_items(office, roads, figure) == await all_items(office, curator, figure, scope=OF_ROADS)


async def test_the_head_of_a_block_cannot_press_into_another(office: StaffedOffice, roads: Actor) -> None:
    social = CodedScope(cut=Cut.BLOCK, code=short_code("social"))
    for read in (read_summary, read_problems, read_rating, read_workload):
        with pytest.raises(NotPermitted):
            await read(replace(OF_YEAR, scope=social), actor=roads, view=office.view, now=LATE)
    with pytest.raises(NotPermitted):
        await items(office, roads, Figure.NEW, scope=social)


async def test_a_member_without_a_block_is_refused_every_report(office: StaffedOffice) -> None:
    for read in (read_summary, read_problems, read_rating, read_workload):
        with pytest.raises(NotPermitted) as refused:
            await read(OF_YEAR, actor=office.olga, view=office.view, now=LATE)
        assert refused.value.power is Power.REPORT
    for figure in (Figure.NEW, Figure.RISKS_OPEN):
        with pytest.raises(FigureNotPermitted) as kept:
            await items(office, office.olga, figure)
        assert kept.value.of_risks is (figure in OF_RISKS), "the list that is open to everybody is named"


@pytest.mark.parametrize(
    "scope",
    [
        CodedScope(cut=Cut.BLOCK, code="00000000"),
        CodedScope(cut=Cut.TERRITORY, code="00000000"),
        CodedScope(cut=Cut.CHANNEL, code="fax"),
        CodedScope(cut=Cut.TOPIC, code="00000000"),
        CodedScope(cut=Cut.DEPARTMENT, code="00000000"),
        CodedScope(cut=Cut.CHANNEL, code=None),
        CodedScope(cut=Cut.WEEK, code=None),
    ],
)
async def test_a_button_of_a_group_that_there_is_not_is_stale(
    office: StaffedOffice, curator: Actor, scope: CodedScope
) -> None:
    with pytest.raises(UnknownChoice):
        await summary(office, curator, scope=scope)


async def test_a_topic_of_one_office_is_no_topic_of_another(full_file: Path, tmp_path: Path) -> None:
    async with opened_copy(full_file, tmp_path) as offices:
        told = await summary(offices.ours, offices.ours.head, cut=Cut.TOPIC)
        topic = CodedScope(cut=Cut.TOPIC, code=short_code(str(told.groups[0].key)))
        assert (await summary(offices.ours, offices.ours.head, scope=topic)).report.total[Figure.NEW]
        with pytest.raises(UnknownChoice):
            await summary(offices.theirs, offices.theirs.head, scope=topic)


@pytest.mark.parametrize("cut", [Cut.SUBTOPIC, Cut.WEEK])
async def test_a_summary_is_not_cut_by_what_is_not_offered(office: StaffedOffice, curator: Actor, cut: Cut) -> None:
    with pytest.raises(UnknownChoice):
        await summary(office, curator, cut=cut)


async def test_a_period_to_come_is_refused(office: StaffedOffice, curator: Actor) -> None:
    ahead = PeriodAsked(kind=PeriodKind.DAY, first=date(2027, 2, 1))
    with pytest.raises(PeriodAhead):
        await summary(office, curator, period=ahead)


async def test_an_office_without_blocks_is_cut_by_none_and_rated_by_departments(
    office: StaffedOffice, curator: Actor
) -> None:
    async with office.uow() as unit:
        await unit.preset.store(replace(unit.office.plan, blocks=(), routing=()))
        await unit.commit()
    with pytest.raises(UnknownChoice):
        await summary(office, curator, cut=Cut.BLOCK)
    assert (await read_rating(OF_YEAR, actor=curator, view=office.view, now=LATE)).cut is Cut.DEPARTMENT
    load = await read_workload(OF_YEAR, actor=curator, view=office.view, now=LATE)
    assert [each.tally for each in load.loads] == [load.report.total]


async def test_a_rating_counts_what_the_summary_of_the_block_counts(office: StaffedOffice, curator: Actor) -> None:
    told = await read_rating(OF_YEAR, actor=curator, view=office.view, now=LATE)
    [row] = [each for each in told.rated if each.key == ROADS]
    narrowed = await summary(office, curator, scope=OF_ROADS)
    assert row.tally[Figure.OVERDUE] == narrowed.report.total[Figure.OVERDUE]
    assert row.in_work == narrowed.report.total[Figure.OPEN] + narrowed.report.total[Figure.FINISHED]


async def test_a_block_that_is_no_more_stands_in_the_workload_while_it_has_any(
    office: StaffedOffice, curator: Actor
) -> None:
    """Else the rows were less than the whole."""
    before = await read_workload(OF_YEAR, actor=curator, view=office.view, now=LATE)
    roads = next(each for each in before.loads if each.block == ROADS)
    assert not roads.is_nothing
    async with office.uow() as unit:
        plan = unit.office.plan
        [gone] = [each for each in plan.blocks if each.key == ROADS]
        left = tuple(each for each in plan.blocks if each != gone)
        await unit.preset.store(replace(plan, blocks=left, retired=replace(plan.retired, blocks=(gone,))))
        await unit.commit()
    after = await read_workload(OF_YEAR, actor=curator, view=office.view, now=LATE)
    assert [each.tally for each in after.loads if each.block == ROADS] == [roads.tally]
    assert len(after.loads) == len(before.loads)


async def test_a_workload_of_many_blocks_comes_by_pages(office: StaffedOffice, curator: Actor) -> None:
    """All of them in one message were more than a messenger takes."""
    async with office.uow() as unit:
        plan = unit.office.plan
        many = tuple(replace(plan.blocks[0], key=BlockKey(f"more_{place}")) for place in range(60))
        await unit.preset.store(replace(plan, blocks=(*plan.blocks, *many)))
        await unit.commit()
    first, last = [
        await read_workload(replace(OF_YEAR, leaf=leaf), actor=curator, view=office.view, now=LATE) for leaf in (0, 99)
    ]
    assert len(first.loads) == GROUPS_ON_A_PAGE
    assert last.leaf.page == last.leaf.pages - 1
    assert {each.block for each in last.loads}.isdisjoint(each.block for each in first.loads)


async def test_workload_names_each_block_and_whether_somebody_heads_it(office: StaffedOffice, curator: Actor) -> None:
    told = await read_workload(OF_YEAR, actor=curator, view=office.view, now=LATE)
    assert [each.block for each in told.loads][: len(office.plan.blocks)] == [each.key for each in office.plan.blocks]
    held = {each.block: bool(each.names) for each in told.loads}
    assert held[ROADS]
    assert not held[BlockKey("social")]


async def test_a_cause_that_somebody_wrote_is_told_of_the_topics_of_that_block(
    office: StaffedOffice, curator: Actor
) -> None:
    risk = await office.filed("Снова яма на дороге")
    async with office.uow() as unit:
        told = await unit.risks.get(risk.id)
        assert told is not None
        await unit.risks.save(replace(told, block=ROADS))
        working = await unit.workings.current(told)
        recurrence = Recurrence(cause="Не хватило смеси", forecast="", by=told.filed_by, at=NOW + timedelta(hours=1))
        await unit.workings.save(replace(working, recurrence=recurrence), probe_at=None)
        await unit.commit()
    found = await read_problems(OF_YEAR, actor=curator, view=office.view, now=LATE)
    pages = [
        await read_problems(replace(OF_YEAR, leaf=leaf), actor=curator, view=office.view, now=LATE)
        for leaf in range(found.leaf.pages)
    ]
    areas = [area for page in pages for area in page.areas]
    assert len(areas) == found.total > 0
    assert "Не хватило смеси" in {cause.words for area in areas for cause in area.causes}
