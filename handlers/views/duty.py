"""Duty as people read it: who answers now and in the coming days, and the question of each step of assigning it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.colleagues import named
from handlers.days import day
from handlers.keyboards.duty import days_keyboard, draft_keyboard, duty_keyboard, positions_keyboard
from handlers.views.dates import moment
from handlers.views.message import Line, Outgoing, outgoing
from risk.calendar import WorkingCalendar
from risk.duties import Shift
from risk.offices import OfficePlan
from risk.people import Position
from risk.rota import OnDuty, Rota
from risk.units import shortened
from risk.use_cases.duty_steps import DutyDaysAsked, DutyDrafted, DutyPage, PositionsForDuty, Stretch

_LINE_SHOWN: Final = 240

STALE: Final = "Это расписание устарело. Откройте его заново: /duty."
ASSIGNED: Final = "Дежурство назначено."
CLEARED: Final = "Дежурство снято."
WHEN: Final = "Смена длится от закрытия офиса до утра следующего дня, в выходной — с утра до утра."


def duty(facts: DutyPage) -> Outgoing:
    return outgoing(_page(facts), duty_keyboard(facts))


def choose_position(facts: PositionsForDuty) -> Outgoing:
    return outgoing(["Кто будет дежурить?"], positions_keyboard(facts))


def choose_day(facts: DutyDaysAsked, month: int | None) -> Outgoing:
    who = "Дежурство будет снято." if facts.position is None else f"Дежурит: {facts.position.title(facts.office.plan)}."
    if facts.first is None:
        lines = [who, "День первой смены?", WHEN]
    else:
        lines = [who, f"Первая смена: {day(facts.first, facts.today)}. День последней смены?"]
    return outgoing(lines, days_keyboard(facts, month))


def draft(facts: DutyDrafted) -> Outgoing:
    calendar = facts.office.plan.calendar
    lines = [
        f"Дежурство: {_chosen(facts.position, facts.rota)}.",
        f"{_span(facts.first, facts.last, calendar, facts.now)}.",
    ]
    if facts.holder_away:
        lines.append("На эти дни отмечено отсутствие: в дни отсутствия дежурит тот, кто замещает.")
    return outgoing(lines, draft_keyboard(facts))


def on_duty(who: OnDuty | None, plan: OfficePlan) -> str:
    """«ответственный за ИМ и ПОС (Иванова О. П.)», or why nobody answers."""
    if who is None:
        return "не назначено"
    title = who.position.title(plan)
    if who.here is None:
        return f"{title} (отсутствует, замещающего нет)" if who.holder_away else f"{title} (должность не занята)"
    if who.holder_away:
        return f"{title} (отсутствует, замещает {named(who.here.main_position, who.here.person, plan)})"
    return named(who.position, who.here.person, plan)


def _page(facts: DutyPage) -> Iterator[Line]:
    plan = facts.office.plan
    yield Bold(f"{plan.title} · дежурство")
    yield _now(facts)
    if facts.tonight is not None:
        shift = facts.tonight.first
        begins, ends = moment(shift.begins, plan.calendar, facts.now), moment(shift.ends, plan.calendar, facts.now)
        yield f"Далее, с {begins} до {ends}: {on_duty(facts.tonight.who, plan)}."
    yield ""
    yield "Ближайшие две недели:"
    for stretch in facts.coming:
        yield shortened(f"• {_stretch(stretch, plan.calendar, facts.now)}: {on_duty(stretch.who, plan)}", _LINE_SHOWN)


def _now(facts: DutyPage) -> str:
    plan = facts.office.plan
    if facts.current is None:
        return f"Сейчас рабочее время, до {moment(facts.closes_at, plan.calendar, facts.now)} отвечает весь офис."
    until = moment(facts.current.last.ends, plan.calendar, facts.now)
    return f"Сейчас дежурство до {until}: {on_duty(facts.current.who, plan)}."


def _stretch(stretch: Stretch, calendar: WorkingCalendar, now: datetime) -> str:
    """«пт 27.11 вечер – пн 30.11 утро»."""
    begins = "вечер" if calendar.is_working_day(stretch.first.day) else "утро"
    ends = calendar.local(stretch.last.ends).date()
    today = calendar.local(now).date()
    return f"{day(stretch.first.day, today)} {begins} – {day(ends, today)} утро"


def _span(first: Shift, last: Shift, calendar: WorkingCalendar, now: datetime) -> str:
    return f"С {moment(first.begins, calendar, now)} до {moment(last.ends, calendar, now)}, вне рабочих часов"


def _chosen(position: Position | None, rota: Rota) -> str:
    if position is None:
        return "никто"
    person = None if position.holder is None else rota.people[position.holder]
    return named(position, person, rota.office.plan)
