"""Exports as tests read them: a sheet in, appeals and faults out; and what of the samples is nobody's business."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from risk.appeals import Appeal
from risk.export_columns import Fate
from risk.export_layouts import ColumnMapping, Recognition, recognise
from risk.export_rows import ExportReading, ReadRow, RowFault
from risk.sheets import Cell, Row
from tests.support.workbooks import as_sheet

MOSCOW: Final = ZoneInfo("Europe/Moscow")

IM_ROW: Final[Mapping[str, Cell]] = {
    "Номер инцидента": 700000.0,
    "Отдел": "Администрация",
    "Исполнитель": "Отдел ЖКХ",
    "Общее время первого ответа": "2026-11-07 09:20:47",
    "Время с даты создания инцидента до времени первого ответа, рабочее время": "1:26:00",
    "Уложились или нет после назн. ПИ": "Да",
    "Текущий шаг инцидента": "Готово",
    "Дата создания": "2026-11-06 02:51:43",
    "Дата окончания": "2026-11-08 17:15:37",
    "Группа тем": "Дороги",
    "Тема": "Ямы",
    "Муниципалитет": "Пестовский округ",
    "Населенный пункт": "деревня Вятка",
    "Тип инцидента": "Решаемый",
    "Итог": "Решено",
    "Урл поста": "http://vk.com/wall-1_2?reply=3",
    "Причина закрытия": "5",
}
POS_ROW: Final[Mapping[str, Cell]] = {
    "Номер": 6100013.0,
    "Источник": "EPGU",
    "Категория": "Мусор",
    "Подкатегория": "Свалка",
    "Организация, в которой находится сообщение": "Администрация округа",
    "Дата поступления": "09.11.2026",
    "Дата планируемого завершения работ": "18.11.2026",
    "Дата фактического завершения работ": "-",
    "Статус": "Назначен исполнитель",
    "Фаст-трек": "Нет",
    "ФЗ": "Обычное сообщение",
    "Тип решения": "-",
    "Оценка ответа заявителем": "-",
    "Повторное рассмотрение": "-",
}


def read(rows: Iterable[Row], mappings: Sequence[ColumnMapping] = ()) -> list[ReadRow]:
    return list(ExportReading(as_sheet(rows), MOSCOW, mappings=mappings).rows())


def read_one(row: Mapping[str, Cell]) -> ReadRow:
    """Of an export with this one row."""
    (found,) = read([list(row), list(row.values())])
    return found


def appeal_of(row: Mapping[str, Cell]) -> Appeal:
    found = read_one(row)
    assert isinstance(found, Appeal), found
    return found


def fault_of(row: Mapping[str, Cell]) -> RowFault:
    found = read_one(row)
    assert isinstance(found, RowFault), found
    return found


def personal_cells(table: Sequence[Row]) -> Iterator[str]:
    """Everything that stands in personal columns of an export, as text without its stray apostrophe."""
    found: Recognition = recognise(table)
    for column in found.columns:
        if column.fate in {Fate.PERSONAL, Fate.STAFF}:
            for row in table[found.heading_row :]:
                text = str(row[column.place] or "").removeprefix("'").strip()
                if len(text) > 1:
                    yield text
