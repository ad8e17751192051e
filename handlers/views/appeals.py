"""Lists of appeals, the page of one, its history: read-only messages, each with how fresh the exports are."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold, Text, TextLink

from handlers.callbacks.appeals import Narrowing
from handlers.days import day
from handlers.keyboards.appeals import (
    ANSWERED,
    CHANNELS,
    STANDINGS,
    appeal_keyboard,
    appeals_keyboard,
    history_keyboard,
    narrowing_keyboard,
    which_keyboard,
)
from handlers.russian import counted
from handlers.views.appeal_lines import (
    AWAITS_EXPORT,
    REGIMES,
    STATES,
    TO_CHECK,
    appeal_name,
    basis_words,
    due_day,
    routed_words,
    standing_words,
    topic_line,
    way_words,
)
from handlers.views.dates import moment
from handlers.views.freshness import SYSTEMS, exports_line
from handlers.views.lines import WITHOUT_BLOCK, block_line
from handlers.views.message import Line, Outgoing, outgoing
from risk.appeal_cases import AppealCase, AppealChange, AppealHappening, Approval, Press
from risk.appeal_lists import AppealsAsked
from risk.appeal_terms import redirect_until
from risk.appeals import AppealOutcome, AppealSource, Regime, Satisfaction
from risk.ids import ImportId
from risk.obligations import HoldKind
from risk.offices import OfficePlan
from risk.units import shortened
from risk.use_cases.appeal_reading import AppealFacts, AppealHistory, AppealsPage

STALE_LIST: Final = "Этот список устарел. Откройте его заново: /appeals."
STALE_PAGE: Final = "Эта страница устарела. Откройте обращение заново: /appeal и номер."

_TOPIC_ON_PAGE: Final = 300
_WORDS_SHOWN: Final = 160
_CHANGES_ON_A_PAGE: Final = 10
_FILE_SHOWN: Final = 40

OUTCOMES: Final[Mapping[AppealOutcome, str]] = MappingProxyType(
    {
        AppealOutcome.SOLVED: "решено",
        AppealOutcome.EXPLAINED: "разъяснено",
        AppealOutcome.DEFERRED: "отложено",
        AppealOutcome.NOT_SOLVED: "не решено",
        AppealOutcome.REFUSED: "отказано",
        AppealOutcome.OTHER: "другой",
    }
)
SATISFACTIONS: Final[Mapping[Satisfaction, str]] = MappingProxyType(
    {
        Satisfaction.PLEASED: "автор доволен",
        Satisfaction.NEUTRAL: "автор нейтрален",
        Satisfaction.DISPLEASED: "автор недоволен",
        Satisfaction.SILENT: "автор не ответил",
        Satisfaction.POINTLESS: "дальнейший диалог нецелесообразен",
        Satisfaction.OTHER: "другое",
    }
)
_QUESTIONS: Final[Mapping[Narrowing, str]] = MappingProxyType(
    {
        Narrowing.BLOCK: "Какой блок показать?",
        Narrowing.CHANNEL: "Откуда обращения?",
        Narrowing.TERRITORY: "Какую территорию показать?",
    }
)


def appeals(page: AppealsPage) -> Outgoing:
    return outgoing(_list(page), appeals_keyboard(page))


def narrowing(page: AppealsPage, by: Narrowing) -> Outgoing:
    return outgoing([_QUESTIONS[by]], narrowing_keyboard(page, by))


def appeal(facts: AppealFacts) -> Outgoing:
    return outgoing(_page(facts), appeal_keyboard(facts))


def which_appeal(found: Sequence[AppealFacts]) -> Outgoing:
    """The one there is, or a question: numbers of different systems may be the same."""
    if len(found) == 1:
        return appeal(found[0])
    lines = [_in_short(each.case, each.office.plan, each) for each in found]
    return outgoing(["Под этим номером несколько обращений. Какое открыть?", *lines], which_keyboard(found))


def appeal_history(facts: AppealHistory, page: int = 0) -> Outgoing:
    """A page of changes, the oldest of them first; the first page holds the newest."""
    lines = [_change(each, facts) for each in facts.changes]
    pages = max(1, -(-len(lines) // _CHANGES_ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    end = len(lines) - page * _CHANGES_ON_A_PAGE
    shown = lines[max(0, end - _CHANGES_ON_A_PAGE) : end]
    which = [f"{page + 1} из {pages}"] if pages > 1 else []
    heading = Bold(f"{appeal_name(facts.case.appeal)} · история")
    return outgoing([heading, topic_line(facts.case.appeal), *shown, *which], history_keyboard(facts, page, pages))


def found_appeal(case: AppealCase) -> Text:
    """«ПОС 6100013 · в работе · ямы на Советской»: a line of what was found."""
    state = TO_CHECK if case.vanished_in is not None else STATES[case.state]
    return Text(Bold(appeal_name(case.appeal)), f" · {state} · {topic_line(case.appeal)}")


def _list(page: AppealsPage) -> Iterator[Line]:
    asked = _asked(page.asked, page.office.plan)
    if page.total == 0:
        yield f"{asked}: обращений нет."
    else:
        yield Bold(f"{asked}: {page.total}")
        for place, case in enumerate(page.appeals, 1):
            yield Text(f"{place}. ", _in_short(case, page.office.plan, page))
        if page.pages > 1:
            yield f"{page.page + 1} из {page.pages}"
    if page.asked.channel is not AppealSource.HAND:
        yield from _fresh(page, page.asked.channel)


def _fresh(facts: AppealsPage | AppealFacts, only: AppealSource | None) -> Iterator[str]:
    """Of the one system that is told of, or of all."""
    freshest = {source: at for source, at in facts.freshest.items() if only in {None, source}}
    yield exports_line(freshest, facts.office.plan, facts.now)


def _asked(asked: AppealsAsked, plan: OfficePlan) -> str:
    """«Просрочено · ЖКХ · ПОС»."""
    territory = plan.territory(asked.territory)
    narrowed = (
        block_line(asked.block, plan),
        None if asked.channel is None else CHANNELS[asked.channel],
        None if territory is None else territory.title,
    )
    return " · ".join([STANDINGS[asked.standing], *filter(None, narrowed)])


def _in_short(case: AppealCase, plan: OfficePlan, told: AppealsPage | AppealFacts) -> Text:
    """«ПОС 6100013 · просрочено на 2 рабочих дня · ямы на Советской»."""
    words = standing_words(case, plan, told.now)
    return Text(Bold(appeal_name(case.appeal)), f" · {words} · {topic_line(case.appeal)}")


def _page(facts: AppealFacts) -> Iterator[Line]:
    case, plan = facts.case, facts.office.plan
    yield Bold(f"{appeal_name(case.appeal)} · {standing_words(case, plan, facts.now)}")
    yield topic_line(case.appeal, _TOPIC_ON_PAGE)
    yield from _origin(facts)
    if plan.blocks:
        yield f"Блок: {_block(case, plan)}"
    yield from _state(facts)
    yield from _deadline(facts)
    yield from _answer(facts)
    yield from _outcome(case)
    if case.appeal.link is not None:
        what = "карточка в ПОС" if case.appeal.source is AppealSource.POS else "публичный пост"
        yield Text("Ссылка: ", TextLink(what, url=case.appeal.link))
    if not case.is_by_hand:
        yield from _fresh(facts, case.appeal.source)


def _origin(facts: AppealFacts) -> Iterator[str]:
    told, today = facts.case.appeal, facts.office.plan.calendar.local(facts.now).date()
    way = way_words(told.channel)
    group = told.group if told.group and told.topic else None
    yield f"Вид: {REGIMES[told.regime]}"
    yield " · ".join(filter(None, (f"Поступило: {day(told.created_on, today)}", way)))
    if group is not None:
        yield f"Группа тем: {shortened(group, _WORDS_SHOWN)}"
    if told.settlement is not None:
        yield f"Населённый пункт: {shortened(told.settlement, _WORDS_SHOWN)}"
    if facts.case.registered_by is not None:
        yield f"Зарегистрировал: {facts.titles[facts.case.registered_by]}"


def _block(case: AppealCase, plan: OfficePlan) -> str:
    """«Социальная политика (выбрано вручную)»."""
    title = block_line(case.block, plan)
    if title is None:
        return f"{WITHOUT_BLOCK}, блок ответил, что это не к нему" if case.returns else WITHOUT_BLOCK
    if case.routed is not None:
        return f"{title} ({routed_words(case.routed)})"
    return f"{title} (выбрано вручную)" if case.chosen else title


def _state(facts: AppealFacts) -> Iterator[str]:
    case = facts.case
    if case.vanished_in is not None:
        yield f"Состояние: {TO_CHECK}"
        return
    step = "" if case.appeal.step is None else f", шаг «{shortened(case.appeal.step, _WORDS_SHOWN)}»"
    yield f"Состояние: {STATES[case.state]}{step}"
    if case.redirected is not None:
        yield f"Перенаправлено {day(case.redirected.on, facts.today)}: {shortened(case.redirected.to, _WORDS_SHOWN)}"


def _deadline(facts: AppealFacts) -> Iterator[str]:
    case, plan = facts.case, facts.office.plan
    until, basis = due_day(case.due_at, plan.calendar, facts.now), basis_words(facts.due, case.appeal.regime)
    moved = "" if not case.extensions else f"; переносили {counted(case.extensions, 'раз', 'раза', 'раз')}"
    yield f"Срок: до {until} ({basis}{moved})"
    yield from _held(facts)
    if not case.is_open and case.is_late(plan.calendar):
        yield "Завершено позже срока"
    if case.is_owed and case.appeal.regime is Regime.LAW_59:
        yield redirect_line(redirect_until(case.appeal), plan.calendar.local(facts.now).date())


def _held(facts: AppealFacts) -> Iterator[str]:
    """A day that somebody has named, as long as it holds the reminders."""
    held = None if facts.owed is None else facts.owed.hold
    if held is not None and held.ends_at(facts.office.plan.calendar) > facts.now:
        named = "Принято в работу до" if held.kind is HoldKind.ACCEPTED else "Напомнить"
        yield f"{named} {day(held.day, facts.today)}, {facts.titles[held.by]}"


def redirect_line(until: date, today: date) -> str:
    """Law: seven days from registration."""
    words = "Срок перенаправления прошёл" if until < today else "Перенаправить можно до"
    return f"{words} {day(until, today)} (7 дней с регистрации, 59-ФЗ, ст. 8)"


def _answer(facts: AppealFacts) -> Iterator[str]:
    case, plan = facts.case, facts.office.plan
    if case.pressed is not None:
        what, at = ANSWERED[case.pressed.press], moment(case.pressed.at, plan.calendar, facts.now)
        waits = f"; {AWAITS_EXPORT}" if case.awaits_export else ""
        yield f"{what}: {at}, {facts.titles[case.pressed.by]}{waits}"
    elif plan.approves_appeals and case.is_owed:
        yield f"Согласование: {_APPROVALS[case.approval]}"
        if facts.remark is not None:
            yield f"Замечание: {facts.remark}"


_APPROVALS: Final[Mapping[Approval | None, str]] = MappingProxyType(
    {
        None: "нужно до отправки ответа",
        Approval.ASKED: "ждёт решения",
        Approval.APPROVED: "ответ согласован",
        Approval.SENT_BACK: "ответ возвращён",
    }
)


def _outcome(case: AppealCase) -> Iterator[str]:
    told = case.appeal
    words = [
        None if told.outcome is None else f"итог: {OUTCOMES[told.outcome]}",
        None if told.mark is None else f"оценка: {told.mark}",
        None if told.satisfaction is None else SATISFACTIONS[told.satisfaction],
        "повторное" if told.repeated else None,
    ]
    said = ", ".join(filter(None, words))
    if said:
        yield said.capitalize() if told.outcome is None else f"И{said[1:]}"


def _change(change: AppealChange, facts: AppealHistory) -> str:
    """«пт 20.11, 08:10 · загружено из выгрузки …»; last, whose act it was."""
    at = moment(change.at, facts.office.plan.calendar, facts.now)
    who = None if change.position is None else facts.titles.get(change.position)
    return " · ".join(filter(None, (at, happening(change, facts), who)))


def happening(change: AppealChange, facts: AppealHistory) -> str:
    plan, words = facts.office.plan, change.facts.get("text", "")
    match change.happening:
        case AppealHappening.IMPORTED:
            state = f"{STATES[change.state]}, срок до {due_day(change.due_at, plan.calendar, facts.now)}"
            return f"{_export(change.imported, facts)}: {state}"
        case AppealHappening.NOT_CONFIRMED | AppealHappening.VANISHED:
            return f"{_export(change.imported, facts)}: {HAPPENINGS[change.happening]}"
        case AppealHappening.GIVEN:
            before, after = _title(change.facts.get("before"), plan), _title(change.facts.get("after"), plan)
            return f"блок: {before} → {after}"
        case AppealHappening.PRESSED:
            return ANSWERED[Press(change.facts.get("press", Press.SENT))].lower()
        case AppealHappening.ACCEPTED | AppealHappening.POSTPONED:
            named = change.facts.get("day")
            until = "" if named is None else f" {day(date.fromisoformat(named), plan.calendar.local(facts.now).date())}"
            return _with_words(f"{HAPPENINGS[change.happening]}{until}", words)
        case kind:
            return _with_words(HAPPENINGS[kind], words)


HAPPENINGS: Final[Mapping[AppealHappening, str]] = MappingProxyType(
    {
        AppealHappening.REGISTERED: "зарегистрировано",
        AppealHappening.RETURNED: "блок ответил, что это не к нему",
        AppealHappening.REDIRECTED: "перенаправлено",
        AppealHappening.NOT_CONFIRMED: "ответ не подтверждён",
        AppealHappening.ASKED: "ответ подготовлен, ждёт согласования",
        AppealHappening.APPROVED: "ответ согласован",
        AppealHappening.SENT_BACK: "ответ возвращён",
        AppealHappening.ACCEPTED: "принято в работу до",
        AppealHappening.POSTPONED: "напоминание перенесено на",
        AppealHappening.VANISHED: "нет в выгрузке, проверьте",
        AppealHappening.RECKONED: "пересчитано по правилам офиса",
    }
)
"""Kinds whose words need little but what was typed."""


def _export(imported: ImportId | None, facts: AppealHistory) -> str:
    """«выгрузка ПОС от пт 20.11, 08:10 («pos.xlsx»)»."""
    one = None if imported is None else facts.imports.get(imported)
    if one is None:
        return "выгрузка"
    system = "" if one.source is None else f" {SYSTEMS.get(one.source, '')}"
    made = moment(one.made_at, facts.office.plan.calendar, facts.now)
    return f"выгрузка{system} от {made} («{shortened(one.file, _FILE_SHOWN)}»)"


def _with_words(what: str, words: str) -> str:
    return f"{what}: {shortened(' '.join(words.split()), _WORDS_SHOWN)}" if words else what


def _title(block: str | None, plan: OfficePlan) -> str:
    return next((each.title for each in (*plan.blocks, *plan.retired.blocks) if each.key == block), WITHOUT_BLOCK)
