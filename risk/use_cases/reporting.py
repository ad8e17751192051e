"""Reading the one report, and whose figures somebody may read: the office's, or those of their own blocks."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from risk.coverage import coverage_of
from risk.errors import NotPermitted
from risk.figures import WHOLE_OFFICE, Asked, Cut, GroupKey, Scope, Tally
from risk.ids import BlockKey, RoleKey
from risk.offices import OfficePlan
from risk.people import Member
from risk.ports import Unit
from risk.powers import POWER_FOR, Action
from risk.reports import Group, Report
from risk.risk_figures import RiskStory, is_in, risks_tallies, risks_tally


async def report_of(
    unit: Unit,
    asked: Asked,
    *,
    cuts: Collection[Cut] = (),
    stories: Sequence[RiskStory] | None = None,
    now: datetime,
) -> Report:
    """Figures of appeals and risks, with those of the period before, each cut as well.

    `stories` are the risks, where they were read already.
    """
    earlier = before(asked)
    total, groups = await counted(unit, asked, await stories_of(unit, asked) if stories is None else stories, cuts)
    coverage = coverage_of(await unit.imports.loaded(), asked, earlier)
    total_before, groups_before = await counted(unit, earlier, await stories_of(unit, earlier), cuts)
    return Report(
        office=unit.office,
        asked=asked,
        total=total,
        compared=earlier.period,
        before=total_before,
        freshest=await unit.imports.freshest(),
        made_at=now,
        cuts={cut: _groups(groups[cut], groups_before[cut], compares=coverage.compares) for cut in cuts},
        coverage=coverage,
    )


def before(asked: Asked) -> Asked:
    """The same of the period that it is compared with, as it stood at its end; while it goes on, of as many days."""
    period = asked.period.until(asked.stands_on).compared_with()
    return replace(asked, period=period, stands_at=period.ends_at(asked.calendar))


async def tally_of(unit: Unit, asked: Asked) -> Tally:
    """Appeals and risks in one."""
    return await _tally(unit, asked, await stories_of(unit, asked))


async def counted(
    unit: Unit, asked: Asked, stories: Sequence[RiskStory], cuts: Collection[Cut]
) -> tuple[Tally, Mapping[Cut, Mapping[GroupKey, Tally]]]:
    """The whole and its cuts, of risks that were read once."""
    return await _tally(unit, asked, stories), {cut: await _tallies(unit, asked, cut, stories) for cut in cuts}


async def stories_of(unit: Unit, asked: Asked) -> Sequence[RiskStory]:
    """Of the risks that any figure of the period may count."""
    if not asked.scope.has_risks:
        return ()
    until = max(asked.ends, asked.stands_at)
    known = [risk for risk in await unit.risks.known_between(asked.begins, until) if is_in(risk, asked.scope)]
    rounds = await unit.workings.all_of_those([risk.id for risk in known])
    return [RiskStory(risk=risk, rounds=rounds[risk.id]) for risk in known]


def scope_for(member: Member, plan: OfficePlan, wanted: Scope = WHOLE_OFFICE) -> Scope:
    """What of it the member may read: all of it, or what is of the blocks that they head or own.

    Raises NotPermitted when that is nothing; what no block has is of none of theirs.
    """
    power = POWER_FOR[Action.READ_REPORT_OF_OFFICE]
    if power in member.powers:
        return wanted
    own = frozenset[BlockKey]() if wanted.lacks is Cut.BLOCK else blocks_of(member, plan)
    blocks = own if wanted.blocks is None else own & wanted.blocks
    if not blocks:
        raise NotPermitted(power)
    return replace(wanted, blocks=blocks)


def blocks_of(member: Member, plan: OfficePlan) -> frozenset[BlockKey]:
    """Blocks that one of their positions heads or owns."""
    return blocks_of_roles({position.role for position in member.positions}, plan)


def blocks_of_roles(roles: AbstractSet[RoleKey], plan: OfficePlan) -> frozenset[BlockKey]:
    return frozenset(block.key for block in plan.blocks if {block.head, block.owner} & roles)


async def _tally(unit: Unit, asked: Asked, stories: Sequence[RiskStory]) -> Tally:
    appeals = await unit.reports.tally(asked)
    risks = risks_tally(stories, asked, unit.office.plan)
    return Tally(figures={**appeals.figures, **risks.figures}, days=appeals.days)


async def _tallies(unit: Unit, asked: Asked, cut: Cut, stories: Sequence[RiskStory]) -> Mapping[GroupKey, Tally]:
    appeals = await unit.reports.tallies(asked, cut)
    risks = risks_tallies(stories, asked, cut, unit.office.plan)
    return {
        key: Tally(
            figures={**_of(appeals, key).figures, **_of(risks, key).figures},
            days=_of(appeals, key).days,
        )
        for key in {**appeals, **risks}
    }


def _groups(now: Mapping[GroupKey, Tally], then: Mapping[GroupKey, Tally], *, compares: bool) -> Sequence[Group]:
    keys = {**now, **then} if compares else now
    return [Group(key=key, tally=_of(now, key), before=_of(then, key) if compares else None) for key in keys]


def _of(tallies: Mapping[GroupKey, Tally], key: GroupKey) -> Tally:
    return tallies.get(key, Tally())
