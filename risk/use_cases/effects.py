"""What a finished record leads to: a finding, a measure, an answer, a look, a decision; all within its commit."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from risk.closure import is_quiet, watch
from risk.errors import AnswerMissing, AnswerOwed, MoveNotPossible, UnknownChoice
from risk.events import EventKind
from risk.link_watch import seen
from risk.moves import CORRECTABLE, Move, possible
from risk.notices import AnswerSentBack, UnknownAnswered, UnknownAsked
from risk.offices import PublicationKind
from risk.people import Member
from risk.ports import Unit, UnitOfWork
from risk.reach import reach_facts, read_reach
from risk.records import OF_OWED, Record, RecordField, RecordKind
from risk.risks import OPEN_STATES, Risk, RiskState, answer_deadline, verification_deadline
from risk.sources import read_link, spoken
from risk.use_cases.answers import correct, correction_in, returned, send_correction_back
from risk.use_cases.doing import Doing
from risk.use_cases.holding import accept_owed, postpone_owed, return_from_block
from risk.use_cases.proposing import propose_closure, propose_return
from risk.use_cases.rounds import InHand, keep
from risk.workings import (
    Answer,
    Check,
    Ending,
    EndingKind,
    Finding,
    Interim,
    Measure,
    Outcome,
    Publication,
    Reaction,
    Recurrence,
    Spread,
    Unknown,
    Waiver,
    Working,
)

OUTCOMES: Final[Mapping[RecordKind, Outcome]] = MappingProxyType(
    {
        RecordKind.CONFIRMED: Outcome.CONFIRMED,
        RecordKind.PARTLY: Outcome.PARTLY,
        RecordKind.REFUTED: Outcome.REFUTED,
        RecordKind.UNCLEAR: Outcome.UNCLEAR,
    }
)
_MOVES: Final[Mapping[RecordKind, Move]] = MappingProxyType(
    {
        RecordKind.CONFIRMED: Move.FIND,
        RecordKind.PARTLY: Move.FIND,
        RecordKind.REFUTED: Move.FIND,
        RecordKind.UNCLEAR: Move.LEAVE_UNCLEAR,
        RecordKind.REMARK: Move.SEND_BACK,
        RecordKind.WAIVE: Move.WAIVE,
        RecordKind.DISMISS: Move.DISMISS,
        RecordKind.OVERRIDE: Move.OVERRIDE,
        RecordKind.RETURN: Move.RETURN,
        RecordKind.REOPEN: Move.REOPEN,
    }
)
"""Records that move the risk; the others are possible in the states below."""

_STATES: Final[Mapping[RecordKind, frozenset[RiskState]]] = MappingProxyType(
    {
        **dict.fromkeys(RecordKind, OPEN_STATES),
        **dict.fromkeys(OF_OWED, frozenset(RiskState)),
        RecordKind.UNKNOWN: OPEN_STATES - {RiskState.FILED},
        RecordKind.ANSWER: frozenset({RiskState.ANSWERING}),
        RecordKind.INTERIM: OPEN_STATES - {RiskState.FILED, RiskState.WATCHED},
        RecordKind.CORRECTION: CORRECTABLE,
        RecordKind.LINK: frozenset({RiskState.ANSWERING, RiskState.APPROVED, RiskState.WATCHED}),
        RecordKind.CHECK: frozenset({RiskState.WATCHED}),
    }
)


def require_possible(unit: Unit, hand: InHand, kind: RecordKind, item: int) -> None:
    """Raises what keeps such a record from being made now."""
    if not _is_time_for(hand, kind):
        raise MoveNotPossible(hand.risk.state)
    if kind is RecordKind.WAIVE and not unit.office.plan.level(hand.risk.level).may_go_unanswered:
        raise AnswerOwed
    if kind is RecordKind.UNKNOWN_ANSWER and not _is_open_unknown(hand.working, item):
        raise UnknownChoice
    if kind is RecordKind.CORRECTION and (hand.working.answer is None or not hand.working.answer.is_published):
        raise AnswerMissing


def _is_time_for(hand: InHand, kind: RecordKind) -> bool:
    """One correction at a time: what somebody is asked to approve is not changed under their hands."""
    state, step, correction = hand.risk.state, _MOVES.get(kind), correction_in(hand)
    waits = correction is not None and correction.remark is None
    if kind is RecordKind.REMARK and waits:
        return True
    if kind is RecordKind.CORRECTION and waits:
        return False
    return state in _STATES[kind] if step is None else step in possible(state)


def skipped_fields(hand: InHand, kind: RecordKind) -> tuple[RecordField, ...]:
    """Whether links are in their place is asked only where there are any."""
    return (RecordField.IN_PLACE,) if kind is RecordKind.CHECK and not hand.working.publications else ()


async def put_on_record(unit: UnitOfWork, member: Member, hand: InHand, record: Record, now: datetime) -> None:
    """Do what the record says, all fields being filled. The caller commits."""
    require_possible(unit, hand, record.kind, record.item)
    await _EFFECTS[record.kind](Doing(unit=unit, member=member, hand=hand, record=record, now=now))


async def _find(doing: Doing) -> None:
    outcome = OUTCOMES[doing.record.kind]
    finding = Finding(outcome=outcome, grounds=doing.said(RecordField.GROUNDS), by=doing.by, at=doing.now)
    working = replace(doing.working, findings=(*doing.working.findings, finding))
    if outcome is Outcome.UNCLEAR:
        asked = _unknown(doing)
        await doing.move(
            replace(working, unknowns=(*working.unknowns, asked)),
            Move.LEAVE_UNCLEAR,
            EventKind.FOUND,
            outcome=outcome.value,
            text=finding.grounds,
        )
        await _ask(doing, asked, len(working.unknowns))
        return
    begun = doing.working.begun_at or doing.risk.filed_at
    due = doing.risk.answer_by or answer_deadline(begun, doing.risk.level, doing.unit.office.plan).due_at
    risk = replace(doing.risk, answer_by=due)
    await doing.move(working, Move.FIND, EventKind.FOUND, risk=risk, outcome=outcome.value, text=finding.grounds)


async def _add_unknown(doing: Doing) -> None:
    asked = _unknown(doing)
    working = replace(doing.working, unknowns=(*doing.working.unknowns, asked))
    await doing.keep(working, EventKind.UNKNOWN_ASKED, text=asked.question)
    await _ask(doing, asked, len(doing.working.unknowns))


def _unknown(doing: Doing) -> Unknown:
    question = doing.said(RecordField.QUESTION)
    return Unknown(question=question, asked=doing.whom, until=doing.until, asked_by=doing.by)


async def _ask(doing: Doing, asked: Unknown, place: int) -> None:
    await doing.tell(asked.asked, UnknownAsked(risk=doing.risk.id, round=doing.risk.round, unknown=place))


async def _settle_unknown(doing: Doing) -> None:
    settled = replace(
        doing.working.unknowns[doing.record.item],
        answer=doing.said(RecordField.ANSWER),
        answered_by=doing.by,
        answered_at=doing.now,
    )
    working = doing.working.with_unknown(doing.record.item, settled)
    await doing.keep(working, EventKind.UNKNOWN_SETTLED, text=settled.answer or "")
    if settled.asked_by is not None:
        answered = UnknownAnswered(risk=doing.risk.id, round=doing.risk.round, unknown=doing.record.item)
        await doing.tell(settled.asked_by, answered)
    await _propose_closure(doing, working)


async def _add_measure(doing: Doing) -> None:
    taken = doing.record.kind is RecordKind.MEASURE_TAKEN
    today = doing.unit.office.plan.calendar.local(doing.now).date()
    measure = Measure(
        what=doing.said(RecordField.MEASURE),
        position=doing.whom,
        until=today if taken else doing.until,
        taken_at=doing.now if taken else None,
        taken_by=doing.by if taken else None,
    )
    working = replace(doing.working, measures=(*doing.working.measures, measure))
    kind = EventKind.MEASURE_TAKEN if taken else EventKind.MEASURE_PLANNED
    await doing.keep(working, kind, text=measure.what)
    await _propose_closure(doing, working)


async def _publish_interim(doing: Doing) -> None:
    interim = Interim(
        text=doing.said(RecordField.TEXT),
        platforms=doing.said(RecordField.PLATFORMS),
        promised_until=doing.until,
        published_by=doing.by,
        published_at=doing.now,
    )
    working = replace(doing.working, interims=(*doing.working.interims, interim))
    await doing.keep(working, EventKind.INTERIM_PUBLISHED, text=interim.text)


async def _draft_answer(doing: Doing) -> None:
    await doing.keep(replace(doing.working, answer=_answer(doing)), EventKind.ANSWER_DRAFTED)


def _answer(doing: Doing) -> Answer:
    return Answer(
        text=doing.said(RecordField.TEXT),
        platforms=doing.said(RecordField.PLATFORMS),
        drafted_by=doing.by,
        drafted_at=doing.now,
    )


async def _correct_answer(doing: Doing) -> None:
    """A change under a published answer is deliberate: it was asked twice, and the earlier version stays."""
    await correct(doing.unit, doing.member, doing.hand, _answer(doing), doing.now)


async def _send_back(doing: Doing) -> None:
    remark, correction = doing.said(RecordField.REMARK), correction_in(doing.hand)
    answer = correction or doing.working.answer
    assert answer is not None
    if correction is not None:
        await send_correction_back(doing.unit, doing.member, doing.hand, correction, remark, doing.now)
    else:
        mended = replace(doing.working, answer=returned(answer, remark))
        await doing.move(mended, Move.SEND_BACK, EventKind.SENT_BACK, text=remark)
    await doing.tell(answer.drafted_by, AnswerSentBack(risk=doing.risk.id))


async def _add_link(doing: Doing) -> None:
    link = doing.said(RecordField.LINK)
    page = doing.unit.office.plan.page_of(link)
    kind = PublicationKind(doing.said(RecordField.LINK_KIND)) if page is None else page.kind
    publication = Publication(link=link, kind=kind, added_by=doing.by, added_at=doing.now)
    working = doing.working.with_publication(publication)
    await doing.keep(working, EventKind.LINK_ADDED, text=link)
    await _propose_closure(doing, working)


async def _waive(doing: Doing) -> None:
    waiver = Waiver(reason=doing.said(RecordField.REASON), by=doing.by, at=doing.now)
    waived = replace(doing.working, waiver=waiver)
    watched = await doing.move(waived, Move.WAIVE, EventKind.WAIVED, text=waiver.reason)
    await propose_closure(doing.unit, doing.member, watched, doing.now)


async def _dismiss(doing: Doing) -> None:
    await _end(doing, EndingKind.NOT_A_RISK, Move.DISMISS, EventKind.DISMISSED)


async def _override(doing: Doing) -> None:
    await _end(doing, EndingKind.OVERRIDE, Move.OVERRIDE, EventKind.OVERRIDDEN)


async def _end(doing: Doing, kind: EndingKind, step: Move, event: EventKind) -> None:
    reason = doing.said(RecordField.REASON)
    ending = Ending(kind=kind, at=doing.now, by=doing.by, reason=reason)
    await doing.move(replace(doing.working, ending=ending), step, event, text=reason)


async def _return(doing: Doing) -> None:
    """The topic spreads again: its cause, a forecast, and the answer is to be corrected (Порядок, заключение)."""
    cause, forecast = doing.said(RecordField.CAUSE), doing.said(RecordField.FORECAST)
    recurrence = Recurrence(cause=cause, forecast=forecast, by=doing.by, at=doing.now)
    due = answer_deadline(doing.now, doing.risk.level, doing.unit.office.plan).due_at
    await _begin_anew(
        doing, doing.working.next_round(recurrence, begun_at=doing.now), Move.RETURN, EventKind.RETURNED,
        risk=replace(doing.risk, answer_by=due), text=cause,
    )  # fmt: skip


async def _reopen(doing: Doing) -> None:
    """It was closed by decision, and is worked from the beginning."""
    plan = doing.unit.office.plan
    fresh = replace(
        doing.risk, answer_by=None, verify_by=verification_deadline(doing.now, doing.risk.level, plan).due_at
    )
    reason = doing.said(RecordField.REASON)
    following = doing.working.next_round(None, begun_at=doing.now)
    await _begin_anew(doing, following, Move.REOPEN, EventKind.REOPENED, risk=fresh, text=reason)


async def _begin_anew(doing: Doing, following: Working, step: Move, kind: EventKind, *, risk: Risk, text: str) -> None:
    """The round that is over says so; it stays readable."""
    if doing.working.ending is None:
        over = Ending(kind=EndingKind.RETURNED, at=doing.now, by=doing.by)
        await doing.unit.workings.save(replace(doing.working, ending=over), probe_at=None)
    await doing.move(following, step, kind, risk=risk, text=text)


async def _check(doing: Doing) -> None:
    watched = watch(doing.risk, doing.working, doing.unit.office.plan)
    assert watched is not None
    in_place = doing.record.filled.get(RecordField.IN_PLACE)
    check = Check(
        at=doing.now,
        by=doing.by,
        reaction=Reaction(doing.said(RecordField.REACTION)),
        spread=Spread(doing.said(RecordField.SPREAD)),
        in_place=None if in_place is None else in_place == "yes",
        reach=read_reach(doing.said(RecordField.REACH)),
        counts=watched.next_at is not None and watched.next_at <= doing.now,
    )
    working = _with_links_seen(replace(doing.working, checks=(*doing.working.checks, check)), check)
    told = {"reaction": check.reaction.value, "spread": check.spread.value} | reach_facts(check.reach)
    hand = InHand(risk=doing.risk, working=working)
    await keep(doing.unit, doing.member, hand, EventKind.CHECKED, doing.now, **told)
    if is_quiet(check, doing.unit.office.plan.quiet_rule) and check.in_place is not False:
        await _propose_closure(doing, working)
    else:
        await propose_return(doing.unit, doing.member, doing.hand, doing.now)


def _with_links_seen(working: Working, check: Check) -> Working:
    """A person's «на месте» counts for links that no machine can open."""
    if check.in_place is None:
        return working
    if check.in_place:
        looked_at = [seen(each, check.by, check.at) for each in working.publications]
    else:
        looked_at = [replace(each, missing_since=each.missing_since or check.at) for each in working.publications]
    return replace(working, publications=tuple(looked_at))


async def _note(doing: Doing) -> None:
    await doing.keep(doing.working, EventKind.NOTED, text=doing.said(RecordField.NOTE))


async def _set_gist(doing: Doing) -> None:
    gist = doing.said(RecordField.GIST)
    await doing.keep(doing.working, EventKind.GIST_SET, risk=replace(doing.risk, gist=gist), text=gist)


async def _add_source(doing: Doing) -> None:
    said = doing.said(RecordField.SOURCE)
    source = read_link(said) or spoken(said)
    if source is None or source in doing.risk.sources:
        raise UnknownChoice
    risk = replace(doing.risk, sources=(*doing.risk.sources, source))
    await doing.keep(doing.working, EventKind.SOURCE_ADDED, risk=risk, text=said)


async def _propose_closure(doing: Doing, working: Working) -> None:
    await propose_closure(doing.unit, doing.member, replace(doing.hand, working=working), doing.now)


def _is_open_unknown(working: Working, place: int) -> bool:
    return 0 <= place < len(working.unknowns) and not working.unknowns[place].is_settled


_EFFECTS: Final[Mapping[RecordKind, Callable[[Doing], Awaitable[None]]]] = MappingProxyType(
    {
        **dict.fromkeys(OUTCOMES, _find),
        RecordKind.UNKNOWN: _add_unknown,
        RecordKind.UNKNOWN_ANSWER: _settle_unknown,
        RecordKind.MEASURE_TAKEN: _add_measure,
        RecordKind.MEASURE_PLANNED: _add_measure,
        RecordKind.INTERIM: _publish_interim,
        RecordKind.ANSWER: _draft_answer,
        RecordKind.CORRECTION: _correct_answer,
        RecordKind.LINK: _add_link,
        RecordKind.REMARK: _send_back,
        RecordKind.WAIVE: _waive,
        RecordKind.DISMISS: _dismiss,
        RecordKind.OVERRIDE: _override,
        RecordKind.RETURN: _return,
        RecordKind.REOPEN: _reopen,
        RecordKind.CHECK: _check,
        RecordKind.NOTE: _note,
        RecordKind.GIST: _set_gist,
        RecordKind.SOURCE: _add_source,
        RecordKind.ACCEPT: accept_owed,
        RecordKind.POSTPONE: postpone_owed,
        RecordKind.NOT_OURS: return_from_block,
    }
)
