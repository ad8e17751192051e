"""A record in the making: which question stands now, what was answered so far, and its end."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.days import day, numbers
from handlers.keyboards.records import record_keyboard
from handlers.views.appeal_lines import WAYS, appeal_name, routed_words, standing_words, topic_line
from handlers.views.appeals import redirect_line
from handlers.views.lines import block_line, gist_line
from handlers.views.message import Line, Outgoing, outgoing
from handlers.views.working import REACH_QUESTION, publication_line, unknown_line
from risk.appeal_forms import BY_RULE
from risk.appeal_terms import redirect_until
from risk.appeals import Regime
from risk.dates import example_day
from risk.ids import BlockKey
from risk.records import NONE, YES, RecordField, RecordKind, RecordStatus
from risk.units import shortened
from risk.use_cases.reading import CardFacts, RecordFacts
from risk.use_cases.record_answers import days_to_name

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
        RecordKind.NEW_APPEAL: "новое обращение",
        RecordKind.GIVE: "блок",
        RecordKind.REDIRECT: "перенаправление",
        RecordKind.APPEAL_REMARK: "замечание к ответу на обращение",
    }
)

QUESTIONS: Final[Mapping[RecordField, str]] = MappingProxyType(
    {
        RecordField.GROUNDS: "На чём основан вывод? Напишите, пришлите ссылку или снимок (снимок не сохраняется).",
        RecordField.QUESTION: "Что неизвестно? Напишите вопрос одной фразой.",
        RecordField.WHOM: "Кто отвечает за это? Выберите должность.",
        RecordField.UNTIL: "До какого дня? Выберите или напишите, например {example}.",
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
        RecordField.CAME: "Как поступило обращение?",
        RecordField.LAW: "Это обращение по 59-ФЗ (его регистрируют и отвечают на него письменно)?",
        RecordField.TOPIC: (
            "О чём обращение? Напишите одной фразой. Имён, телефонов и адресов жителей не пишите: они не хранятся."
        ),
        RecordField.SETTLEMENT: "Какой населённый пункт? Выберите или напишите название, без улицы и дома.",
        RecordField.BLOCK: "В какой блок передать?",
        RecordField.RECEIVED: "Когда поступило? Выберите или напишите, например {example}.",
        RecordField.BODY: "Куда перенаправить? Напишите название организации.",
    }
)

PARTICULAR: Final[Mapping[tuple[RecordKind, RecordField], str]] = MappingProxyType(
    {
        (RecordKind.ACCEPT, RecordField.UNTIL): (
            "К какому числу сделаете? До этого дня напоминаний не будет. Выберите или напишите, например {example}; "
            "не позже {last}."
        ),
        (RecordKind.POSTPONE, RecordField.REASON): "Почему позже? Причина останется в истории.",
        (RecordKind.POSTPONE, RecordField.UNTIL): (
            "В какой день напомнить? С завтрашнего дня и до {last}, например {example}."
        ),
        (RecordKind.NOT_OURS, RecordField.REASON): (
            "Почему не к вашему блоку? Если знаете, напишите, к какому. Блок назначит руководитель."
        ),
        (RecordKind.UNKNOWN, RecordField.WHOM): "Кого спросить? Выберите должность.",
        (RecordKind.UNCLEAR, RecordField.WHOM): "Кого спросить? Выберите должность.",
        (RecordKind.INTERIM, RecordField.UNTIL): (
            "До какого дня обещаем ответить? Выберите или напишите, например {example}."
        ),
    }
)
"""Questions that read otherwise in one kind of record."""

ABOUT_APPEAL: Final[Mapping[tuple[RecordKind, RecordField], str]] = MappingProxyType(
    {
        (RecordKind.NOT_OURS, RecordField.REASON): (
            "Почему не к вашему блоку? Если знаете, напишите, к какому. Блок назначит тот, кто распределяет обращения."
        ),
    }
)
"""Questions that read otherwise when they are about an appeal."""

_SO_FAR: Final = 200
_RECEIVED_AGO: Final = timedelta(days=2)
_INTERIM_EXAMPLE: Final = "Например: «Информация проверяется, ответим до {day}»."


def record(facts: RecordFacts) -> Outgoing:
    return outgoing(_lines(facts), record_keyboard(facts))


def _lines(facts: RecordFacts) -> Iterator[Line]:
    kind, named = KINDS[facts.record.kind], _named(facts)
    match facts.record.status:
        case RecordStatus.DONE if facts.record.kind is RecordKind.NEW_APPEAL:
            yield from _registered(facts)
        case RecordStatus.DONE:
            where = "" if facts.card is None else " Карточка — в алерт-чате."
            yield f"{named}, записано: {kind}{_to_which(facts)}{_to_day(facts)}.{where}"
        case RecordStatus.CANCELLED:
            yield f"{named}, закрыто без записи: {kind}." if named else f"Закрыто без записи: {kind}."
        case RecordStatus.OPEN:
            yield Bold(f"{named} · {kind}" if named else kind.capitalize())
            yield from _about(facts)
            yield from _so_far(facts)
            yield from _asked(facts)


def _named(facts: RecordFacts) -> str | None:
    """Of what it is; a new appeal has no number yet."""
    if facts.card is not None:
        return str(facts.card.risk.number)
    return None if facts.appeal is None else appeal_name(facts.appeal.appeal)


def _to_which(facts: RecordFacts) -> str:
    """« «Социальная политика»», when a block was chosen."""
    title = None if facts.appeal is None else block_line(facts.appeal.block, facts.office.plan)
    return f" «{title}»" if facts.record.kind is RecordKind.GIVE and title is not None else ""


def _to_day(facts: RecordFacts) -> str:
    """« до пт 04.12», of what was accepted; « пн 07.12» of what is to be reminded of later."""
    if facts.held is None:
        return ""
    named = day(facts.held, facts.today)
    return f" до {named}" if facts.record.kind is RecordKind.ACCEPT else f", {named}"


def _registered(facts: RecordFacts) -> Iterator[str]:
    case, plan = facts.appeal, facts.office.plan
    if case is not None:
        yield f"{appeal_name(case.appeal)}, зарегистрировано: {standing_words(case, plan, facts.now)}."
        yield topic_line(case.appeal, _SO_FAR)
        if case.block is None and plan.blocks:
            yield "Блок не назначен: об этом узнает тот, кто распределяет обращения."


def _about(facts: RecordFacts) -> Iterator[str]:
    """What the question is about, where its number alone does not tell."""
    if facts.appeal is not None:
        yield topic_line(facts.appeal.appeal, _SO_FAR)
        if facts.record.kind is RecordKind.REDIRECT and facts.appeal.appeal.regime is Regime.LAW_59:
            yield redirect_line(redirect_until(facts.appeal.appeal), facts.today)
    if facts.card is not None:
        yield gist_line(facts.card.risk.gist, _SO_FAR)
        yield from _of_round(facts, facts.card)


def _of_round(facts: RecordFacts, card: CardFacts) -> Iterator[str]:
    working, kind = card.working, facts.record.kind
    if working.round != facts.record.round:
        return
    if kind is RecordKind.UNKNOWN_ANSWER:
        yield f"Вопрос: {unknown_line(card, working.unknowns[facts.record.item])}"
    elif kind is RecordKind.CHECK:
        for publication in working.publications[:3]:
            yield f"Публикация: {publication_line(card, publication)}"


def _so_far(facts: RecordFacts) -> Iterator[str]:
    for given in facts.record.fields:
        words = facts.record.filled.get(given)
        if words is not None and given not in _UNTOLD:
            yield f"— {_given(facts, given, words)}"


def _given(facts: RecordFacts, field: RecordField, words: str) -> str:
    match field:
        case RecordField.UNTIL:
            return f"до {day(date.fromisoformat(words), facts.today)}"
        case RecordField.RECEIVED:
            return f"поступило {day(date.fromisoformat(words), facts.today)}"
        case RecordField.CAME:
            return WAYS.get(words, words)
        case RecordField.LAW:
            return "по 59-ФЗ" if words == YES else "не по 59-ФЗ"
        case RecordField.SETTLEMENT if words == NONE:
            return "населённый пункт не указан"
        case RecordField.BLOCK:
            return _block(facts, words)
        case _:
            return shortened(words, _SO_FAR)


def _block(facts: RecordFacts, words: str) -> str:
    by_rule = None if facts.suggested is None else facts.suggested.block
    key = by_rule if words == BY_RULE else None if words == NONE else BlockKey(words)
    return block_line(key, facts.office.plan) or "блок решит координатор"


def _asked(facts: RecordFacts) -> Iterator[str]:
    asked = facts.record.asked
    if asked is None:
        return
    yield _question(facts, asked)
    if asked is RecordField.BLOCK and facts.suggested is not None:
        yield f"По правилам распределения: {routed_words(facts.suggested)}."
    if facts.record.kind is RecordKind.INTERIM and asked is RecordField.TEXT:
        yield _interim_example(facts)
    if facts.record.kind is RecordKind.CORRECTION and asked is RecordField.SURE:
        yield from _approved_first(facts)


def _question(facts: RecordFacts, asked: RecordField) -> str:
    which = (facts.record.kind, asked)
    usual = PARTICULAR.get(which, QUESTIONS[asked])
    words = usual if facts.appeal is None else ABOUT_APPEAL.get(which, usual)
    return words.format(**_days_named(facts, asked))


def _days_named(facts: RecordFacts, asked: RecordField) -> Mapping[str, str]:
    """Days counted from today, to be named in the question."""
    today, calendar = facts.today, facts.office.plan.calendar
    match asked:
        case RecordField.UNTIL:
            last = days_to_name(facts.record.kind, today).last
            return {"example": numbers(example_day(today, calendar), today), "last": numbers(last, today)}
        case RecordField.RECEIVED:
            return {"example": numbers(today - _RECEIVED_AGO, today)}
        case _:
            return {}


def _interim_example(facts: RecordFacts) -> str:
    """With the day that was promised just before."""
    promised = date.fromisoformat(facts.record.filled[RecordField.UNTIL])
    return _INTERIM_EXAMPLE.format(day=numbers(promised, facts.today))


def _approved_first(facts: RecordFacts) -> Iterator[str]:
    if facts.office.plan.approves_answers:
        yield "Если согласуете не вы, исправление сначала уйдёт на согласование, а пока действует размещённый текст."


_UNTOLD: Final = frozenset({RecordField.WHOM, RecordField.REACTION, RecordField.SPREAD, RecordField.IN_PLACE})
"""Keys and numbers of what was chosen: the next question follows from them."""
