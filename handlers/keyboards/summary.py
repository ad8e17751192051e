"""The buttons under `/summary`: figures, or groups of its cut; periods, ways to cut, its papers."""

from collections.abc import Iterator
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.papers import ExportChosen, MemoAsked
from handlers.callbacks.reports import ReportKind
from handlers.figure_words import FIGURE_WORDS
from handlers.keyboards.buttons import Row, button, in_rows
from handlers.keyboards.figures import figure_rows
from handlers.keyboards.report_pages import cut_button, group_rows, leaves, periods, report_page
from risk.figures import Cut, Figure
from risk.memo_periods import OF_MEMOS
from risk.reports_asked import CUTS
from risk.use_cases.asking import Opened
from risk.use_cases.summaries import SummaryFacts

_FIRST: Final = (
    Figure.NEW,
    Figure.OVERDUE,
    Figure.REPEATED,
    Figure.DEFERRED,
    Figure.RISKS_OPEN,
    Figure.RISKS_OVERDUE,
)
"""Under a summary; all others a press further."""
_IN_A_ROW: Final = 2


def summary_keyboard(facts: SummaryFacts) -> InlineKeyboardMarkup:
    """Figures first, or groups of the cut; then periods, ways to cut, papers of it, the way back to all.

    No summary is cut by departments: from one of them the way leads back to their rating.
    """
    about, kind = facts.opened, ReportKind.SUMMARY
    if facts.cut is None:
        rows = figure_rows(about, facts.report.total, _FIRST)
    else:
        rows = group_rows(about, facts.cut, enumerate((each.key for each in facts.groups), facts.leaf.begins + 1))
    rows += leaves(about, kind, facts.leaf, facts.cut)
    rows += periods(about, kind, facts.cut)
    rows += [*_cuts(about, facts.cut), *_papers(about)]
    last = [] if facts.cut is not None else [button("Все показатели", report_page(about, ReportKind.FIGURES))]
    if facts.cut is not None:
        last.append(button("Итоги", report_page(about, kind)))
    if about.scope is not None:
        last.append(
            button("Все мои блоки" if about.own else "Весь офис", report_page(about, kind, cut=facts.cut, widened=True))
        )
    if about.scope is not None and about.scope.cut is Cut.DEPARTMENT:
        last.append(button("По отделам", report_page(about, ReportKind.RATING, cut=Cut.DEPARTMENT, widened=True)))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, last])


def figures_keyboard(facts: SummaryFacts) -> InlineKeyboardMarkup:
    rows = figure_rows(facts.opened, facts.report.total, FIGURE_WORDS)
    back = button("Назад", report_page(facts.opened, ReportKind.SUMMARY))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [back]])


def _cuts(about: Opened, chosen: Cut | None) -> list[Row]:
    """All but that of the group to which it is narrowed, and those that this office has not."""
    plan, narrowed = about.office.plan, None if about.scope is None else about.scope.cut
    absent = {
        *([] if plan.blocks else [Cut.BLOCK]),
        *([] if plan.territories else [Cut.TERRITORY]),
        *([] if narrowed is None else [narrowed]),
    }
    offered = [each for each in CUTS if each not in absent]
    return in_rows([cut_button(about, ReportKind.SUMMARY, each, chosen) for each in offered], _IN_A_ROW)


def _papers(about: Opened) -> Iterator[Row]:
    """Of the same period; of a summary that is narrowed none: papers are of all that the reader may read."""
    if about.scope is not None:
        return
    office, period = about.office.id, about.asked.period
    first, last = period.first.toordinal(), period.last.toordinal()
    row = [button("Реестры", ExportChosen(office=office, period=period.kind, first=first, last=last))]
    if period.kind in OF_MEMOS:
        row.insert(0, button("Справка", MemoAsked(office=office, period=period.kind, first=first)))
    yield row
