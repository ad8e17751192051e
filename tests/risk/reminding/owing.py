"""Something owed, made up: for the tests of ladders, chains and nudges that need no database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from risk.deadlines import ClockKind, Term
from risk.ids import BlockKey, LevelKey, ObligationId, PositionId
from risk.obligations import Hold, HoldKind, Matter, Obligation, ObligationKey, ObligationKind, Owed
from risk.offices import Ladder, Lead, LeadUnit
from tests.risk.calendars import moments

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def working(hours: int) -> Term:
    return Term(amount=hours * HOUR, clock=ClockKind.WORKING)


def by_clock(hours: int) -> Term:
    return Term(amount=hours * HOUR, clock=ClockKind.CLOCK)


def obligation(due_at: datetime, kind: ObligationKind = ObligationKind.ANSWER, **known: Any) -> Obligation:
    key = ObligationKey(matter=Matter.RISK, matter_id=known.pop("matter_id", 7), round=1, kind=kind)
    return Obligation(**{"key": key, "due_at": due_at, "counted_from": due_at, **known})


def owed(of: Obligation, since: datetime, **known: Any) -> Owed:
    before = since - timedelta(microseconds=1)
    return Owed(**{"id": ObligationId(1), "obligation": of, "since": since, "climbed_to": before, **known})


def hold(day: date, kind: HoldKind = HoldKind.ACCEPTED) -> Hold:
    return Hold(kind=kind, day=day, by=PositionId(5), at=datetime(2026, 1, 1, tzinfo=UTC))


def obliged(block: str | None = None, level: str | None = None, **known: Any) -> Obligation:
    """Whose it is matters, its moment does not."""
    due_at = known.pop("due_at", datetime.fromisoformat("2026-11-20T14:00:00+03:00"))
    made = obligation(due_at, known.pop("kind", ObligationKind.ANSWER), **known)
    return replace(
        made,
        block=None if block is None else BlockKey(block),
        level=None if level is None else LevelKey(level),
    )


terms: st.SearchStrategy[Term] = st.builds(
    lambda hours, clock: Term(amount=hours * HOUR, clock=clock), st.integers(1, 40), st.sampled_from(ClockKind)
)
_leads = st.none() | st.builds(
    lambda amount, unit: Lead(amount=amount, unit=unit), st.integers(1, 4), st.sampled_from(LeadUnit)
)


@st.composite
def ladders(draw: DrawFn) -> Ladder:
    return Ladder(lead=draw(_leads), up_after=_growing(draw(st.lists(terms, max_size=3))), urgent=draw(st.booleans()))


def _growing(found: Sequence[Term]) -> tuple[Term, ...]:
    """As presets are: by one clock, each longer than the one before."""
    clock = found[0].clock if found else ClockKind.WORKING
    return tuple(Term(amount=amount, clock=clock) for amount in sorted({each.amount for each in found}))


@st.composite
def owings(draw: DrawFn) -> Owed:
    """Due up to twelve days after it came up, sometimes on hold."""
    since = draw(moments)
    due_at = since + timedelta(minutes=draw(st.integers(1, 12 * 24 * 60)))
    kind = draw(st.sampled_from(ObligationKind))
    made = owed(obligation(due_at, kind, term=draw(st.none() | terms), counted_from=since), since)
    if not draw(st.booleans()):
        return made
    day = since.date() + draw(st.integers(1, 10)) * DAY
    return replace(made, hold=hold(day, draw(st.sampled_from(HoldKind))))
