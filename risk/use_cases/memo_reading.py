"""Gathering a memo: the one report, the risks that it counts with what was done about them, who is to sign."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from risk.events import EventKind
from risk.figures import WHOLE_OFFICE, Asked, Cut, Scope
from risk.first_answers import NO_TIMES, FirstAnswerTimes
from risk.ids import PersonId, RiskId, RoleKey
from risk.memo_periods import MemoPeriods, memo_periods
from risk.memo_work import causes_told, measures_planned, measures_taken, risks_told, round_of
from risk.memos import MOST_AREAS, Memo, Signer, grown_topics, top_topics
from risk.offices import OfficePlan
from risk.papers import Paper
from risk.people import Actor, Position, in_order
from risk.ports import OpenView, Unit
from risk.powers import Action
from risk.problem_areas import areas_of
from risk.reports import asked_in
from risk.risk_figures import RiskStory
from risk.use_cases.area_reading import explained
from risk.use_cases.permission import permitted
from risk.use_cases.reporting import before, report_of, scope_for, stories_of

CUTS: Final = (Cut.CHANNEL, Cut.BLOCK, Cut.TOPIC)


async def offered_memos(*, actor: Actor, view: OpenView, now: datetime) -> MemoPeriods:
    """Periods that the person may ask a memo of. Raises NotPermitted when they may read no figures."""
    async with view() as unit:
        member = await permitted(unit, actor, Action.READ_REPORT)
        scope_for(member, unit.office.plan)
        return memo_periods(unit.office.plan, now)


async def memo_of(unit: Unit, paper: Paper, now: datetime) -> Memo:
    """As everything is known now; a period that is going on, as far as it has come."""
    assert paper.period is not None
    plan = unit.office.plan
    come = paper.period.until(plan.calendar.local(now).date())
    asked = asked_in(plan, come, now=now, scope=paper.scope)
    stories = await stories_of(unit, asked)
    report = await report_of(unit, asked, cuts=CUTS, stories=stories, now=now)
    areas = areas_of(report.cuts[Cut.TOPIC])
    positions = await unit.people.positions()
    return Memo(
        period=paper.period,
        report=report,
        titles={each.id: each.title(plan) for each in positions},
        topics=top_topics(report.cuts[Cut.TOPIC], await unit.reports.crossed(asked, Cut.TOPIC, Cut.SUBTOPIC)),
        grown=grown_topics(report.cuts[Cut.TOPIC], await unit.reports.crossed(asked, Cut.TOPIC, Cut.TERRITORY)),
        risks=risks_told(stories, asked, plan),
        taken=measures_taken(stories, asked),
        planned=measures_planned(stories, asked, await _planned_at(unit, stories, asked.stands_at)),
        causes=causes_told(stories, asked),
        first=await unit.reports.first_answers(asked),
        first_before=await unit.reports.first_answers(before(asked)),
        times=await _times(unit, asked),
        times_before=await _times(unit, before(asked)),
        areas=await explained(unit, asked, areas.found[:MOST_AREAS]),
        areas_found=len(areas.found),
        areas_too_small=areas.too_small,
        signer=await _signer(unit, paper, in_order(positions, plan)),
    )


async def _times(unit: Unit, asked: Asked) -> FirstAnswerTimes:
    """Of the whole office alone: the sheet does not say of which block a message is."""
    return await unit.reports.first_answer_times(asked) if asked.scope == WHOLE_OFFICE else NO_TIMES


async def _planned_at(
    unit: Unit, stories: Sequence[RiskStory], moment: datetime
) -> Mapping[tuple[RiskId, str], datetime]:
    """When measures that were not taken by then were put on record; a measure itself does not say."""
    planning = [
        story.risk.id
        for story in stories
        for working in [round_of(story, moment)]
        if working is not None and any(each.taken_at is None or each.taken_at > moment for each in working.measures)
    ]
    return {
        (risk, event.facts["text"]): event.at
        for risk in planning
        for event in reversed(await unit.events.of_risk(risk))
        if event.kind is EventKind.MEASURE_PLANNED and "text" in event.facts
    }


async def _signer(unit: Unit, paper: Paper, positions: Sequence[Position]) -> Signer | None:
    """Of a paper of one block, its head; else whoever the office has named."""
    plan = unit.office.plan
    role = _signing(plan, paper.scope)
    if role is None:
        return None
    seats = [each for each in positions if each.role == role]
    seat = next((each for each in seats if _is_held_by(each, paper.asked_by)), None) or next(
        (each for each in seats if each.holder is not None), None
    )
    if seat is None or seat.holder is None:
        return Signer(position=plan.role(role).title, name=None)
    return Signer(position=seat.title(plan), name=(await unit.people.person(seat.holder)).official_name)


def _signing(plan: OfficePlan, scope: Scope) -> RoleKey | None:
    own = [plan.block(key) for key in scope.blocks or ()]
    heads = {block.head for block in own if block is not None}
    return heads.pop() if len(heads) == 1 else plan.reports.signed_by


def _is_held_by(seat: Position, person: PersonId | None) -> bool:
    return person is not None and seat.holder == person
