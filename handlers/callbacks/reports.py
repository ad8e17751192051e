"""Buttons of reports and digests, which are read on the spot; what is made as a file is in `papers`."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.callbacks.fields import DayNumber, KeyCode, PageNumber, day_or_none
from risk.figures import Cut, Figure
from risk.ids import DigestId, OfficeId
from risk.periods import PeriodKind
from risk.reports_asked import CodedScope, PeriodAsked, ReportAsked


class ReportKind(StrEnum):
    """Which report is shown."""

    SUMMARY = "s"
    FIGURES = "f"
    """All figures of a summary, to open one."""
    PROBLEMS = "p"
    RATING = "r"
    WORKLOAD = "w"
    HEAT = "h"
    """The choice of a heat map."""


class ReportPage(CallbackData, prefix="rg"):
    """Show a report in the place of the pressed message: of a period, narrowed to a group, cut, turned to a page.

    Without a first day it is the current period of the kind, without a kind the usual one; a cut without
    a code narrows to what has no group of it.
    """

    office: OfficeId
    report: ReportKind
    period: PeriodKind | None = None
    first: DayNumber | None = None
    last: DayNumber | None = None
    within: Cut | None = None
    code: KeyCode | None = None
    cut: Cut | None = None
    leaf: PageNumber = 0


class FigureItems(CallbackData, prefix="fi"):
    """Show what a figure counts, of those days and that group. Without a page it is a message of its own."""

    office: OfficeId
    figure: Figure
    first: DayNumber
    last: DayNumber
    within: Cut | None = None
    code: KeyCode | None = None
    leaf: PageNumber | None = None


class Heat(StrEnum):
    """Which heat map is wanted."""

    TERRITORIES = "t"
    WEEKS = "w"


class HeatPress(CallbackData, prefix="ht"):
    """Have a heat map of these days made."""

    office: OfficeId
    heat: Heat
    period: PeriodKind
    first: DayNumber
    last: DayNumber


def report_asked(data: ReportPage | FigureItems) -> ReportAsked:
    """What the button asks for; the days of a figure are taken as they are."""
    kind, cut = (data.period, data.cut) if isinstance(data, ReportPage) else (PeriodKind.DAYS, None)
    return ReportAsked(
        period=PeriodAsked(kind=kind, first=day_or_none(data.first), last=day_or_none(data.last)),
        scope=None if data.within is None else CodedScope(cut=data.within, code=data.code),
        cut=cut,
        leaf=data.leaf or 0,
    )


class DigestShown(CallbackData, prefix="gs"):
    """Show the digest of the day in the place of the menu."""

    office: OfficeId


class DigestPage(CallbackData, prefix="gp"):
    """Have the digest set on one page, which comes in private."""

    office: OfficeId
    digest: DigestId


class DigestAgain(CallbackData, prefix="ga"):
    """Send the digest again, which may not have arrived though it was sent again so many `times` before."""

    office: OfficeId
    digest: DigestId
    times: int
