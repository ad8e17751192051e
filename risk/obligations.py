"""What is owed and until when: verification, an answer, a look at the reaction, a circumstance, a measure, a promise.

An obligation is worked out of what it is about and is never decided by hand, so it cannot disagree with its card. Its
kind is a value: whatever reminds of it (`ladders`, `nudges`) asks no kind by name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from risk.appeals import AppealSource
from risk.calendar import WorkingCalendar, end_of
from risk.closure import watch
from risk.dates import Days
from risk.deadlines import Term
from risk.ids import BlockKey, LevelKey, ObligationId, PositionId
from risk.offices import OfficePlan
from risk.powers import Power
from risk.risks import AWAITING_VERIFICATION, Risk, RiskState
from risk.workings import Working


class Matter(StrEnum):
    """What an obligation may be about."""

    RISK = "risk"
    APPEAL = "appeal"


class ObligationKind(StrEnum):
    VERIFICATION = "verification"
    ANSWER = "answer"
    APPROVAL = "approval"
    INTERIM = "interim"
    """The answer that an interim one has promised."""
    CHECK = "check"
    UNKNOWN = "unknown"
    MEASURE = "measure"
    FIRST_ANSWER = "first_answer"
    """The first clock of ИМ: an answer, were it an interim one."""
    APPEAL_ANSWER = "appeal_answer"
    APPEAL_APPROVAL = "appeal_approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Nature:
    """What reminding must know of a kind.

    `appointment`: it cannot be done before its time, so nobody is reminded of it before. `announced`: whoever answers
    hears of it at once where the level is urgent. `asked_of`: holders of this power owe it, not the block.
    """

    appointment: bool = False
    announced: bool = False
    asked_of: Power | None = None


NATURES: Final[Mapping[ObligationKind, Nature]] = MappingProxyType(
    {
        ObligationKind.VERIFICATION: Nature(announced=True),
        ObligationKind.ANSWER: Nature(),
        ObligationKind.APPROVAL: Nature(asked_of=Power.APPROVE),
        ObligationKind.INTERIM: Nature(),
        ObligationKind.CHECK: Nature(appointment=True),
        ObligationKind.UNKNOWN: Nature(),
        ObligationKind.MEASURE: Nature(),
        ObligationKind.FIRST_ANSWER: Nature(),
        ObligationKind.APPEAL_ANSWER: Nature(),
        ObligationKind.APPEAL_APPROVAL: Nature(asked_of=Power.APPROVE),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationKey:
    """Which one it is. `place` tells those of one kind apart: the number of a look, of an unknown, of a measure."""

    matter: Matter
    matter_id: int
    round: int
    kind: ObligationKind
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """What is owed. `position` is who owes it by name; without one it is the head of the block, then who is above.

    The deadline is `term` counted from `counted_from`; where there is none, a day that somebody named. `known_from` is
    whose exports alone tell that it is still owed.
    """

    key: ObligationKey
    due_at: datetime
    counted_from: datetime
    term: Term | None = None
    position: PositionId | None = None
    block: BlockKey | None = None
    level: LevelKey | None = None
    known_from: AppealSource | None = None

    @property
    def nature(self) -> Nature:
        return NATURES[self.key.kind]


class HoldKind(StrEnum):
    ACCEPTED = "accepted"
    """«Принято в работу», to a day that the person named."""
    POSTPONED = "postponed"
    """«Напомнить позже», with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Until `day` is over, or has come when it was put off, nobody is reminded; never for ever (`LONGEST_HOLD`)."""

    kind: HoldKind
    day: date
    by: PositionId
    at: datetime
    reason: str | None = None

    def ends_at(self, calendar: WorkingCalendar) -> datetime:
        """The midnight after an accepted day, or the midnight that a put-off day begins with."""
        following = self.day + timedelta(days=1) if self.kind is HoldKind.ACCEPTED else self.day
        return calendar.moment_at(following, time.min)


LONGEST_HOLD: Final = timedelta(days=30)


def days_to_hold(kind: HoldKind, today: date) -> Days:
    """A reminder is put off, were it for a day, never for long; work may be taken up for today."""
    return Days(first=today if kind is HoldKind.ACCEPTED else today + timedelta(days=1), last=today + LONGEST_HOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """An obligation as it is kept. Its ladder begins at `since` and has been climbed as far as `climbed_to`."""

    id: ObligationId
    obligation: Obligation
    since: datetime
    climbed_to: datetime
    hold: Hold | None = None


def obligations_of(risk: Risk, working: Working, plan: OfficePlan) -> tuple[Obligation, ...]:
    """Everything that is owed about the risk in the round that it is in."""
    reader = _Reader(risk=risk, working=working, plan=plan)
    if risk.is_open:
        return (*reader.of_state(), *reader.unknowns(), *reader.measures())
    # What was planned when the matter came to rest is still to be done; a risk that was none has no measures to take.
    return tuple(reader.measures()) if risk.state in _MEASURES_OUTLIVE else ()


_MEASURES_OUTLIVE: Final = frozenset({RiskState.WORKED_OFF, RiskState.OVERRIDDEN})
_PREPARED: Final = frozenset({RiskState.ANSWERING, RiskState.APPROVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    risk: Risk
    working: Working
    plan: OfficePlan

    def of_state(self) -> Iterator[Obligation]:
        """What the state awaits, and the promise of an interim answer until the answer stands."""
        risk, level = self.risk, self.plan.level(self.risk.level)
        begun = self.working.begun_at or risk.filed_at
        if risk.state in AWAITING_VERIFICATION:
            taken = self.working.verifier if risk.state is not RiskState.FILED else None
            yield self._owed(
                ObligationKind.VERIFICATION, risk.verify_by, since=begun, term=level.verify_within, position=taken
            )
        elif risk.answer_by is not None and risk.state is not RiskState.WATCHED:
            kind = ObligationKind.ANSWER if risk.state in _PREPARED else ObligationKind.APPROVAL
            yield self._owed(kind, risk.answer_by, since=begun, term=level.answer_within)
        if risk.state is RiskState.WATCHED:
            yield from self._check()
        elif self.working.interims:
            interim = self.working.interims[-1]
            yield self._by_day(
                ObligationKind.INTERIM, interim.promised_until, since=interim.published_at, place=self._last_interim
            )

    @property
    def _last_interim(self) -> int:
        return len(self.working.interims) - 1

    def _check(self) -> Iterator[Obligation]:
        watched = watch(self.risk, self.working, self.plan)
        look = None if watched is None else watched.next_look
        if look is not None:
            yield self._owed(
                ObligationKind.CHECK,
                look.due_at,
                since=look.spans[0].begins,
                term=look.term,
                position=self.working.watcher,
                place=len(self.working.checks),
            )

    def unknowns(self) -> Iterator[Obligation]:
        for place, unknown in enumerate(self.working.unknowns):
            if not unknown.is_settled:
                yield self._by_day(ObligationKind.UNKNOWN, unknown.until, position=unknown.asked, place=place)

    def measures(self) -> Iterator[Obligation]:
        for place, measure in enumerate(self.working.measures):
            if not measure.is_taken:
                yield self._by_day(ObligationKind.MEASURE, measure.until, position=measure.position, place=place)

    def _by_day(
        self,
        kind: ObligationKind,
        day: date,
        *,
        since: datetime | None = None,
        position: PositionId | None = None,
        place: int = 0,
    ) -> Obligation:
        begun = since or self.working.begun_at or self.risk.filed_at
        return self._owed(kind, end_of(day, self.plan.calendar), since=begun, position=position, place=place)

    def _owed(
        self,
        kind: ObligationKind,
        due_at: datetime,
        *,
        since: datetime,
        term: Term | None = None,
        position: PositionId | None = None,
        place: int = 0,
    ) -> Obligation:
        risk = self.risk
        key = ObligationKey(matter=Matter.RISK, matter_id=risk.id, round=risk.round, kind=kind, place=place)
        return Obligation(
            key=key,
            due_at=due_at.astimezone(UTC),
            counted_from=since,
            term=term,
            position=position,
            block=risk.block,
            level=risk.level,
        )
