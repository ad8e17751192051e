"""The table of moves: where each begins and ends, what a state owes, and that no state is cut off."""

from dataclasses import replace
from typing import Any, Final

import pytest

from risk.errors import MoveNotPossible
from risk.ids import PositionId, RiskId
from risk.moves import BEGINS_A_ROUND, STEPS, Lack, Move, lacks, moved, possible
from risk.risks import AWAITING_ANSWER, AWAITING_VERIFICATION, CLOSED_STATES, OPEN_STATES, RiskState
from risk.workings import Ending, EndingKind, Outcome, Recurrence, Waiver, Working
from tests.risk.worked import answer, finding, published, unknown, working
from tests.support.offices import NOW

S = RiskState
BY: Final = PositionId(5)

TABLE: Final[dict[RiskState, dict[Move, RiskState]]] = {
    S.FILED: {
        Move.TAKE: S.VERIFYING,
        Move.OVERRIDE: S.OVERRIDDEN,
        Move.DISMISS: S.NOT_A_RISK,
        Move.MERGE: S.MERGED,
    },
    S.VERIFYING: {
        Move.FIND: S.ANSWERING,
        Move.LEAVE_UNCLEAR: S.UNCLEAR,
        Move.OVERRIDE: S.OVERRIDDEN,
        Move.DISMISS: S.NOT_A_RISK,
        Move.MERGE: S.MERGED,
    },
    S.UNCLEAR: {
        Move.FIND: S.ANSWERING,
        Move.OVERRIDE: S.OVERRIDDEN,
        Move.DISMISS: S.NOT_A_RISK,
        Move.MERGE: S.MERGED,
    },
    S.ANSWERING: {
        Move.FIND: S.ANSWERING,
        Move.SUBMIT: S.APPROVING,
        Move.PUBLISH: S.WATCHED,
        Move.WAIVE: S.WATCHED,
        Move.OVERRIDE: S.OVERRIDDEN,
        Move.DISMISS: S.NOT_A_RISK,
        Move.MERGE: S.MERGED,
    },
    S.APPROVING: {
        Move.APPROVE: S.APPROVED,
        Move.SEND_BACK: S.ANSWERING,
        Move.OVERRIDE: S.OVERRIDDEN,
        Move.MERGE: S.MERGED,
    },
    S.APPROVED: {
        Move.SEND_BACK: S.ANSWERING,
        Move.PUBLISH: S.WATCHED,
        Move.OVERRIDE: S.OVERRIDDEN,
        Move.MERGE: S.MERGED,
    },
    S.WATCHED: {
        Move.WORK_OFF: S.WORKED_OFF,
        Move.RETURN: S.ANSWERING,
        Move.OVERRIDE: S.OVERRIDDEN,
        Move.MERGE: S.MERGED,
    },
    S.WORKED_OFF: {Move.RETURN: S.ANSWERING},
    S.OVERRIDDEN: {Move.REOPEN: S.FILED},
    S.NOT_A_RISK: {Move.REOPEN: S.FILED},
    S.MERGED: {},
}
"""Written out by hand beside the act, so that a change of one table is seen in the other."""


@pytest.mark.parametrize("state", RiskState)
def test_only_the_moves_of_the_table_lead_out_of_a_state(state: RiskState) -> None:
    assert possible(state) == TABLE[state].keys()


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", RiskState)
def test_a_move_leads_where_the_table_says_or_is_refused(state: RiskState, move: Move) -> None:
    if move in TABLE[state]:
        assert moved(state, move) is TABLE[state][move]
    else:
        with pytest.raises(MoveNotPossible) as refused:
            moved(state, move)
        assert refused.value.state == state


def test_every_state_can_be_reached_from_filing() -> None:
    reached, ahead = set[RiskState](), {S.FILED}
    while ahead:
        reached |= ahead
        ahead = {moved(state, move) for state in reached for move in possible(state)} - reached
    assert reached == set(RiskState)


def test_every_open_state_can_be_closed_by_decision_or_with_another() -> None:
    for state in OPEN_STATES:
        assert {Move.OVERRIDE, Move.MERGE} <= possible(state)


def test_a_closed_risk_only_begins_a_round() -> None:
    """A merged one does not: it is worked on in the risk that took it in."""
    for state in CLOSED_STATES:
        assert possible(state) <= BEGINS_A_ROUND
        assert bool(possible(state)) == (state is not S.MERGED)


def test_only_watching_ends_by_the_criteria() -> None:
    assert STEPS[Move.WORK_OFF].out_of == {S.WATCHED}
    assert [move for move, step in STEPS.items() if step.into is S.WORKED_OFF] == [Move.WORK_OFF]


def test_a_round_begins_with_the_answer_or_from_the_beginning() -> None:
    assert {move: STEPS[move].into for move in BEGINS_A_ROUND} == {Move.RETURN: S.ANSWERING, Move.REOPEN: S.FILED}


def test_a_state_awaits_verification_or_the_answer_or_neither() -> None:
    assert not AWAITING_VERIFICATION & AWAITING_ANSWER
    assert AWAITING_VERIFICATION | AWAITING_ANSWER | {S.WATCHED} == OPEN_STATES


TAKEN: Final = {"verifier": BY, "taken_at": NOW}
FOUND: Final = {**TAKEN, "findings": (finding(BY),)}
ENDED: Final = {"ending": Ending(kind=EndingKind.OVERRIDE, at=NOW, by=BY, reason="Так решено")}
APPROVED: Final = answer(BY, approved_by=BY, approved_at=NOW)

SUFFICIENT: Final[dict[RiskState, dict[str, Any]]] = {
    S.FILED: {},
    S.VERIFYING: TAKEN,
    S.UNCLEAR: {**TAKEN, "findings": (finding(BY, Outcome.UNCLEAR),), "unknowns": (unknown(BY),)},
    S.ANSWERING: FOUND,
    S.APPROVING: {**FOUND, "answer": answer(BY)},
    S.APPROVED: {**FOUND, "answer": APPROVED},
    S.WATCHED: {**FOUND, "answer": published(BY)},
    S.WORKED_OFF: {**FOUND, "answer": published(BY), **ENDED},
    S.OVERRIDDEN: ENDED,
    S.NOT_A_RISK: ENDED,
    S.MERGED: ENDED,
}


@pytest.mark.parametrize("state", RiskState)
def test_a_state_with_its_evidence_lacks_nothing(state: RiskState) -> None:
    assert lacks(state, working(**SUFFICIENT[state]), approves=False) == set()


@pytest.mark.parametrize(
    ("state", "without", "lacking"),
    [
        (S.VERIFYING, "verifier", Lack.VERIFIER),
        (S.UNCLEAR, "verifier", Lack.VERIFIER),
        (S.UNCLEAR, "unknowns", Lack.UNKNOWN),
        (S.ANSWERING, "findings", Lack.FINDING),
        (S.APPROVING, "findings", Lack.FINDING),
        (S.APPROVING, "answer", Lack.ANSWER),
        (S.WATCHED, "findings", Lack.FINDING),
        (S.WATCHED, "answer", Lack.PUBLICATION_MOMENT),
        (S.WORKED_OFF, "answer", Lack.PUBLICATION_MOMENT),
        (S.WORKED_OFF, "ending", Lack.ENDING),
        (S.OVERRIDDEN, "ending", Lack.ENDING),
        (S.NOT_A_RISK, "ending", Lack.ENDING),
        (S.MERGED, "ending", Lack.ENDING),
    ],
)
def test_what_a_state_owes_is_missed(state: RiskState, without: str, lacking: Lack) -> None:
    known = {name: value for name, value in SUFFICIENT[state].items() if name != without}
    assert lacks(state, working(**known), approves=False) == {lacking}


def test_a_finding_that_is_unclear_is_none_after_verification() -> None:
    unclear = working(**TAKEN, findings=(finding(BY, Outcome.UNCLEAR),))
    assert lacks(S.ANSWERING, unclear, approves=False) == {Lack.FINDING}


def test_what_is_approved_says_when() -> None:
    assert lacks(S.APPROVED, working(**FOUND, answer=answer(BY)), approves=False) == {Lack.APPROVAL}
    assert lacks(S.APPROVED, working(**FOUND), approves=False) == {Lack.ANSWER, Lack.APPROVAL}


def test_an_office_that_approves_owes_it_before_publication() -> None:
    placed = working(**FOUND, answer=published(BY))
    assert lacks(S.WATCHED, placed, approves=True) == {Lack.APPROVAL}
    assert lacks(S.WATCHED, working(**FOUND, answer=replace(APPROVED, published_at=NOW)), approves=True) == set()


def test_where_no_answer_is_given_nothing_is_approved() -> None:
    waived = working(**FOUND, waiver=Waiver(reason="Касается одной семьи", by=BY, at=NOW))
    assert lacks(S.WATCHED, waived, approves=True) == set()


def test_a_round_that_took_its_finding_over_says_why_the_topic_spreads_again() -> None:
    returned = Working(risk=RiskId(1), round=2, watcher=BY, findings=(finding(BY),))
    assert lacks(S.ANSWERING, returned, approves=False) == {Lack.RECURRENCE}
    why = Recurrence(cause="Новая авария", forecast="Спадёт к вечеру", by=BY, at=NOW)
    assert lacks(S.ANSWERING, replace(returned, recurrence=why), approves=False) == set()
    assert lacks(S.ANSWERING, replace(returned, verifier=BY, taken_at=NOW), approves=False) == set()
