"""The buttons of `/memo`: of each kind the period before and the one that is going on, with their days."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.papers import MemoAsked
from handlers.days import quarter
from handlers.keyboards.buttons import button, in_rows
from risk.ids import OfficeId
from risk.memo_periods import MemoPeriods
from risk.periods import Period, PeriodKind

_TITLES: Final[Mapping[PeriodKind, tuple[str, str]]] = MappingProxyType(
    {
        PeriodKind.WEEK: ("Прошлая неделя", "Эта неделя"),
        PeriodKind.MONTH: ("Прошлый месяц", "Этот месяц"),
        PeriodKind.QUARTER: ("Прошлый квартал", "Этот квартал"),
    }
)


def memos_keyboard(office: OfficeId, offered: MemoPeriods) -> InlineKeyboardMarkup:
    made = [
        button(title, MemoAsked(office=office, period=period.kind, first=period.first.toordinal()))
        for title, period in _titled(offered)
    ]
    return InlineKeyboardMarkup(inline_keyboard=in_rows(made, 2))


def _titled(offered: MemoPeriods) -> Iterator[tuple[str, Period]]:
    for period in offered:
        earlier, this = _TITLES[period.kind]
        yield f"{this if offered.today in period else earlier}, {_days(period)}", period


def _days(period: Period) -> str:
    """«16.11–22.11», «11.2026», «IV 2026»: a button may be pressed long after it was shown."""
    first, last = period.first, period.last
    match period.kind:
        case PeriodKind.MONTH:
            return f"{first:%m.%Y}"
        case PeriodKind.QUARTER:
            return f"{quarter(first)} {first.year}"
        case _:
            return f"{first:%d.%m}–{last:%d.%m}"
