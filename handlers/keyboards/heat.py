"""The buttons under `/heatmap`: which map is to be made, and of which period."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.reports import Heat, HeatPress, ReportKind
from handlers.keyboards.buttons import button
from handlers.keyboards.report_pages import periods
from risk.use_cases.asking import Opened

_HEATS: Final[Mapping[Heat, str]] = MappingProxyType(
    {Heat.TERRITORIES: "Темы по территориям", Heat.WEEKS: "Темы по неделям"}
)


def heat_keyboard(about: Opened) -> InlineKeyboardMarkup:
    period = about.asked.period
    first, last = period.first.toordinal(), period.last.toordinal()
    rows = [
        [button(title, HeatPress(office=about.office.id, heat=heat, period=period.kind, first=first, last=last))]
        for heat, title in _HEATS.items()
        if about.office.plan.territories or heat is not Heat.TERRITORIES
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *periods(about, ReportKind.HEAT, None)])
