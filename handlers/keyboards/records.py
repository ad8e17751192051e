"""The buttons under the question of a record."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.working import RecordChoice, RecordStep
from handlers.days import day
from handlers.keyboards.appeals import opening
from handlers.keyboards.buttons import Row, button, in_rows
from risk.appeal_forms import BY_RULE, Way
from risk.appeal_lists import short_code
from risk.offices import PublicationKind
from risk.records import NO, NONE, YES, RecordField, RecordKind, RecordStatus
from risk.use_cases.reading import RecordFacts
from risk.use_cases.record_answers import days_to_name
from risk.workings import Reaction, Spread

_DAYS_OFFERED: Final = 6

_ANSWERS: Final[Mapping[RecordField, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {
        RecordField.REACTION: (
            ("Реакции нет", Reaction.NONE),
            ("Нейтральная", Reaction.NEUTRAL),
            ("Негативная", Reaction.NEGATIVE),
        ),
        RecordField.SPREAD: (
            ("Не распространяется", Spread.STILL),
            ("Распространяется", Spread.SPREADS),
            ("Источник удалён", Spread.SOURCE_GONE),
        ),
        RecordField.CAME: (("Звонок", Way.CALL), ("Личный приём", Way.VISIT), ("Письмо", Way.LETTER)),
        RecordField.LAW: (("Да, по 59-ФЗ", YES), ("Нет", NO)),
        RecordField.IN_PLACE: (("На месте", YES), ("Нет на месте", NO)),
        RecordField.SURE: (("Да, изменить", YES),),
        RecordField.REACH: (("Цифр не видно", NONE),),
        RecordField.LINK_KIND: (
            ("Страница органа", PublicationKind.BODY_PAGE),
            ("Страница должностного лица", PublicationKind.OFFICIAL_PAGE),
            ("Федеральное СМИ", PublicationKind.FEDERAL_MEDIA),
            ("Региональное СМИ", PublicationKind.REGIONAL_MEDIA),
            ("Местное СМИ", PublicationKind.LOCAL_MEDIA),
        ),
    }
)


def record_keyboard(facts: RecordFacts) -> InlineKeyboardMarkup | None:
    asked = facts.record.asked
    if facts.record.status is not RecordStatus.OPEN or asked is None:
        return _to_appeal(facts)
    offered = _OFFERED.get(asked)
    rows = offered(facts) if offered is not None else _fixed(facts, asked)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _ways_out(facts)])


def _to_appeal(facts: RecordFacts) -> InlineKeyboardMarkup | None:
    """Where the record has led; the card of a risk stands in the alert chat by itself."""
    if facts.record.appeal is None:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[opening(facts.office.id, facts.record.appeal)]])


def _fixed(facts: RecordFacts, asked: RecordField) -> list[Row]:
    return [[_choice(facts, asked, title, value)] for title, value in _ANSWERS.get(asked, ())]


def _positions(facts: RecordFacts) -> list[Row]:
    buttons = [_choice(facts, RecordField.WHOM, facts.titles[position], str(position)) for position in facts.positions]
    return [[each] for each in buttons]


def _days(facts: RecordFacts) -> list[Row]:
    """Today, where it may be named, and the working days that follow."""
    calendar, today = facts.office.plan.calendar, facts.today
    following = (today + timedelta(days=ahead) for ahead in range(1, 30))
    working = [each for each in following if calendar.is_working_day(each)]
    first = days_to_name(facts.record.kind, today).first
    offered = [each for each in (today, *working) if each >= first][:_DAYS_OFFERED]
    buttons = [_choice(facts, RecordField.UNTIL, _named(each, today), each.isoformat()) for each in offered]
    return in_rows(buttons, 3)


def _days_back(facts: RecordFacts) -> list[Row]:
    """Today and the days before it."""
    offered = [facts.today - timedelta(days=back) for back in range(_DAYS_OFFERED)]
    buttons = [_choice(facts, RecordField.RECEIVED, _named(each, facts.today), each.isoformat()) for each in offered]
    return in_rows(buttons, 3)


def _settlements(facts: RecordFacts) -> list[Row]:
    """The main one of each territory; others are typed."""
    offered = [(each.settlements[0], short_code(each.key)) for each in facts.office.plan.territories]
    buttons = [_choice(facts, RecordField.SETTLEMENT, title, code) for title, code in offered]
    nowhere = _choice(facts, RecordField.SETTLEMENT, "Не указан", NONE)
    return [*in_rows(buttons, 2), [nowhere]]


def _blocks(facts: RecordFacts) -> list[Row]:
    """Of a new appeal first what the rules find, last that somebody else will decide."""
    plan, rows = facts.office.plan, []
    by_rule = None if facts.suggested is None else plan.block(facts.suggested.block)
    if by_rule is not None:
        rows.append([_choice(facts, RecordField.BLOCK, f"По правилам: {by_rule.title}", BY_RULE)])
    rows += [[_choice(facts, RecordField.BLOCK, each.title, short_code(each.key))] for each in plan.blocks]
    if facts.record.kind is RecordKind.NEW_APPEAL:
        rows.append([_choice(facts, RecordField.BLOCK, "Решит координатор", NONE)])
    return rows


def _named(each: date, today: date) -> str:
    return "сегодня" if each == today else day(each, today)


def _pages(facts: RecordFacts) -> list[Row]:
    pages = facts.office.plan.pages
    return [[_choice(facts, RecordField.PLATFORMS, page.title, str(place))] for place, page in enumerate(pages)]


def _ways_out(facts: RecordFacts) -> Row:
    office, record = facts.office.id, facts.record
    cancel = button("Отмена", RecordStep(office=office, record=record.id, back=False))
    back = button("Назад", RecordStep(office=office, record=record.id, back=True))
    return [back, cancel] if record.filled else [cancel]


def _choice(facts: RecordFacts, asked: RecordField, title: str, value: str) -> InlineKeyboardButton:
    return button(title, RecordChoice(office=facts.office.id, record=facts.record.id, field=asked, chosen=value))


_OFFERED: Final[Mapping[RecordField, Callable[[RecordFacts], list[Row]]]] = MappingProxyType(
    {
        RecordField.WHOM: _positions,
        RecordField.UNTIL: _days,
        RecordField.PLATFORMS: _pages,
        RecordField.SETTLEMENT: _settlements,
        RecordField.BLOCK: _blocks,
        RecordField.RECEIVED: _days_back,
    }
)
