"""A figure that opens: the button with its name and number, and the buttons of the list behind it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import AppealPage, FigureItems, RiskCard
from handlers.keyboards.buttons import NUMBERS_IN_A_ROW, Row, button, in_rows, turning
from handlers.russian import grouped
from risk.figures import Figure, Tally
from risk.ids import OfficeId
from risk.periods import Period
from risk.reports_asked import CodedScope
from risk.use_cases.asking import Opened
from risk.use_cases.figure_items import FigureFacts

FIGURES: Final[Mapping[Figure, str]] = MappingProxyType(
    {
        Figure.NEW: "Новые",
        Figure.REPEATED: "Повторные",
        Figure.OVERDUE: "Просрочено",
        Figure.DEFERRED: "Отложено",
        Figure.OPEN: "Открыты",
        Figure.FINISHED: "Завершены",
        Figure.LATE: "Позже срока",
        Figure.SOLVED: "Решено",
        Figure.EXPLAINED: "Разъяснено",
        Figure.MARKED: "С оценкой",
        Figure.SATISFIED: "Оценка 4–5",
        Figure.AWAITING_MARK: "Без даты конца",
        Figure.PRESSED: "Ждём выгрузку",
        Figure.UNDISTRIBUTED: "Не распределено",
        Figure.TO_CHECK: "На проверку",
        Figure.RISKS_NEW: "Новые риски",
        Figure.RISKS_OPEN: "Риски открыты",
        Figure.RISKS_OVERDUE: "Риски просрочены",
        Figure.RISKS_TO_VERIFY: "Риски на проверке",
        Figure.RISKS_TO_ANSWER: "Риски ждут ответа",
        Figure.RISKS_WATCHED: "Риски, реакция",
        Figure.RISKS_ANSWERED: "Риски, ответ дан",
        Figure.RISKS_WORKED_OFF: "Риски отработаны",
        Figure.RISKS_OVERRIDDEN: "Закрыты решением",
        Figure.RISKS_DISMISSED: "Не риск",
        Figure.RISKS_MERGED: "Риски объединены",
        Figure.RISKS_RETURNED: "Снова в работе",
    }
)
"""On buttons and over lists, in the order in which they are offered."""
_IN_A_ROW: Final = 2
_LAST_LEAF: Final = 99_999


def figure_button(
    office: OfficeId, figure: Figure, count: int, period: Period, scope: CodedScope | None = None
) -> InlineKeyboardButton:
    """«Новые 31»: opens what the figure counts, in a message of its own."""
    return opening(FIGURES[figure], office, figure, count, period, scope)


def opening(
    title: str, office: OfficeId, figure: Figure, count: int, period: Period, scope: CodedScope | None
) -> InlineKeyboardButton:
    opens = FigureItems(
        office=office,
        figure=figure,
        first=period.first.toordinal(),
        last=period.last.toordinal(),
        within=None if scope is None else scope.cut,
        code=None if scope is None else scope.code,
    )
    return button(f"{title} {grouped(count)}", opens)


def figure_rows(about: Opened, total: Tally, offered: Iterable[Figure]) -> list[Row]:
    """Those that count anything."""
    period, office = about.asked.period, about.office.id
    buttons = [figure_button(office, each, total[each], period, about.scope) for each in offered if total[each]]
    return in_rows(buttons, _IN_A_ROW)


def figure_keyboard(facts: FigureFacts) -> InlineKeyboardMarkup | None:
    about, office = facts.opened, facts.opened.office.id
    begins = facts.leaf.begins + 1
    appeals = [
        button(str(place), AppealPage(office=office, appeal=case.id))
        for place, case in enumerate(facts.appeals, begins)
    ]
    risks = [
        button(str(place), RiskCard(office=office, serial=risk.number.serial, year=risk.number.year))
        for place, risk in enumerate(facts.risks, begins)
    ]
    rows = in_rows([*appeals, *risks], NUMBERS_IN_A_ROW)
    rows += turning(facts.leaf.page, facts.leaf.pages, lambda leaf: _items(about, facts.figure, leaf=leaf))
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _items(about: Opened, figure: Figure, *, leaf: int) -> FigureItems:
    period, scope = about.asked.period, about.scope
    return FigureItems(
        office=about.office.id,
        figure=figure,
        first=period.first.toordinal(),
        last=period.last.toordinal(),
        within=None if scope is None else scope.cut,
        code=None if scope is None else scope.code,
        leaf=min(leaf, _LAST_LEAF),
    )
