"""The buttons under `/problems`: of each area, by its number, what makes it one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.reports import ReportKind
from handlers.keyboards.buttons import Row
from handlers.keyboards.figures import opening
from handlers.keyboards.report_pages import group_scope, leaves, periods
from risk.figures import Cut, Figure
from risk.problem_areas import Area
from risk.use_cases.asking import Opened
from risk.use_cases.summaries import ProblemsFacts

_OF_AREA: Final[Mapping[Figure, str]] = MappingProxyType(
    {Figure.OVERDUE: "проср", Figure.REPEATED: "повт", Figure.NEW: "нов"}
)
"""Three in a row on a phone leave room for no more: «1 проср 19»."""


def problems_keyboard(facts: ProblemsFacts) -> InlineKeyboardMarkup:
    """Of each area, by its number, the items that make it one."""
    about = facts.opened
    first = facts.leaf.begins + 1
    rows = [row for place, area in enumerate(facts.areas, first) if (row := _of_area(about, place, area))]
    rows += leaves(about, ReportKind.PROBLEMS, facts.leaf, None)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *periods(about, ReportKind.PROBLEMS, None)])


def _of_area(about: Opened, place: int, area: Area) -> Row:
    scope = group_scope(Cut.TOPIC, area.topic)
    return [
        opening(f"{place}\u00a0{title}", about.office.id, figure, area.tally[figure], about.asked.period, scope)
        for figure, title in _OF_AREA.items()
        if area.tally[figure]
    ]
