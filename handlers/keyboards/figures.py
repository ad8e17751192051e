"""A figure that opens: the button with its name and number, and the buttons of the list behind it."""

from collections.abc import Iterable
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.appeals import AppealPage
from handlers.callbacks.reports import FigureItems
from handlers.callbacks.risks import RiskCard
from handlers.figure_words import alone
from handlers.keyboards.buttons import NUMBERS_IN_A_ROW, Row, button, in_rows, turning
from handlers.russian import grouped
from risk.figures import Figure, Tally
from risk.ids import OfficeId
from risk.periods import Period
from risk.reports_asked import CodedScope
from risk.use_cases.asking import Opened
from risk.use_cases.figure_items import FigureFacts

_IN_A_ROW: Final = 2
_LAST_LEAF: Final = 99_999


def figure_button(
    office: OfficeId, figure: Figure, count: int, period: Period, scope: CodedScope | None = None
) -> InlineKeyboardButton:
    """«Новые 31»: opens what the figure counts, in a message of its own."""
    return opening(alone(figure), office, figure, count, period, scope)


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
