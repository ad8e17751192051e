"""The states of a risk and the moves between them, as one table that can be read beside the act; no storage, no time.

Порядок, п. 2: verification; п. 3: the answer; п. 4: its placing and the reaction; п. 5: closure by the criterion.
The drawing in `docs/ru/states.md` is made from this table.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from risk.errors import MoveNotPossible
from risk.risks import CLOSED_STATES, OPEN_STATES, RiskState
from risk.workings import Answer, Outcome, Working


class Move(StrEnum):
    """What brings a risk from one state to another."""

    TAKE = "take"
    FIND = "find"
    LEAVE_UNCLEAR = "leave_unclear"
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    WAIVE = "waive"
    WORK_OFF = "work_off"
    OVERRIDE = "override"
    DISMISS = "dismiss"
    MERGE = "merge"
    RETURN = "return"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From any of these states into that one."""

    out_of: AbstractSet[RiskState]
    into: RiskState


_UNVERIFIED: Final = frozenset({RiskState.FILED, RiskState.VERIFYING, RiskState.UNCLEAR})

STEPS: Final[Mapping[Move, Step]] = MappingProxyType(
    {
        Move.TAKE: Step(out_of={RiskState.FILED}, into=RiskState.VERIFYING),
        Move.FIND: Step(out_of={RiskState.VERIFYING, RiskState.UNCLEAR, RiskState.ANSWERING}, into=RiskState.ANSWERING),
        Move.LEAVE_UNCLEAR: Step(out_of={RiskState.VERIFYING}, into=RiskState.UNCLEAR),
        Move.SUBMIT: Step(out_of={RiskState.ANSWERING}, into=RiskState.APPROVING),
        Move.APPROVE: Step(out_of={RiskState.APPROVING}, into=RiskState.APPROVED),
        Move.SEND_BACK: Step(out_of={RiskState.APPROVING, RiskState.APPROVED}, into=RiskState.ANSWERING),
        Move.PUBLISH: Step(out_of={RiskState.ANSWERING, RiskState.APPROVED}, into=RiskState.WATCHED),
        Move.WAIVE: Step(out_of={RiskState.ANSWERING}, into=RiskState.WATCHED),
        Move.WORK_OFF: Step(out_of={RiskState.WATCHED}, into=RiskState.WORKED_OFF),
        Move.OVERRIDE: Step(out_of=OPEN_STATES, into=RiskState.OVERRIDDEN),
        Move.DISMISS: Step(out_of=_UNVERIFIED | {RiskState.ANSWERING}, into=RiskState.NOT_A_RISK),
        Move.MERGE: Step(out_of=OPEN_STATES, into=RiskState.MERGED),
        Move.RETURN: Step(out_of={RiskState.WATCHED, RiskState.WORKED_OFF}, into=RiskState.ANSWERING),
        Move.REOPEN: Step(out_of=CLOSED_STATES - {RiskState.WORKED_OFF, RiskState.MERGED}, into=RiskState.FILED),
    }
)

BEGINS_A_ROUND: Final = frozenset({Move.RETURN, Move.REOPEN})
"""Moves after which the risk is worked from its answer, or from the beginning, under the next number of round."""


CORRECTABLE: Final = frozenset({RiskState.WATCHED, RiskState.WORKED_OFF})
"""States in which a published answer may be corrected. No move: the text in force is published all the while."""


def possible(state: RiskState) -> frozenset[Move]:
    """Moves out of the state, whoever may make them and whatever evidence they need."""
    return frozenset(move for move, step in STEPS.items() if state in step.out_of)


def moved(state: RiskState, move: Move) -> RiskState:
    """The state after the move. Raises MoveNotPossible out of a state that it does not start from."""
    step = STEPS[move]
    if state not in step.out_of:
        raise MoveNotPossible(state)
    return step.into


def correction_on_its_way(state: RiskState, working: Working) -> Answer | None:
    """The corrected text that is to be approved, mended or published; it lapses with the state that it was made in."""
    return working.correction if state in CORRECTABLE else None


class Lack(StrEnum):
    """Evidence that a state owes and does not have."""

    VERIFIER = "verifier"
    FINDING = "finding"
    UNKNOWN = "unknown"
    ANSWER = "answer"
    APPROVAL = "approval"
    PUBLICATION_MOMENT = "publication_moment"
    ENDING = "ending"
    RECURRENCE = "recurrence"


def lacks(state: RiskState, working: Working, *, approves: bool) -> frozenset[Lack]:
    """What of a state's own evidence the round does not hold; empty for every round that the use cases have made.

    `approves`: the office asks approval of answers before they are published.
    """
    owed = {
        Lack.VERIFIER: state in {RiskState.VERIFYING, RiskState.UNCLEAR} and working.verifier is None,
        Lack.FINDING: state in _VERIFIED and working.outcome in {None, Outcome.UNCLEAR},
        Lack.UNKNOWN: state is RiskState.UNCLEAR and not working.unknowns,
        Lack.ANSWER: state in {RiskState.APPROVING, RiskState.APPROVED} and working.answer is None,
        Lack.APPROVAL: state is RiskState.APPROVED and (working.answer is None or not working.answer.is_approved),
        Lack.PUBLICATION_MOMENT: state in {RiskState.WATCHED, RiskState.WORKED_OFF} and working.watched_since is None,
        Lack.ENDING: state in CLOSED_STATES and working.ending is None,
        Lack.RECURRENCE: working.round > 1 and state in _VERIFIED and working.recurrence is None and _is_same(working),
    }
    if approves and state is RiskState.WATCHED and working.waiver is None and working.answer is not None:
        owed[Lack.APPROVAL] = not working.answer.is_approved
    return frozenset(lack for lack, is_owed in owed.items() if is_owed)


_VERIFIED: Final = frozenset(
    {RiskState.ANSWERING, RiskState.APPROVING, RiskState.APPROVED, RiskState.WATCHED, RiskState.WORKED_OFF}
)


def _is_same(working: Working) -> bool:
    """A round that took its finding over from the one before, and was not verified anew."""
    return working.taken_at is None
