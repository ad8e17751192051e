"""Invented reports, for the views: changed where a test says so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from risk.appeals import AppealSource
from risk.figures import Cut, Figure, Scope, Tally, asked_of
from risk.offices import OfficePlan
from risk.periods import Period, PeriodKind
from risk.problem_areas import Area
from risk.ratings import rated
from risk.reports import Group, Report
from risk.reports_asked import CodedScope, Leaf
from risk.use_cases.asking import Opened
from risk.use_cases.figure_items import FigureFacts
from risk.use_cases.summaries import ProblemsFacts, RatingFacts, SummaryFacts
from risk.use_cases.workloads import Load, WorkloadFacts
from tests.handlers.builders import FRIDAY_AFTERNOON, office, plan

NOW: Final = FRIDAY_AFTERNOON + timedelta(days=3)
"""Monday 23.11.2026, 16:00."""
WEEK: Final = Period(first=date(2026, 11, 16), last=date(2026, 11, 22), kind=PeriodKind.WEEK)


def tally(days: dict[int, int] | None = None, **counts: int) -> Tally:
    return Tally(figures={Figure[name.upper()]: count for name, count in counts.items()}, days=days or {})


NOVEMBER: Final = tally(
    {2: 6, 9: 4},
    new=31,
    repeated=3,
    finished=10,
    late=2,
    open=12,
    overdue=6,
    deferred=4,
    marked=3,
    satisfied=2,
    risks_new=2,
    risks_open=5,
)


def opened(
    period: Period = WEEK,
    *,
    of: OfficePlan | None = None,
    scope: Scope | None = None,
    coded: CodedScope | None = None,
    own: bool = False,
) -> Opened:
    asked = asked_of(period, plan().calendar, now=NOW, scope=scope or Scope())
    return Opened(office=office(of), asked=asked, own=own, scope=coded, now=NOW)


def report(total: Tally = NOVEMBER, before: Tally | None = None, *, about: Opened | None = None) -> Report:
    about = about or opened()
    return Report(
        office=about.office,
        asked=about.asked,
        total=total,
        compared=about.asked.period.compared_with(),
        before=before or tally(),
        freshest={AppealSource.POS: FRIDAY_AFTERNOON},
        made_at=NOW,
    )


def summary_facts(
    total: Tally = NOVEMBER, before: Tally | None = None, *, about: Opened | None = None, **known: Any
) -> SummaryFacts:
    about = about or opened()
    facts: dict[str, Any] = {"cut": None, "groups": (), "leaf": Leaf(), **known}
    return SummaryFacts(opened=about, report=report(total, before, about=about), **facts)


def by_block(*groups: Group, leaf: Leaf | None = None) -> SummaryFacts:
    return summary_facts(cut=Cut.BLOCK, groups=groups, leaf=leaf or Leaf())


def group(key: str | None, **counts: int) -> Group:
    return Group(key=key, tally=tally(None, **counts), before=Tally())


def problems_facts(*areas: Area, too_small: int = 0, leaf: Leaf | None = None) -> ProblemsFacts:
    return ProblemsFacts(
        opened=opened(),
        report=report(),
        areas=areas,
        total=len(areas),
        too_small=too_small,
        leaf=leaf or Leaf(),
    )


def area(topic: str | None, *, before: int = 0, **known: Any) -> Area:
    counts = {name: known.pop(name) for name in ("overdue", "repeated", "deferred", "new", "open") if name in known}
    return Area(topic=topic, tally=tally(None, **counts), before=tally(new=before), **known)


def rating_facts(*those: tuple[str | None, Tally], cut: Cut = Cut.BLOCK, of: OfficePlan | None = None) -> RatingFacts:
    about = opened(of=of)
    return RatingFacts(
        opened=about,
        report=report(about=about),
        cut=cut,
        rated=[rated(key, each, 5) for key, each in those],
        minimum=5,
        leaf=Leaf(),
    )


def workload_facts(
    *loads: Load, of: OfficePlan | None = None, measures: tuple[tuple[str, int], ...] = ()
) -> WorkloadFacts:
    about = opened(of=of)
    return WorkloadFacts(
        opened=about,
        report=report(about=about),
        loads=loads,
        leaf=Leaf(),
        measures=measures,
        minimum=5,
    )


def figure_facts(figure: Figure, total: int = 0, **known: Any) -> FigureFacts:
    facts = FigureFacts(opened=opened(), figure=figure, total=total, leaf=Leaf(), freshest={})
    return replace(facts, **known)
