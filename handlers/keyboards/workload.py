"""The buttons under `/workload`: what the office has on its hands, by its number the summary of a block, periods."""

from collections.abc import Iterator

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.reports import ReportKind
from handlers.keyboards.figures import figure_rows
from handlers.keyboards.report_pages import group_rows, leaves, periods
from risk.figures import Cut, Figure, GroupKey
from risk.use_cases.workloads import WorkloadFacts


def workload_keyboard(facts: WorkloadFacts) -> InlineKeyboardMarkup:
    about, kind = facts.opened, ReportKind.WORKLOAD
    rows = figure_rows(about, facts.report.total, (Figure.OPEN, Figure.OVERDUE, Figure.RISKS_OPEN))
    rows += group_rows(about, Cut.BLOCK, _opened(facts))
    rows += leaves(about, kind, facts.leaf, None)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *periods(about, kind, None)])


def _opened(facts: WorkloadFacts) -> Iterator[tuple[int, GroupKey]]:
    """Blocks that any figure counts something of; without blocks the row is the whole, which is open already."""
    if facts.opened.office.plan.blocks:
        for place, load in enumerate(facts.loads, facts.leaf.begins + 1):
            if load.tally.figures:
                yield place, load.block
