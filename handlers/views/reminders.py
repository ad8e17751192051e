"""Reminders as people read them: all that is due in one message, one thing with its actions, why it is asked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.days import day
from handlers.keyboards.reminders import explained_keyboard, hours_keyboard, items_keyboard, own_keyboard
from handlers.russian import counted
from handlers.views.dates import arithmetic, moment
from handlers.views.lines import INNER_DEADLINE, gist_line, level_line
from handlers.views.message import Line, Outgoing, outgoing
from risk.bundle_hours import EARLIEST_BUNDLE, LATEST_BUNDLE
from risk.obligations import Hold, HoldKind, ObligationKind
from risk.offices import OfficePlan
from risk.units import shortened
from risk.use_cases.reminder_telling import Explained, OwedTold, OwnOwed, ReminderTold

KINDS: Final[Mapping[ObligationKind, str]] = MappingProxyType(
    {
        ObligationKind.VERIFICATION: "проверка",
        ObligationKind.ANSWER: "официальный ответ",
        ObligationKind.APPROVAL: "согласование ответа",
        ObligationKind.INTERIM: "обещанный ответ",
        ObligationKind.CHECK: "проверка реакции",
        ObligationKind.UNKNOWN: "ответ на вопрос",
        ObligationKind.MEASURE: "мера",
        ObligationKind.FIRST_ANSWER: "первый ответ",
        ObligationKind.APPEAL_ANSWER: "ответ на обращение",
        ObligationKind.APPEAL_APPROVAL: "согласование ответа на обращение",
    }
)

ITEMS_SHOWN: Final = 8
_GIST_SHOWN: Final = 60
_ABOUT_SHOWN: Final = 120

STALE_REMINDER: Final = "Это уже сделано или перенесено. Что за вами сейчас: /reminders."
HOW_TO_CHOOSE_HOUR: Final = Outgoing(
    text=(
        f"Напишите час с {EARLIEST_BUNDLE:%H:%M} до {LATEST_BUNDLE:%H:%M}, например: /reminders 08:30. "
        "Выключить утренние напоминания нельзя."
    )
)


def reminder(told: ReminderTold) -> Outgoing:
    return outgoing(_reminder(told), items_keyboard(told.office.id, told.own[:ITEMS_SHOWN], told.below[:ITEMS_SHOWN]))


def own(facts: OwnOwed) -> Outgoing:
    return outgoing(_own(facts), own_keyboard(facts, facts.own[:ITEMS_SHOWN]))


def choose_hour(facts: OwnOwed) -> Outgoing:
    return outgoing([_hour_line(facts), "В какой час присылать?"], hours_keyboard(facts))


def one(facts: Explained) -> Outgoing:
    return outgoing(_one(facts), explained_keyboard(facts))


def why(facts: Explained) -> Outgoing:
    return outgoing(_why(facts))


def _reminder(told: ReminderTold) -> Iterator[Line]:
    plan = told.office.plan
    if told.missed:
        missed = counted(told.missed, "напоминание", "напоминания", "напоминаний")
        yield f"Пока бот не работал, не пришло: {missed}. Вот что остаётся сейчас."
    if told.on_duty:
        yield "Вы сейчас дежурите, а это не ждёт утра."
    if told.deputises:
        yield f"Вы замещаете: {', '.join(told.deputises)}."
    if told.own:
        yield Bold(f"На сегодня у вас {len(told.own)}: {_summary(told.own, plan, told.now)}.")
        yield from _items(told.own, plan, told.now, first=1)
    if told.below:
        if told.own:
            yield ""
        yield Bold(f"Просрочено у других, вы следующий по порядку: {len(told.below)}.")
        first = min(len(told.own), ITEMS_SHOWN) + 1
        for place, item in enumerate(told.below[:ITEMS_SHOWN], first):
            yield f"{place}. {item.whose or 'должность не занята'}: {_in_short(item, plan, told.now)}"
        yield from _more(told.below)


def _items(items: Sequence[OwedTold], plan: OfficePlan, now: datetime, *, first: int) -> Iterator[Line]:
    for place, item in enumerate(items[:ITEMS_SHOWN], first):
        yield f"{place}. {_in_short(item, plan, now)}"
    yield from _more(items)


def _more(items: Sequence[OwedTold]) -> Iterator[str]:
    if len(items) > ITEMS_SHOWN:
        yield f"И ещё {len(items) - ITEMS_SHOWN}: /reminders"


def _in_short(item: OwedTold, plan: OfficePlan, now: datetime) -> str:
    """«🔴 ИР-11/26 · официальный ответ · просрочено с пт 20.11, 16:00 · нет воды»."""
    sign = plan.level(item.risk.level).sign
    named = KINDS[item.owed.obligation.key.kind]
    what = shortened(item.about, _GIST_SHOWN) if item.about else gist_line(item.risk.gist, _GIST_SHOWN)
    return f"{sign} {item.risk.number} · {named} · {_when(item, plan, now)} · {what}"


def _when(item: OwedTold, plan: OfficePlan, now: datetime) -> str:
    due_at, calendar = item.owed.obligation.due_at, plan.calendar
    if due_at <= now:
        return f"просрочено с {moment(due_at, calendar)}"
    local = calendar.local(due_at)
    if local.date() == calendar.local(now).date():
        return f"сегодня до {local:%H:%M}"
    return f"до {moment(due_at, calendar)}"


def _summary(items: Sequence[OwedTold], plan: OfficePlan, now: datetime) -> str:
    """«просрочено 2, срок сегодня 1, позже 1»."""
    today = plan.calendar.local(now).date()
    due = [item.owed.obligation.due_at for item in items]
    late = sum(at <= now for at in due)
    soon = sum(at > now and plan.calendar.local(at).date() == today for at in due)
    counts = (("просрочено", late), ("срок сегодня", soon), ("срок позже", len(due) - late - soon))
    return ", ".join(f"{word} {count}" for word, count in counts if count)


def _own(facts: OwnOwed) -> Iterator[Line]:
    plan = facts.office.plan
    if facts.own:
        yield Bold(f"За вами сейчас {len(facts.own)}: {_summary(facts.own, plan, facts.now)}.")
        for place, item in enumerate(facts.own[:ITEMS_SHOWN], 1):
            yield f"{place}. {_in_short(item, plan, facts.now)}"
        if len(facts.own) > ITEMS_SHOWN:
            yield f"И ещё {len(facts.own) - ITEMS_SHOWN}, они не так срочны."
    else:
        yield "За вами сейчас ничего нет."
    yield _hour_line(facts)


def _hour_line(facts: OwnOwed) -> str:
    chosen = "час офиса" if facts.is_usual else "выбрали вы"
    return f"Утренние напоминания приходят в {_clock(facts.hour)} ({chosen})."


def _one(facts: Explained) -> Iterator[Line]:
    plan, item = facts.card.office.plan, facts.told
    risk = item.risk
    yield Bold(f"{risk.number} · {KINDS[item.owed.obligation.key.kind]} · {level_line(risk.level, plan)}")
    yield gist_line(risk.gist)
    if item.about:
        yield shortened(item.about, _ABOUT_SHOWN * 4)
    yield f"Срок: {_when(item, plan, facts.now)}"
    if item.owed.hold is not None:
        yield _hold_line(item.owed.hold)


def _why(facts: Explained) -> Iterator[Line]:
    plan, item = facts.card.office.plan, facts.told
    calendar, due_at = plan.calendar, item.owed.obligation.due_at
    yield Bold(f"{item.risk.number} · {KINDS[item.owed.obligation.key.kind]}")
    if facts.counted is None:
        yield f"Срок назвал сотрудник: {moment(due_at, calendar)}."
    else:
        yield f"Срок: {moment(due_at, calendar)} ({INNER_DEADLINE})."
        yield f"{arithmetic(facts.counted, calendar)}."
        if facts.counted.beyond_horizon:
            yield "Производственный календарь на эти дни не внесён: рабочие дни посчитаны по обычной неделе."
    if due_at <= facts.now:
        hours = int(facts.overdue_by.total_seconds() // 3600)
        for_long = counted(hours, "рабочий час", "рабочих часа", "рабочих часов")
        yield f"Просрочено на {for_long}." if hours else "Просрочено меньше чем на рабочий час."
    yield from _chain_lines(facts)
    yield from _next_line(facts)


def _chain_lines(facts: Explained) -> Iterator[str]:
    item = facts.told
    titles = [title for title, _ in facts.links]
    if facts.place is None:
        yield f"Отвечает: {titles[0] if titles else 'никто, должности не заняты'}."
        return
    title, deputises = facts.links[facts.place]
    role = f"Вы замещаете: {title}." if deputises else f"Вы: {title}."
    if facts.place == 0:
        owes = item.whose
        stands = (
            "" if owes in {None, title} else f" Должность «{owes}» не занята или её обладатель в отъезде без замены."
        )
        yield f"{role} Отвечаете за это вы.{stands}"
    else:
        yield f"{role} Отвечает: {titles[0]}. Вы выше по порядку офиса, поэтому видите просроченное сводкой."


def _next_line(facts: Explained) -> Iterator[str]:
    if facts.next_title is not None and facts.next_at is not None:
        until = moment(facts.next_at, facts.card.office.plan.calendar)
        yield f"Если до {until} ничего не изменится, сводку получит {facts.next_title}."
    else:
        yield "Выше никто больше не получит напоминания."


def _hold_line(hold: Hold) -> str:
    if hold.kind is HoldKind.ACCEPTED:
        return f"Принято в работу до {day(hold.day)}: до этого дня напоминаний нет."
    reason = f": {hold.reason}" if hold.reason else ""
    return f"Напомнить {day(hold.day)}{reason}."


def _clock(hour: time) -> str:
    return f"{hour:%H:%M}"
