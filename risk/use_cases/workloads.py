"""What every block has on its hands at the moment: appeals, risks, measures, who heads it, how long things take."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from risk.figures import Cut, Figure, Tally
from risk.ids import BlockKey, PersonId
from risk.offices import Block
from risk.people import Actor, Person, Position, in_order
from risk.ports import OpenView, Unit
from risk.powers import Action
from risk.ratings import Rate, rate
from risk.reports import Report
from risk.reports_asked import GROUPS_ON_A_PAGE, Leaf, ReportAsked, leaf_of
from risk.risk_figures import RiskStory
from risk.risks import Risk
from risk.use_cases.asking import Opened, opened
from risk.use_cases.permission import permitted
from risk.use_cases.reporting import report_of, stories_of
from risk.workings import Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Of a block; `block` is None for what no block has, or for the whole office where there are no blocks.

    `measures` are planned ones. `head` is the position that heads it, None where there is none; `names` are those of
    its holders.
    """

    block: BlockKey | None
    tally: Tally
    measures: int
    median_days: Rate
    head: str | None = None
    names: tuple[str | None, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.tally[Figure.OPEN] or self.tally[Figure.RISKS_OPEN] or self.measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadFacts:
    """`loads` are those of the page. `measures` are the planned ones by position, where there are no blocks."""

    opened: Opened
    report: Report
    loads: Sequence[Load]
    leaf: Leaf
    measures: Sequence[tuple[str, int]]
    minimum: int


async def read_workload(wanted: ReportAsked, *, actor: Actor, view: OpenView, now: datetime) -> WorkloadFacts:
    """Raises NotPermitted, PeriodUnclear, PeriodAhead, UnknownChoice."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        about = await opened(unit, member, wanted, now)
        has_blocks = bool(unit.office.plan.blocks)
        stories, cuts = await stories_of(unit, about.asked), (Cut.BLOCK,) if has_blocks else ()
        report = await report_of(unit, about.asked, cuts=cuts, stories=stories, now=now)
        planned = _planned(stories, about.asked.stands_at)
        loads = await _by_block(unit, about, report, planned) if has_blocks else [_whole(about, report, planned)]
        leaf = leaf_of(len(loads), wanted.leaf, GROUPS_ON_A_PAGE)
        return WorkloadFacts(
            opened=about,
            report=report,
            loads=loads[leaf.begins : leaf.begins + GROUPS_ON_A_PAGE],
            leaf=leaf,
            measures=() if has_blocks else await _by_position(unit, planned),
            minimum=unit.office.plan.reports.rating_minimum,
        )


_Planned = Sequence[tuple[Risk, Measure]]


def _planned(stories: Iterable[RiskStory], moment: datetime) -> _Planned:
    """Of the rounds that were going on then, what was not taken yet."""
    going = [(story.risk, story.round_at(moment)) for story in stories]
    return [
        (risk, measure)
        for risk, working in going
        if working is not None
        for measure in working.measures
        if measure.taken_at is None or measure.taken_at > moment
    ]


async def _by_block(unit: Unit, about: Opened, report: Report, planned: _Planned) -> Sequence[Load]:
    plan, blocks = unit.office.plan, about.asked.scope.blocks
    tallies = {group.key: group.tally for group in report.cuts[Cut.BLOCK]}
    positions, people = await unit.people.positions(), await unit.people.everybody()
    shown = [each for each in (*plan.blocks, *plan.retired.blocks) if blocks is None or each.key in blocks]
    measures = Counter(risk.block for risk, _ in planned)
    loads = [
        _load(
            block.key,
            tallies.get(block.key, Tally()),
            measures[block.key],
            about,
            head=plan.role(block.head).title,
            names=_names(block, positions, people),
        )
        for block in shown
    ]
    nobodys = _load(None, tallies.get(None, Tally()), measures[None], about)
    living = {block.key for block in plan.blocks}
    return [each for each in (*loads, nobodys) if each.block in living or not each.is_nothing]


def _whole(about: Opened, report: Report, planned: _Planned) -> Load:
    return _load(None, report.total, len(planned), about)


def _load(
    block: BlockKey | None,
    tally: Tally,
    measures: int,
    about: Opened,
    *,
    head: str | None = None,
    names: tuple[str | None, ...] = (),
) -> Load:
    minimum = about.office.plan.reports.rating_minimum
    median = rate(tally.median_days, sum(tally.days.values()), minimum)
    return Load(block=block, tally=tally, measures=measures, median_days=median, head=head, names=names)


async def _by_position(unit: Unit, planned: _Planned) -> Sequence[tuple[str, int]]:
    counts = Counter(measure.position for _, measure in planned)
    seats = in_order(await unit.people.positions(), unit.office.plan)
    return [(seat.title(unit.office.plan), counts[seat.id]) for seat in seats if counts[seat.id]]


def _names(block: Block, positions: Sequence[Position], people: Mapping[PersonId, Person]) -> tuple[str | None, ...]:
    """Official names of those who hold the position that heads the block; None for whoever has given none."""
    holders = [each.holder for each in positions if each.role == block.head and each.holder is not None]
    return tuple(people[holder].official_name for holder in holders)
