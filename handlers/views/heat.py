"""`/heatmap`: which heat map is to be made, and of which period; the map itself is a paper."""

from typing import Final

from handlers.keyboards.heat import heat_keyboard
from handlers.views.message import Outgoing, outgoing
from handlers.views.report_lines import heading
from risk.use_cases.asking import Opened

NO_TERRITORIES: Final = "Территорий в офисе нет: темы можно показать по неделям."


def heat_choice(about: Opened) -> Outgoing:
    lines = [*heading("Тепловая карта", about), "Новые обращения по группам тем. Какую карту сделать?"]
    if not about.office.plan.territories:
        lines.append(NO_TERRITORIES)
    return outgoing(lines, heat_keyboard(about))
