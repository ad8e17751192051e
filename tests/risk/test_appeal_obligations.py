"""What is owed about an appeal: exactly one thing while it is open and nobody has said that it is done."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any, Final

import pytest
from hypothesis import given

from risk.appeal_cases import AppealCase, Approval, Redirected
from risk.appeal_obligations import obligations_of_appeal
from risk.appeal_terms import due_of
from risk.appeals import Appeal, AppealSource, AppealState, Regime
from risk.deadlines import ClockKind, Term
from risk.ids import BlockKey, ImportId
from risk.obligations import NATURES, Matter, Obligation, ObligationKey, ObligationKind
from risk.offices import OfficePlan
from risk.powers import Power
from tests.risk.appealing import PRESSED, REGISTERED, appeal, case_of, cases, im_appeal, moscow
from tests.risk.plans import plan

ROADS: Final = BlockKey("roads")
PLAN: Final = plan()
APPROVING: Final = replace(PLAN, approves_appeals=True)
NO_BLOCKS: Final = replace(PLAN, blocks=())


def owed(about: Appeal | None = None, plan: OfficePlan = PLAN, **stands: Any) -> Obligation | None:
    found = obligations_of_appeal(case_of(about, **{"block": ROADS} | stands), plan)
    return found[0] if found else None


def kind(about: Appeal | None = None, plan: OfficePlan = PLAN, **stands: Any) -> ObligationKind | None:
    found = owed(about, plan, **stands)
    return None if found is None else found.key.kind


def test_of_an_open_appeal_an_answer_is_owed_by_its_block_until_the_date_of_the_export() -> None:
    key = ObligationKey(matter=Matter.APPEAL, matter_id=7, round=1, kind=ObligationKind.APPEAL_ANSWER)
    assert owed(appeal(planned_on=date(2026, 11, 18))) == Obligation(
        key=key,
        due_at=moscow("11-18 18:00"),
        counted_from=PLAN.calendar.moment_at(REGISTERED, time.min),
        block=ROADS,
        known_from=AppealSource.POS,
    )


def test_without_a_planned_date_it_is_owed_until_the_term_of_its_regime_ends() -> None:
    fast = owed(appeal(regime=Regime.POS_FAST_TRACK))
    assert fast is not None
    assert fast.due_at == moscow("11-16 18:00")


def test_of_im_the_first_answer_is_owed_before_the_final_one() -> None:
    first, final = owed(im_appeal()), owed(im_appeal(first_answered_at=moscow("11-06 12:00")))
    assert first is not None
    assert final is not None
    assert (first.key.kind, final.key.kind) == (ObligationKind.FIRST_ANSWER, ObligationKind.APPEAL_ANSWER)
    assert (first.due_at, final.due_at) == (moscow("11-09 10:00"), moscow("11-17 18:00"))
    assert first.counted_from == moscow("11-06 10:00")
    assert first.term == Term(amount=timedelta(hours=9), clock=ClockKind.WORKING)
    assert final.term is None


def test_what_came_by_hand_rests_on_nobodys_export() -> None:
    by_hand = owed(appeal(source=AppealSource.HAND, regime=Regime.BY_HAND))
    assert by_hand is not None
    assert by_hand.known_from is None


@pytest.mark.parametrize(
    "stands",
    [
        {"pressed": PRESSED},
        {"state": AppealState.ANSWERED},
        {"state": AppealState.REDIRECTED},
        {"state": AppealState.REJECTED},
        {"redirected": Redirected(to="Минтранс", on=REGISTERED)},
        {"vanished_in": ImportId(3)},
    ],
    ids=str,
)
def test_nothing_is_owed_of_what_is_done_awaits_the_export_vanished_or_was_handed_on(stands: dict[str, Any]) -> None:
    assert owed(**stands) is None


def test_of_a_deferred_one_the_answer_is_owed_until_it_has_ended() -> None:
    assert kind(state=AppealState.DEFERRED) is ObligationKind.APPEAL_ANSWER
    assert kind(appeal(finished_on=REGISTERED), state=AppealState.DEFERRED) is None


def test_what_is_not_distributed_is_owed_by_no_block_yet() -> None:
    assert owed(block=None) is None


def test_in_an_office_without_blocks_it_is_owed_all_the_same() -> None:
    found = owed(plan=NO_BLOCKS, block=None)
    assert found is not None
    assert found.block is None


@pytest.mark.parametrize("approval", [None, *Approval])
def test_where_the_head_approves_answers_a_prepared_one_is_owed_by_whoever_approves(approval: Approval | None) -> None:
    asked = approval is Approval.ASKED
    expected = ObligationKind.APPEAL_APPROVAL if asked else ObligationKind.APPEAL_ANSWER
    assert kind(plan=APPROVING, approval=approval) is expected
    assert kind(approval=approval) is ObligationKind.APPEAL_ANSWER
    assert NATURES[ObligationKind.APPEAL_APPROVAL].asked_of is Power.APPROVE


@given(cases())
def test_exactly_one_thing_is_owed_of_what_is_open_and_not_said_to_be_done(case: AppealCase) -> None:
    for office in (PLAN, APPROVING, NO_BLOCKS):
        for each in (replace(case, block=ROADS), case):
            found = obligations_of_appeal(each, office)
            somebody = each.block is not None or not office.blocks
            assert len(found) == (each.is_owed and somebody)
            for one in found:
                assert one.due_at == due_of(each.appeal, office.appeal_terms, office.calendar).at
                assert (one.known_from is None) == each.is_by_hand


@given(cases())
def test_its_key_changes_only_with_its_kind(case: AppealCase) -> None:
    keys = {each.key for plan in (PLAN, APPROVING) for each in obligations_of_appeal(case, plan)}
    assert {(key.matter, key.matter_id, key.round, key.place) for key in keys} <= {(Matter.APPEAL, 7, 1, 0)}
