"""The settings of the office: what is in force, where it comes from, and how each is changed."""

from collections.abc import Iterator
from typing import Final

from aiogram.utils.formatting import Bold

from handlers.keyboards.settings import (
    LATENESS_WORDS,
    MEMO_DAYS,
    SETTING_TITLES,
    WEEKDAY_WORDS,
    minimum_words,
    setting_keyboard,
    settings_keyboard,
)
from handlers.russian import counted
from handlers.views.lines import level_line
from handlers.views.message import Line, Outgoing, outgoing
from risk.office_settings import Setting, written
from risk.use_cases.settings import SettingsFacts

STALE: Final = "Эти настройки устарели. Откройте их заново: /settings."
HOW_TO_SET: Final = Outgoing(
    text="Напишите так: /settings тихие часы 22:00-07:00, /settings приглашение 5, /settings дайджест 09:30, "
    "/settings справка 16:00 или /settings доли 10. Все настройки: /settings."
)


def settings(facts: SettingsFacts) -> Outgoing:
    return outgoing(_all(facts), settings_keyboard(facts))


def setting(facts: SettingsFacts, chosen: Setting) -> Outgoing:
    return outgoing(_one(facts, chosen), setting_keyboard(facts, chosen))


def _all(facts: SettingsFacts) -> Iterator[Line]:
    yield Bold("Настройки офиса")
    for each in Setting:
        yield _line(facts, each)


def _one(facts: SettingsFacts, chosen: Setting) -> Iterator[Line]:
    yield _line(facts, chosen)
    match chosen:
        case Setting.QUIET_HOURS:
            yield "В эти часы сообщения приходят без звука. Другие часы напишите: /settings тихие часы 22:30-07:30."
        case Setting.INVITATION_DAYS:
            yield "Столько дней действует новое приглашение. Другой срок напишите: /settings приглашение 5."
        case Setting.DEFAULT_LEVEL:
            yield "Её получает риск, в тексте которого нет слов других уровней. Высшую ставит только человек."
        case Setting.DIGEST_AT:
            yield (
                "По рабочим дням, с 06:00 до 12:00 и позже запроса свежей выгрузки "
                f"({facts.office.plan.exports_asked_at:%H:%M}). Другой час напишите: /settings дайджест 09:15."
            )
        case Setting.LATENESS_TOLD:
            yield "Где в дайджесте видно, у какого блока сколько просрочено."
        case Setting.WEEK_BEGINS:
            yield "С этого дня считаются недели в сводках, рейтинге и справках."
        case Setting.MEMO_ON:
            yield "В этот день справка за неделю приходит сама. В любой день её можно запросить: /memo week."
        case Setting.MEMO_AT:
            yield "В этом часу приходит справка за неделю. Другой час напишите: /settings справка 15:30."
        case Setting.RATING_MINIMUM:
            yield "Если обращений меньше, доли не показываем. Другое число напишите: /settings доли 8."


def _line(facts: SettingsFacts, each: Setting) -> str:
    origin = "изменено в чате" if each in facts.changed else "из пресета"
    return f"{SETTING_TITLES[each]}: {_value(facts, each)} ({origin})"


def _value(facts: SettingsFacts, each: Setting) -> str:
    plan = facts.office.plan
    match each:
        case Setting.QUIET_HOURS:
            return written(plan, each).replace("-", "–")
        case Setting.INVITATION_DAYS:
            return counted(plan.invitation_days, "день", "дня", "дней")
        case Setting.DEFAULT_LEVEL:
            return level_line(plan.default_level, plan)
        case Setting.DIGEST_AT | Setting.MEMO_AT:
            return written(plan, each)
        case Setting.LATENESS_TOLD:
            return LATENESS_WORDS[written(plan, each)]
        case Setting.WEEK_BEGINS:
            return WEEKDAY_WORDS[written(plan, each)]
        case Setting.MEMO_ON:
            return MEMO_DAYS[written(plan, each)]
        case Setting.RATING_MINIMUM:
            return minimum_words(plan.reports.rating_minimum)
