"""The columns that exports are known to have: which are kept as what, which are left, which are personal.

A header is looked up by `risk.cells.key_of`: order, case, spaces, ё and е do not matter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from risk.cells import key_of


class Field(StrEnum):
    """What a kept column says of an appeal, or, the last two, of a first answer."""

    NUMBER = "number"
    CREATED = "created"
    STEP = "step"
    PLANNED = "planned"
    FINISHED = "finished"
    CHANNEL = "channel"
    GROUP = "group"
    TOPIC = "topic"
    KIND = "kind"
    OUTCOME = "outcome"
    CLOSING = "closing"
    """«Причина закрытия» of ИМ: a mark, or words about the author's satisfaction."""
    MARK = "mark"
    SETTLEMENT = "settlement"
    MUNICIPALITY = "municipality"
    DEPARTMENT = "department"
    EXECUTOR = "executor"
    ORGANISATION = "organisation"
    RECEIVED_BY = "received_by"
    """The organisation that it came to first; told when the one that has it now is not."""
    FIRST_ANSWERED = "first_answered"
    FIRST_ANSWER_IN_NORM = "first_answer_in_norm"
    FIRST_ANSWER_TIME = "first_answer_time"
    LAW = "law"
    """«59-ФЗ», or what it is instead."""
    LAW_CHOSEN = "law_chosen"
    FAST_TRACK = "fast_track"
    REPEATED = "repeated"
    POST = "post"
    ANSWER_TIME = "answer_time"
    IMPORTANCE = "importance"


class Fate(StrEnum):
    """What becomes of a column."""

    KEPT = "kept"
    LEFT = "left"
    """Known, of nobody in person, and not needed."""
    PERSONAL = "personal"
    """Of residents: texts, profiles, streets and houses, and free notes that may hold any of these."""
    STAFF = "staff"
    """Names of those who serve."""
    UNKNOWN = "unknown"

    @property
    def is_dropped(self) -> bool:
        """Whether it is told by name that nothing of the column is kept, for it is about people."""
        return self in {Fate.PERSONAL, Fate.STAFF}


class LayoutKind(StrEnum):
    """Which export a file is."""

    IM = "im"
    POS = "pos"
    FIRST_ANSWERS = "first_answers"
    """The regional sheet without numbers: statistics of first answers, no appeals."""
    MAPPED = "mapped"
    """A plain table whose columns somebody has named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What an export is known by. `names` gives a needed field the header that people know it by."""

    kind: LayoutKind
    kept: Mapping[str, Field]
    others: Mapping[str, Fate]
    needed: tuple[Field, ...]
    names: Mapping[Field, str] = field(repr=False)

    def knows(self, key: str) -> bool:
        return key in self.kept or key in self.others


def _layout(
    kind: LayoutKind,
    kept: Mapping[str, Field],
    *,
    left: str = "",
    personal: str = "",
    staff: str = "",
    needed: tuple[Field, ...],
) -> Layout:
    others = {
        key_of(header): fate
        for fate, headers in ((Fate.LEFT, left), (Fate.PERSONAL, personal), (Fate.STAFF, staff))
        for header in headers.splitlines()
        if header.strip()
    }
    names = {named: header for header, named in kept.items()}
    return Layout(
        kind=kind,
        kept=MappingProxyType({key_of(header): named for header, named in kept.items()}),
        others=MappingProxyType(others),
        needed=needed,
        names=MappingProxyType(names),
    )


IM: Final = _layout(
    LayoutKind.IM,
    {
        "Номер инцидента": Field.NUMBER,
        "Дата создания": Field.CREATED,
        "Текущий шаг инцидента": Field.STEP,
        "Дата окончания": Field.FINISHED,
        "Отдел": Field.DEPARTMENT,
        "Исполнитель": Field.EXECUTOR,
        "Группа тем": Field.GROUP,
        "Тема": Field.TOPIC,
        "Муниципалитет": Field.MUNICIPALITY,
        "Населенный пункт": Field.SETTLEMENT,
        "Тип инцидента": Field.KIND,
        "Итог": Field.OUTCOME,
        "Причина закрытия": Field.CLOSING,
        "Общее время первого ответа": Field.FIRST_ANSWERED,
        "Уложились или нет после назн. ПИ": Field.FIRST_ANSWER_IN_NORM,
        "Время с даты создания инцидента до времени первого ответа, рабочее время": Field.FIRST_ANSWER_TIME,
        "Урл поста": Field.POST,
    },
    left="""
        Кабинет
        ID
        Регион
        Время с даты создания инцидента до времени первого ответа
        Время назначения последнего исполнителя
        Время 1го ответа ПИ
        Первая реакция с момента назн. ПИ
        Время с начала создания инцидента до окончания
        Время отправки первого ответа ПИ на согласование
        Время, которое первый ответ ПИ находился на согласовании
        Время попадания на шаг оценка удовлетворенности
        Есть медиафайл в ответе
        Есть медиафайл в сообщении
        Аудитория
        Вовлеченность
        Опрос отправлен
    """,
    personal="""
        Текст инцидента
        Общий текст первого ответа
        1ый ответ ПИ
        2ой ответ ПИ
        3ий ответ ПИ
        URL автора
        Урл блога
        Аккаунт публикации ответа
        Улица
        Дом
        Объект
        Объект старый
        Теги
        Примечание
    """,
    needed=(Field.NUMBER, Field.CREATED, Field.STEP),
)
"""«Теги» and «Примечание» are free words; «Объект» is an address as often as not."""

POS: Final = _layout(
    LayoutKind.POS,
    {
        "Номер": Field.NUMBER,
        "Дата поступления": Field.CREATED,
        "Статус": Field.STEP,
        "Дата планируемого завершения работ": Field.PLANNED,
        "Дата фактического завершения работ": Field.FINISHED,
        "Источник": Field.CHANNEL,
        "Категория": Field.GROUP,
        "Подкатегория": Field.TOPIC,
        "Организация, в которой находится сообщение": Field.ORGANISATION,
        "Организация, в которую поступило сообщение": Field.RECEIVED_BY,
        "ФЗ": Field.LAW,
        "Заявитель выбрал подачу по 59-ФЗ": Field.LAW_CHOSEN,
        "Фаст-трек": Field.FAST_TRACK,
        "Тип решения": Field.OUTCOME,
        "Оценка ответа заявителем": Field.MARK,
        "Повторное рассмотрение": Field.REPEATED,
    },
    left="""
        Номер ЕПГУ
        Верхнеуровневый ЛКО
        Факт
        Стадия
        Просрочено
        Направлено по email в ФОИВ, не подключенный к ПОС
    """,
    staff="""
        ФИО координатора
        ФИО исполнителя
        ФИО руководителя
    """,
    needed=(Field.NUMBER, Field.CREATED, Field.STEP),
)
"""«Просрочено» is worked out anew at any moment, so it is not kept."""

FIRST_ANSWERS: Final = _layout(
    LayoutKind.FIRST_ANSWERS,
    {
        "Дата создания": Field.CREATED,
        "Время до ответа, ч:м:с": Field.ANSWER_TIME,
        "Важность": Field.IMPORTANCE,
        "Муниципалитет": Field.MUNICIPALITY,
        "Отдел": Field.DEPARTMENT,
    },
    left="Исполнитель",
    needed=(Field.CREATED, Field.ANSWER_TIME),
)

LAYOUTS: Final = (IM, POS, FIRST_ANSWERS)

NEEDED_OF_MAPPED: Final = (Field.NUMBER, Field.CREATED)
NOT_FOR_MAPPING: Final = frozenset({Field.ANSWER_TIME, Field.IMPORTANCE, Field.CLOSING, Field.LAW_CHOSEN})


def fate_of_unknown(key: str) -> Fate:
    """What a header that is in no table sounds like; by the letters of its key."""
    if any(known.others.get(key) in {Fate.PERSONAL, Fate.STAFF} for known in LAYOUTS):
        return next(known.others[key] for known in LAYOUTS if key in known.others)
    if _STAFF.search(key):
        return Fate.STAFF
    return Fate.PERSONAL if _PERSONAL.search(key) else Fate.UNKNOWN


_STAFF: Final = re.compile(r"фио(?:координатор|исполнител|руководител|сотрудник|оператор|модератор|ответственн)")
_PERSONAL: Final = re.compile(
    r"фио|фамили|^имя|имяавтор|отчеств|заявител|граждан|жител|автор|телефон|мобильн|контакт|email|почт|адрес|улиц"
    r"|^дом$|номердома|квартир|корпус|объект|текст|ответпи|содержани|описани|^сообщени|примечани|комментари|заметк|теги"
    r"|профил|аккаунт|блог|страниц|url|урл|ссылк|паспорт|снилс|^инн|рождени|координат|широта|долгота|подпис|вложени|фото"
)
