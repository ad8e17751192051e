"""What falls due, as the sandbox's page lists it: a few words beside the moment and the office."""

from handlers.views.freshness import appeal_number
from handlers.views.reminders import KINDS as OWED_KINDS
from risk.offices import OfficePlan
from risk.risks import RiskNumber
from risk.use_cases.due import DigestDue, Due, InvitationEnds, MemoDue, NoticeDue, OwedDue


def due(what: Due, plan: OfficePlan) -> str:
    """«ИР-7/26: проверка»."""
    match what:
        case OwedDue(kind=kind, number=number):
            named = str(number) if isinstance(number, RiskNumber) else appeal_number(number)
            return f"{named}: {OWED_KINDS[kind]}"
        case NoticeDue():
            return "сообщение от бота"
        case InvitationEnds():
            return f"истекает приглашение: {what.position.title(plan)}"
        case DigestDue():
            return "дайджест в алерт-чате"
        case MemoDue():
            return "справка за неделю"
