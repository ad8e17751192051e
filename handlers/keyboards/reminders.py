"""The buttons under reminders: a number for each thing, and behind it what can be done about it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.appeals import AppealPage, AppealsOfBlock
from handlers.callbacks.reminders import ASK_HOUR, USUAL_HOUR, HourChosen, OwedPress, OwedRecord, OwedView
from handlers.callbacks.working import CardMeasure, WorkPress
from handlers.keyboards.buttons import Row, button, in_rows
from handlers.keyboards.working import press, record
from risk.appeal_cases import AppealCase
from risk.appeal_lists import Standing, short_code
from risk.ids import AppealId, OfficeId
from risk.obligations import ObligationKind
from risk.records import RecordKind
from risk.risks import RiskState
from risk.use_cases.reading import CardFacts
from risk.use_cases.reminder_telling import Explained, OwedTold, OwnOwed

_IN_A_ROW: Final = 4
_HOURS: Final = tuple(
    time(hour, minute) for hour, minute in ((7, 0), (7, 30), (8, 0), (8, 30), (9, 0), (10, 0), (11, 0))
)


def items_keyboard(
    office: OfficeId, shown: Sequence[OwedTold], rest: AppealsOfBlock | None
) -> InlineKeyboardMarkup | None:
    rows = [*_numbers(office, shown), *_list_of(rest)]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def own_keyboard(facts: OwnOwed, shown: Sequence[OwedTold], rest: AppealsOfBlock | None) -> InlineKeyboardMarkup:
    chooses = button("Сменить час", HourChosen(office=facts.office.id, hour=ASK_HOUR))
    rows = [*_numbers(facts.office.id, shown), *_list_of(rest), [chooses]]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def list_of_rest(office: OfficeId, hidden: Sequence[OwedTold], now: datetime) -> AppealsOfBlock | None:
    """Where appeals that found no room are listed without those of other blocks; None where no one list has them."""
    cases = [each.matter for each in hidden if isinstance(each.matter, AppealCase)]
    blocks = {case.block for case in cases}
    block = blocks.pop() if len(blocks) == 1 and len(cases) == len(hidden) else None
    if block is None:
        return None
    late = all(each.owed.obligation.due_at <= now for each in hidden)
    standing = Standing.OVERDUE if late else Standing.OPEN
    return AppealsOfBlock(office=office, standing=standing, block_code=short_code(block))


def hours_keyboard(facts: OwnOwed) -> InlineKeyboardMarkup:
    office = facts.office.id
    offered = [
        button(f"{hour:%H:%M}", HourChosen(office=office, hour=f"{hour:%H.%M}"))
        for hour in _HOURS
        if hour != facts.hour
    ]
    rows = in_rows(offered, _IN_A_ROW)
    usual = button(f"Как у офиса: {facts.office.plan.nudged_at:%H:%M}", HourChosen(office=office, hour=USUAL_HOUR))
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [usual]])


def explained_keyboard(facts: Explained) -> InlineKeyboardMarkup:
    """What settles it first, then what puts it off, then what explains it."""
    office, owed = facts.office.id, facts.told.owed
    why = button("Почему мне?", OwedPress(office=office, owed=owed.id, view=OwedView.WHY))
    if facts.card is None:
        opens = button("Открыть обращение", AppealPage(office=office, appeal=AppealId(owed.obligation.key.matter_id)))
        return InlineKeyboardMarkup(inline_keyboard=[[opens], *_putting_off(facts), [why]])
    settles = _SETTLES.get(owed.obligation.key.kind)
    rows = settles(facts, facts.card) if settles is not None else []
    details = press(facts.card, "Подробнее", WorkPress.DETAILS)
    return InlineKeyboardMarkup(inline_keyboard=[*rows, *_putting_off(facts), [why, details]])


def _putting_off(facts: Explained) -> Iterator[Row]:
    named = [("Принято в работу", RecordKind.ACCEPT), ("Напомнить позже", RecordKind.POSTPONE)]
    if _is_of_block(facts):
        named.append(("Не относится к блоку", RecordKind.NOT_OURS))
    for title, kind in named:
        yield [_of_owed(facts, title, kind)]


def _of_owed(facts: Explained, title: str, kind: RecordKind) -> InlineKeyboardButton:
    """By the number of what is owed: there will be more of them than a place in a list may count."""
    return button(title, OwedRecord(office=facts.office.id, owed=facts.told.owed.id, kind=kind))


def _list_of(rest: AppealsOfBlock | None) -> list[Row]:
    return [] if rest is None else [[button("Показать список", rest)]]


def _numbers(office: OfficeId, items: Sequence[OwedTold]) -> list[Row]:
    buttons = [
        button(str(place), OwedPress(office=office, owed=item.owed.id, view=OwedView.ONE))
        for place, item in enumerate(items, 1)
    ]
    return in_rows(buttons, _IN_A_ROW)


def _is_of_block(facts: Explained) -> bool:
    obligation = facts.told.owed.obligation
    return obligation.block is not None and obligation.position is None and obligation.nature.asked_of is None


def _verifying(_facts: Explained, card: CardFacts) -> list[Row]:
    if card.risk.state is RiskState.FILED:
        return [[press(card, "Взять на проверку", WorkPress.TAKE)]]
    outcomes = (
        ("Подтвердилось", RecordKind.CONFIRMED),
        ("Частично", RecordKind.PARTLY),
        ("Не подтвердилось", RecordKind.REFUTED),
        ("Уточняется", RecordKind.UNCLEAR),
    )
    buttons = [record(card, title, kind) for title, kind in outcomes]
    return [buttons[:2], buttons[2:]]


def _approving(_facts: Explained, card: CardFacts) -> list[Row]:
    return [
        [press(card, "Согласовать", WorkPress.APPROVE)],
        [record(card, "Вернуть с замечанием", RecordKind.REMARK)],
    ]


def _answering(_facts: Explained, card: CardFacts) -> list[Row]:
    title = "Добавить ответ" if card.working.answer is None else "Изменить ответ"
    return [[record(card, title, RecordKind.ANSWER)]] if card.risk.state is RiskState.ANSWERING else []


def _checking(_facts: Explained, card: CardFacts) -> list[Row]:
    return [[record(card, "Проверить реакцию", RecordKind.CHECK)]]


def _asked(facts: Explained, card: CardFacts) -> list[Row]:
    return [[record(card, "Ответить", RecordKind.UNKNOWN_ANSWER, facts.told.owed.obligation.key.place)]]


def _taking(facts: Explained, card: CardFacts) -> list[Row]:
    place = facts.told.owed.obligation.key.place
    taken = CardMeasure(office=card.office.id, risk=card.risk.id, measure=place, round=card.risk.round, beside=True)
    return [[button("Мера принята", taken)]]


_SETTLES: Final[Mapping[ObligationKind, Callable[[Explained, CardFacts], list[Row]]]] = MappingProxyType(
    {
        ObligationKind.VERIFICATION: _verifying,
        ObligationKind.ANSWER: _answering,
        ObligationKind.APPROVAL: _approving,
        ObligationKind.INTERIM: _answering,
        ObligationKind.CHECK: _checking,
        ObligationKind.UNKNOWN: _asked,
        ObligationKind.MEASURE: _taking,
    }
)
