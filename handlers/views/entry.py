"""An entry as both sides read it: whoever stands at the door, and whoever is asked whether it is really them."""

from handlers.keyboards.entry import admission_keyboard
from handlers.views.message import Outgoing, outgoing
from risk.entries import EntryState
from risk.use_cases.entering import EntryFacts


def entry(facts: EntryFacts) -> Outgoing:
    """To the person at the door."""
    return outgoing(_to_newcomer(facts))


def admission(facts: EntryFacts) -> Outgoing:
    """To whoever may confirm."""
    keyboard = admission_keyboard(facts) if facts.entry.state is EntryState.WAITING else None
    return outgoing(_to_inviter(facts), keyboard)


def _to_newcomer(facts: EntryFacts) -> tuple[str, ...]:
    seat = f"{facts.position.title(facts.office.plan)} ({facts.office.plan.title})"
    match facts.entry.state:
        case EntryState.NAMING:
            return (
                f"Приглашение принято: {seat}.",
                "Напишите фамилию и инициалы, как они стоят в документах, например: Иванова О. П.",
                "Хранится только это имя. Имя из Telegram бот не записывает.",
            )
        case EntryState.WAITING:
            return (
                f"{facts.entry.name}, {seat}: ждём подтверждения руководителя.",
                "Если в имени ошибка, напишите его ещё раз.",
            )
        case EntryState.CONFIRMED:
            return (f"Вход подтверждён: {facts.entry.name}, {seat}.",)
        case EntryState.DECLINED:
            return (f"Вход не подтверждён: {seat}.", "Если это ошибка, попросите руководителя о новом приглашении.")
        case EntryState.WITHDRAWN:
            return (f"Это приглашение отозвано: {seat}.", "Если вы по-прежнему нужны здесь, попросите новое.")


def _to_inviter(facts: EntryFacts) -> tuple[str, ...]:
    title = facts.position.title(facts.office.plan)
    match facts.entry.state:
        case EntryState.WAITING | EntryState.NAMING:
            return (
                f"Пришли по приглашению: {title}.",
                f"Это действительно {facts.entry.name}?",
                "Имя человек написал о себе сам. Если не уверены, позвоните и спросите.",
            )
        case EntryState.CONFIRMED:
            return (
                f"{facts.entry.name}, {title}: вход подтверждён.",
                "Добавьте сотрудника в алерт-чат.",
            )
        case EntryState.DECLINED:
            return (f"{title}: вход не подтверждён, доступа нет.", "Пригласить снова: /invite.")
        case EntryState.WITHDRAWN:
            return (f"{title}: приглашение отозвано, вопрос снят.",)
