"""Registers: which rows of an office belong to one, of which days and whose; a line is what one row is made of.

What stands in the cells is the views' affair. No line has anything about residents, for no row of the office has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from risk.appeal_cases import AppealCase, AppealChange
from risk.appeals import AppealKey
from risk.events import Event
from risk.figures import Scope
from risk.nudges import Nudge
from risk.obligations import Owed
from risk.periods import Period
from risk.risks import Risk, RiskNumber
from risk.staff_events import StaffEvent
from risk.workings import Working


class RegisterKind(StrEnum):
    RISKS = "risks"
    """Those that were open in the period, filed in it or ended in it; each with its rounds."""
    APPEALS = "appeals"
    """Those that came till its end and were not finished before it."""
    NUDGES = "nudges"
    """Those whose moment is in it."""
    RISK_HISTORY = "risk_history"
    APPEAL_HISTORY = "appeal_history"
    STAFF_HISTORY = "staff_history"


OF_OFFICE_ALONE: Final = frozenset({RegisterKind.STAFF_HISTORY})
"""They belong to no block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistersAsked:
    """Without a period, of all the time. Of the scope only the blocks narrow."""

    period: Period | None
    scope: Scope

    @property
    def kinds(self) -> tuple[RegisterKind, ...]:
        whole = self.scope.blocks is None
        return tuple(kind for kind in RegisterKind if whole or kind not in OF_OFFICE_ALONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    """`id` of a line is what the next page goes on after."""

    id: int
    risk: Risk
    rounds: Sequence[Working]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealLine:
    id: int
    case: AppealCase


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeLine:
    """`matter` is the number of what the reminder was about; None when that is there no more."""

    id: int
    nudge: Nudge
    owed: Owed | None
    matter: RiskNumber | AppealKey | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskHistoryLine:
    id: int
    number: RiskNumber
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealHistoryLine:
    id: int
    key: AppealKey
    change: AppealChange


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffHistoryLine:
    id: int
    event: StaffEvent


RegisterLine = RiskLine | AppealLine | NudgeLine | RiskHistoryLine | AppealHistoryLine | StaffHistoryLine
