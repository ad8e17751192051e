"""Summaries, problem areas and ratings on demand: the one report, read for whoever may, in the part that fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from risk.errors import UnknownChoice
from risk.figures import Cut, Figure
from risk.offices import Block, OfficePlan, Territory
from risk.people import Actor
from risk.ports import OpenView
from risk.powers import Action
from risk.problem_areas import Area, areas_of
from risk.ratings import Rated, in_rating_order, rated
from risk.reports import Group, Report
from risk.reports_asked import CUTS, GROUPS_ON_A_PAGE, Leaf, ReportAsked, leaf_of
from risk.use_cases.area_reading import explained
from risk.use_cases.asking import Opened, opened
from risk.use_cases.permission import permitted
from risk.use_cases.reporting import report_of

AREAS_ON_A_PAGE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFacts:
    """`groups` are those of the cut that this page shows."""

    opened: Opened
    report: Report
    cut: Cut | None
    groups: Sequence[Group]
    leaf: Leaf


async def read_summary(wanted: ReportAsked, *, actor: Actor, view: OpenView, now: datetime) -> SummaryFacts:
    """Raises NotPermitted, PeriodUnclear, PeriodAhead, UnknownChoice."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        about = await opened(unit, member, wanted, now)
        cuts = [_offered(wanted.cut, CUTS, unit.office.plan)] if wanted.cut is not None else []
        report = await report_of(unit, about.asked, cuts=cuts, now=now)
    groups = [] if wanted.cut is None else _in_order(report.cuts[wanted.cut], wanted.cut, about.office.plan)
    leaf = leaf_of(len(groups), wanted.leaf, GROUPS_ON_A_PAGE)
    return SummaryFacts(
        opened=about,
        report=report,
        cut=wanted.cut,
        groups=groups[leaf.begins : leaf.begins + GROUPS_ON_A_PAGE],
        leaf=leaf,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemsFacts:
    """`total` is how many areas there are on all pages, `too_small` how many were left out."""

    opened: Opened
    report: Report
    areas: Sequence[Area]
    total: int
    too_small: int
    leaf: Leaf


async def read_problems(wanted: ReportAsked, *, actor: Actor, view: OpenView, now: datetime) -> ProblemsFacts:
    """Raises NotPermitted, PeriodUnclear, PeriodAhead, UnknownChoice."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        about = await opened(unit, member, wanted, now)
        report = await report_of(unit, about.asked, cuts=[Cut.TOPIC], now=now)
        areas = areas_of(report.cuts[Cut.TOPIC])
        leaf = leaf_of(len(areas.found), wanted.leaf, AREAS_ON_A_PAGE)
        shown = areas.found[leaf.begins : leaf.begins + AREAS_ON_A_PAGE]
        return ProblemsFacts(
            opened=about,
            report=report,
            areas=await explained(unit, about.asked, shown),
            total=len(areas.found),
            too_small=areas.too_small,
            leaf=leaf,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFacts:
    """`minimum`: no share is given of fewer items than these."""

    opened: Opened
    report: Report
    cut: Cut
    rated: Sequence[Rated]
    minimum: int
    leaf: Leaf


RATED_BY: Final = (Cut.BLOCK, Cut.DEPARTMENT)


async def read_rating(wanted: ReportAsked, *, actor: Actor, view: OpenView, now: datetime) -> RatingFacts:
    """Raises NotPermitted, PeriodUnclear, PeriodAhead, UnknownChoice."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        about = await opened(unit, member, wanted, now)
        usual = Cut.BLOCK if unit.office.plan.blocks else Cut.DEPARTMENT
        cut = _offered(wanted.cut or usual, RATED_BY, unit.office.plan)
        report = await report_of(unit, about.asked, cuts=[cut], now=now)
    minimum = about.office.plan.reports.rating_minimum
    every = in_rating_order(rated(each.key, each.tally, minimum) for each in report.cuts[cut])
    leaf = leaf_of(len(every), wanted.leaf, GROUPS_ON_A_PAGE)
    shown = every[leaf.begins : leaf.begins + GROUPS_ON_A_PAGE]
    return RatingFacts(opened=about, report=report, cut=cut, rated=shown, minimum=minimum, leaf=leaf)


def _offered(cut: Cut, among: Sequence[Cut], plan: OfficePlan) -> Cut:
    """Raises UnknownChoice for what this office is not cut by."""
    if cut not in among or (cut is Cut.BLOCK and not plan.blocks):
        raise UnknownChoice
    return cut


def _in_order(groups: Sequence[Group], cut: Cut, plan: OfficePlan) -> Sequence[Group]:
    """Blocks and territories as the preset has them, all else by what came; what has no group comes last."""
    named: Sequence[Block | Territory] = ()
    if cut in {Cut.BLOCK, Cut.TERRITORY}:
        named = plan.blocks if cut is Cut.BLOCK else plan.territories
    places = {str(each.key): place for place, each in enumerate(named)}

    def place(group: Group) -> tuple[bool, int, int, str]:
        key = str(group.key or "")
        return group.key is None, places.get(key, len(places)), -group.tally[Figure.NEW], key

    return sorted(groups, key=place)
