"""The buttons under the settings of the office: which of them to change, and the usual values of each."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardMarkup

from handlers.callbacks.offices import MenuPage, MenuTopic, SettingsPage, SettingValue
from handlers.keyboards.buttons import button, choices, level_title
from handlers.russian import counted
from risk.office_settings import Setting, fits, written
from risk.report_terms import NEVER, WEEKDAYS, LatenessTold
from risk.use_cases.settings import SettingsFacts

SETTING_TITLES: Final[Mapping[Setting, str]] = MappingProxyType(
    {
        Setting.QUIET_HOURS: "Тихие часы",
        Setting.INVITATION_DAYS: "Срок приглашения",
        Setting.DEFAULT_LEVEL: "Критичность по умолчанию",
        Setting.DIGEST_AT: "Час дайджеста",
        Setting.LATENESS_TOLD: "Просрочка по блокам",
        Setting.WEEK_BEGINS: "Начало недели",
        Setting.MEMO_ON: "День справки",
        Setting.MEMO_AT: "Час справки",
        Setting.RATING_MINIMUM: "Порог для долей",
    }
)

_USUAL_HOURS: Final = ("20:00-09:00", "21:00-08:00", "22:00-07:00", "22:00-08:00", "23:00-07:00")
_USUAL_DAYS: Final = (1, 3, 7, 14, 30)
_USUAL_DIGESTS: Final = ("08:00", "08:30", "09:00", "09:30", "10:00", "11:00")
_USUAL_MEMOS: Final = ("09:00", "12:00", "14:00", "16:00", "17:00", "18:00")
_USUAL_MINIMUMS: Final = (1, 3, 5, 10, 20)

LATENESS_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {LatenessTold.CHAT: "в алерт-чате", LatenessTold.PRIVATE: "тем, кто читает отчёты офиса"}
)
WEEKDAY_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    dict(
        zip(
            WEEKDAYS,
            ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
            strict=True,
        )
    )
)
MEMO_DAYS: Final[Mapping[str, str]] = MappingProxyType({**WEEKDAY_WORDS, NEVER: "сама не приходит"})


def settings_keyboard(facts: SettingsFacts) -> InlineKeyboardMarkup:
    office = facts.office.id
    offered = [(title, SettingsPage(office=office, setting=setting)) for setting, title in SETTING_TITLES.items()]
    menu = button("Меню", MenuPage(office=office, topic=MenuTopic.MENU))
    return InlineKeyboardMarkup(inline_keyboard=choices(offered, menu))


def setting_keyboard(facts: SettingsFacts, setting: Setting) -> InlineKeyboardMarkup:
    """The usual values but for the one in force, and the way back to the preset's own."""
    office = facts.office.id
    current = written(facts.office.plan, setting)
    offered = [
        (title, SettingValue(office=office, setting=setting, value=in_button(value)))
        for title, value in _usual(facts, setting)
        if value != current
    ]
    if setting in facts.changed:
        offered.append(("Вернуть как в пресете", SettingValue(office=office, setting=setting, value=None)))
    back = button("Назад", SettingsPage(office=office, setting=None))
    return InlineKeyboardMarkup(inline_keyboard=choices(offered, back))


def minimum_words(minimum: int) -> str:
    return f"от {counted(minimum, 'обращения', 'обращений', 'обращений')}"


def in_button(value: str) -> str:
    return value.replace(":", ".")


def from_button(value: str) -> str:
    return value.replace(".", ":")


def _usual(facts: SettingsFacts, setting: Setting) -> Iterator[tuple[str, str]]:
    """Titles and values as a preset writes them."""
    match setting:
        case Setting.QUIET_HOURS:
            yield from ((hours.replace("-", "–"), hours) for hours in _USUAL_HOURS)
        case Setting.INVITATION_DAYS:
            yield from ((counted(days, "день", "дня", "дней"), str(days)) for days in _USUAL_DAYS)
        case Setting.DEFAULT_LEVEL:
            yield from ((level_title(level), str(level.key)) for level in facts.office.plan.levels[:-1])
        case Setting.DIGEST_AT:
            yield from ((hour, hour) for hour in _USUAL_DIGESTS if fits(facts.office.plan, setting, hour))
        case Setting.LATENESS_TOLD:
            yield from ((words, value) for value, words in LATENESS_WORDS.items())
        case Setting.WEEK_BEGINS:
            yield from ((words, value) for value, words in WEEKDAY_WORDS.items())
        case Setting.MEMO_ON:
            yield from ((words, value) for value, words in MEMO_DAYS.items())
        case Setting.MEMO_AT:
            yield from ((hour, hour) for hour in _USUAL_MEMOS)
        case Setting.RATING_MINIMUM:
            yield from ((minimum_words(minimum), str(minimum)) for minimum in _USUAL_MINIMUMS)
