"""Reminders as people read them: all that is due in one message, one thing with its actions, why it is asked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.callbacks.appeals import AppealsOfBlock
from handlers.days import day
from handlers.keyboards.reminders import (
    explained_keyboard,
    hours_keyboard,
    items_keyboard,
    list_of_rest,
    own_keyboard,
)
from handlers.russian import counted
from handlers.views import owed_appeals
from handlers.views.dates import arithmetic, moment, until
from handlers.views.freshness import appeal_number, freshness_line
from handlers.views.lines import INNER_DEADLINE, gist_line, level_line
from handlers.views.message import Line, Outgoing, outgoing
from risk.appeal_cases import AppealCase
from risk.appeals import AppealSource
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
_BY_BUTTON: Final = "кнопка «Показать список»."
_ABOUT_SHOWN: Final = 120

STALE_REMINDER: Final = "Это уже сделано или перенесено. Что за вами сейчас: /reminders."
HOW_TO_CHOOSE_HOUR: Final = Outgoing(
    text=(
        f"Напишите час с {EARLIEST_BUNDLE:%H:%M} до {LATEST_BUNDLE:%H:%M}, например: /reminders 08:30. "
        "Выключить утренние напоминания нельзя."
    )
)


def reminder(told: ReminderTold) -> Outgoing:
    shown = [*told.own[:ITEMS_SHOWN], *told.below[:ITEMS_SHOWN]]
    rest = list_of_rest(told.office.id, told.own[ITEMS_SHOWN:], told.now)
    return outgoing(_reminder(told, rest), items_keyboard(told.office.id, shown, rest))


def own(facts: OwnOwed) -> Outgoing:
    rest = list_of_rest(facts.office.id, facts.own[ITEMS_SHOWN:], facts.now)
    return outgoing(_own(facts, rest), own_keyboard(facts, facts.own[:ITEMS_SHOWN], rest))


def choose_hour(facts: OwnOwed) -> Outgoing:
    return outgoing([_hour_line(facts), "В какой час присылать?"], hours_keyboard(facts))


def one(facts: Explained) -> Outgoing:
    return outgoing(_one(facts), explained_keyboard(facts))


def why(facts: Explained) -> Outgoing:
    return outgoing(_why(facts))


def _reminder(told: ReminderTold, rest: AppealsOfBlock | None) -> Iterator[Line]:
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
        for place, item in enumerate(told.own[:ITEMS_SHOWN], 1):
            yield f"{place}. {_in_short(item, plan, told.now)}"
        yield from _more(told.own, rest)
    if told.below:
        if told.own:
            yield ""
        yield Bold(f"Просрочено у других, вы следующий по порядку: {len(told.below)}.")
        first = min(len(told.own), ITEMS_SHOWN) + 1
        for place, item in enumerate(told.below[:ITEMS_SHOWN], first):
            yield f"{place}. {item.whose or 'должность не занята'}: {_in_short(item, plan, told.now)}"
        yield from _more(told.below, None)
    yield from _by_exports(told.freshest, plan, told.now)


def _more(items: Sequence[OwedTold], rest: AppealsOfBlock | None) -> Iterator[str]:
    if len(items) > ITEMS_SHOWN:
        where = _BY_BUTTON if rest is not None else _where(items[ITEMS_SHOWN:])
        yield f"И ещё {len(items) - ITEMS_SHOWN}: {where}"


def _where(hidden: Sequence[OwedTold]) -> str:
    """Overdue appeals have a list of their own, which has them all, and those of other blocks."""
    of_appeals = [isinstance(each.matter, AppealCase) for each in hidden]
    if all(of_appeals):
        return "/overdue"
    return "/reminders, обращения: /overdue" if any(of_appeals) else "/reminders"


def _by_exports(freshest: Mapping[AppealSource, datetime], plan: OfficePlan, now: datetime) -> Iterator[str]:
    line = freshness_line(freshest, plan, now)
    if line is not None:
        yield line


def _in_short(item: OwedTold, plan: OfficePlan, now: datetime) -> str:
    """«🔴 ИР-11/26 · официальный ответ · просрочено с пт 20.11, 16:00 · нет воды»."""
    if isinstance(item.matter, AppealCase):
        return owed_appeals.in_short(item, item.matter, plan, now)
    sign = plan.level(item.matter.level).sign
    named = KINDS[item.owed.obligation.key.kind]
    what = shortened(item.about, _GIST_SHOWN) if item.about else gist_line(item.matter.gist, _GIST_SHOWN)
    return f"{sign} {item.matter.number} · {named} · {_when(item, plan, now)} · {what}"


def _when(item: OwedTold, plan: OfficePlan, now: datetime) -> str:
    if isinstance(item.matter, AppealCase):
        return owed_appeals.when(item, plan, now)
    return until(item.owed.obligation.due_at, plan.calendar, now)


def _summary(items: Sequence[OwedTold], plan: OfficePlan, now: datetime) -> str:
    """«просрочено 2, срок сегодня 1, позже 1»."""
    today = plan.calendar.local(now).date()
    due = [item.owed.obligation.due_at for item in items]
    late = sum(at <= now for at in due)
    soon = sum(at > now and plan.calendar.local(at).date() == today for at in due)
    counts = (("просрочено", late), ("срок сегодня", soon), ("срок позже", len(due) - late - soon))
    return ", ".join(f"{word} {count}" for word, count in counts if count)


def _own(facts: OwnOwed, rest: AppealsOfBlock | None) -> Iterator[Line]:
    plan = facts.office.plan
    if facts.own:
        yield Bold(f"За вами сейчас {len(facts.own)}: {_summary(facts.own, plan, facts.now)}.")
        for place, item in enumerate(facts.own[:ITEMS_SHOWN], 1):
            yield f"{place}. {_in_short(item, plan, facts.now)}"
        if len(facts.own) > ITEMS_SHOWN:
            yield f"И ещё {len(facts.own) - ITEMS_SHOWN}" + (
                ", они не так срочны." if rest is None else f": {_BY_BUTTON}"
            )
    else:
        yield "За вами сейчас ничего нет."
    if facts.unknown:
        appeals = counted(facts.unknown, "обращению", "обращениям", "обращениям")
        yield f"По {appeals} ждём свежую выгрузку: /overdue."
    yield from _by_exports(facts.freshest, plan, facts.now)
    yield _hour_line(facts)


def _hour_line(facts: OwnOwed) -> str:
    chosen = "час офиса" if facts.is_usual else "выбрали вы"
    return f"Утренние напоминания приходят в {_clock(facts.hour)} ({chosen})."


def _one(facts: Explained) -> Iterator[Line]:
    plan, item = facts.office.plan, facts.told
    if isinstance(item.matter, AppealCase):
        yield Bold(_named(item))
        yield from owed_appeals.about(item.matter)
    else:
        yield Bold(f"{_named(item)} · {level_line(item.matter.level, plan)}")
        yield gist_line(item.matter.gist)
    if item.about:
        yield shortened(item.about, _ABOUT_SHOWN * 4)
    yield f"Срок: {_when(item, plan, facts.now)}"
    if item.owed.hold is not None:
        yield _hold_line(item.owed.hold, plan.calendar.local(facts.now).date())
    yield from _by_exports(facts.freshest, plan, facts.now)


def _named(item: OwedTold) -> str:
    """«ИР-12/26 · проверка», «ПОС 6100013 · ответ на обращение»."""
    matter = item.matter
    number = appeal_number(matter.appeal.key) if isinstance(matter, AppealCase) else str(matter.number)
    return f"{number} · {KINDS[item.owed.obligation.key.kind]}"


def _why(facts: Explained) -> Iterator[Line]:
    plan, item = facts.office.plan, facts.told
    yield Bold(_named(item))
    if isinstance(item.matter, AppealCase):
        yield from owed_appeals.grounds(facts, item.matter)
    else:
        yield from _grounds(facts)
    yield from _chain_lines(facts)
    yield from _next_line(facts)
    yield from _by_exports(facts.freshest, plan, facts.now)


def _grounds(facts: Explained) -> Iterator[str]:
    calendar, due_at = facts.office.plan.calendar, facts.told.owed.obligation.due_at
    if facts.counted is None:
        yield f"Срок назвал сотрудник: {moment(due_at, calendar, facts.now)}."
    else:
        yield f"Срок: {moment(due_at, calendar, facts.now)} ({INNER_DEADLINE})."
        yield f"{arithmetic(facts.counted, calendar, facts.now)}."
        if facts.counted.beyond_horizon:
            yield "Производственный календарь на эти дни не внесён: рабочие дни посчитаны по обычной неделе."
    if due_at <= facts.now:
        hours = int(facts.overdue_by.total_seconds() // 3600)
        for_long = counted(hours, "рабочий час", "рабочих часа", "рабочих часов")
        yield f"Просрочено на {for_long}." if hours else "Просрочено меньше чем на рабочий час."


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
        until = moment(facts.next_at, facts.office.plan.calendar, facts.now)
        yield f"Если до {until} ничего не изменится, сводку получит {facts.next_title}."
    else:
        yield "Выше никто больше не получит напоминания."


def _hold_line(hold: Hold, today: date) -> str:
    if hold.kind is HoldKind.ACCEPTED:
        return f"Принято в работу до {day(hold.day, today)}: до этого дня напоминаний нет."
    reason = f": {hold.reason}" if hold.reason else ""
    return f"Напомнить {day(hold.day, today)}{reason}."


def _clock(hour: time) -> str:
    return f"{hour:%H:%M}"
