"""Whether a planned notice about working an appeal still holds, and what it needs to be worded."""

from dataclasses import dataclass
from datetime import datetime

from risk.appeal_cases import AppealCase, Approval
from risk.notices import AppealApprovalAsked, AppealApproved, AppealReturned, AppealSentBack, AppealWorkNotice
from risk.offices import Office
from risk.ports import Unit
from risk.use_cases.appeal_reading import last_remark


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealTold:
    """The appeal that the notice speaks of, as it stands now, and the remark that its answer was returned with."""

    office: Office
    case: AppealCase
    remark: str | None
    now: datetime


async def appeal_told(unit: Unit, notice: AppealWorkNotice, now: datetime) -> AppealTold | None:
    """What the courier words; None when the notice no longer holds."""
    case = await unit.appeals.get(notice.appeal)
    if case is None or not _holds(notice, case):
        return None
    return AppealTold(office=unit.office, case=case, remark=await last_remark(unit, case), now=now)


def _holds(notice: AppealWorkNotice, case: AppealCase) -> bool:
    match notice:
        case AppealApprovalAsked():
            return case.is_owed and case.approval is Approval.ASKED
        case AppealApproved():
            return case.is_owed and case.approval is Approval.APPROVED
        case AppealSentBack():
            return case.is_owed and case.approval is Approval.SENT_BACK
        case AppealReturned():
            return case.is_owed and case.block is None
