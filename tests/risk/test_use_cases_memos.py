"""A memo of a month made by hand: its figures are the report's; who is to sign; the one that comes by itself."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import pytest

from risk.appeals import AppealKind, AppealOutcome, AppealSource, Regime
from risk.errors import NotListed, NotPermitted, UnknownChoice
from risk.figures import OF_APPEALS, Figure, Scope, asked_of
from risk.first_answers import InNorm
from risk.ids import BlockKey, PaperId, PositionId
from risk.jobs import JobKind
from risk.memos import Memo, Signer
from risk.office_settings import Setting
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Actor
from risk.periods import Period, PeriodKind, period_of
from risk.ports import UnitOfWork
from risk.report_terms import ReportTerms
from risk.risks import RiskState
from risk.use_cases.memo_planning import plan_memos
from risk.use_cases.memo_reading import CUTS, memo_of, offered_memos
from risk.use_cases.paper_asking import AskPaper, ask_paper
from risk.use_cases.papers import paper_facts
from risk.use_cases.reporting import report_of, tally_of
from risk.use_cases.settings import ChangeSetting, change_setting
from storage import tables
from tests.risk.appealed import HEAD_SOCIAL, ROADS, SOCIAL, appeal, somebody_in, stands
from tests.risk.worked import changed_plan, finding, measure, publication, published, put, seat_of
from tests.support.offices import CURATOR, HEAD, HEAD_ROADS, Offices, StaffedOffice

NOVEMBER: Final = period_of(PeriodKind.MONTH, date(2026, 11, 1))
DECEMBER_BEGINS: Final = datetime(2026, 12, 1, 9, tzinfo=UTC)
ANSWERED: Final = "Отправлен ответ заявителю"
FRIDAY: Final = 4
WEEKLY: Final = ReportTerms(memo_on=FRIDAY, memo_at=time(16))


def day(of_november: int) -> date:
    return date(2026, 11, of_november)


def came(number: int, on: date, due: date, finished: date | None, topic: str, **known: Any) -> dict[str, Any]:
    facts = {"number": str(number), "created_on": on, "planned_on": due, "topic": topic, "group": "Дороги"}
    return facts | ({} if finished is None else {"step": ANSWERED, "finished_on": finished}) | known


IM: Final = {"source": AppealSource.IM, "regime": Regime.IM, "kind": AppealKind.SOLVABLE, "step": "Готово"}

SOLVED: Final = {"outcome": AppealOutcome.SOLVED, "first_answer_in_norm": True}
EXPLAINED: Final = {"outcome": AppealOutcome.EXPLAINED, "first_answer_in_norm": False}

MONTH: Final[Sequence[tuple[BlockKey | None, dict[str, Any]]]] = (
    (ROADS, came(1, date(2026, 10, 10), date(2026, 10, 20), date(2026, 10, 15), "Ямы")),
    (ROADS, came(2, day(2), day(12), day(10), "Ямы", mark=5)),
    (ROADS, came(3, day(3), day(13), day(16), "Ямы", mark=2)),
    (ROADS, came(4, day(5), day(15), None, "Снег")),
    (ROADS, came(5, day(20), date(2026, 12, 20), None, "Снег", repeated=True)),
    (ROADS, came(6, day(21), date(2026, 12, 10), day(23), "Снег", **IM, **SOLVED)),
    (SOCIAL, came(7, day(9), day(19), day(13), "Очередь", group="Образование")),
    (None, came(8, day(22), date(2026, 12, 10), day(30), "Кружки", **IM, **EXPLAINED)),
)
"""One of October, seven of November.

In November: new 7 (2–8), of them repeated 1 (5); finished 5 (2, 3, 6, 7, 8), of them late 1 (3: the 16th, due on the
13th); open at the end 2 (4, 5), of them overdue 1 (4). In time: 4 of 5 + 1. Days: 8, 13, 2, 4, 8: mean 7, median 8.
Marked 2, satisfied 1. First answer in the norm: 1 of the 2 that say (6, 8). «Решаемые»: solved 1 (6), explained 1 (8).
By block: roads 5 new, social 1, none 1. Of «Дороги» 6 (2–6, 8): «Снег» 3, «Ямы» 2, «Кружки» 1; in October 1.
"""


@pytest.fixture
async def month(office: StaffedOffice) -> StaffedOffice:
    for block, facts in MONTH:
        await stands(office, appeal(**facts), block=block)
    return office


def paper(period: Period = NOVEMBER, **known: Any) -> Paper:
    stands_so: dict[str, Any] = {
        "id": PaperId(1),
        "kind": PaperKind.MEMO,
        "state": PaperState.PLANNED,
        "planned_at": DECEMBER_BEGINS,
        "period": period,
    }
    return Paper(**stands_so | known)


async def memo(office: StaffedOffice, *, now: datetime = DECEMBER_BEGINS, **known: Any) -> Memo:
    async with office.view() as unit:
        return await memo_of(unit, paper(place=office.private(office.head), **known), now)


async def papers(offices: Offices) -> Sequence[Paper]:
    rows = await offices.rows(tables.papers)
    async with offices.ours.view() as unit:
        found = [await unit.papers.get(PaperId(row["id"])) for row in rows]
    return [each for each in found if each is not None and each.kind is PaperKind.MEMO]


async def comes(office: StaffedOffice, now: datetime) -> int:
    return await plan_memos(uow=office.uow, view=office.view, now=now)


def at(of_november: int, hour: int) -> datetime:
    """By the clocks of Pestovo."""
    return datetime(2026, 11, of_november, hour, tzinfo=UTC) - timedelta(hours=3)


async def test_the_figures_of_the_month_are_those_counted_by_hand(month: StaffedOffice) -> None:
    whole = await memo(month)
    told = whole.report
    expected = {
        Figure.NEW: 7,
        Figure.REPEATED: 1,
        Figure.FINISHED: 5,
        Figure.LATE: 1,
        Figure.OPEN: 2,
        Figure.OVERDUE: 1,
        Figure.MARKED: 2,
        Figure.SATISFIED: 1,
        Figure.SOLVED: 1,
        Figure.EXPLAINED: 1,
    }
    assert {figure: told.total[figure] for figure in expected} == expected
    assert (told.total.share_in_time, told.total.mean_days, told.total.median_days) == (4 / 6, 7, 8)
    assert (whole.first, whole.first_before) == (InNorm(known=2, kept=1), InNorm())
    assert (told.before[Figure.NEW], told.compared) == (1, period_of(PeriodKind.MONTH, date(2026, 10, 1)))


async def test_topics_stand_with_their_sub_topics_and_the_ones_that_grew(month: StaffedOffice) -> None:
    told = await memo(month)
    assert [(each.title, each.group.tally[Figure.NEW], each.subtopics) for each in told.topics] == [
        ("Дороги", 6, [("Снег", 3), ("Ямы", 2), ("Кружки", 1)]),
        ("Образование", 1, [("Очередь", 1)]),
    ]
    assert [(each.topic, each.now, each.before) for each in told.grown] == [("Дороги", 6, 1)]
    assert sum(count for _, count in told.grown[0].where) == 6


async def test_problem_areas_are_told_by_what_is_overdue_first(month: StaffedOffice) -> None:
    told = await memo(month)
    [roads] = told.areas
    assert (roads.topic, roads.tally[Figure.OVERDUE], roads.tally[Figure.REPEATED]) == ("Дороги", 1, 1)


async def test_memo_summary_and_lists_of_items_have_the_same_figures(month: StaffedOffice) -> None:
    """The memo reads the report that a summary of that moment reads, and each figure opens into as many items."""
    told = await memo(month)
    async with month.view() as unit:
        asked = asked_of(NOVEMBER, month.plan.calendar, now=DECEMBER_BEGINS)
        summary = await report_of(unit, asked, cuts=CUTS, now=DECEMBER_BEGINS)
        assert told.report == summary
        assert told.report.total == await tally_of(unit, asked)
        for figure in OF_APPEALS:
            _, count = await unit.reports.page(asked, figure, offset=0, limit=1)
            assert count == told.report.total[figure], figure
    for cut in CUTS:
        groups = told.report.cuts[cut]
        assert sum(each.tally[Figure.NEW] for each in groups) == told.report.total[Figure.NEW]


async def test_a_period_that_goes_on_is_told_as_far_as_it_has_come(month: StaffedOffice) -> None:
    told = await memo(month, now=at(21, 16))
    assert told.is_running
    assert (told.period, told.report.asked.period.last) == (NOVEMBER, day(21))
    assert told.report.compared.last == date(2026, 10, 21)
    assert not (await memo(month)).is_running


async def test_a_memo_over_new_year_counts_both_years(month: StaffedOffice) -> None:
    for number, on in ((20, date(2026, 12, 30)), (21, date(2027, 1, 2))):
        await stands(month, appeal(**came(number, on, date(2027, 1, 30), None, "Снег")))
    week = period_of(PeriodKind.WEEK, date(2027, 1, 1))
    told = await memo(month, period=week, now=datetime(2027, 1, 11, 9, tzinfo=UTC))
    assert told.report.total[Figure.NEW] == 2
    assert told.report.compared == period_of(PeriodKind.WEEK, date(2026, 12, 21))


async def test_risks_of_the_month_are_told_with_their_answer_links_and_measures(office: StaffedOffice) -> None:
    risk = await office.filed("Нет воды")
    by = risk.filed_by
    await put(
        office,
        risk,
        RiskState.WATCHED,
        findings=(finding(by),),
        answer=published(by),
        publications=(publication(by),),
        measures=(measure(by), replace(measure(by), what="Ремонт", taken_at=at(24, 12), taken_by=by)),
    )
    told = await memo(office)
    [of_month] = told.risks
    assert of_month.answer is not None
    assert (len(of_month.publications), of_month.ending) == (1, None)
    assert [each.what for each in told.taken] == ["Ремонт"]
    assert [each.what for each in told.planned] == ["Подвоз воды"]
    assert told.titles[by] == "член проектного офиса 1"
    assert told.report.total[Figure.RISKS_NEW] == 1


async def test_an_office_with_nothing_has_a_memo_of_nothing(office: StaffedOffice) -> None:
    told = await memo(office)
    assert (told.topics, told.grown, told.risks, told.taken, told.planned, told.causes) == ([],) * 6
    assert (told.report.total.share_in_time, told.report.total.mean_days) == (None, None)


async def test_of_one_block_everything_is_of_that_block(month: StaffedOffice) -> None:
    await month.filed("Нет воды")
    told = await memo(month, scope=Scope(blocks=frozenset({SOCIAL})))
    assert (told.report.total[Figure.NEW], [each.title for each in told.topics]) == (1, ["Образование"])
    assert told.risks == []


async def test_whoever_the_office_has_named_signs(offices: Offices, office: StaffedOffice) -> None:
    await changed_plan(offices, reports=replace(ReportTerms(), signed_by=None))
    assert (await memo(office)).signer is None
    await changed_plan(offices, reports=replace(ReportTerms(), signed_by=HEAD))
    assert (await memo(office)).signer == Signer(position="руководитель МЦУ", name=None)
    async with office.uow() as unit:
        await unit.people.give_name(await office.person(office.head), "Петрова О. П.")
        await unit.commit()
    assert (await memo(office)).signer == Signer(position="руководитель МЦУ", name="Петрова О. П.")


async def test_a_vacant_position_signs_without_a_name(offices: Offices, office: StaffedOffice) -> None:
    await changed_plan(offices, reports=replace(ReportTerms(), signed_by=HEAD_SOCIAL))
    signer = (await memo(office)).signer
    assert signer == Signer(position="руководитель блока «Социальная политика»", name=None)


async def test_of_a_block_its_head_signs(office: StaffedOffice) -> None:
    signer = (await memo(office, scope=Scope(blocks=frozenset({ROADS})))).signer
    assert signer is not None
    assert signer.position == "руководитель блока «Дороги, ЖКХ, благоустройство»"


async def test_a_head_of_a_block_gets_the_memo_of_that_block(offices: Offices, office: StaffedOffice) -> None:
    await asks(office, office.actor(HEAD_ROADS))
    [asked] = await papers(offices)
    async with office.view() as unit:
        facts = await paper_facts(unit, asked.id, DECEMBER_BEGINS)
    assert facts is not None
    assert facts.memo is not None
    assert facts.memo.blocks == frozenset({ROADS})


async def test_a_member_without_a_block_is_offered_no_memo(office: StaffedOffice) -> None:
    with pytest.raises(NotPermitted):
        await offered_memos(actor=office.olga, view=office.view, now=DECEMBER_BEGINS)
    with pytest.raises(NotPermitted):
        await asks(office, office.olga)
    with pytest.raises(NotListed):
        await offered_memos(actor=office.stranger, view=office.view, now=DECEMBER_BEGINS)


@pytest.mark.parametrize("period", [NOVEMBER.next(), period_of(PeriodKind.WEEK, date(1999, 1, 1))])
async def test_what_no_button_offers_is_refused(office: StaffedOffice, period: Period) -> None:
    with pytest.raises(UnknownChoice):
        await asks(office, office.head, period, now=at(20, 9))


async def asks(
    office: StaffedOffice, actor: Actor, period: Period = NOVEMBER, *, now: datetime = DECEMBER_BEGINS
) -> None:
    asked = AskPaper(kind=PaperKind.MEMO, place=office.private(actor), period=period)
    await ask_paper(asked, actor=actor, uow=office.uow, now=now)


async def test_the_weeks_memo_comes_once_to_everybody_who_reads_the_office(
    offices: Offices, office: StaffedOffice
) -> None:
    await changed_plan(offices, reports=WEEKLY)
    assert await comes(office, at(20, 15)) == 0
    assert await comes(office, at(20, 16)) == 1
    assert [await comes(office, at(of, 17)) for of in (20, 21, 22)] == [0, 0, 0]
    planned = await papers(offices)
    assert {each.place for each in planned} == {office.private(office.actor(role)) for role in (CURATOR, HEAD)}
    assert {(each.period, each.asked_by) for each in planned} == {(period_of(PeriodKind.WEEK, day(9)), None)}


async def test_each_of_them_is_long_work_in_the_same_commit(offices: Offices, office: StaffedOffice) -> None:
    await changed_plan(offices, reports=WEEKLY)
    await comes(office, at(20, 16))
    planned = [row["subject"] for row in await offices.rows(tables.jobs) if row["kind"] == JobKind.MAKE_PAPER]
    assert planned == [each.id for each in await papers(offices)]


async def test_after_a_stop_over_the_hour_it_comes_when_the_bot_is_back(
    offices: Offices, office: StaffedOffice
) -> None:
    await changed_plan(offices, reports=WEEKLY)
    assert await comes(office, at(23, 9)) == 1
    assert await comes(office, at(23, 9)) == 0
    assert {each.due_at for each in await papers(offices)} == {at(20, 16)}


async def test_what_another_has_planned_meanwhile_is_not_planned_again(offices: Offices, office: StaffedOffice) -> None:
    """Both have looked before either has written, and one more reads the office by then."""
    await changed_plan(offices, reports=WEEKLY)

    @asynccontextmanager
    async def overtaken() -> AsyncIterator[UnitOfWork]:
        await comes(office, at(20, 16))
        await somebody_in(office, CURATOR)
        async with office.uow() as unit:
            yield unit

    assert await plan_memos(uow=overtaken, view=office.view, now=at(20, 16)) == 0
    assert len({each.place for each in await papers(offices)}) == len(await papers(offices)) == 2


async def test_one_whose_hour_was_set_after_it_had_passed_is_not_late(offices: Offices, office: StaffedOffice) -> None:
    await changed_plan(offices, reports=replace(WEEKLY, memo_at=time(18)))
    change = ChangeSetting(setting=Setting.MEMO_AT, value="16:00")
    await change_setting(change, actor=office.head, uow=office.uow, now=at(20, 17))
    assert await comes(office, at(20, 17)) == 1
    assert {each.due_at for each in await papers(offices)} == {None}


async def test_one_that_was_missed_for_over_three_days_is_left_out(offices: Offices, office: StaffedOffice) -> None:
    await changed_plan(offices, reports=WEEKLY)
    assert await comes(office, at(23, 17)) == 0
    assert await comes(office, at(27, 16)) == 1
    assert {each.period for each in await papers(offices)} == {period_of(PeriodKind.WEEK, day(16))}


async def test_who_takes_the_position_later_in_the_week_gets_no_second_one(
    offices: Offices, office: StaffedOffice
) -> None:
    await changed_plan(offices, reports=WEEKLY)
    await comes(office, at(20, 16))
    await somebody_in(office, HEAD)
    assert await comes(office, at(20, 17)) == 0


async def test_while_nobody_reads_the_office_it_waits_for_somebody(offices: Offices, office: StaffedOffice) -> None:
    await changed_plan(offices, reports=WEEKLY)
    async with office.uow() as unit:
        for role in (CURATOR, HEAD):
            await unit.people.vacate(PositionId(await seat_of(office, role)), at(20, 9))
        await unit.commit()
    assert await comes(office, at(20, 16)) == 0
    await somebody_in(office, CURATOR)
    assert await comes(office, at(20, 17)) == 1


async def test_an_office_that_has_named_no_day_gets_none(offices: Offices, office: StaffedOffice) -> None:
    assert [await comes(office, at(of, 16)) for of in range(16, 23)] == [0] * 7
    assert await papers(offices) == []


async def test_a_paper_that_was_made_has_no_facts_any_more(office: StaffedOffice) -> None:
    async with office.uow() as unit:
        made = await unit.papers.add(paper(place=office.private(office.head), state=PaperState.SENT))
        await unit.commit()
    assert made is not None
    async with office.view() as unit:
        assert await paper_facts(unit, made.id, DECEMBER_BEGINS) is None
