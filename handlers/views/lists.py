"""The list of open risks and the history of one, as read-only messages."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold, Text

from handlers.days import day
from handlers.keyboards.lists import STAGES, blocks_keyboard, history_keyboard, risks_keyboard
from handlers.views.appeals import found_appeal
from handlers.views.dates import moment
from handlers.views.freshness import exports_line
from handlers.views.lines import WITHOUT_BLOCK, block_line, gist_line, level_line
from handlers.views.message import Line, Outgoing, outgoing
from handlers.views.reminders import KINDS as OWED
from handlers.views.working import OUTCOMES, REACTIONS, SPREADS, STATES, awaited, reach_words
from risk.events import Event, EventKind
from risk.ids import BlockKey, LevelKey, RoleKey
from risk.obligations import ObligationKind
from risk.offices import OfficePlan
from risk.reach import reach_in
from risk.risks import Risk
from risk.units import shortened
from risk.use_cases.reading import ALL_OPEN, FoundRisks, RiskHistory, RisksPage
from risk.workings import Outcome, Reaction, Spread

_GIST_SHOWN = 80
_EVENTS_ON_A_PAGE: Final = 12
"""Each line is bounded, so that a page fits into a message."""


def risks(page: RisksPage) -> Outgoing:
    return outgoing(_page(page), risks_keyboard(page))


def blocks(page: RisksPage) -> Outgoing:
    return outgoing(["Какой блок показать?"], blocks_keyboard(page))


def found(facts: FoundRisks) -> Outgoing:
    """Newest first, open and closed alike; risks, then appeals."""
    if not facts.risks and not facts.appeals:
        return outgoing(["Ничего не найдено. Попробуйте другие слова или меньше слов."])
    return outgoing([*_found_risks(facts), *_found_appeals(facts)])


def _found_risks(facts: FoundRisks) -> Iterator[Line]:
    if facts.risks:
        yield Bold(f"Найдено: {_count(facts.risks, facts.risks_in_all)}")
        yield from (_found(risk) for risk in facts.risks)
        yield _TO_CARD


def _found_appeals(facts: FoundRisks) -> Iterator[Line]:
    if facts.appeals:
        yield Bold(f"Обращений найдено: {_count(facts.appeals, facts.appeals_in_all)}")
        yield from (found_appeal(case) for case in facts.appeals)
        yield "Обращение: /appeal и номер."
        yield exports_line(facts.freshest, facts.office.plan, facts.now)


def _count(shown: Sequence[object], in_all: int) -> str:
    """«31, показаны 10 из них»: a cut is never silent."""
    return str(len(shown)) if len(shown) >= in_all else f"{in_all}, показаны {len(shown)} из них"


def own(facts: FoundRisks) -> Outgoing:
    if not facts.risks:
        return outgoing(["Открытых рисков за вами нет. Все открытые: /risks."])
    return outgoing(
        [Bold(f"За вами: {_count(facts.risks, facts.risks_in_all)}"), *(_found(risk) for risk in facts.risks), _TO_CARD]
    )


_TO_CARD: Final = "Карточка: /card и номер."


def history(facts: RiskHistory, page: int = 0) -> Outgoing:
    """A page of events, oldest of them first; the first page holds the newest."""
    lines = [_event(event, who, facts) for event, who in facts.events]
    pages = max(1, -(-len(lines) // _EVENTS_ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    end = len(lines) - page * _EVENTS_ON_A_PAGE
    shown = lines[max(0, end - _EVENTS_ON_A_PAGE) : end]
    which = [f"{page + 1} из {pages}"] if pages > 1 else []
    return outgoing([*_heading(facts.risk), *shown, *which], history_keyboard(facts, page, pages))


def happening(event: Event, plan: OfficePlan) -> str:
    """«блок: без блока → Социальная политика», «проверено: подтвердился»."""
    before, after = event.facts.get("before"), event.facts.get("after")
    match event.kind:
        case EventKind.BLOCK_SET:
            return f"блок: {_block(before, plan)} → {_block(after, plan)}"
        case EventKind.LEVEL_SET:
            return f"критичность: {_level(before, plan)} → {_level(after, plan)}"
        case EventKind.FOUND:
            return _with_words(f"проверено: {_outcome(event)}", event)
        case EventKind.NOTED:
            return _with_words(f"заметка{said_by(event, plan)}", event)
        case EventKind.ACCEPTED | EventKind.POSTPONED:
            return _with_words(_until(event, plan), event)
        case EventKind.CHECKED:
            return _with_figures(f"реакция: {_checked(event)}", event)
        case kind:
            return _with_figures(_with_words(HAPPENINGS[kind], event), event)


HAPPENINGS: Final[Mapping[EventKind, str]] = MappingProxyType(
    {
        EventKind.FILED: "зарегистрирован",
        EventKind.VERIFICATION_OVERDUE: "срок проверки прошёл",
        EventKind.ANSWER_OVERDUE: "срок ответа прошёл",
        EventKind.TAKEN: "взят на проверку",
        EventKind.UNKNOWN_ASKED: "неизвестное",
        EventKind.UNKNOWN_SETTLED: "ответ на вопрос",
        EventKind.MEASURE_PLANNED: "мера по плану",
        EventKind.MEASURE_TAKEN: "мера принята",
        EventKind.INTERIM_PUBLISHED: "промежуточный ответ размещён",
        EventKind.ANSWER_DRAFTED: "ответ подготовлен",
        EventKind.SUBMITTED: "ответ на согласовании",
        EventKind.APPROVED: "ответ согласован",
        EventKind.SENT_BACK: "ответ возвращён",
        EventKind.PUBLISHED: "ответ размещён",
        EventKind.CORRECTED: "размещённый ответ исправлен",
        EventKind.WAIVED: "без публичного ответа",
        EventKind.LINK_ADDED: "ссылка на публикацию",
        EventKind.LINK_SEEN: "ссылка на месте",
        EventKind.LINK_MISSING: "ссылка не на месте",
        EventKind.LINK_CHANGED: "страница по ссылке изменилась",
        EventKind.MENTIONED: "новое упоминание",
        EventKind.WATCHER_SET: "за реакцией теперь следит",
        EventKind.WORKED_OFF: "отработан по критериям",
        EventKind.OVERRIDDEN: "закрыт решением",
        EventKind.DISMISSED: "не риск",
        EventKind.MERGED: "объединён с другим",
        EventKind.TOOK_IN: "объединён с ним другой риск",
        EventKind.RETURNED: "возвращён в работу",
        EventKind.REOPENED: "возвращён в работу после решения",
        EventKind.NOTED: "заметка",
        EventKind.GIST_SET: "новая суть",
        EventKind.SOURCE_ADDED: "источник",
        EventKind.PASSED_UP: "передан в ЦУР",
        EventKind.ACCEPTED: "принято в работу",
        EventKind.POSTPONED: "напоминание перенесено",
        EventKind.BLOCK_RETURNED: "блок ответил, что это не к нему",
    }
)
"""Kinds whose words need nothing but, after a colon, what was typed."""

_WORDS_SHOWN: Final = 160


def said_by(event: Event, plan: OfficePlan) -> str:
    """« со слов «член проектного офиса 2»», when a note keeps what somebody else has said."""
    role, number = event.facts.get("said_role"), event.facts.get("said_number")
    if role is None:
        return ""
    title = plan.role(RoleKey(role)).title
    return f" со слов «{title if number is None else f'{title} {number}'}»"


def _with_words(what: str, event: Event) -> str:
    words = event.facts.get("text")
    return f"{what}: {shortened(' '.join(words.split()), _WORDS_SHOWN)}" if words else what


def _until(event: Event, plan: OfficePlan) -> str:
    """«проверка: принято в работу до ср 25.11»: with its year when that is not the year in which it was said."""
    what, named = event.facts.get("what"), event.facts.get("day")
    owed = "" if what is None else f"{OWED[ObligationKind(what)]}: "
    upto = "до" if event.kind is EventKind.ACCEPTED else "на"
    until = "" if named is None else f" {upto} {day(date.fromisoformat(named), plan.calendar.local(event.at).date())}"
    return f"{owed}{HAPPENINGS[event.kind]}{until}"


def _with_figures(what: str, event: Event) -> str:
    """«зарегистрирован (просмотров 1 200)», where somebody gave figures of spread."""
    reach = reach_in(event.facts)
    return what if reach is None else f"{what} ({reach_words(reach)})"


def _outcome(event: Event) -> str:
    """The outcome goes with the words once their time of keeping is over."""
    outcome = event.facts.get("outcome")
    return "итог записан" if outcome is None else OUTCOMES[Outcome(outcome)]


def _checked(event: Event) -> str:
    return f"{REACTIONS[Reaction(event.facts['reaction'])]}, {SPREADS[Spread(event.facts['spread'])]}"


def _page(page: RisksPage) -> Iterator[Line]:
    if page.total == 0:
        yield "Открытых рисков нет." if page.narrowed == ALL_OPEN else f"{_narrowed(page)}: таких нет."
        return
    yield Bold(f"{_narrowed(page)}: {page.total}")
    for risk in page.risks:
        yield _risk(risk, page)
    if page.pages > 1:
        yield f"{page.page + 1} из {page.pages}"


def _narrowed(page: RisksPage) -> str:
    """«Открыто рисков», «Реакция · Социальная политика»."""
    block = block_line(page.narrowed.block, page.office.plan)
    stage = None if page.narrowed.stage is None else STAGES[page.narrowed.stage]
    return " · ".join(filter(None, (stage, block))) or "Открыто рисков"


def _found(risk: Risk) -> Text:
    gist = gist_line(risk.gist, _GIST_SHOWN)
    return Text(Bold(str(risk.number)), f" · {STATES[risk.state]} · {gist}")


def _risk(risk: Risk, page: RisksPage) -> Text:
    plan = page.office.plan
    level = plan.level_if_known(risk.level)
    sign = "–" if level is None else level.sign
    gist = shortened(risk.gist, _GIST_SHOWN)
    return Text(Bold(str(risk.number)), f" · {sign} · {_awaited(risk, page)} · {gist}")


def _awaited(risk: Risk, page: RisksPage) -> str:
    plan = page.office.plan
    if risk.due_at is not None and risk.due_at <= page.now:
        return f"просрочено с {moment(risk.due_at, plan.calendar, page.now)}"
    return awaited(risk, plan, page.now)


def _heading(risk: Risk) -> Iterator[Line]:
    yield Bold(f"{risk.number} · история")
    yield gist_line(risk.gist, _GIST_SHOWN)


def _event(event: Event, who: str | None, facts: RiskHistory) -> str:
    plan = facts.office.plan
    author = "" if who is None else f" · {who}"
    return f"{moment(event.at, plan.calendar, facts.now)} · {happening(event, plan)}{author}"


def _block(key: str | None, plan: OfficePlan) -> str:
    return WITHOUT_BLOCK if key is None else block_line(BlockKey(key), plan) or key


def _level(key: str | None, plan: OfficePlan) -> str:
    return "не указана" if key is None else level_line(LevelKey(key), plan)
