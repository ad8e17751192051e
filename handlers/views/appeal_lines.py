"""Words that lists, pages and notices of appeals share: names, states, deadlines, what a deadline rests on."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from handlers.days import day
from handlers.russian import counted
from handlers.views.dates import moment, term
from handlers.views.freshness import appeal_number
from risk.appeal_cases import AppealCase
from risk.appeal_forms import Way
from risk.appeal_terms import AppealDue, Basis, DaysTerm, days_past, is_law, last_day_of
from risk.appeals import Appeal, AppealState, Regime
from risk.calendar import WorkingCalendar, end_of
from risk.deadlines import ClockKind
from risk.offices import OfficePlan
from risk.routing import Routed, RoutingField
from risk.units import shortened

TOPIC_ROOM: Final = 60

STATES: Final[Mapping[AppealState, str]] = MappingProxyType(
    {
        AppealState.OPEN: "в работе",
        AppealState.ANSWERED: "ответ дан",
        AppealState.DEFERRED: "отложено",
        AppealState.REDIRECTED: "перенаправлено",
        AppealState.REJECTED: "отклонено",
    }
)
REGIMES: Final[Mapping[Regime, str]] = MappingProxyType(
    {
        Regime.LAW_59: "обращение по 59-ФЗ",
        Regime.POS_ORDINARY: "сообщение ПОС",
        Regime.POS_FAST_TRACK: "сообщение ПОС, фаст-трек",
        Regime.IM: "сообщение в соцсети",
        Regime.BY_HAND: "не по 59-ФЗ",
    }
)
WAYS: Final[Mapping[str, str]] = MappingProxyType({Way.CALL: "звонок", Way.VISIT: "личный приём", Way.LETTER: "письмо"})
PORTALS: Final[Mapping[str, str]] = MappingProxyType(
    {"EPGU": "Госуслуги", "MED_DOC_EPGU": "Госуслуги, медицинские документы", "WIDGET": "виджет на сайте"}
)
"""What ПОС writes for where an appeal was sent from; whatever else it writes is shown as it stands."""
AWAITS_EXPORT: Final = "ждём подтверждения выгрузкой"
TO_CHECK: Final = "нет в новой выгрузке, проверьте"

_SIGNS: Final[Mapping[RoutingField, str]] = MappingProxyType(
    {
        RoutingField.DEPARTMENT: "Отдел",
        RoutingField.EXECUTOR: "Исполнитель",
        RoutingField.ORGANISATION: "Организация",
        RoutingField.GROUP: "Группа тем",
        RoutingField.TOPIC: "Тема",
        RoutingField.SETTLEMENT: "Населённый пункт",
    }
)


def way_words(channel: str | None) -> str | None:
    """«Госуслуги», «звонок»: how it came, on a page and in a register alike."""
    return None if channel is None else {**WAYS, **PORTALS}.get(channel, channel)


def appeal_name(appeal: Appeal) -> str:
    """«ПОС 6100013»; a number given by hand says by itself whose it is."""
    return appeal_number(appeal.key)


def topic_line(appeal: Appeal, room: int = TOPIC_ROOM) -> str:
    return shortened(appeal.topic or appeal.group or "тема не указана", room)


def standing_words(case: AppealCase, plan: OfficePlan, now: datetime) -> str:
    """«просрочено на 2 рабочих дня», «сегодня», «до ср 18.11», «ответ дан»."""
    settled = _settled_words(case)
    if settled is not None:
        return settled
    return overdue_words(case, plan, now) if case.is_overdue(now) else _until(case.due_at, plan.calendar, now)


def standing_at(case: AppealCase, plan: OfficePlan, at: datetime, now: datetime) -> str:
    """As `standing_words`, in a list of an earlier moment: how late it was then, not how late it is today."""
    settled = _settled_words(case)
    if settled is not None:
        return settled
    return overdue_words(case, plan, at) if case.is_overdue(at) else f"до {due_day(case.due_at, plan.calendar, now)}"


def _settled_words(case: AppealCase) -> str | None:
    """None while its deadline is what matters."""
    if case.vanished_in is not None:
        return TO_CHECK
    if case.redirected is not None:
        return STATES[AppealState.REDIRECTED]
    if case.awaits_export:
        return AWAITS_EXPORT
    return None if case.is_open else STATES[case.state]


def overdue_words(case: AppealCase, plan: OfficePlan, now: datetime) -> str:
    """By whole working days, of which neither the last day nor today is one."""
    due, today = last_day_of(case.due_at, plan.calendar), plan.calendar.local(now).date()
    past = len(days_past(case.due_at, now, plan.calendar))
    if past:
        return f"просрочено на {counted(past, 'рабочий день', 'рабочих дня', 'рабочих дней')}"
    return f"просрочено с {moment(case.due_at, plan.calendar, now) if due == today else day(due, today)}"


def due_day(at: datetime, calendar: WorkingCalendar, now: datetime) -> str:
    """«ср 18.11»; with its hour where it is not the end of a day."""
    last = last_day_of(at, calendar)
    if at < end_of(last, calendar):
        return moment(at, calendar, now)
    return day(last, calendar.local(now).date())


def basis_words(due: AppealDue, regime: Regime) -> str:
    """What a deadline rests on: law is said only of what is law, the rest are settings of the office."""
    if due.basis is Basis.EXPORT:
        return "дата из выгрузки"
    if due.basis is Basis.FIRST_ANSWER:
        return f"первый ответ, внутренний срок: {term(due.term)}" if due.term is not None else "внутренний срок"
    length = "" if due.days is None else length_words(due.days)
    if due.basis is Basis.AFTER_FIRST:
        return f"внутренний срок: {length} с первого ответа"
    return f"{length} по 59-ФЗ" if is_law(due.days, regime) else f"внутренний срок: {length}"


def routed_words(routed: Routed) -> str:
    """«правило 3: «Группа тем» содержит «ЖКХ»»."""
    sign = f"«{_SIGNS[routed.field]}» содержит «{shortened(routed.word, TOPIC_ROOM)}»"
    return f"по населённому пункту «{routed.word}»" if routed.rule is None else f"правило {routed.rule}: {sign}"


def length_words(days: DaysTerm) -> str:
    """«30 дней», «7 рабочих дней»."""
    if days.clock is ClockKind.CLOCK:
        return counted(days.days, "день", "дня", "дней")
    return counted(days.days, "рабочий день", "рабочих дня", "рабочих дней")


def _until(at: datetime, calendar: WorkingCalendar, now: datetime) -> str:
    last, named = last_day_of(at, calendar), due_day(at, calendar, now)
    if last != calendar.local(now).date():
        return f"до {named}"
    return "сегодня" if named == day(last, last) else f"сегодня до {calendar.local(at):%H:%M}"
