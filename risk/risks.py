"""The informational risk: its number, its state and what is known of it; how it is worked comes from use cases."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from risk.calendar import WorkingCalendar
from risk.deadlines import Deadline, deadline
from risk.ids import BlockKey, LevelKey, PositionId, RiskId, TerritoryKey
from risk.offices import OfficePlan
from risk.sources import Source

_NUMBER = re.compile(r"\s*(?:ИР[-\s]?)?(\d{1,6})(?:\s*/\s*(\d{2}|\d{4}))?\s*", re.IGNORECASE)


class RiskState(StrEnum):
    """Where a risk stands in its working."""

    FILED = "filed"
    VERIFYING = "verifying"
    UNCLEAR = "unclear"
    """Verified as far as could be: circumstances are still unknown."""
    ANSWERING = "answering"
    """Verified; the answer is being prepared."""
    APPROVING = "approving"
    APPROVED = "approved"
    WATCHED = "watched"
    """Answered, or left without a public answer by decision; residents' reaction is followed."""
    WORKED_OFF = "worked_off"
    OVERRIDDEN = "overridden"
    """Closed by somebody's decision, not by the criteria."""
    NOT_A_RISK = "not_a_risk"
    MERGED = "merged"


CLOSED_STATES: Final = frozenset({RiskState.WORKED_OFF, RiskState.OVERRIDDEN, RiskState.NOT_A_RISK, RiskState.MERGED})
OPEN_STATES: Final = frozenset(RiskState) - CLOSED_STATES

AWAITING_VERIFICATION: Final = frozenset({RiskState.FILED, RiskState.VERIFYING, RiskState.UNCLEAR})
AWAITING_ANSWER: Final = frozenset({RiskState.ANSWERING, RiskState.APPROVING, RiskState.APPROVED})


RETURNS_BEFORE_DECISION: Final = 2
"""After so many «Не относится к блоку» whoever decides gives the risk to a block, which cannot return it."""


class Stage(StrEnum):
    """What open risks wait for, as people narrow a list by it."""

    VERIFICATION = "verify"
    ANSWER = "answer"
    REACTION = "watch"
    OVERDUE = "late"
    """Past the inner deadline, whatever is awaited."""


STATES_OF_STAGE: Final[Mapping[Stage, frozenset[RiskState]]] = MappingProxyType(
    {
        Stage.VERIFICATION: AWAITING_VERIFICATION,
        Stage.ANSWER: AWAITING_ANSWER,
        Stage.REACTION: frozenset({RiskState.WATCHED}),
        Stage.OVERDUE: OPEN_STATES,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskNumber:
    """«ИР-12/26»: the twelfth risk that the office filed in 2026."""

    serial: int
    year: int

    def __str__(self) -> str:
        return f"ИР-{self.serial}/{self.year % 100:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberAsked:
    """A number as people type it: «12», «12/26», «ИР-12/26». Without a year, the newest of that serial."""

    serial: int
    year: int | None

    def __str__(self) -> str:
        return f"{self.serial}" if self.year is None else f"{self.serial}/{self.year % 100:02}"

    @classmethod
    def read(cls, typed: str) -> Self | None:
        match = _NUMBER.fullmatch(typed)
        if match is None:
            return None
        year = match[2]
        return cls(serial=int(match[1]), year=None if year is None else 2000 + int(year) % 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """A filed risk. `level` decides the deadlines; `suggested_level` waits for somebody's second press.

    `returns`: how often a block has said that it is not theirs.
    `answer_by` is known once it is verified; a later round counts it from its own beginning.
    """

    id: RiskId
    number: RiskNumber
    state: RiskState
    round: int
    gist: str
    sources: tuple[Source, ...]
    block: BlockKey | None
    level: LevelKey
    suggested_level: LevelKey | None
    territory: TerritoryKey | None
    filed_by: PositionId
    filed_at: datetime
    verify_by: datetime
    answer_by: datetime | None = None
    returns: int = 0
    overdue_noted: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def due_at(self) -> datetime | None:
        """When what the state awaits is due; None while the reaction is watched, and of a closed risk."""
        if self.state in AWAITING_VERIFICATION:
            return self.verify_by
        return self.answer_by if self.state in AWAITING_ANSWER else None

    def is_overdue(self, now: datetime) -> bool:
        """Open past the deadline of what it awaits."""
        return self.due_at is not None and self.due_at <= now

    def awaits_still(self, before: Self) -> bool:
        """Whether it is the same deadline of the same thing as `before`."""
        is_same = (self.state in AWAITING_ANSWER) == (before.state in AWAITING_ANSWER)
        return is_same and self.due_at == before.due_at


def verification_deadline(filed_at: datetime, level: LevelKey, plan: OfficePlan) -> Deadline:
    """The office's own inner deadline of verification (Порядок, п. 2: by criticality; the hours are a setting)."""
    calendar: WorkingCalendar = plan.calendar
    return deadline(filed_at, plan.level(level).verify_within, calendar)


def answer_deadline(since: datetime, level: LevelKey, plan: OfficePlan) -> Deadline:
    """The office's own inner deadline of the answer, counted like the other one from filing, or from a new round."""
    return deadline(since, plan.level(level).answer_within, plan.calendar)
