"""The buttons under lists and pages of appeals: ways to narrow, numbers, and what the reader may do about one."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.appeals import (
    AppealHistoryPage,
    AppealPage,
    AppealPress,
    AppealRecord,
    AppealsList,
    AppealsNarrow,
    Narrowing,
)
from handlers.callbacks.reminders import OwedRecord
from handlers.keyboards.buttons import Row, button, choices, in_rows, turning, turning_back
from risk.appeal_acts import AppealAct, press_of
from risk.appeal_cases import Press
from risk.appeal_lists import AppealsAsked, Standing, short_code
from risk.appeals import AppealSource
from risk.ids import AppealId, OfficeId
from risk.records import RecordKind
from risk.use_cases.appeal_reading import AppealFacts, AppealHistory, AppealsPage

STANDINGS: Final[Mapping[Standing, str]] = MappingProxyType(
    {
        Standing.OPEN: "Открытые",
        Standing.OVERDUE: "Просрочено",
        Standing.TODAY: "Срок сегодня",
        Standing.DEFERRED: "Отложено",
        Standing.PRESSED: "Ждём выгрузку",
        Standing.UNDISTRIBUTED: "Без блока",
        Standing.TO_CHECK: "На проверку",
    }
)
CHANNELS: Final[Mapping[AppealSource, str]] = MappingProxyType(
    {AppealSource.IM: "ИМ", AppealSource.POS: "ПОС", AppealSource.HAND: "Вручную"}
)
ANSWERED: Final[Mapping[Press, str]] = MappingProxyType({Press.PLACED: "Ответ размещён", Press.SENT: "Ответ направлен"})

_NUMBERS_IN_A_ROW: Final = 4
_IN_A_ROW: Final = 2


def appeals_keyboard(facts: AppealsPage) -> InlineKeyboardMarkup:
    numbers = [
        button(str(place), AppealPage(office=facts.office.id, appeal=case.id))
        for place, case in enumerate(facts.appeals, 1)
    ]
    rows = _in_rows(numbers, _NUMBERS_IN_A_ROW)
    rows += turning(facts.page, facts.pages, lambda page: _list(facts.office.id, facts.asked, {}, page))
    standings = [_standing(facts, each) for each in _standings(facts)]
    narrowings = [_narrow(facts, title, by) for title, by in _narrowings(facts)]
    rows += _in_rows([*standings, *narrowings], _IN_A_ROW)
    if facts.asked != AppealsAsked():
        rows.append([button("Все открытые", AppealsList(office=facts.office.id))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def narrowing_keyboard(facts: AppealsPage, by: Narrowing) -> InlineKeyboardMarkup:
    office, asked = facts.office, facts.asked
    match by:
        case Narrowing.BLOCK:
            field, offered = "block_code", [(each.title, short_code(each.key)) for each in office.plan.blocks]
        case Narrowing.TERRITORY:
            field, offered = "territory_code", [(each.title, short_code(each.key)) for each in office.plan.territories]
        case Narrowing.CHANNEL:
            field, offered = "channel", [(title, channel.value) for channel, title in CHANNELS.items()]
    rows = [(title, _list(office.id, asked, {field: value})) for title, value in offered]
    everything = button("Все", _list(office.id, asked, {field: None}))
    return InlineKeyboardMarkup(inline_keyboard=choices(rows, everything))


def appeal_keyboard(facts: AppealFacts) -> InlineKeyboardMarkup:
    """What settles it first, then what puts it off or gives it away, then what explains it."""
    case, office = facts.case, facts.office.id
    history = button("История", AppealHistoryPage(office=office, appeal=case.id, page=0))
    return InlineKeyboardMarkup(inline_keyboard=[*_acts(facts), *_holding(facts), [history]])


def which_keyboard(found: Sequence[AppealFacts]) -> InlineKeyboardMarkup:
    rows = [[opening(each.office.id, each.case.id, CHANNELS[each.case.appeal.source])] for each in found]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def history_keyboard(facts: AppealHistory, page: int, pages: int) -> InlineKeyboardMarkup:
    office, appeal = facts.office.id, facts.case.id
    rows = turning_back(
        page,
        pages,
        lambda turned: AppealHistoryPage(office=office, appeal=appeal, page=turned),
    )
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [opening(office, appeal)]])


def opening(office: OfficeId, appeal: AppealId, title: str = "Открыть обращение") -> InlineKeyboardButton:
    return button(title, AppealPage(office=office, appeal=appeal))


def approving(office: OfficeId, appeal: AppealId) -> list[Row]:
    approve = AppealPress(office=office, appeal=appeal, does=AppealAct.APPROVE)
    remark = AppealRecord(office=office, appeal=appeal, kind=RecordKind.APPEAL_REMARK)
    return [[button("Согласовать", approve)], [button("Вернуть с замечанием", remark)]]


def _acts(facts: AppealFacts) -> Iterator[Row]:
    allowed, office, appeal = facts.allowed, facts.office.id, facts.case.id
    if AppealAct.ANSWERED in allowed:
        title = ANSWERED[press_of(facts.case.appeal.source)]
        yield [button(title, AppealPress(office=office, appeal=appeal, does=AppealAct.ANSWERED))]
    if AppealAct.PREPARED in allowed:
        yield [button("Ответ подготовлен", AppealPress(office=office, appeal=appeal, does=AppealAct.PREPARED))]
    if AppealAct.APPROVE in allowed:
        yield from approving(office, appeal)
    for act, title, kind in (
        (AppealAct.GIVE, "Назначить блок" if facts.case.block is None else "Сменить блок", RecordKind.GIVE),
        (AppealAct.RETURN, "Не относится к блоку", RecordKind.NOT_OURS),
        (AppealAct.REDIRECT, "Перенаправить в вышестоящую организацию", RecordKind.REDIRECT),
    ):
        if act in allowed:
            yield [button(title, AppealRecord(office=office, appeal=appeal, kind=kind))]


def _holding(facts: AppealFacts) -> Iterator[Row]:
    if facts.owed is None or not facts.may_hold:
        return
    for title, kind in (("Принято в работу", RecordKind.ACCEPT), ("Напомнить позже", RecordKind.POSTPONE)):
        yield [button(title, OwedRecord(office=facts.office.id, owed=facts.owed.id, kind=kind))]


def _standings(facts: AppealsPage) -> Iterator[Standing]:
    """Where there are no blocks, nothing waits to be given to one."""
    return (each for each in STANDINGS if facts.office.plan.blocks or each is not Standing.UNDISTRIBUTED)


def _narrowings(facts: AppealsPage) -> Iterator[tuple[str, Narrowing]]:
    if facts.office.plan.blocks:
        yield "Блок", Narrowing.BLOCK
    yield "Откуда", Narrowing.CHANNEL
    if facts.office.plan.territories:
        yield "Территория", Narrowing.TERRITORY


def _standing(facts: AppealsPage, standing: Standing) -> InlineKeyboardButton:
    chosen = "• " if facts.asked.standing is standing else ""
    return button(f"{chosen}{STANDINGS[standing]}", _list(facts.office.id, facts.asked, {"standing": standing}))


def _narrow(facts: AppealsPage, title: str, by: Narrowing) -> InlineKeyboardButton:
    return button(title, AppealsNarrow(office=facts.office.id, by=by, **_coded(facts.asked)))


def _list(office: OfficeId, asked: AppealsAsked, chosen: Mapping[str, str | None], page: int = 0) -> AppealsList:
    return AppealsList(office=office, leaf=min(page, _LAST_LEAF), **{**_coded(asked), **chosen})


def _coded(asked: AppealsAsked) -> dict[str, str | None]:
    return {
        "standing": asked.standing,
        "channel": asked.channel,
        "block_code": None if asked.block is None else short_code(asked.block),
        "territory_code": None if asked.territory is None else short_code(asked.territory),
    }


def _in_rows(buttons: list[InlineKeyboardButton], width: int) -> list[Row]:
    return in_rows(buttons, width)


_LAST_LEAF: Final = 99_999
