"""The buttons under reports on demand: periods, ways to cut and narrow, figures that open; how figures are named."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.appeals import AppealPage
from handlers.callbacks.papers import ExportChosen, MemoAsked
from handlers.callbacks.reports import FigureItems, Heat, HeatPress, ReportKind, ReportPage
from handlers.callbacks.risks import RiskCard
from handlers.keyboards.buttons import Row, button, turning
from handlers.russian import grouped
from risk.appeal_lists import short_code
from risk.asked_periods import earlier, later
from risk.figures import Cut, Figure, GroupKey, Tally
from risk.ids import OfficeId
from risk.memo_periods import OF_MEMOS
from risk.periods import Period, PeriodKind
from risk.problem_areas import Area
from risk.reports_asked import CUTS, CodedScope, Leaf
from risk.use_cases.asking import Opened
from risk.use_cases.figure_items import FigureFacts
from risk.use_cases.summaries import RATED_BY, ProblemsFacts, RatingFacts, SummaryFacts
from risk.use_cases.workloads import WorkloadFacts

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

_FIRST: Final = (
    Figure.NEW,
    Figure.OVERDUE,
    Figure.REPEATED,
    Figure.DEFERRED,
    Figure.RISKS_OPEN,
    Figure.RISKS_OVERDUE,
)
"""Under a summary; all others a press further."""
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
_HEATS: Final[Mapping[Heat, str]] = MappingProxyType(
    {Heat.TERRITORIES: "Темы по территориям", Heat.WEEKS: "Темы по неделям"}
)
_OF_AREA: Final[Mapping[Figure, str]] = MappingProxyType(
    {Figure.OVERDUE: "проср", Figure.REPEATED: "повт", Figure.NEW: "нов"}
)
"""Three in a row on a phone leave room for no more: «1 проср 19»."""
_IN_A_ROW: Final = 2
_NUMBERS_IN_A_ROW: Final = 4
_LAST_LEAF: Final = 99_999


def summary_keyboard(facts: SummaryFacts) -> InlineKeyboardMarkup:
    """Figures first, or groups of the cut; then periods, ways to cut, papers of it, the way back to all."""
    about, kind = facts.opened, ReportKind.SUMMARY
    rows = _groups(facts) if facts.cut is not None else _figures(about, facts.report.total, _FIRST)
    rows += _leaves(about, kind, facts.leaf, facts.cut)
    rows += _periods(about, kind, facts.cut)
    rows += [*_cuts(about, facts.cut), *_papers(about)]
    last = [] if facts.cut is not None else [button("Все показатели", _page(about, ReportKind.FIGURES))]
    if facts.cut is not None:
        last.append(button("Итоги", _page(about, kind)))
    if about.scope is not None:
        last.append(
            button("Все мои блоки" if about.own else "Весь офис", _page(about, kind, cut=facts.cut, widened=True))
        )
    return InlineKeyboardMarkup(inline_keyboard=[*rows, last])


def figures_keyboard(facts: SummaryFacts) -> InlineKeyboardMarkup:
    rows = _figures(facts.opened, facts.report.total, FIGURES)
    back = button("Назад", _page(facts.opened, ReportKind.SUMMARY))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [back]])


def problems_keyboard(facts: ProblemsFacts) -> InlineKeyboardMarkup:
    """Of each area, by its number, the items that make it one."""
    about = facts.opened
    first = facts.leaf.begins + 1
    rows = [row for place, area in enumerate(facts.areas, first) if (row := _of_area(about, place, area))]
    rows += _leaves(about, ReportKind.PROBLEMS, facts.leaf, None)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *_periods(about, ReportKind.PROBLEMS, None)])


def rating_keyboard(facts: RatingFacts) -> InlineKeyboardMarkup:
    about, kind = facts.opened, ReportKind.RATING
    rows = _leaves(about, kind, facts.leaf, facts.cut)
    rows += _periods(about, kind, facts.cut)
    if about.office.plan.blocks:
        rows.append([_cut(about, kind, cut, facts.cut) for cut in RATED_BY])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def workload_keyboard(facts: WorkloadFacts) -> InlineKeyboardMarkup:
    about, kind = facts.opened, ReportKind.WORKLOAD
    rows = _figures(about, facts.report.total, (Figure.OPEN, Figure.OVERDUE, Figure.RISKS_OPEN))
    rows += _leaves(about, kind, facts.leaf, None)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *_periods(about, kind, None)])


def heat_keyboard(about: Opened) -> InlineKeyboardMarkup:
    period = about.asked.period
    first, last = period.first.toordinal(), period.last.toordinal()
    rows = [
        [button(title, HeatPress(office=about.office.id, heat=heat, period=period.kind, first=first, last=last))]
        for heat, title in _HEATS.items()
        if about.office.plan.territories or heat is not Heat.TERRITORIES
    ]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *_periods(about, ReportKind.HEAT, None)])


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
    rows = _in_rows([*appeals, *risks], _NUMBERS_IN_A_ROW)
    rows += turning(facts.leaf.page, facts.leaf.pages, lambda leaf: _items(about, facts.figure, leaf=leaf))
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def figure_button(
    office: OfficeId, figure: Figure, count: int, period: Period, scope: CodedScope | None = None
) -> InlineKeyboardButton:
    """«Новые 31»: opens what the figure counts, in a message of its own."""
    return _opening(FIGURES[figure], office, figure, count, period, scope)


def _opening(
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


def code_of(cut: Cut, key: GroupKey) -> str:
    """How a button names a group of the cut."""
    return str(key) if cut is Cut.CHANNEL else short_code(str(key))


def _figures(about: Opened, total: Tally, offered: Iterable[Figure]) -> list[Row]:
    """Those that count anything."""
    period, office = about.asked.period, about.office.id
    buttons = [figure_button(office, each, total[each], period, about.scope) for each in offered if total[each]]
    return _in_rows(buttons, _IN_A_ROW)


def _groups(facts: SummaryFacts) -> list[Row]:
    """To narrow the summary to one of the groups shown; what has no group is none to narrow to."""
    assert facts.cut is not None
    cut, begins = facts.cut, facts.leaf.begins + 1
    buttons = [
        button(
            str(place), _page(facts.opened, ReportKind.SUMMARY, scope=CodedScope(cut=cut, code=code_of(cut, each.key)))
        )
        for place, each in enumerate(facts.groups, begins)
        if each.key is not None
    ]
    return _in_rows(buttons, _NUMBERS_IN_A_ROW)


def _of_area(about: Opened, place: int, area: Area) -> Row:
    if area.topic is None:
        return []
    scope = CodedScope(cut=Cut.TOPIC, code=code_of(Cut.TOPIC, area.topic))
    return [
        _opening(f"{place}\u00a0{title}", about.office.id, figure, area.tally[figure], about.asked.period, scope)
        for figure, title in _OF_AREA.items()
        if area.tally[figure]
    ]


def _periods(about: Opened, report: ReportKind, cut: Cut | None) -> Iterator[Row]:
    """Beside the one shown, then the current ones; «вчера» is the day before today."""
    period, today = about.asked.period, about.office.plan.calendar.local(about.now).date()
    steps = (("‹ Раньше", earlier(period)), ("Позже ›", later(period, today)))
    yield [button(title, _page(about, report, cut=cut, period=each)) for title, each in steps if each is not None]
    day = Period(first=today, last=today, kind=PeriodKind.DAY)
    yield [
        button(title, _page(about, report, cut=cut, period=each))
        for title, each in (("Сегодня", day), ("Вчера", day.next(-1)))
    ]
    yield [button(title, _current(about, report, kind, cut)) for kind, title in _CURRENT.items()]


def _cuts(about: Opened, chosen: Cut | None) -> list[Row]:
    """All but that of the group to which it is narrowed, and those that this office has not."""
    plan, narrowed = about.office.plan, None if about.scope is None else about.scope.cut
    absent = {
        *([] if plan.blocks else [Cut.BLOCK]),
        *([] if plan.territories else [Cut.TERRITORY]),
        *([] if narrowed is None else [narrowed]),
    }
    offered = [each for each in CUTS if each not in absent]
    return _in_rows([_cut(about, ReportKind.SUMMARY, each, chosen) for each in offered], _IN_A_ROW)


def _cut(about: Opened, report: ReportKind, cut: Cut, chosen: Cut | None) -> InlineKeyboardButton:
    sign = "• " if cut is chosen else ""
    return button(f"{sign}{_CUT_TITLES[cut]}", _page(about, report, cut=cut))


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


def _leaves(about: Opened, report: ReportKind, leaf: Leaf, cut: Cut | None) -> list[Row]:
    return turning(leaf.page, leaf.pages, lambda page: _page(about, report, cut=cut, leaf=page))


def _page(
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


def _current(about: Opened, report: ReportKind, kind: PeriodKind, cut: Cut | None) -> ReportPage:
    """Without days: that of the moment of the press."""
    return _page(about, report, cut=cut).model_copy(update={"period": kind, "first": None, "last": None})


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


def _in_rows(buttons: Sequence[InlineKeyboardButton], width: int) -> list[Row]:
    return [list(buttons[at : at + width]) for at in range(0, len(buttons), width)]
