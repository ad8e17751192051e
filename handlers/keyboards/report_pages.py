"""What the buttons of reports on demand share: a page of a report, its periods, leaves, ways to cut; no figures."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton

from handlers.callbacks.reports import ReportKind, ReportPage
from handlers.keyboards.buttons import NUMBERS_IN_A_ROW, Row, button, in_rows, turning
from risk.appeal_lists import short_code
from risk.asked_periods import earlier, later
from risk.figures import Cut, GroupKey
from risk.periods import Period, PeriodKind
from risk.reports_asked import CodedScope, Leaf
from risk.use_cases.asking import Opened

_CUT_TITLES: Final[Mapping[Cut, str]] = MappingProxyType(
    {
        Cut.BLOCK: "По блокам",
        Cut.TERRITORY: "По территориям",
        Cut.CHANNEL: "По каналам",
        Cut.TOPIC: "По темам",
        Cut.DEPARTMENT: "По отделам",
    }
)
_CURRENT: Final[Mapping[PeriodKind, str]] = MappingProxyType(
    {PeriodKind.WEEK: "Неделя", PeriodKind.MONTH: "Месяц", PeriodKind.QUARTER: "Квартал"}
)


def report_page(
    about: Opened,
    report: ReportKind,
    *,
    period: Period | None = None,
    scope: CodedScope | None = None,
    cut: Cut | None = None,
    leaf: int = 0,
    widened: bool = False,
) -> ReportPage:
    """The same report but for what is given; `widened`: of no group any more."""
    shown = period or about.asked.period
    within = None if widened else scope or about.scope
    return ReportPage(
        office=about.office.id,
        report=report,
        period=shown.kind,
        first=shown.first.toordinal(),
        last=shown.last.toordinal(),
        within=None if within is None else within.cut,
        code=None if within is None else within.code,
        cut=cut,
        leaf=leaf,
    )


def periods(about: Opened, report: ReportKind, cut: Cut | None) -> Iterator[Row]:
    """Beside the one shown, then the current ones; «вчера» is the day before today."""
    period, today = about.asked.period, about.office.plan.calendar.local(about.now).date()
    steps = (("‹ Раньше", earlier(period)), ("Позже ›", later(period, today)))
    yield [button(title, report_page(about, report, cut=cut, period=each)) for title, each in steps if each is not None]
    day = Period(first=today, last=today, kind=PeriodKind.DAY)
    yield [
        button(title, report_page(about, report, cut=cut, period=each))
        for title, each in (("Сегодня", day), ("Вчера", day.next(-1)))
    ]
    yield [button(title, _current(about, report, kind, cut)) for kind, title in _CURRENT.items()]


def cut_button(about: Opened, report: ReportKind, cut: Cut, chosen: Cut | None) -> InlineKeyboardButton:
    sign = "• " if cut is chosen else ""
    return button(f"{sign}{_CUT_TITLES[cut]}", report_page(about, report, cut=cut))


def leaves(about: Opened, report: ReportKind, leaf: Leaf, cut: Cut | None) -> list[Row]:
    return turning(leaf.page, leaf.pages, lambda to: report_page(about, report, cut=cut, leaf=to))


def group_rows(about: Opened, cut: Cut, numbered: Iterable[tuple[int, GroupKey]]) -> list[Row]:
    """By its number, the summary of each group, in which every figure of its row opens."""
    buttons = [
        button(str(place), report_page(about, ReportKind.SUMMARY, scope=group_scope(cut, key)))
        for place, key in numbered
    ]
    return in_rows(buttons, NUMBERS_IN_A_ROW)


def group_scope(cut: Cut, key: GroupKey) -> CodedScope:
    """How a button names a group of the cut, or what has none."""
    if key is None:
        return CodedScope(cut=cut, code=None)
    return CodedScope(cut=cut, code=str(key) if cut is Cut.CHANNEL else short_code(str(key)))


def _current(about: Opened, report: ReportKind, kind: PeriodKind, cut: Cut | None) -> ReportPage:
    """Without days: that of the moment of the press."""
    return report_page(about, report, cut=cut).model_copy(update={"period": kind, "first": None, "last": None})
