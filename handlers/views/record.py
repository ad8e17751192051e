"""A record in the making: which question stands now, what was answered so far, and its end."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.days import day
from handlers.keyboards.records import record_keyboard
from handlers.views.lines import gist_line
from handlers.views.message import Line, Outgoing, outgoing
from handlers.views.working import REACH_QUESTION, publication_line, unknown_line
from risk.records import RecordField, RecordKind, RecordStatus
from risk.units import shortened
from risk.use_cases.reading import RecordFacts

KINDS: Final[Mapping[RecordKind, str]] = MappingProxyType(
    {
        RecordKind.CONFIRMED: "итог проверки — подтвердился",
        RecordKind.PARTLY: "итог проверки — подтвердился частично",
        RecordKind.REFUTED: "итог проверки — не подтвердился",
        RecordKind.UNCLEAR: "итог проверки — уточняется",
        RecordKind.UNKNOWN: "неизвестное обстоятельство",
        RecordKind.UNKNOWN_ANSWER: "ответ на вопрос",
        RecordKind.MEASURE_TAKEN: "принятая мера",
        RecordKind.MEASURE_PLANNED: "запланированная мера",
        RecordKind.INTERIM: "промежуточный ответ",
        RecordKind.ANSWER: "официальный ответ",
        RecordKind.CORRECTION: "исправление размещённого ответа",
        RecordKind.LINK: "ссылка на публикацию",
        RecordKind.REMARK: "замечание к ответу",
        RecordKind.WAIVE: "без публичного ответа",
        RecordKind.DISMISS: "не риск",
        RecordKind.OVERRIDE: "закрытие решением",
        RecordKind.RETURN: "возврат в работу",
        RecordKind.REOPEN: "возврат в работу",
        RecordKind.CHECK: "проверка реакции",
        RecordKind.NOTE: "заметка",
        RecordKind.GIST: "новая суть",
        RecordKind.SOURCE: "ещё один источник",
        RecordKind.ACCEPT: "принято в работу",
        RecordKind.POSTPONE: "напомнить позже",
        RecordKind.NOT_OURS: "не относится к блоку",
    }
)

QUESTIONS: Final[Mapping[RecordField, str]] = MappingProxyType(
    {
        RecordField.GROUNDS: "На чём основан вывод? Напишите, пришлите ссылку или снимок (снимок не сохраняется).",
        RecordField.QUESTION: "Что неизвестно? Напишите вопрос одной фразой.",
        RecordField.WHOM: "Кто отвечает за это? Выберите должность.",
        RecordField.UNTIL: "До какого дня? Выберите или напишите, например 25.11.",
        RecordField.ANSWER: "Что выяснилось? Напишите ответ на вопрос.",
        RecordField.MEASURE: "Что сделано или будет сделано? Напишите одной-двумя фразами.",
        RecordField.TEXT: "Напишите или пришлите текст ответа. Служебные телефоны остаются как есть.",
        RecordField.PLATFORMS: (
            "На каких площадках? Выберите или перечислите, например: госпаблик ВКонтакте, сайт администрации."
        ),
        RecordField.SURE: "Изменить уже размещённый ответ? Прежний текст останется в истории.",
        RecordField.LINK: "Пришлите ссылку на публикацию или перешлите сам пост из канала.",
        RecordField.LINK_KIND: "Чья это страница?",
        RecordField.REMARK: "Что исправить в ответе? Замечание увидит тот, кто его готовил.",
        RecordField.REASON: "Укажите причину. Она останется в истории риска.",
        RecordField.CAUSE: "Почему тема снова распространяется?",
        RecordField.FORECAST: "Какой прогноз? Напишите, чего ждать дальше.",
        RecordField.REACTION: "Какая реакция жителей на ответ?",
        RecordField.SPREAD: "Тема распространяется дальше?",
        RecordField.IN_PLACE: "Ссылки на публикации на месте?",
        RecordField.REACH: REACH_QUESTION,
        RecordField.NOTE: "Напишите заметку. Она останется в истории риска.",
        RecordField.GIST: "Напишите суть одной фразой.",
        RecordField.SOURCE: "Пришлите ссылку или напишите, откуда известно.",
    }
)

PARTICULAR: Final[Mapping[tuple[RecordKind, RecordField], str]] = MappingProxyType(
    {
        (RecordKind.ACCEPT, RecordField.UNTIL): (
            "К какому числу сделаете? До этого дня напоминаний не будет. Выберите или напишите, например 25.11."
        ),
        (RecordKind.POSTPONE, RecordField.REASON): "Почему позже? Причина останется в истории риска.",
        (RecordKind.POSTPONE, RecordField.UNTIL): (
            "В какой день напомнить? Не сегодня и не дальше чем через месяц. Например 25.11."
        ),
        (RecordKind.NOT_OURS, RecordField.REASON): (
            "Почему не к вашему блоку? Если знаете, напишите, к какому. Блок назначит руководитель."
        ),
        (RecordKind.UNKNOWN, RecordField.WHOM): "Кого спросить? Выберите должность.",
        (RecordKind.UNCLEAR, RecordField.WHOM): "Кого спросить? Выберите должность.",
        (RecordKind.INTERIM, RecordField.UNTIL): (
            "До какого дня обещаем ответить? Выберите или напишите, например 25.11."
        ),
    }
)
"""Questions that read otherwise in one kind of record."""

_SO_FAR: Final = 200
_INTERIM_EXAMPLE: Final = "Например: «Информация проверяется, ответим до 25.11»."


def record(facts: RecordFacts) -> Outgoing:
    return outgoing(_lines(facts), record_keyboard(facts))


def _lines(facts: RecordFacts) -> Iterator[Line]:
    kind, risk = KINDS[facts.record.kind], facts.card.risk
    match facts.record.status:
        case RecordStatus.DONE:
            yield f"{risk.number}, записано: {kind}. Карточка — в алерт-чате."
        case RecordStatus.CANCELLED:
            yield f"{risk.number}, закрыто без записи: {kind}."
        case RecordStatus.OPEN:
            yield Bold(f"{risk.number} · {kind}")
            yield gist_line(risk.gist, _SO_FAR)
            yield from _about(facts)
            yield from _so_far(facts)
            yield from _asked(facts)


def _about(facts: RecordFacts) -> Iterator[str]:
    """What the question is about, where the risk alone does not tell."""
    working, kind = facts.card.working, facts.record.kind
    if working.round != facts.record.round:
        return
    if kind is RecordKind.UNKNOWN_ANSWER:
        yield f"Вопрос: {unknown_line(facts.card, working.unknowns[facts.record.item])}"
    elif kind is RecordKind.CHECK:
        for publication in working.publications[:3]:
            yield f"Публикация: {publication_line(facts.card, publication)}"


def _so_far(facts: RecordFacts) -> Iterator[str]:
    for given in facts.record.fields:
        words = facts.record.filled.get(given)
        if words is not None and given not in _UNTOLD:
            yield f"— {_given(given, words)}"


def _given(field: RecordField, words: str) -> str:
    if field is RecordField.UNTIL:
        return f"до {day(date.fromisoformat(words))}"
    return shortened(words, _SO_FAR)


def _asked(facts: RecordFacts) -> Iterator[str]:
    asked = facts.record.asked
    if asked is None:
        return
    yield PARTICULAR.get((facts.record.kind, asked), QUESTIONS[asked])
    if facts.record.kind is RecordKind.INTERIM and asked is RecordField.TEXT:
        yield _INTERIM_EXAMPLE
    if facts.record.kind is RecordKind.CORRECTION and asked is RecordField.SURE:
        yield from _approved_first(facts)


def _approved_first(facts: RecordFacts) -> Iterator[str]:
    if facts.card.office.plan.approves_answers:
        yield "Если согласуете не вы, исправление сначала уйдёт на согласование, а пока действует размещённый текст."


_UNTOLD: Final = frozenset({RecordField.WHOM, RecordField.REACTION, RecordField.SPREAD, RecordField.IN_PLACE})
"""Keys and numbers of what was chosen: the next question follows from them."""
