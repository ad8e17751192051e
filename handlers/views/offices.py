"""The offices of somebody who works in several, and the one that they mean."""

from collections.abc import Sequence
from typing import Final

from handlers.keyboards.offices import offices_keyboard
from handlers.views.message import Outgoing, outgoing
from risk.offices import Office

STALE: Final = "Этот выбор устарел. Откройте его заново: /office."


def offices(desks: Sequence[Office]) -> Outgoing:
    """`desks`: the one that they mean first."""
    current, *others = desks
    if not others:
        return Outgoing(text=f"Вы работаете в одном офисе: {current.plan.title}.")
    return outgoing(
        (
            f"Сейчас: {current.plan.title}. Команды и сообщения здесь относятся к этому офису.",
            "Какой офис выбрать?",
        ),
        offices_keyboard(others),
    )


def sat_down(office: Office) -> Outgoing:
    return Outgoing(text=f"Теперь: {office.plan.title}. Сменить офис: /office.")
