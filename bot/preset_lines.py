"""What an operator reads about a preset loaded anew: one plain line for each change, conflicts marked."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from risk.appeals import Regime
from risk.deadlines import ClockKind
from risk.offices import PublicationKind, QuietRule
from risk.preset_changes import FIRST_ANSWER, ORDER, Change, ChangeKind, Fate
from risk.preset_loading import PresetLoading
from risk.report_terms import NEVER, WEEKDAYS, LatenessTold

MARK: Final = "!"
PLAIN: Final = "·"

_NAMED: Final = MappingProxyType(
    {
        "title": "Название офиса",
        "chat_title": "Название алерт-чата",
        "member_word": "Как называются члены офиса",
        "approves_answers": "Согласование ответов до размещения",
        "quiet_rule": "Какая реакция спокойная",
        "counted_publications": "Какие публикации засчитываются для закрытия",
        "escalation": "Кто над блоками узнаёт о просроченном",
        "reminds_juniors": "Узнаёт ли младший о просроченном у старшего",
        "nudged_at": "Час утренних напоминаний",
        "nudges_a_day": "Сколько сообщений с напоминаниями в день",
        "municipalities": "Как муниципалитет назван в выгрузках",
        "approves_appeals": "Согласование ответов на обращения",
        "exports_fresh_for": "Сколько рабочих дней выгрузка свежая",
        "exports_asked_at": "В каком часу просить свежую выгрузку",
        "addressee": "Кому адресована справка",
        "signed_by": "Кто подписывает справки",
        "quiet_hours": "Тихие часы",
        "invitation_days": "Сколько дней действует приглашение",
        "default_level": "Критичность по умолчанию",
        "digest_at": "В каком часу дайджест",
        "lateness_told": "Где видна просрочка по блокам",
        "week_begins": "С какого дня неделя",
        "memo_on": "День справки за неделю",
        "memo_at": "Час справки за неделю",
        "rating_minimum": "Со скольких обращений считаем доли",
        "zone": "Часовой пояс",
    }
)
PUBLICATION_KINDS: Final[Mapping[PublicationKind, str]] = MappingProxyType(
    {
        PublicationKind.BODY_PAGE: "страница органа",
        PublicationKind.OFFICIAL_PAGE: "страница должностного лица",
        PublicationKind.FEDERAL_MEDIA: "федеральное СМИ",
        PublicationKind.REGIONAL_MEDIA: "региональное СМИ",
        PublicationKind.LOCAL_MEDIA: "местное СМИ",
    }
)
"""The words of the views, said here again: those come with Telegram's library, which the shell must not wait for."""

_DAYS_OF_WEEK: Final = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_VALUES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "approves_answers": {"true": "нужно", "false": "не нужно"},
        "approves_appeals": {"true": "нужно", "false": "не нужно"},
        "reminds_juniors": {"true": "да", "false": "нет"},
        "quiet_rule": {
            QuietRule.BOTH: "нет ни негатива, ни распространения",
            QuietRule.EITHER: "нет негатива или нет распространения",
        },
        "lateness_told": {LatenessTold.CHAT: "в чате", LatenessTold.PRIVATE: "у тех, кто читает отчёты офиса"},
        "week_begins": dict(zip(WEEKDAYS, _DAYS_OF_WEEK, strict=True)),
        "memo_on": {NEVER: "сама не приходит", **dict(zip(WEEKDAYS, _DAYS_OF_WEEK, strict=True))},
        "counted_publications": {kind.value: words for kind, words in PUBLICATION_KINDS.items()},
    }
)
"""Words for values that a preset writes in keys."""

APPEAL_TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        FIRST_ANSWER: "первый ответ в ИМ",
        Regime.IM: "окончательный ответ в ИМ",
        Regime.POS_ORDINARY: "сообщение в ПОС",
        Regime.POS_FAST_TRACK: "сообщение в ПОС, фаст-трек",
        Regime.BY_HAND: "звонок или визит",
        Regime.LAW_59: "обращение по 59-ФЗ",
    }
)
_NEW: Final = MappingProxyType(
    {
        ChangeKind.ROLE: "Новая должность",
        ChangeKind.BLOCK: "Новый блок",
        ChangeKind.TERRITORY: "Новая территория",
        ChangeKind.LEVEL: "Новый уровень критичности",
        ChangeKind.PAGE: "Новая страница в реестре",
    }
)
_ONE: Final = MappingProxyType(
    {
        ChangeKind.ROLE: "Должность",
        ChangeKind.BLOCK: "Блок",
        ChangeKind.TERRITORY: "Территория",
        ChangeKind.LEVEL: "Уровень критичности",
        ChangeKind.PAGE: "Страница",
    }
)
_GONE: Final = MappingProxyType(
    {
        ChangeKind.ROLE: "Должности больше нет",
        ChangeKind.BLOCK: "Блока больше нет",
        ChangeKind.TERRITORY: "Территории больше нет",
        ChangeKind.LEVEL: "Уровня критичности больше нет",
        ChangeKind.PAGE: "Страницы в реестре больше нет",
    }
)
_MANY: Final = MappingProxyType(
    {
        ChangeKind.ROLE: "должностей",
        ChangeKind.BLOCK: "блоков",
        ChangeKind.TERRITORY: "территорий",
        ChangeKind.LEVEL: "уровней критичности",
        ChangeKind.PAGE: "страниц",
    }
)
_FIELDS: Final = MappingProxyType(
    {
        "title": "название",
        "open_ended": "места по приглашениям",
        "rank": "старшинство",
        "head": "руководитель",
        "owner": "ответственный",
        "topics": "темы",
        "words": "слова",
        "territories": "территории",
        "settlements": "населённые пункты",
        "sign": "знак",
        "verify_within": "срок проверки",
        "answer_within": "срок ответа",
        "check_after": "сроки проверок реакции",
        "ladder": "порядок напоминаний",
        "may_go_unanswered": "можно ли без публичного ответа",
        "kind": "чья она",
    }
)


def loading_lines(loading: PresetLoading) -> list[str]:
    """Empty when there is nothing to tell."""
    return [f"{MARK if change.is_conflict else PLAIN} {change_line(change)}" for change in loading.changes]


def change_line(change: Change) -> str:
    match change.fate:
        case Fate.ADDED:
            return f"{_NEW[change.kind]}: {change.title}."
        case Fate.DROPPED:
            return f"{_GONE[change.kind]}: {change.title}."
        case Fate.CHANGED:
            return _CHANGED[change.kind](change)
        case Fate.KEPT_FOR_HISTORY:
            return f"{_GONE[change.kind]}: {change.title}. В истории она остаётся."
        case Fate.KEPT_HELD:
            return (
                f"{_GONE[change.kind]}: {change.title}, но она занята (мест: {change.count}). "
                "Полномочий она больше не даёт; освободите её: /dismiss."
            )
        case Fate.HELD_BEYOND_SEATS:
            return (
                f"Должность «{change.title}»: мест по файлу {change.after}, а занято {change.count}. "
                "Все остаются; лишние места освободите: /dismiss."
            )
        case Fate.KEPT_ON_RISKS:
            return (
                f"{_GONE[change.kind]}: {change.title}, но на открытых рисках он ещё стоит (рисков: {change.count}). "
                "Смените его на их карточках."
            )
        case Fate.OVERRULED:
            was, now = (setting_said(change.key, value) for value in (change.before, change.after))
            return f"{_NAMED[change.key]}: в чате задано {was}, теперь по файлу {now}."


def _fields(change: Change) -> str:
    if change.fields == (ORDER,):
        return f"Другой порядок {_MANY[change.kind]}."
    told = [_FIELDS[name] for name in change.fields]
    if "title" in change.fields:
        told[change.fields.index("title")] += f" (было «{change.before}»)"
    return f"{_ONE[change.kind]} «{change.title}», изменилось: {', '.join(told)}."


def _was_and_is(change: Change) -> str:
    was, now = (setting_said(change.key, value) for value in (change.before, change.after))
    return f"{_NAMED[change.key]}: было {was}, стало {now}."


def setting_said(key: str, value: str) -> str:
    """What a preset writes under that key, as people read it."""
    if not value:
        return "не задано"
    words = _VALUES.get(key)
    return value if words is None else ", ".join(words[each] for each in value.split(", "))


def _seats(change: Change) -> str:
    return f"Должность «{change.title}»: мест было {change.before}, стало {change.after}."


def _power(change: Change) -> str:
    return f"Полномочие {change.key}: было {change.before or 'не назначено'}, стало {change.after}."


def _calendar(change: Change) -> str:
    match change.key:
        case "week":
            return "Другая рабочая неделя."
        case "days":
            return f"Праздники, переносы и дни офиса: изменилось дней {change.count}."
        case "known_until":
            before = f" (было до {_day(change.before)})" if change.before else ""
            return f"Календарь подтверждён до {_day(change.after)}{before}."
        case _:
            return _was_and_is(change)


def _appeal_term(change: Change) -> str:
    was, now = (appeal_term(change.key, written) for written in (change.before, change.after))
    return f"Срок, {APPEAL_TERMS[change.key]}: было {was}, стало {now}."


def appeal_term(key: str, written: str) -> str:
    """«9 working» of a term's key, as people read it."""
    amount, clock = written.split()
    unit = "часов" if key == FIRST_ANSWER else "дней"
    return f"{unit} {amount} ({'рабочих' if clock == ClockKind.WORKING else 'подряд'})"


def _routing(change: Change) -> str:
    if change.before == change.after:
        return f"Правила распределения изменились, их по-прежнему {change.after}."
    return f"Правила распределения: было {change.before}, стало {change.after}."


def _day(written: str) -> str:
    return f"{date.fromisoformat(written):%d.%m.%Y}"


_CHANGED: Final[Mapping[ChangeKind, Callable[[Change], str]]] = MappingProxyType(
    {
        ChangeKind.OFFICE: _was_and_is,
        ChangeKind.SETTING: _was_and_is,
        ChangeKind.ROLE: _fields,
        ChangeKind.SEATS: _seats,
        ChangeKind.POWER: _power,
        ChangeKind.BLOCK: _fields,
        ChangeKind.TERRITORY: _fields,
        ChangeKind.LEVEL: _fields,
        ChangeKind.PAGE: _fields,
        ChangeKind.APPEAL_TERM: _appeal_term,
        ChangeKind.ROUTING: _routing,
        ChangeKind.CALENDAR: _calendar,
    }
)
