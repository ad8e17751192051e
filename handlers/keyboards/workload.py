"""The buttons under `/workload`: what the office has on its hands, and periods."""

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks import ReportKind
from handlers.keyboards.figures import figure_rows
from handlers.keyboards.report_pages import leaves, periods
from risk.figures import Figure
from risk.use_cases.workloads import WorkloadFacts


def workload_keyboard(facts: WorkloadFacts) -> InlineKeyboardMarkup:
    about, kind = facts.opened, ReportKind.WORKLOAD
    rows = figure_rows(about, facts.report.total, (Figure.OPEN, Figure.OVERDUE, Figure.RISKS_OPEN))
    rows += leaves(about, kind, facts.leaf, None)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *periods(about, kind, None)])
