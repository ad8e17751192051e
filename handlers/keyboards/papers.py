"""The buttons of papers: once more after a failure; of which days the registers are to be."""

from datetime import date
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.papers import ExportChosen, PaperAgain
from handlers.keyboards.buttons import button
from risk.ids import OfficeId
from risk.papers import Paper
from risk.periods import Period, PeriodKind

_TITLES: Final = {
    (PeriodKind.WEEK, 0): "Эта неделя",
    (PeriodKind.WEEK, -1): "Прошлая неделя",
    (PeriodKind.MONTH, 0): "Этот месяц",
    (PeriodKind.MONTH, -1): "Прошлый месяц",
    (PeriodKind.QUARTER, 0): "Этот квартал",
    (PeriodKind.QUARTER, -1): "Прошлый квартал",
}


def again_keyboard(office: OfficeId, paper: Paper) -> InlineKeyboardMarkup:
    again = PaperAgain(office=office, paper=paper.id)
    return InlineKeyboardMarkup(inline_keyboard=[[button("Сделать ещё раз", again)]])


def export_keyboard(office: OfficeId, this: tuple[Period, ...]) -> InlineKeyboardMarkup:
    """`this`: the periods that are under way, each beside the one before it."""
    rows = [
        [
            button(_TITLES[period.kind, steps], _chosen(office, period.next(steps) if steps else period))
            for steps in (0, -1)
        ]
        for period in this
    ]
    everything = ExportChosen(office=office, period=None, first=None, last=None)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [button("За всё время", everything)]])


def _chosen(office: OfficeId, period: Period) -> ExportChosen:
    return ExportChosen(office=office, period=period.kind, first=_number(period.first), last=_number(period.last))


def _number(day: date) -> int:
    return day.toordinal()
