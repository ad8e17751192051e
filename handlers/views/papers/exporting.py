"""What `/export` says before it is known of which days the registers are to be."""

from handlers.keyboards.papers import export_keyboard
from handlers.views.message import Outgoing, outgoing
from handlers.views.papers.progress import IN_HAND
from risk.use_cases.registers import DaysOfRegisters


def choice(days: DaysOfRegisters) -> Outgoing:
    whose = "офиса" if days.whole_office else "ваших блоков"
    lines = [
        *(["Не понял, за какие дни."] if days.is_unclear else []),
        f"Реестры {whose} в Excel: риски, обращения, напоминания, история. Данных жителей в них нет.",
        "За какие дни? Можно написать и самому: /export 01.11–20.11",
    ]
    return outgoing(lines, export_keyboard(days.office.id, days.this))


def in_hand() -> Outgoing:
    return outgoing([IN_HAND])
