"""Counting a digest: everything that its snapshot holds, read in one view; when it is posted is `digesting`'s."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from risk.coverage import is_told_of
from risk.digest_rules import (
    MEAN_OF,
    by_day,
    covered,
    days_without,
    digest_due_at,
    topics_changed,
    topics_most,
    week_before,
)
from risk.digests import UNSTORED, Awaited, BlockFigures, Digest, DigestKind, Missed
from risk.figures import OF_MOMENT, OF_RISKS, Asked, Cut, Figure, GroupKey, Tally
from risk.freshness import awaited_sources
from risk.ids import BlockKey, RiskId
from risk.notices import Act, MessageSetAside, NoticeState, Told
from risk.nudges import NudgeState, Why
from risk.obligations import Matter
from risk.office_settings import Setting
from risk.papers import PaperFault, PaperState
from risk.periods import Period
from risk.ports import Unit
from risk.reports import asked_in
from risk.seats import wanted_seats
from risk.use_cases.reporting import counted, stories_of, tally_of
from risk.use_cases.settings import last_changed

AWAITED_KEPT: Final = 12
"""Of what waits; a page has room for as many."""
_STAGES: Final = (Figure.RISKS_TO_VERIFY, Figure.RISKS_TO_ANSWER, Figure.RISKS_WATCHED)
_REACHED_NOBODY: Final = frozenset({Why.NOBODY, Why.UNREACHABLE})
_SET_ASIDE: Final = "message_set_aside"
_LOST: Final = frozenset({NoticeState.PLANNED, NoticeState.MOOT, NoticeState.REFUSED})
"""Of an earlier day: what still waits to be sent then is sent no more."""
_DAY: Final = timedelta(days=1)


async def digest_of_day(unit: Unit, day: date, now: datetime) -> Digest:
    """As it would be posted now: figures of the moment are of now."""
    plan = unit.office.plan
    last, since = await _told_till(unit, day)
    period = covered(day, since, plan.calendar)
    asked = replace(asked_in(plan, period, now=now), stands_at=now)
    stories = await stories_of(unit, asked)
    total, cut = await counted(unit, asked, stories, (Cut.BLOCK,) if plan.blocks else ())
    freshest, due_at = await unit.imports.freshest(), digest_due_at(plan, day)
    digest = Digest(
        id=UNSTORED,
        day=day,
        period=period,
        as_of=now,
        due_at=due_at,
        hour_set_at=await last_changed(unit, {Setting.DIGEST_AT}, since=due_at),
        total=total,
        previous=None if last is None else last.total,
        previous_day=None if last is None else last.day,
        exported_before=frozenset() if last is None else frozenset(last.exports),
        by_block=_by_block(cut.get(Cut.BLOCK, {})),
        lateness_told=plan.reports.lateness_told,
        vacant=await _vacant(unit),
        missed=await _missed(unit, last, days_without(day, since, plan.calendar), begins=asked.begins),
        exports=freshest,
        expected=awaited_sources(freshest, plan, now) if plan.calendar.is_working_day(day) else (),
    )
    overdue = _overdue_by_stage(each.figures(asked, plan) for each in stories)
    return await _with_waiting(unit, replace(await _with_usual(unit, digest, asked), overdue=overdue))


def once_of(digest: Digest, times: int = 0) -> str:
    """Under which name its message is planned; `times`: how often it was sent again before."""
    return f"digest {digest.kind} {digest.day}" + (f" again {times}" if times else "")


def picture_once_of(digest: Digest) -> str:
    """Under which name its picture is planned."""
    return f"picture of digest {digest.id}"


async def sendings_of(unit: Unit, digest: Digest) -> Sequence[Told]:
    """What became of its message, and of each that was sent again."""
    sendings: list[Told] = []
    while (told := await unit.outbox.told_as(once_of(digest, len(sendings)))) is not None:
        sendings.append(told)
    return sendings


async def _told_till(unit: Unit, day: date) -> tuple[Digest | None, date | None]:
    """The newest one before that has, or may have, come to the chat, and the first day that it did not tell of.

    What nobody could read is folded into this one, were it the first that there ever was.
    """
    earlier, since = await unit.digests.last(DigestKind.DAILY, day), None
    while earlier is not None and not await _was_told(unit, earlier):
        since = earlier.period.first
        earlier = await unit.digests.last(DigestKind.DAILY, earlier.day)
    return earlier, since if earlier is None else earlier.day


async def _was_told(unit: Unit, digest: Digest) -> bool:
    """A message that is known no more was sent long ago."""
    sendings = await sendings_of(unit, digest)
    return not sendings or any(each.state not in _LOST for each in sendings)


async def _with_usual(unit: Unit, digest: Digest, asked: Asked) -> Digest:
    """What the week before says of it: means, topics that changed, how many came day by day.

    Nothing is usual of appeals in a week that some export tells of in part alone.
    """
    before = week_before(asked.period)
    week = replace(asked, period=before, stands_at=before.ends_at(asked.calendar))
    is_known = is_told_of(await unit.imports.loaded(), week)
    usual = await tally_of(unit, week)
    both = replace(asked, period=Period(first=before.first, last=asked.period.last))
    received = await unit.reports.received(both, Cut.TOPIC)
    known = received if is_known else {key: count for key, count in received.items() if key[1] in asked.period}
    return replace(
        digest,
        usual={
            figure: count / MEAN_OF
            for figure, count in usual.figures.items()
            if figure not in OF_MOMENT and (is_known or figure in OF_RISKS)
        },
        received=by_day(known),
        changed=topics_changed(received, asked.period, is_whole=not digest.expected) if is_known else (),
        topics=topics_most(received, asked.period),
    )


def _overdue_by_stage(counted_as: Iterable[AbstractSet[Figure]]) -> dict[Figure, int]:
    late = [figures for figures in counted_as if Figure.RISKS_OVERDUE in figures]
    return {stage: count for stage in _STAGES if (count := sum(stage in figures for figures in late))}


async def _with_waiting(unit: Unit, digest: Digest) -> Digest:
    """What waits today, or has waited too long."""
    day_ends = unit.office.plan.calendar.moment_at(digest.day + _DAY, time.min)
    owed = await unit.obligations.open_until(Matter.RISK, day_ends)
    kept = sorted((each.obligation for each in owed), key=lambda each: each.due_at)[:AWAITED_KEPT]
    risks = {risk.id: risk for risk in await unit.risks.those([RiskId(each.key.matter_id) for each in kept])}
    return replace(
        digest,
        awaited=tuple(
            Awaited(risk=risk.id, number=risk.number, gist=risk.gist, what=each.key.kind, due_at=each.due_at)
            for each in kept
            for risk in [risks[RiskId(each.key.matter_id)]]
        ),
        awaited_in_all=len(owed),
    )


def _by_block(tallies: Mapping[GroupKey, Tally]) -> tuple[BlockFigures, ...]:
    return tuple(
        BlockFigures(block=None if key is None else BlockKey(str(key)), tally=tally) for key, tally in tallies.items()
    )


async def _vacant(unit: Unit) -> tuple[str, ...]:
    """Not those of roles that grow by invitation: nobody waits for one more of them."""
    plan = unit.office.plan
    wanted = wanted_seats(await unit.people.positions(), plan)
    return tuple(seat.title(plan) for seat in wanted if not plan.role(seat.role).open_ended)


async def _missed(unit: Unit, last: Digest | None, days: tuple[date, ...], *, begins: datetime) -> Missed:
    """Since the last digest was counted; before the first one, since its period begins."""
    since = begins if last is None else last.as_of
    astray = await unit.outbox.astray_since(since)
    aside = await unit.outbox.planned_since(_SET_ASIDE, since)
    nudges = [each.nudge for each in await unit.nudges.entries_since(since)]
    return Missed(
        undelivered=sum(not isinstance(each, Act) for each in astray),
        unreminded=sum(each.why in _REACHED_NOBODY and each.state is not NudgeState.GIVEN for each in nudges),
        unread=len({each.reference for each in aside if isinstance(each, MessageSetAside)}),
        picture=last is not None and await _lacks_picture(unit, last),
        days_without=days,
    )


async def _lacks_picture(unit: Unit, last: Digest) -> bool:
    """What has not been sent by now never will be: it goes on its own day. A refusal is counted as undelivered."""
    picture = await unit.papers.named(picture_once_of(last))
    if picture is None or picture.state is PaperState.SENT:
        return False
    return picture.why is not PaperFault.REFUSED
