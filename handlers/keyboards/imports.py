"""The buttons under a file with appeals: load it, leave it, take it back, name its columns."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.imports import ImportAct, ImportColumn, ImportColumnsPage, ImportPress, ImportSource
from handlers.keyboards.buttons import Row, button, in_rows, turning
from risk.appeals import AppealSource
from risk.imports import Asking, ImportState
from risk.use_cases.import_telling import ImportFacts, ImportsFacts

HEADERS_ON_A_PAGE: Final = 40
_IN_A_ROW: Final = 2


def import_keyboard(facts: ImportFacts) -> InlineKeyboardMarkup | None:
    rows = _ROWS.get(facts.one.state, _none)(facts)
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def imports_keyboard(facts: ImportsFacts) -> InlineKeyboardMarkup | None:
    """Only the last one can be taken back."""
    if facts.last is None:
        return None
    undo = ImportPress(office=facts.office.id, imported=facts.last.id, act=ImportAct.UNDO_LISTED)
    return InlineKeyboardMarkup(inline_keyboard=[[button(f"Отменить загрузку {facts.last.id}", undo)]])


def _none(_: ImportFacts) -> list[Row]:
    return []


def _reading(facts: ImportFacts) -> list[Row]:
    return [[_press(facts, "Отмена", ImportAct.CANCEL)]]


def _waiting(facts: ImportFacts) -> list[Row]:
    cancel = _press(facts, "Отмена", ImportAct.CANCEL)
    if facts.one.found.is_complete_in_doubt:
        return [
            [_press(facts, "Загрузить, пропавшие не отмечать", ImportAct.LOAD)],
            [_press(facts, "Загрузить: выгрузка полная", ImportAct.LOAD_COMPLETE)],
            [cancel],
        ]
    return [[_press(facts, "Загрузить", ImportAct.LOAD), cancel]]


def _applied(facts: ImportFacts) -> list[Row]:
    return [[_press(facts, "Отменить загрузку", ImportAct.UNDO)]] if facts.is_last else []


def _asking(facts: ImportFacts) -> list[Row]:
    asking = facts.one.asking
    if asking is None:
        return []
    if asking.source is None:
        return [*_sources(facts), [_press(facts, "Отмена", ImportAct.CANCEL)]]
    ways_out = [_press(facts, "Заново", ImportAct.ANEW), _press(facts, "Отмена", ImportAct.CANCEL)]
    if asking.asked is None:
        return [[_press(facts, "Читать по этим столбцам", ImportAct.READ)], ways_out]
    return [*_columns(facts, asking), ways_out]


def _sources(facts: ImportFacts) -> list[Row]:
    titles = ((AppealSource.IM, "ИМ"), (AppealSource.POS, "ПОС"), (AppealSource.HAND, "Другой учёт"))
    office, one = facts.office.id, facts.one.id
    return [[button(title, ImportSource(office=office, imported=one, source=source)) for source, title in titles]]


def _columns(facts: ImportFacts, asking: Asking) -> list[Row]:
    """Headers that say nothing yet; what need not be there can be said to be missing."""
    free = [place for place, header in enumerate(asking.headers) if header not in asking.fields.values()]
    pages = max(1, -(-len(free) // HEADERS_ON_A_PAGE))
    page = min(asking.page, pages - 1)
    buttons = [
        _column(facts, asking, asking.headers[place], place)
        for place in free[page * HEADERS_ON_A_PAGE : (page + 1) * HEADERS_ON_A_PAGE]
    ]
    rows = in_rows(buttons, _IN_A_ROW)
    office, one = facts.office.id, facts.one.id
    rows += turning(page, pages, lambda to: ImportColumnsPage(office=office, imported=one, page=to))
    if asking.asked is not None and not asking.is_needed(asking.asked):
        rows.append([_column(facts, asking, "Нет такого столбца", None)])
    return rows


def _column(facts: ImportFacts, asking: Asking, title: str, place: int | None) -> InlineKeyboardButton:
    press = ImportColumn(office=facts.office.id, imported=facts.one.id, step=asking.step, place=place)
    return button(title, press)


def _press(facts: ImportFacts, title: str, act: ImportAct) -> InlineKeyboardButton:
    return button(title, ImportPress(office=facts.office.id, imported=facts.one.id, act=act))


_ROWS: Final[Mapping[ImportState, Callable[[ImportFacts], list[Row]]]] = MappingProxyType(
    {
        ImportState.READING: _reading,
        ImportState.ASKING_COLUMNS: _asking,
        ImportState.WAITING: _waiting,
        ImportState.APPLIED: _applied,
    }
)
