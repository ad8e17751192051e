"""The questions of a plain table: whose numbers it has, and which of its columns says what."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.views.import_lines import SOURCES, named
from handlers.views.message import Line
from risk.export_columns import Field
from risk.imports import Asking
from risk.use_cases.import_telling import ImportFacts

_FIELDS: Final[Mapping[Field, str]] = MappingProxyType(
    {
        Field.NUMBER: "номер обращения",
        Field.CREATED: "дата поступления",
        Field.STEP: "состояние обращения",
        Field.PLANNED: "плановый срок",
        Field.FINISHED: "дата ответа",
        Field.GROUP: "группа тем",
        Field.TOPIC: "тема",
        Field.SETTLEMENT: "населённый пункт",
        Field.DEPARTMENT: "ведомство",
        Field.ORGANISATION: "организация, которая отвечает",
        Field.MUNICIPALITY: "муниципалитет",
        Field.CHANNEL: "канал поступления",
    }
)


def asking_lines(facts: ImportFacts) -> Iterator[Line]:
    asking = facts.one.asking
    assert asking is not None
    yield Bold(f"Незнакомая таблица: {named(facts.one.file)}")
    yield "Укажите столбцы один раз, дальше такие таблицы читаются сами."
    if asking.source is not None:
        yield f"Чьи номера: {SOURCES[asking.source]}"
    yield from _columns_so_far(asking)
    yield _question(asking)


def _columns_so_far(asking: Asking) -> Iterator[str]:
    for field, header in asking.fields.items():
        yield f"{_FIELDS[field].capitalize()}: {'нет' if header is None else named(header)}"


def _question(asking: Asking) -> str:
    if asking.source is None:
        return "Чьи это обращения и номера?"
    if asking.asked is None:
        return "Проверьте столбцы. Читать по ним?"
    return f"В каком столбце {_FIELDS[asking.asked]}?"
