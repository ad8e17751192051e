"""What may be done about an appeal by hand, and when: by where it stands and by what the office asks; no powers."""

from enum import StrEnum
from typing import Final

from risk.appeal_cases import AppealCase, Approval, Press
from risk.appeals import AppealSource
from risk.offices import OfficePlan
from risk.risks import RETURNS_BEFORE_DECISION


class AppealAct(StrEnum):
    ANSWERED = "answered"
    """«Ответ размещён» in ИМ, «Ответ направлен» elsewhere."""
    PREPARED = "prepared"
    """«Ответ подготовлен», where the head approves it."""
    APPROVE = "approve"
    SEND_BACK = "send_back"
    GIVE = "give"
    RETURN = "return"
    """«Не относится к блоку»."""
    REDIRECT = "redirect"


_MAY_BE_PREPARED: Final = frozenset({None, Approval.SENT_BACK})


def possible_acts(case: AppealCase, plan: OfficePlan) -> frozenset[AppealAct]:
    """Nothing while the export is awaited: it says what became of the appeal."""
    if not case.is_owed:
        return frozenset()
    acts = {AppealAct.REDIRECT}
    if not plan.approves_appeals or case.approval is Approval.APPROVED:
        acts.add(AppealAct.ANSWERED)
    if plan.approves_appeals and case.approval in _MAY_BE_PREPARED:
        acts.add(AppealAct.PREPARED)
    if plan.approves_appeals and case.approval is Approval.ASKED:
        acts |= {AppealAct.APPROVE, AppealAct.SEND_BACK}
    if plan.blocks:
        acts.add(AppealAct.GIVE)
    if case.block is not None and case.returns < RETURNS_BEFORE_DECISION:
        acts.add(AppealAct.RETURN)
    return frozenset(acts)


def press_of(source: AppealSource) -> Press:
    """An answer in a social network is placed, any other is sent."""
    return Press.PLACED if source is AppealSource.IM else Press.SENT
