"""What falls due, as the sandbox's page lists it: a few words beside the moment and the office."""

from risk.offices import OfficePlan
from risk.use_cases.due import Due, InvitationEnds, NoticeDue, VerificationDue


def due(what: Due, plan: OfficePlan) -> str:
    """«проверить ИР-7/26»."""
    match what:
        case VerificationDue():
            return f"проверить {what.number}"
        case NoticeDue():
            return "сообщение от бота"
        case InvitationEnds():
            return f"истекает приглашение: {what.position.title(plan)}"
