"""What reports on demand share: whose figures they are, of which period, as of when, how groups are named."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.days import day, month
from handlers.russian import decimal, percent, signed
from handlers.views.dates import moment
from handlers.views.freshness import coverage_line, exports_line
from handlers.views.lines import WITHOUT_BLOCK, block_line
from handlers.views.message import Line
from risk.appeals import AppealSource
from risk.figures import Cut, GroupKey
from risk.ids import BlockKey, TerritoryKey
from risk.offices import OfficePlan
from risk.periods import Period, PeriodKind
from risk.problem_areas import Growth
from risk.ratings import Rate
from risk.reports import Report
from risk.units import shortened
from risk.use_cases.asking import Opened

STALE_REPORT: Final = "Эта сводка устарела. Откройте её заново: /summary."

TITLE_ROOM: Final = 120
_GROWTH_ROOM: Final = 60
_CHANNELS: Final[Mapping[AppealSource, str]] = MappingProxyType(
    {AppealSource.IM: "Инцидент Менеджмент", AppealSource.POS: "ПОС", AppealSource.HAND: "записано вручную"}
)
_NONE: Final[Mapping[Cut, str]] = MappingProxyType(
    {
        Cut.BLOCK: WITHOUT_BLOCK,
        Cut.TERRITORY: "территория не указана",
        Cut.SETTLEMENT: "населённый пункт не указан",
        Cut.TOPIC: "тема не указана",
        Cut.DEPARTMENT: "отдел не указан",
    }
)


def heading(title: str, about: Opened) -> Iterator[Line]:
    """«Сводка · неделя, 23.11–27.11», and whose it is."""
    yield Bold(f"{title} · {period_words(about.asked.period, _today(about))}")
    yield whose(about)


def as_of(report: Report, about: Opened) -> Iterator[str]:
    """Below the figures: the moment they are of, and the exports that they rest on."""
    calendar = about.office.plan.calendar
    yield f"По состоянию на {moment(about.asked.stands_at, calendar, about.now)}."
    yield exports_line(report.freshest, about.office.plan, about.now)
    lacking = coverage_line(report, lambda each: days_words(Period(first=each, last=each), _today(about)))
    if lacking is not None:
        yield lacking


def compared(report: Report, about: Opened) -> str:
    """«Сравнение: 16.11–20.11»; where appeals are not compared, why."""
    days = days_words(report.compared, _today(about))
    if report.appeals_before is None:
        return f"Сравнение: {days}; обращения не сравниваем: выгружены не все дни"
    return f"Сравнение: {days}"


def whose(about: Opened) -> str:
    """The office, the group that it is narrowed to, or the blocks that are the reader's own."""
    plan, scope = about.office.plan, about.asked.scope
    parts = [
        None
        if scope.blocks is None
        else ", ".join(sorted(group_title(Cut.BLOCK, each, plan) for each in scope.blocks)),
        None if scope.territory is None else group_title(Cut.TERRITORY, scope.territory, plan),
        None if scope.channel is None else group_title(Cut.CHANNEL, scope.channel, plan),
        None if scope.topic is None else f"«{scope.topic}»",
        None if scope.department is None else group_title(Cut.DEPARTMENT, scope.department, plan),
        None if scope.lacks is None else group_title(scope.lacks, None, plan),
    ]
    narrowed = " · ".join(filter(None, parts))
    if not narrowed:
        return plan.title
    return shortened(f"Только ваши блоки: {narrowed}" if about.own else f"{plan.title} · {narrowed}", 2 * TITLE_ROOM)


def group_title(cut: Cut, key: GroupKey, plan: OfficePlan) -> str:
    """As people know the group; one that the office never had is named by its key."""
    if key is None or isinstance(key, date):
        return _NONE.get(cut, "не указано") if key is None else f"{key:%d.%m.%Y}"
    match cut:
        case Cut.BLOCK:
            return block_line(BlockKey(key), plan) or key
        case Cut.TERRITORY:
            territory = plan.territory(TerritoryKey(key))
            return key if territory is None else territory.title
        case Cut.CHANNEL:
            return _CHANNELS[AppealSource(key)]
        case _:
            return shortened(key, TITLE_ROOM)


def growth_words(growth: Growth, plan: OfficePlan) -> str:
    """«Советская территория +5»."""
    return f"{shortened(group_title(growth.cut, growth.key, plan), _GROWTH_ROOM)} {signed(growth.more)}"


def period_words(period: Period, today: date) -> str:
    """«сегодня, пт 27.11», «неделя 23.11–27.11», «ноябрь 2026 по 27.11», «4 квартал 2026», «01.11–15.11»."""
    match period.kind:
        case PeriodKind.DAY:
            near = {0: "сегодня, ", 1: "вчера, "}.get((today - period.first).days, "")
            return f"{near}{day(period.first, today)}"
        case PeriodKind.WEEK:
            return f"неделя {days_words(period, today)}"
        case PeriodKind.MONTH:
            return f"{month(period.first)}{_so_far(period)}"
        case PeriodKind.QUARTER:
            return f"{(period.first.month + 2) // 3} квартал {period.first.year}{_so_far(period)}"
        case PeriodKind.DAYS:
            return days_words(period, today)


def days_words(period: Period, today: date) -> str:
    """«01.11–15.11»; with years where they are not this one."""
    other = {period.first.year, period.last.year} != {today.year}
    first, last = (f"{each:%d.%m.%Y}" if other else f"{each:%d.%m}" for each in (period.first, period.last))
    return first if first == last else f"{first}–{last}"


def share_words(rate: Rate) -> str:
    """«83 %», «мало данных (3)»."""
    return f"мало данных ({rate.of})" if rate.value is None else percent(rate.value)


def few(rate: Rate) -> str:
    """«(3)»: where a table has no room for «мало данных»; `few_words` says what that is."""
    return f"({rate.of})"


def few_words(minimum: int) -> str:
    return f"Число в скобках вместо показателя: мало данных, столько есть, а нужно от {minimum}."


def days_of(rate: Rate) -> str:
    return f"мало данных ({rate.of})" if rate.value is None else decimal(rate.value)


def _so_far(period: Period) -> str:
    return "" if period.last == period.next(0).last else f" по {period.last:%d.%m}"


def _today(about: Opened) -> date:
    return about.office.plan.calendar.local(about.now).date()
