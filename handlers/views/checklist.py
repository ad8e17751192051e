"""What closing a risk still lacks, line by line with its evidence; and all that is known of its working."""

from collections.abc import Iterable, Iterator

from aiogram.utils.formatting import Bold, Text

from handlers.keyboards.working import checklist_keyboard, details_keyboard
from handlers.russian import counted
from handlers.views.dates import moment
from handlers.views.lines import gist_line, level_line, sources_line
from handlers.views.lists import said_by
from handlers.views.message import LONGEST_ANSWER, LONGEST_TEXT, Line, Outgoing, outgoing
from handlers.views.working import (
    CRITERIA,
    OUTCOMES,
    REACTIONS,
    SPREADS,
    STATES,
    correction_words,
    finding_line,
    first_figures,
    measure_line,
    publication_line,
    publication_name,
    reach_words,
    unknown_line,
)
from risk.closure import Criterion, counting
from risk.closure import Line as Met
from risk.errors import NotWorkedOff
from risk.moves import correction_on_its_way
from risk.offices import QuietRule
from risk.risks import RiskState
from risk.units import shortened, units
from risk.use_cases.reading import CardFacts
from risk.workings import Check, Reach

_GIST_SHOWN = 200
_ANSWER_SHOWN = 1200
_WORDS_SHOWN = 300
_GROUNDS_SHOWN = 600
_NOTES_SHOWN = 5
_DETAILS_ROOM = LONGEST_TEXT - 100


def checklist(facts: CardFacts) -> Outgoing:
    return outgoing(_checklist(facts), checklist_keyboard(facts))


def not_worked_off(refusal: NotWorkedOff) -> str:
    """For the answer to a press: what is missing, as much of it as one breath holds."""
    lacking = [CRITERIA[Criterion(key)][1] for key in refusal.missing]
    for shown in range(len(lacking), 0, -1):
        left_out = [f"и ещё {len(lacking) - shown}"] if shown < len(lacking) else []
        text = f"Пока нельзя отметить отработанным: {'; '.join([*lacking[:shown], *left_out])}."
        if units(text) <= LONGEST_ANSWER:
            return text
    return f"Пока нельзя отметить отработанным. Не хватает: {len(lacking)}."


def details(facts: CardFacts) -> Outgoing:
    """Everything about the round, as much as one message holds; the answer first, for somebody is to place it."""
    lines = _that_fit(_details(facts), "Остальное — в истории.")
    return outgoing(lines, details_keyboard(facts))


def for_regional_centre(facts: CardFacts) -> Outgoing:
    """A text to copy into a letter to the regional centre: no buttons, no numbers that mean something only here."""
    return outgoing(_that_fit(_for_regional_centre(facts), "Остальное не поместилось, оно на карточке."))


def _that_fit(lines: Iterable[Line], rest: str) -> Iterator[Line]:
    """The lines until the message is full, then what to do about the others."""
    room = _DETAILS_ROOM
    for line in lines:
        room -= units(line if isinstance(line, str) else line.render()[0]) + 1
        if room < 0:
            yield rest
            return
        yield line


def _for_regional_centre(facts: CardFacts) -> Iterator[Line]:
    working, plan, risk = facts.working, facts.office.plan, facts.risk
    yield "Текст для ЦУР, скопируйте целиком. Отметка о передаче сделана в истории."
    yield ""
    yield Bold(f"{plan.title}: информационный риск {risk.number}")
    yield f"Суть: {gist_line(risk.gist)}"
    yield Text("Источники: ", sources_line(risk.sources) if risk.sources else "не указаны")
    yield f"Выявлен: {moment(risk.filed_at, plan.calendar, facts.now)}. Критичность: {level_line(risk.level, plan)}."
    for finding in working.findings[-1:]:
        yield f"Проверка: {OUTCOMES[finding.outcome]}. {shortened(finding.grounds, _GROUNDS_SHOWN)}"
    for measure in working.measures:
        yield f"Мера: {measure_line(facts, measure)}"
    if working.answer is not None and working.answer.is_published:
        yield f"Ответ: {shortened(working.answer.text, _ANSWER_SHOWN)}"
        yield f"Площадки: {working.answer.platforms}"
    for publication in working.publications:
        yield f"Публикация: {publication.address}"


def _checklist(facts: CardFacts) -> Iterator[Line]:
    lacking = sum(1 for line in facts.checklist if not line.met)
    number, state = facts.risk.number, facts.risk.state
    if not facts.risk.is_open:
        yield f"{number}: {STATES[state]}."
        return
    if not lacking and state is RiskState.WATCHED:
        yield f"{number} можно отметить отработанным: все условия выполнены."
    elif not lacking:
        yield f"{number}: ответ ещё не размещён."
    else:
        yield f"{number} пока нельзя отметить отработанным. Не хватает: {lacking}."
    for line in facts.checklist:
        yield f"{'✓' if line.met else '✗'} {_criterion(facts, line)}"


def _criterion(facts: CardFacts, line: Met) -> str:
    met, unmet = CRITERIA[line.criterion]
    words = met if line.met else unmet
    evidence = _evidence(facts, line.criterion)
    return words if evidence is None else f"{words}: {evidence}"


def _evidence(facts: CardFacts, criterion: Criterion) -> str | None:
    working = facts.working
    match criterion:
        case Criterion.VERIFIED:
            found = finding_line(facts)
            return None if found is None else found.removeprefix("Проверено: ")
        case Criterion.UNKNOWNS_SETTLED:
            return f"{len(working.open_unknowns)} из {len(working.unknowns)}" if working.open_unknowns else None
        case Criterion.MEASURES_NAMED:
            taken = sum(1 for each in working.measures if each.is_taken)
            return f"принято {taken} из {len(working.measures)}" if working.measures else None
        case Criterion.ANSWER_PUBLISHED:
            return _placed(facts)
        case Criterion.LINK_COUNTS:
            return _links(facts)
        case Criterion.WAIVED_WITH_REASON:
            return None if working.waiver is None else shortened(working.waiver.reason, 100)
        case Criterion.RECURRENCE_EXPLAINED:
            return None if working.recurrence is None else shortened(working.recurrence.cause, 100)
        case Criterion.QUIET:
            return _quiet(facts)


def _placed(facts: CardFacts) -> str | None:
    answer = facts.working.answer
    if answer is None:
        return None
    return shortened(answer.platforms, 100) if answer.is_published else "подготовлен, ждёт размещения"


def _links(facts: CardFacts) -> str | None:
    links, that_count = len(facts.working.publications), len(counting(facts.working, facts.office.plan))
    if that_count:
        return counted(that_count, "ссылка", "ссылки", "ссылок")
    return f"указано {links}, ни одна не подходит" if links else None


def _quiet(facts: CardFacts) -> str | None:
    watched = facts.watch
    if watched is None:
        return None
    rule = "и" if facts.office.plan.quiet_rule is QuietRule.BOTH else "или"
    told = f"{watched.quiet} из {watched.needed} (нет негатива {rule} распространения)"
    if watched.next_at is None:
        return told
    following = moment(watched.next_at, facts.office.plan.calendar, facts.now)
    return f"{told}, следующая {following}; более ранняя не засчитывается"


def _details(facts: CardFacts) -> Iterator[Line]:
    working, calendar = facts.working, facts.office.plan.calendar
    yield Bold(f"{facts.risk.number} · {STATES[facts.risk.state]}")
    yield gist_line(facts.risk.gist, _GIST_SHOWN)
    yield from _answer(facts)
    for finding in working.findings:
        found = f"{OUTCOMES[finding.outcome]}. {shortened(finding.grounds, _WORDS_SHOWN)}"
        yield f"Проверка, {moment(finding.at, calendar, facts.now)}: {found} · {facts.title(finding.by)}"
    for unknown in working.unknowns:
        yield f"Неизвестно: {unknown_line(facts, unknown)}"
    for measure in working.measures:
        yield f"Мера: {measure_line(facts, measure)}"
    if working.recurrence is not None:
        yield f"Причина повторного распространения: {working.recurrence.cause}"
        yield f"Прогноз: {working.recurrence.forecast}"
    for interim in working.interims:
        text = shortened(interim.text, _WORDS_SHOWN)
        yield f"Промежуточный ответ, {moment(interim.published_at, calendar, facts.now)}: {text}"
    for publication in working.publications:
        yield f"{publication_name(working, publication)}: {publication_line(facts, publication)}"
    if working.first_reach is not None:
        seen = working.first_reach
        yield f"Охват при регистрации, {moment(seen.at, calendar, facts.now)}: {reach_words(seen.figures)}"
    for check in working.checks:
        told = _check(check, first_figures(working))
        yield f"Реакция, {moment(check.at, calendar, facts.now)}: {told} · {facts.title(check.by)}"
    yield from _notes(facts)
    yield f"За реакцией следит: {facts.title(working.watcher)}."


def _notes(facts: CardFacts) -> Iterator[str]:
    """The last ones; the others, like those whose words were dropped, stand in the history."""
    plan = facts.office.plan
    for event, who in facts.notes[-_NOTES_SHOWN:]:
        words, noted_by = event.facts.get("text"), "" if who is None else f" · {who}"
        if words:
            said = shortened(" ".join(words.split()), _WORDS_SHOWN)
            yield f"Заметка{said_by(event, plan)}, {moment(event.at, plan.calendar, facts.now)}: {said}{noted_by}"


def _answer(facts: CardFacts) -> Iterator[Line]:
    answer, waiver = facts.working.answer, facts.working.waiver
    correction = correction_on_its_way(facts.risk.state, facts.working)
    if correction is not None:
        yield f"{correction_words(correction)}: {correction.text}"
        yield f"Площадки исправления: {correction.platforms}"
        if correction.remark is not None:
            yield f"Замечание к исправлению: {correction.remark}"
    if answer is not None:
        yield f"Ответ: {answer.text}"
        yield f"Площадки: {answer.platforms}"
        if answer.remark is not None:
            yield f"Замечание к ответу: {answer.remark}"
    if waiver is not None:
        yield f"Без публичного ответа: {waiver.reason} · {facts.title(waiver.by)}"
    if facts.working.earlier_answers:
        yield f"Прежних редакций ответа: {len(facts.working.earlier_answers)}"


def _check(check: Check, first: Reach | None) -> str:
    told = f"{REACTIONS[check.reaction]}, {SPREADS[check.spread]}"
    figures = "" if check.reach is None else f" ({reach_words(check.reach, first)})"
    return f"{told}{figures}" if check.counts else f"{told}{figures}, раньше срока"
