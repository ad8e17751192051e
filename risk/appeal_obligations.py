"""What is owed about an appeal: an answer, the first one of ИМ, or the approval of an answer; until when."""

from datetime import time

from risk.appeal_cases import AppealCase, Approval
from risk.appeal_terms import Basis, due_of
from risk.obligations import Matter, Obligation, ObligationKey, ObligationKind
from risk.offices import OfficePlan


def obligations_of_appeal(case: AppealCase, plan: OfficePlan) -> tuple[Obligation, ...]:
    """Nothing while the export is awaited, and nothing of anybody while no block has it, where there are blocks."""
    if not case.is_owed or (case.block is None and plan.blocks):
        return ()
    due = due_of(case.appeal, plan.appeal_terms, plan.calendar)
    created_at = case.appeal.created_at or plan.calendar.moment_at(case.appeal.created_on, time.min)
    key = ObligationKey(matter=Matter.APPEAL, matter_id=case.id, round=1, kind=_kind(case, due.basis, plan))
    return (
        Obligation(
            key=key,
            due_at=due.at,
            counted_from=created_at,
            term=due.term,
            block=case.block,
            known_from=None if case.is_by_hand else case.appeal.source,
        ),
    )


def _kind(case: AppealCase, basis: Basis, plan: OfficePlan) -> ObligationKind:
    if plan.approves_appeals and case.approval is Approval.ASKED:
        return ObligationKind.APPEAL_APPROVAL
    return ObligationKind.FIRST_ANSWER if basis is Basis.FIRST_ANSWER else ObligationKind.APPEAL_ANSWER
