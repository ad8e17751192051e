"""Words and lines that all messages about files with appeals share: what a file is, of which days, lists of headers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from handlers.russian import counted, grouped
from risk.appeals import AppealSource
from risk.export_columns import LayoutKind
from risk.units import shortened, units
from risk.use_cases.import_telling import ImportFacts

_HEADERS_ROOM: Final = 450
"""Five lists of headers, each of them in so many units, the faults and the rest: all fit into one message."""
_NAMED_ROOM: Final = 60
"""Of one header: a table may have a sentence for one."""

SOURCES: Final[Mapping[AppealSource, str]] = MappingProxyType(
    {AppealSource.IM: "ИМ", AppealSource.POS: "ПОС", AppealSource.HAND: "другой учёт"}
)
LAYOUTS: Final[Mapping[LayoutKind, str]] = MappingProxyType(
    {
        LayoutKind.IM: "Выгрузка «Инцидент Менеджмент»",
        LayoutKind.POS: "Выгрузка ПОС",
        LayoutKind.FIRST_ANSWERS: "Сводка первых ответов",
        LayoutKind.MAPPED: "Таблица по указанным столбцам",
    }
)


def what(facts: ImportFacts, *, capital: bool = True) -> str:
    """«Выгрузка ПОС, 420 строк за 06.10–20.11»."""
    one = facts.one
    title = "Файл" if one.layout is None else LAYOUTS[one.layout]
    if one.layout is LayoutKind.MAPPED and one.source is not None:
        title = f"{title} ({SOURCES[one.source]})"
    days = "" if one.first_day is None or one.last_day is None else f" за {period(one.first_day, one.last_day, facts)}"
    return f"{title if capital else title[0].lower() + title[1:]}, {rows(one.found.rows)}{days}"


def period(first: date, last: date, facts: ImportFacts) -> str:
    """«06.10–20.11»; with years where not both are of this one."""
    this_year = facts.office.plan.calendar.local(facts.now).year
    pattern = "%d.%m" if first.year == last.year == this_year else "%d.%m.%Y"
    return f"{first:{pattern}}" if first == last else f"{first:{pattern}}–{last:{pattern}}"


def rows(count: int) -> str:
    """«12 000 строк»."""
    return counted(count, "строка", "строки", "строк").replace(str(count), grouped(count), 1)


def named(words: str) -> str:
    return f"«{shortened(words, _NAMED_ROOM)}»"


def listed(headers: Iterable[str]) -> str:
    return that_fit([named(header) for header in headers])


def that_fit(named: Sequence[str]) -> str:
    """As many as there is room for, and how many more."""
    shown: list[str] = []
    room = _HEADERS_ROOM
    for each in named:
        room -= units(each) + 2
        if room < 0:
            return f"{', '.join(shown)} и ещё {grouped(len(named) - len(shown))}"
        shown.append(each)
    return ", ".join(shown)
