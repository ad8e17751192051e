"""`/summary`, `/problems`, `/rating`, `/workload`, `/heatmap` and presses on reports: what becomes of each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from handlers.callbacks.reports import FigureItems, Heat, HeatPress, ReportKind, ReportPage
from handlers.callbacks.risks import RiskCard
from handlers.places import telegram
from handlers.views.help import ASK_IN_PRIVATE
from handlers.views.papers.progress import IN_HAND
from handlers.views.report_lines import STALE_REPORT
from risk.errors import NotPermitted, PeriodAhead, PeriodUnclear
from risk.figures import Cut, Figure
from risk.ids import OfficeId
from risk.papers import PaperKind
from risk.people import Place
from risk.periods import Period, PeriodKind
from risk.powers import Power
from risk.reports_asked import CodedScope, PeriodAsked, ReportAsked
from risk.risks import NumberAsked
from risk.use_cases.cards import PostCard
from risk.use_cases.paper_asking import AskPaper
from tests.handlers.conftest import Noting
from tests.handlers.reported import (
    figure_facts,
    opened,
    problems_facts,
    rating_facts,
    summary_facts,
    workload_facts,
)
from tests.handlers.telegram import GROUP, PERSON, Door, message, press

PRIVATE = Place(address=telegram(PERSON))
FIRST, LAST = date(2026, 11, 16), date(2026, 11, 22)
OFFICE = OfficeId(3)


@dataclass(frozen=True)
class Report:
    """A command, the use case behind it, what that gives, how the answer begins."""

    command: str
    use_case: str
    gives: Any
    begins: str
    kind: ReportKind


REPORTS = (
    Report("/summary", "read_summary", summary_facts(), "Сводка", ReportKind.SUMMARY),
    Report("/problems", "read_problems", problems_facts(), "Проблемные темы", ReportKind.PROBLEMS),
    Report("/rating", "read_rating", rating_facts(), "Работа с обращениями", ReportKind.RATING),
    Report("/workload", "read_workload", workload_facts(), "Нагрузка", ReportKind.WORKLOAD),
    Report("/heatmap", "read_choice", opened(), "Тепловая карта", ReportKind.HEAT),
)
every_report = pytest.mark.parametrize("report", REPORTS, ids=lambda each: each.command)


def page(report: ReportKind, **more: Any) -> ReportPage:
    return ReportPage(
        office=OFFICE,
        report=report,
        period=PeriodKind.WEEK,
        first=FIRST.toordinal(),
        last=LAST.toordinal(),
        **more,
    )


def items(**more: Any) -> FigureItems:
    return FigureItems(office=OFFICE, figure=Figure.OVERDUE, first=FIRST.toordinal(), last=LAST.toordinal(), **more)


@every_report
@pytest.mark.parametrize("typed", ["", "01.11–15.11"])
async def test_a_command_shows_its_report_of_the_usual_period_or_of_what_was_typed(
    noting: Noting, report: Report, typed: str
) -> None:
    asked = noting(f"reports.{report.use_case}", gives=report.gives)
    door = Door(view=None)
    await door.takes(message=message(f"{report.command} {typed}".strip()))
    assert asked[0][0] == (ReportAsked(period=PeriodAsked(typed=typed)),)
    assert door.said[0].startswith(report.begins)


@every_report
async def test_in_a_group_one_is_asked_into_private(noting: Noting, report: Report) -> None:
    noting("privately.may_ask_about_staff")
    door = Door(view=None)
    await door.takes(message=message(report.command, chat=GROUP))
    assert door.said == [ASK_IN_PRIVATE.text]


@every_report
async def test_a_press_turns_the_report_in_its_place(noting: Noting, report: Report) -> None:
    asked = noting(f"reports.{report.use_case}", gives=report.gives)
    door = Door(view=None)
    pressed = page(report.kind, within=Cut.TOPIC, code="12345678", cut=Cut.BLOCK, leaf=2)
    await door.takes(callback_query=press(pressed.pack(), chat=PERSON))
    period = PeriodAsked(kind=PeriodKind.WEEK, first=FIRST, last=LAST)
    scope = CodedScope(cut=Cut.TOPIC, code="12345678")
    assert asked[0][0] == (ReportAsked(period=period, scope=scope, cut=Cut.BLOCK, leaf=2),)
    assert (door.redrawn[0].text or "").startswith(report.begins)
    assert door.answers == [(None, False)]


async def test_a_press_on_what_has_no_group_asks_for_just_that(noting: Noting) -> None:
    asked = noting("reports.read_summary", gives=summary_facts())
    door = Door(view=None)
    await door.takes(callback_query=press(page(ReportKind.SUMMARY, within=Cut.BLOCK).pack(), chat=PERSON))
    [wanted] = asked[0][0]
    assert wanted.scope == CodedScope(cut=Cut.BLOCK, code=None)


async def test_all_figures_are_offered_in_the_same_place(noting: Noting) -> None:
    noting("reports.read_summary", gives=summary_facts())
    door = Door(view=None)
    await door.takes(callback_query=press(page(ReportKind.FIGURES).pack(), chat=PERSON))
    assert (door.redrawn[0].text or "").endswith("Какой показатель открыть?")


async def test_a_report_that_is_gone_is_asked_for_anew(noting: Noting) -> None:
    noting("reports.read_summary", gives=summary_facts())
    door = Door(view=None)
    await door.takes(callback_query=press(page(ReportKind.SUMMARY).pack(), chat=PERSON) | {"message": None})
    assert door.answers == [(STALE_REPORT, True)]


async def test_the_items_of_a_figure_stand_beside_it_and_their_pages_in_their_own_place(noting: Noting) -> None:
    asked = noting("reports.read_figure", gives=figure_facts(Figure.OVERDUE))
    door = Door(view=None)
    await door.takes(callback_query=press(items().pack(), chat=PERSON))
    assert door.said[0].startswith("Просрочено")
    assert door.redrawn == []
    await door.takes(callback_query=press(items(leaf=0).pack(), chat=PERSON))
    assert len(door.redrawn) == 1
    wanted = ReportAsked(period=PeriodAsked(kind=PeriodKind.DAYS, first=FIRST, last=LAST))
    assert [each[0] for each in asked] == [(wanted, Figure.OVERDUE)] * 2


async def test_the_number_of_a_risk_posts_its_card_in_private(noting: Noting) -> None:
    asked = noting("cards.post_card")
    door = Door(uow=None)
    await door.takes(callback_query=press(RiskCard(office=OFFICE, serial=12, year=2026).pack(), chat=PERSON))
    assert asked[0][0] == (PostCard(asked=NumberAsked(serial=12, year=2026), place=PRIVATE),)


@pytest.mark.parametrize(
    ("heat", "kind"),
    [(Heat.TERRITORIES, PaperKind.HEAT_OF_TERRITORIES), (Heat.WEEKS, PaperKind.HEAT_OF_WEEKS)],
)
async def test_a_heat_map_is_asked_of_the_days_that_were_shown(noting: Noting, heat: Heat, kind: PaperKind) -> None:
    asked = noting("reports.ask_paper", gives=True)
    door = Door(uow=None)
    pressed = HeatPress(
        office=OFFICE, heat=heat, period=PeriodKind.WEEK, first=FIRST.toordinal(), last=LAST.toordinal()
    )
    await door.takes(callback_query=press(pressed.pack(), chat=PERSON))
    period = Period(first=FIRST, last=LAST, kind=PeriodKind.WEEK)
    assert asked[0][0] == (AskPaper(kind=kind, place=PRIVATE, period=period),)
    assert door.answers == [(None, False)]


async def test_a_heat_map_that_is_being_made_already_is_not_made_twice(noting: Noting) -> None:
    noting("reports.ask_paper", gives=False)
    door = Door(uow=None)
    pressed = HeatPress(
        office=OFFICE, heat=Heat.WEEKS, period=PeriodKind.WEEK, first=FIRST.toordinal(), last=LAST.toordinal()
    )
    await door.takes(callback_query=press(pressed.pack(), chat=PERSON))
    assert door.answers == [(IN_HAND, False)]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (PeriodUnclear(), "/summary 01.11–15.11"),
        (PeriodAhead(), "Этот период ещё не начался"),
        (NotPermitted(Power.REPORT), "/digest"),
    ],
)
async def test_a_refusal_says_what_to_do_instead(noting: Noting, refusal: Exception, words: str) -> None:
    noting("reports.read_summary", refuses=refusal)
    door = Door(view=None)
    await door.takes(message=message("/summary когда-нибудь"))
    assert words in door.said[0]
