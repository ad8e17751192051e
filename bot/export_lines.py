"""What the shell says of exports: which one a file is, what becomes of its columns, why it cannot be read."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from risk.export_columns import LayoutKind
from risk.sheet_faults import SheetFault

TITLES: Final[Mapping[LayoutKind, str]] = MappingProxyType(
    {
        LayoutKind.IM: "выгрузка «Инцидент Менеджмент»",
        LayoutKind.POS: "выгрузка ПОС",
        LayoutKind.FIRST_ANSWERS: "сводка первых ответов (без номеров)",
        LayoutKind.MAPPED: "таблица, столбцы которой офис уже указал",
    }
)
REFUSED: Final[Mapping[SheetFault, str]] = MappingProxyType(
    {
        SheetFault.GONE: "файла нет или его нельзя прочитать. Проверьте путь и права.",
        SheetFault.EMPTY: "файл пустой.",
        SheetFault.NOT_A_SHEET: "это не таблица. Нужен файл .xlsx или .csv, как его отдаёт система.",
        SheetFault.TRUNCATED: "файл обрывается. Скопируйте или выгрузите его заново.",
        SheetFault.DAMAGED: "файл повреждён. Выгрузите его заново.",
        SheetFault.ENCRYPTED: "файл закрыт паролем. Снимите пароль и повторите.",
        SheetFault.TOO_BIG: "файл больше 64 МБ. Выгрузите за меньший срок.",
        SheetFault.UNPACKS_TOO_BIG: "файл маленький, но распаковывается в слишком большой. Выгрузите его заново.",
        SheetFault.TOO_MANY_ROWS: "строк больше 200 тысяч. Выгрузите за меньший срок.",
        SheetFault.TOO_MANY_COLUMNS: "столбцов больше 512. Проверьте, тот ли это файл.",
        SheetFault.TOOK_TOO_LONG: "файл читается слишком долго. Выгрузите за меньший срок.",
    }
)


def quoted(headers: Iterable[str]) -> str:
    return ", ".join(f"«{header}»" for header in headers)
