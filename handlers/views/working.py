"""The words for working a risk: outcomes, reactions, criteria, and the lines about them on cards and pages."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from handlers.days import day
from handlers.russian import counted, grouped
from handlers.views.dates import moment
from risk.closure import Criterion
from risk.moves import correction_on_its_way
from risk.offices import OfficePlan, PublicationKind
from risk.probes import Probe, ProbeResult
from risk.risks import AWAITING_ANSWER, Risk, RiskState
from risk.units import shortened
from risk.use_cases.reading import CardFacts
from risk.workings import (
    Answer,
    EndingKind,
    Measure,
    Outcome,
    Publication,
    Reach,
    Reaction,
    Spread,
    Unknown,
    Working,
)

STATES: Final[Mapping[RiskState, str]] = MappingProxyType(
    {
        RiskState.FILED: "зарегистрирован",
        RiskState.VERIFYING: "на проверке",
        RiskState.UNCLEAR: "уточняется",
        RiskState.ANSWERING: "готовится ответ",
        RiskState.APPROVING: "ответ на согласовании",
        RiskState.APPROVED: "ответ согласован",
        RiskState.WATCHED: "следим за реакцией",
        RiskState.WORKED_OFF: "отработан",
        RiskState.OVERRIDDEN: "закрыт решением",
        RiskState.NOT_A_RISK: "не риск",
        RiskState.MERGED: "объединён с другим",
    }
)

OUTCOMES: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.CONFIRMED: "подтвердился",
        Outcome.PARTLY: "подтвердился частично",
        Outcome.REFUTED: "не подтвердился",
        Outcome.UNCLEAR: "уточняется",
    }
)

REACTIONS: Final[Mapping[Reaction, str]] = MappingProxyType(
    {Reaction.NONE: "реакции нет", Reaction.NEUTRAL: "нейтральная", Reaction.NEGATIVE: "негативная"}
)

SPREADS: Final[Mapping[Spread, str]] = MappingProxyType(
    {
        Spread.SPREADS: "распространяется",
        Spread.STILL: "не распространяется",
        Spread.SOURCE_GONE: "источник удалён",
    }
)

PUBLICATIONS: Final[Mapping[PublicationKind, str]] = MappingProxyType(
    {
        PublicationKind.BODY_PAGE: "страница органа",
        PublicationKind.OFFICIAL_PAGE: "страница должностного лица",
        PublicationKind.FEDERAL_MEDIA: "федеральное СМИ",
        PublicationKind.REGIONAL_MEDIA: "региональное СМИ",
        PublicationKind.LOCAL_MEDIA: "местное СМИ",
    }
)

PROBED: Final[Mapping[ProbeResult, str]] = MappingProxyType(
    {
        ProbeResult.REACHED: "доступна",
        ProbeResult.GONE: "удалена",
        ProbeResult.FAILED: "не открывается",
        ProbeResult.BARRED: "недоступна для проверки",
        ProbeResult.FORBIDDEN: "недоступна для проверки",
    }
)

CRITERIA: Final[Mapping[Criterion, tuple[str, str]]] = MappingProxyType(
    {
        Criterion.VERIFIED: ("проверено", "нет итога проверки"),
        Criterion.UNKNOWNS_SETTLED: ("неизвестных обстоятельств не осталось", "есть вопросы без ответа"),
        Criterion.MEASURES_NAMED: ("меры указаны", "не указаны меры: что, кто, до какого дня"),
        Criterion.ANSWER_PUBLISHED: ("ответ размещён", "ответ не размещён"),
        Criterion.LINK_COUNTS: (
            "есть ссылка на публикацию, которая засчитывается",
            "нет ссылки на публикацию, которая засчитывается",
        ),
        Criterion.WAIVED_WITH_REASON: ("без публичного ответа, причина указана", "не указана причина"),
        Criterion.RECURRENCE_EXPLAINED: ("причина и прогноз указаны", "не указаны причина и прогноз"),
        Criterion.QUIET: ("спокойных проверок реакции достаточно", "спокойных проверок реакции пока мало"),
    }
)
"""How a line reads when it is met and when it is not."""

REACH_QUESTION: Final = "Если видны цифры, напишите: просмотров 1200, репостов 30, комментариев 5."

_SHOWN: Final = 3
_WORDS: Final = 160
_TITLE: Final = 60


def working_lines(facts: CardFacts) -> Iterator[str]:
    """What the card says of its working, from verification to the end."""
    yield from _verification(facts)
    yield from _unknowns(facts)
    yield from _interim(facts)
    yield from _answer(facts)
    yield from _watching(facts)
    yield from _ending(facts)


def awaited(risk: Risk, plan: OfficePlan, now: datetime) -> str:
    """«проверить до пт 20.11, 12:00», «разместить ответ до …»; without a deadline, the state itself."""
    if risk.due_at is None:
        return STATES[risk.state]
    word = "разместить ответ" if risk.state in AWAITING_ANSWER else "проверить"
    return f"{word} до {moment(risk.due_at, plan.calendar, now)}"


def finding_line(facts: CardFacts) -> str | None:
    """«Проверено: подтвердился (сб 21.11, 10:12)»."""
    finding = facts.working.finding
    if finding is None:
        return None
    return f"Проверено: {OUTCOMES[finding.outcome]} ({moment(finding.at, facts.office.plan.calendar, facts.now)})"


def unknown_line(facts: CardFacts, unknown: Unknown) -> str:
    asked = (
        f"{shortened(unknown.question, _WORDS)} · {facts.title(unknown.asked)}, до {day(unknown.until, facts.today)}"
    )
    return f"{asked} · ответ: {shortened(unknown.answer, _WORDS)}" if unknown.answer is not None else asked


def measure_line(facts: CardFacts, measure: Measure) -> str:
    when = f"до {day(measure.until, facts.today)}"
    if measure.taken_at is not None:
        when = f"принята {moment(measure.taken_at, facts.office.plan.calendar, facts.now)}"
    return f"{shortened(measure.what, _WORDS)} · {facts.title(measure.position)} · {when}"


def publication_line(facts: CardFacts, publication: Publication) -> str:
    """«novosti.example/9 · страница органа · доступна, проверено сб 21.11, 18:05 · «Вода есть»»."""
    return _publication(facts, publication, list(_looked_at(facts, publication, whole=True)))


def publication_in_short(facts: CardFacts, publication: Publication) -> str:
    """The same with what counts most of what is known, for messages that have little room."""
    return _publication(facts, publication, list(_looked_at(facts, publication, whole=False))[-1:])


def publication_name(working: Working, publication: Publication) -> str:
    """«Публикация», and its number where there are several: buttons below name it by that."""
    several = len(working.publications) > 1
    return f"Публикация {working.publications.index(publication) + 1}" if several else "Публикация"


def links_amiss(facts: CardFacts) -> Sequence[Publication]:
    """Those that have gone, or lead to another page than they did."""
    return [each for each in facts.working.publications if each.missing_since or each.changed_since]


def _publication(facts: CardFacts, publication: Publication, looked_at: Sequence[str]) -> str:
    counts = publication.kind in facts.office.plan.counted_publications
    not_counted = [] if counts else ["для закрытия не засчитывается"]
    return " · ".join([shortened(publication.link, 100), PUBLICATIONS[publication.kind], *looked_at, *not_counted])


def _looked_at(facts: CardFacts, publication: Publication, *, whole: bool) -> Iterator[str]:
    """What the machine found last, and then what a person says where that counts more; `whole`: titles and who."""
    calendar, last = facts.office.plan.calendar, publication.last
    if last is None and publication.seen_at is None and publication.missing_since is None:
        yield "ещё не проверена"
    if last is not None:
        title = "" if last.title is None or not whole else f"«{shortened(last.title, _TITLE)}», "
        changed = "страница изменилась, " if publication.changed_since is not None else ""
        yield f"{PROBED[last.result]}, {title}{changed}проверено {moment(last.at, calendar, facts.now)}"
    if publication.missing_since is not None:
        if last is None or last.result is not ProbeResult.GONE:
            yield f"не на месте с {moment(publication.missing_since, calendar, facts.now)}"
    elif publication.seen_at is not None and _a_person_counts(publication.seen_at, last):
        by = publication.seen_by if whole else None
        who = "" if by is None else f", проверил {facts.title(by)}"
        yield f"на месте, проверено {moment(publication.seen_at, calendar, facts.now)}{who}"


def _a_person_counts(seen_at: datetime, last: Probe | None) -> bool:
    """Until a machine that can tell has looked later."""
    return last is None or seen_at >= last.at or last.result not in {ProbeResult.REACHED, ProbeResult.GONE}


def reach_words(reach: Reach, first: Reach | None = None) -> str:
    """«просмотров 1 200, репостов 30»; beside `first`, «просмотров 4 000, было 1 200 при регистрации; репостов 90»."""
    said: list[str] = []
    compared = False
    for name, word in _FIGURES.items():
        figure, before = getattr(reach, name), None if first is None else getattr(first, name)
        if figure is None:
            continue
        told = f"{word} {grouped(figure)}"
        if before is not None:
            told += f", было {grouped(before)}" + ("" if compared else " при регистрации")
            compared = True
        said.append(told)
    return ("; " if compared else ", ").join(said)


def reach_line(working: Working) -> str | None:
    """The spread as it was last seen, beside what it was at the filing; None when nobody gave figures."""
    if working.reach is None:
        return None
    checked = any(check.reach is not None for check in working.checks)
    return reach_words(working.reach, first_figures(working) if checked else None)


def first_figures(working: Working) -> Reach | None:
    return None if working.first_reach is None else working.first_reach.figures


_FIGURES: Final = {"views": "просмотров", "reposts": "репостов", "comments": "комментариев"}


def _verification(facts: CardFacts) -> Iterator[str]:
    working, calendar = facts.working, facts.office.plan.calendar
    if facts.risk.state is RiskState.VERIFYING and working.verifier is not None and working.taken_at is not None:
        yield f"Проверяет: {facts.title(working.verifier)}, с {moment(working.taken_at, calendar, facts.now)}"
    found = finding_line(facts)
    if found is not None:
        yield found
    if working.recurrence is not None:
        yield f"Снова распространяется, причина: {shortened(working.recurrence.cause, _WORDS)}"


def _unknowns(facts: CardFacts) -> Iterator[str]:
    waiting = facts.working.open_unknowns if facts.risk.is_open else ()
    for unknown in waiting[:_SHOWN]:
        yield f"Неизвестно: {unknown_line(facts, unknown)}"
    if len(waiting) > _SHOWN:
        yield f"Ещё вопросов без ответа: {len(waiting) - _SHOWN}"


def _interim(facts: CardFacts) -> Iterator[str]:
    if facts.working.interims and facts.working.watched_since is None:
        promised = facts.working.interims[-1].promised_until
        yield f"Промежуточный ответ размещён: обещан ответ до {day(promised, facts.today)}"


def _answer(facts: CardFacts) -> Iterator[str]:
    working = facts.working
    if working.waiver is not None:
        yield f"Без публичного ответа: {shortened(working.waiver.reason, _WORDS)}"
    if working.answer is None:
        return
    if working.answer.remark is not None:
        yield f"Ответ возвращён с замечанием: {shortened(working.answer.remark, _WORDS)}"
    elif working.answer.is_published:
        yield f"Ответ размещён: {shortened(working.answer.platforms, _WORDS)}"
    else:
        yield "Ответ подготовлен, ещё не размещён"
    yield from _correction(facts)
    links = len(working.publications)
    if links:
        gone = sum(1 for each in working.publications if each.missing_since is not None)
        not_there = f", не на месте: {gone}" if gone else ""
        yield "Публикации: " + counted(links, "ссылка", "ссылки", "ссылок") + not_there


def correction_words(correction: Answer) -> str:
    """How far a corrected text has come; the published one is in force meanwhile."""
    if correction.remark is not None:
        return "Исправление ответа возвращено с замечанием"
    if correction.is_approved:
        return "Исправление ответа согласовано, ещё не размещено"
    return "Исправление ответа на согласовании"


def _correction(facts: CardFacts) -> Iterator[str]:
    correction = correction_on_its_way(facts.risk.state, facts.working)
    if correction is not None:
        remark = "" if correction.remark is None else f": {shortened(correction.remark, _WORDS)}"
        yield f"{correction_words(correction)}{remark}"


def _watching(facts: CardFacts) -> Iterator[str]:
    watched = facts.watch
    if facts.risk.state is not RiskState.WATCHED or watched is None:
        return
    told = f"Спокойных проверок реакции: {watched.quiet} из {watched.needed}"
    if watched.next_at is None:
        yield told
    else:
        yield f"{told}, следующая {moment(watched.next_at, facts.office.plan.calendar, facts.now)}"
    yield f"Следит: {facts.title(facts.working.watcher)}"


def _ending(facts: CardFacts) -> Iterator[str]:
    ending = facts.working.ending
    if ending is None or facts.risk.is_open:
        return
    who = f"{facts.title(ending.by)}, {moment(ending.at, facts.office.plan.calendar, facts.now)}"
    match ending.kind:
        case EndingKind.MERGED:
            yield f"Объединён с {facts.merged_into}: {who}"
        case EndingKind.CRITERIA:
            yield f"Отработан по критериям: {who}"
        case EndingKind.OVERRIDE:
            yield f"Закрыт решением: {who}. Причина: {shortened(ending.reason or '', _WORDS)}"
        case _:
            yield f"Не риск: {who}. Причина: {shortened(ending.reason or '', _WORDS)}"
