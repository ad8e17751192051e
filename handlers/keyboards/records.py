"""The buttons under the question of a record."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import RecordChoice, RecordStep
from handlers.days import day
from handlers.keyboards.buttons import Row, button
from risk.offices import PublicationKind
from risk.records import RecordField, RecordStatus
from risk.use_cases.reading import RecordFacts
from risk.use_cases.recording import NO, NONE, YES
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
        return None
    offered = _OFFERED.get(asked)
    rows = offered(facts) if offered is not None else _fixed(facts, asked)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, _ways_out(facts)])


def _fixed(facts: RecordFacts, asked: RecordField) -> list[Row]:
    return [[_choice(facts, asked, title, value)] for title, value in _ANSWERS.get(asked, ())]


def _positions(facts: RecordFacts) -> list[Row]:
    buttons = [
        _choice(facts, RecordField.WHOM, facts.card.title(position), str(position)) for position in facts.positions
    ]
    return [[each] for each in buttons]


def _days(facts: RecordFacts) -> list[Row]:
    """Today and the working days that follow."""
    calendar = facts.card.office.plan.calendar
    today = calendar.local(facts.card.now).date()
    following = (today + timedelta(days=ahead) for ahead in range(1, 30))
    working = [each for each in following if calendar.is_working_day(each)]
    offered = [today, *working[: _DAYS_OFFERED - 1]]
    buttons = [_choice(facts, RecordField.UNTIL, _named(each, today), each.isoformat()) for each in offered]
    return [buttons[at : at + 3] for at in range(0, len(buttons), 3)]


def _named(each: date, today: date) -> str:
    return "сегодня" if each == today else day(each)


def _pages(facts: RecordFacts) -> list[Row]:
    pages = facts.card.office.plan.pages
    return [[_choice(facts, RecordField.PLATFORMS, page.title, str(place))] for place, page in enumerate(pages)]


def _ways_out(facts: RecordFacts) -> Row:
    office, record = facts.card.office.id, facts.record
    cancel = button("Отмена", RecordStep(office=office, record=record.id, back=False))
    back = button("Назад", RecordStep(office=office, record=record.id, back=True))
    return [back, cancel] if record.filled else [cancel]


def _choice(facts: RecordFacts, asked: RecordField, title: str, value: str) -> InlineKeyboardButton:
    return button(title, RecordChoice(office=facts.card.office.id, record=facts.record.id, field=asked, chosen=value))


_OFFERED: Final[Mapping[RecordField, Callable[[RecordFacts], list[Row]]]] = MappingProxyType(
    {RecordField.WHOM: _positions, RecordField.UNTIL: _days, RecordField.PLATFORMS: _pages}
)
