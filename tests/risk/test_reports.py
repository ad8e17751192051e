"""What an office asks of its figures: its own calendar and its own weeks, in everything that reads them."""

import ast
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from risk.figures import Cut, Figure
from risk.periods import Period, PeriodKind
from risk.reports import asked_in
from risk.reports_asked import PeriodAsked, ReportAsked
from risk.use_cases.asking import read_choice
from tests.handlers.builders import plan
from tests.risk.appealed import appeal, stands
from tests.risk.worked import changed_plan
from tests.support.offices import Offices, StaffedOffice

FRIDAY: Final = 4
LATE: Final = datetime(2026, 12, 31, 9, tzinfo=UTC)
NOVEMBER: Final = Period(first=date(2026, 11, 1), last=date(2026, 11, 30))
RISK: Final = Path(__file__).parents[2] / "risk"


def test_figures_are_cut_by_the_weeks_of_the_office() -> None:
    ours = replace(plan(), reports=replace(plan().reports, week_begins=FRIDAY))
    assert asked_in(ours, NOVEMBER, now=LATE).week_begins == FRIDAY
    assert asked_in(plan(), NOVEMBER, now=LATE).week_begins == 0


async def test_weeks_that_begin_on_friday_are_those_of_a_report_that_is_asked_for(
    offices: Offices, office: StaffedOffice
) -> None:
    """Thursday and Friday are of one week by the calendar, and of two here."""
    await changed_plan(offices, reports=replace(office.plan.reports, week_begins=FRIDAY))
    for number, day in (("1", date(2026, 11, 12)), ("2", date(2026, 11, 13))):
        await stands(office, appeal(number=number, created_on=day))
    days = PeriodAsked(kind=PeriodKind.DAYS, first=NOVEMBER.first, last=NOVEMBER.last)
    about = await read_choice(ReportAsked(period=days), actor=office.head, view=office.view, now=LATE)
    async with office.view() as unit:
        weeks = await unit.reports.tallies(about.asked, Cut.WEEK)
    assert {key: tally[Figure.NEW] for key, tally in weeks.items() if tally[Figure.NEW]} == {
        date(2026, 11, 6): 1,
        date(2026, 11, 13): 1,
    }


def test_figures_are_asked_for_in_one_place() -> None:
    """Whoever made a question without the plan would count by weeks of nobody."""
    asking = {
        module.name
        for module in RISK.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and any(name.name == "asked_of" for name in node.names)
    }
    assert asking == {"reports.py"}
