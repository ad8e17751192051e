"""Notices about reminding: the reminders themselves, somebody who cannot be reached, what was lost track of."""

from collections.abc import Sequence

from handlers.russian import counted
from handlers.views.message import Outgoing, outgoing
from handlers.views.reminders import reminder
from risk.notices import PersonUnreachable, Reminder, ReminderNotice, RemindersAstray
from risk.use_cases.telling import NoticeFacts


def reminder_notice(facts: NoticeFacts, said: ReminderNotice) -> Outgoing:
    match said:
        case Reminder():
            assert facts.reminders is not None
            return reminder(facts.reminders)
        case PersonUnreachable():
            return outgoing(_unreachable(facts))
        case RemindersAstray(count=count):
            return outgoing(_astray(count))


def _unreachable(facts: NoticeFacts) -> Sequence[str]:
    who = facts.position if facts.name is None else f"{facts.position} ({facts.name})"
    return (
        f"Бот не может написать сотруднику: {who}. Бот у него остановлен или заблокирован.",
        "Попросите открыть чат с ботом и нажать «Начать». До тех пор о просроченном узнают те, кто выше по порядку.",
    )


def _astray(count: int) -> Sequence[str]:
    due = counted(count, "напоминание", "напоминания", "напоминаний")
    return (
        f"{due} больше часа без исхода: не отправлены, хотя время пришло.",
        "Проверьте связь с Telegram и журнал бота: mcu-pilot doctor. Подробности: /ledger.",
    )
