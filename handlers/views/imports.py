"""What is said of files with appeals: why one cannot be read, what is wrong with a row."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from handlers.views.message import Outgoing
from risk.cells import Wrong
from risk.export_rows import RowFault
from risk.sheet_faults import SheetFault
from risk.use_cases.importing import ImportFacts

_NOTHING_LOADED: Final = "Ничего не загружено."

_FAULTS: Final[Mapping[SheetFault, str]] = MappingProxyType(
    {
        SheetFault.GONE: "Файл не открывается: его нет на месте или нет доступа. {nothing} Проверьте и повторите.",
        SheetFault.EMPTY: "Файл пустой. {nothing} Выгрузите его заново.",
        SheetFault.NOT_A_SHEET: "Это не таблица. {nothing} Нужен файл .xlsx или .csv, как его отдаёт система.",
        SheetFault.TRUNCATED: "Файл обрывается на середине. {nothing} Скачайте выгрузку заново.",
        SheetFault.DAMAGED: "Файл повреждён и не читается. {nothing} Скачайте выгрузку заново.",
        SheetFault.ENCRYPTED: "Файл закрыт паролем. {nothing} Снимите пароль и повторите.",
        SheetFault.TOO_BIG: "Файл слишком большой. {nothing} Сделайте выгрузку за меньший срок.",
        SheetFault.UNPACKS_TOO_BIG: (
            "Файл маленький, но распаковывается в слишком большой. {nothing} Скачайте выгрузку заново."
        ),
        SheetFault.TOO_MANY_ROWS: "В файле слишком много строк. {nothing} Сделайте выгрузку за меньший срок.",
        SheetFault.TOO_MANY_COLUMNS: "В файле слишком много столбцов. {nothing} Проверьте, тот ли это файл.",
        SheetFault.TOOK_TOO_LONG: "Файл читается слишком долго. {nothing} Сделайте выгрузку за меньший срок.",
    }
)

_WRONG: Final[Mapping[Wrong, str]] = MappingProxyType(
    {
        Wrong.MISSING: "{column} не указано",
        Wrong.NOT_A_NUMBER: "{column} не похоже на номер",
        Wrong.ROUNDED: "{column} округлено таблицей (вида 6,1E+6), цифры потеряны",
        Wrong.NOT_A_DATE: "{column} не похоже на дату",
        Wrong.DATE_BEYOND: "{column}: год раньше 2000 или позже 2100",
        Wrong.NOT_A_DURATION: "{column} не похоже на длительность",
        Wrong.NOT_YES_NO: "{column}: ожидается «Да» или «Нет»",
        Wrong.NOT_A_MARK: "{column}: ожидается оценка от 1 до 5",
        Wrong.TOO_LONG: "{column}: вместо нескольких слов длинный текст",
        Wrong.DOUBLED: "номер повторяется",
        Wrong.CONTRADICTS: "{column}: столбец есть дважды, и значения разные",
        Wrong.SHIFTED: "ячеек не столько, сколько в шапке: похоже, строка сдвинута",
    }
)


def fault_text(fault: SheetFault) -> str:
    """Why the file as a whole was left alone, and what to do."""
    return _FAULTS[fault].format(nothing=_NOTHING_LOADED)


def row_fault_text(fault: RowFault) -> str:
    """«строка 77: «Дата создания» не указано»; what stands in the cell is not told."""
    return f"строка {fault.row}: {_WRONG[fault.wrong].format(column=f'«{fault.column}»')}"


def preview(facts: ImportFacts) -> Outgoing:
    one = facts.one
    return Outgoing(text=f"{one.file}: {one.state.value} {one.found}")
