"""The buttons under `/rating`: by its number the summary of a row, periods, by what it is rated."""

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.reports import ReportKind
from handlers.keyboards.report_pages import cut_button, group_rows, leaves, periods
from risk.use_cases.summaries import RATED_BY, RatingFacts


def rating_keyboard(facts: RatingFacts) -> InlineKeyboardMarkup:
    about, kind = facts.opened, ReportKind.RATING
    rows = group_rows(about, facts.cut, enumerate((each.key for each in facts.rated), facts.leaf.begins + 1))
    rows += leaves(about, kind, facts.leaf, facts.cut)
    rows += periods(about, kind, facts.cut)
    if about.office.plan.blocks:
        rows.append([cut_button(about, kind, cut, facts.cut) for cut in RATED_BY])
    return InlineKeyboardMarkup(inline_keyboard=rows)
