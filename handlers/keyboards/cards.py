"""The buttons under a card."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.risks import CardBlock, CardDeadline, CardLevel, CardPanel
from handlers.callbacks.working import CardMeasure, CardMerge, CardPress, CardRecord, WorkPress
from handlers.keyboards.buttons import Row, button, choices, level_title
from handlers.russian import accusative
from risk.ids import BlockKey
from risk.moves import CORRECTABLE, Move, correction_on_its_way, possible
from risk.offices import Level
from risk.records import RecordKind
from risk.risks import Risk, RiskState
from risk.standing import Panel
from risk.units import shortened
from risk.use_cases.reading import CardFacts

CHANGE_BLOCK: Final = "Сменить блок"
PLACED: Final = "Ответ размещён"
_UNKNOWNS_SHOWN: Final = 3
_MEASURES_SHOWN: Final = 8


def card_keyboard(facts: CardFacts) -> InlineKeyboardMarkup:
    match facts.panel:
        case Panel.BLOCKS:
            rows = _blocks(facts)
        case Panel.LEVELS:
            rows = _levels(facts)
        case Panel.CONFIRM_HIGHEST:
            rows = _confirmation(facts)
        case Panel.MORE:
            rows = _more(facts)
        case Panel.MEASURES:
            rows = _measures(facts)
        case _:
            rows = _main(facts)
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _main(facts: CardFacts) -> list[Row]:
    """What the state calls for, then the way to what is done seldom."""
    return [
        *STATE_ROWS[facts.risk.state](facts),
        [_press(facts, "Подробнее", WorkPress.DETAILS), _turn(facts, "Ещё", Panel.MORE)],
    ]


def _has_blocks(facts: CardFacts) -> bool:
    """A block that the office has dropped can still be taken from the risk, even if no other is left."""
    return bool(facts.office.plan.blocks) or facts.risk.block is not None


def _filed(facts: CardFacts) -> Iterator[Row]:
    yield [_press(facts, "Взять на проверку", WorkPress.TAKE)]
    yield _classifying(facts)


def _classifying(facts: CardFacts) -> Row:
    block = [_turn(facts, CHANGE_BLOCK, Panel.BLOCKS)] if _has_blocks(facts) else []
    return [*block, _turn(facts, "Сменить критичность", Panel.LEVELS)]


def _verifying(facts: CardFacts) -> Iterator[Row]:
    yield [_record(facts, "Подтвердился", RecordKind.CONFIRMED), _record(facts, "Частично", RecordKind.PARTLY)]
    yield [_record(facts, "Не подтвердился", RecordKind.REFUTED), _record(facts, "Уточняется", RecordKind.UNCLEAR)]


def _unclear(facts: CardFacts) -> Iterator[Row]:
    yield from _open_unknowns(facts)
    yield [_record(facts, "Промежуточный ответ", RecordKind.INTERIM)]
    yield [_record(facts, "Подтвердился", RecordKind.CONFIRMED), _record(facts, "Частично", RecordKind.PARTLY)]
    yield [_record(facts, "Не подтвердился", RecordKind.REFUTED)]


def _answering(facts: CardFacts) -> Iterator[Row]:
    yield from _open_unknowns(facts)
    answer = facts.working.answer
    if answer is None:
        yield [_record(facts, "Добавить ответ", RecordKind.ANSWER)]
    else:
        next_press = (
            _press(facts, "На согласование", WorkPress.SUBMIT)
            if facts.office.plan.approves_answers and not answer.is_approved
            else _press(facts, PLACED, WorkPress.PUBLISH)
        )
        yield [_record(facts, "Изменить ответ", RecordKind.ANSWER), next_press]
        yield [_record(facts, "Добавить ссылку", RecordKind.LINK)]
    yield [_turn(facts, "Меры", Panel.MEASURES), _record(facts, "Промежуточный ответ", RecordKind.INTERIM)]


def _approving(facts: CardFacts) -> Iterator[Row]:
    yield [_press(facts, "Согласовать", WorkPress.APPROVE)]
    yield [_record(facts, "Вернуть с замечанием", RecordKind.REMARK)]


def _approved(facts: CardFacts) -> Iterator[Row]:
    yield [_press(facts, PLACED, WorkPress.PUBLISH)]
    yield [_turn(facts, "Меры", Panel.MEASURES), _record(facts, "Добавить ссылку", RecordKind.LINK)]


def _correction(facts: CardFacts) -> Iterator[Row]:
    """What a corrected text waits for: somebody who approves it, somebody who places it."""
    correction = correction_on_its_way(facts.risk.state, facts.working)
    if correction is None or correction.remark is not None:
        return
    if correction.is_approved:
        yield [_press(facts, "Исправление размещено", WorkPress.PUBLISH)]
    else:
        yield [_press(facts, "Согласовать", WorkPress.APPROVE)]
    yield [_record(facts, "Вернуть с замечанием", RecordKind.REMARK)]


def _watched(facts: CardFacts) -> Iterator[Row]:
    yield from _open_unknowns(facts)
    yield from _correction(facts)
    if facts.working.waiver is None:
        yield [
            _record(facts, "Проверить реакцию", RecordKind.CHECK),
            _record(facts, "Добавить ссылку", RecordKind.LINK),
        ]
    else:
        yield [_record(facts, "Проверить реакцию", RecordKind.CHECK)]
    yield [_press(facts, "Отработан", WorkPress.CHECKLIST), _record(facts, "Вернуть в работу", RecordKind.RETURN)]


def _worked_off(facts: CardFacts) -> Iterator[Row]:
    yield from _correction(facts)
    yield [_record(facts, "Вернуть в работу", RecordKind.RETURN)]


def _decided(facts: CardFacts) -> Iterator[Row]:
    yield [_record(facts, "Вернуть в работу", RecordKind.REOPEN)]


def _merged(_: CardFacts) -> Iterator[Row]:
    yield from ()


def _open_unknowns(facts: CardFacts) -> Iterator[Row]:
    unknowns = facts.working.unknowns
    waiting = [place for place, unknown in enumerate(unknowns) if not unknown.is_settled]
    for place in waiting[:_UNKNOWNS_SHOWN]:
        title = f"Ответить: {shortened(unknowns[place].question, 24)}"
        yield [_record(facts, title, RecordKind.UNKNOWN_ANSWER, place)]


def _more(facts: CardFacts) -> list[Row]:
    """What is done seldom, as far as the state allows it."""
    risk = facts.risk
    why = CardDeadline(office=facts.office.id, risk=risk.id, round=risk.round)
    rows: list[Row] = [[_press(facts, "Сообщать мне", WorkPress.FOLLOW)]]
    if risk.is_open:
        rows[0].append(_record(facts, "Заметка", RecordKind.NOTE))
        rows += [
            _classifying(facts),
            [_record(facts, "Изменить суть", RecordKind.GIST), _record(facts, "Добавить источник", RecordKind.SOURCE)],
            [_press(facts, "Передать в ЦУР", WorkPress.TO_REGION)],
            [_press(facts, "Следить буду я", WorkPress.WATCH), button("Как посчитан срок", why)],
        ]
        if risk.state is not RiskState.FILED:
            rows.append([_record(facts, "Неизвестное", RecordKind.UNKNOWN), _turn(facts, "Меры", Panel.MEASURES)])
    rows += _decisions(facts)
    return [*rows, [_back(facts)]]


def _decisions(facts: CardFacts) -> list[Row]:
    moves, answer = possible(facts.risk.state), facts.working.answer
    offered = []
    if Move.WAIVE in moves and facts.office.plan.level(facts.risk.level).may_go_unanswered:
        offered.append(_record(facts, "Без публичного ответа", RecordKind.WAIVE))
    if facts.risk.state in CORRECTABLE and answer is not None and answer.is_published and not _is_waiting(facts):
        offered.append(_record(facts, "Исправить ответ", RecordKind.CORRECTION))
    if Move.DISMISS in moves:
        offered.append(_record(facts, "Не риск", RecordKind.DISMISS))
    if Move.OVERRIDE in moves:
        offered.append(_record(facts, "Закрыть решением", RecordKind.OVERRIDE))
    if Move.MERGE in moves:
        offered += [_merge(facts, each) for each in facts.alike]
    return [[each] for each in offered]


def _is_waiting(facts: CardFacts) -> bool:
    """One correction at a time: another is made when this one is published or sent back."""
    return facts.working.correction is not None and facts.working.correction.remark is None


def _merge(facts: CardFacts, other: Risk) -> InlineKeyboardButton:
    risk = facts.risk
    pressed = CardMerge(office=facts.office.id, risk=risk.id, merged=other.id, round=risk.round)
    return button(f"Объединить с {other.number}", pressed)


def _measures(facts: CardFacts) -> list[Row]:
    """Each planned measure is taken by one press; two ways to name another."""
    risk, office = facts.risk, facts.office.id
    planned = [
        [
            button(
                f"Принята: {shortened(each.what, 26)}",
                CardMeasure(office=office, risk=risk.id, measure=place, round=risk.round),
            )
        ]
        for place, each in enumerate(facts.working.measures)
        if not each.is_taken
    ]
    another = [
        _record(facts, "Мера принята", RecordKind.MEASURE_TAKEN),
        _record(facts, "Мера по плану", RecordKind.MEASURE_PLANNED),
    ]
    return [*planned[:_MEASURES_SHOWN], another, [_back(facts)]]


def _press(facts: CardFacts, title: str, act: WorkPress) -> InlineKeyboardButton:
    return button(title, CardPress(office=facts.office.id, risk=facts.risk.id, act=act, round=facts.risk.round))


def _record(facts: CardFacts, title: str, kind: RecordKind, item: int = 0) -> InlineKeyboardButton:
    risk = facts.risk
    return button(title, CardRecord(office=facts.office.id, risk=risk.id, kind=kind, item=item, round=risk.round))


def _blocks(facts: CardFacts) -> list[Row]:
    offered = [(block.title, _block(facts, block.key)) for block in facts.office.plan.blocks]
    return choices([*offered, ("Без блока", _block(facts, None))], _back(facts))


def _levels(facts: CardFacts) -> list[Row]:
    offered = [(level_title(level), _level(facts, level)) for level in facts.office.plan.levels]
    return choices(offered, _back(facts))


def _confirmation(facts: CardFacts) -> list[Row]:
    plan = facts.office.plan
    current = plan.level(facts.risk.level)
    return [
        [button(f"Да, {plan.highest.title}", _level(facts, plan.highest, confirmed=True))],
        [button(f"Оставить {accusative(current.title)}", _level(facts, current))],
    ]


def _back(facts: CardFacts) -> InlineKeyboardButton:
    return _turn(facts, "Назад", Panel.MAIN)


def _turn(facts: CardFacts, title: str, panel: Panel) -> InlineKeyboardButton:
    risk = facts.risk
    return button(title, CardPanel(office=facts.office.id, risk=risk.id, panel=panel, round=risk.round))


def _block(facts: CardFacts, block: BlockKey | None) -> CardBlock:
    risk = facts.risk
    return CardBlock(office=facts.office.id, risk=risk.id, block=block, round=risk.round)


def _level(facts: CardFacts, level: Level, *, confirmed: bool = False) -> CardLevel:
    risk, office = facts.risk, facts.office.id
    return CardLevel(office=office, risk=risk.id, level=level.key, confirmed=confirmed, round=risk.round)


STATE_ROWS: Final[Mapping[RiskState, Callable[[CardFacts], Iterator[Row]]]] = MappingProxyType(
    {
        RiskState.FILED: _filed,
        RiskState.VERIFYING: _verifying,
        RiskState.UNCLEAR: _unclear,
        RiskState.ANSWERING: _answering,
        RiskState.APPROVING: _approving,
        RiskState.APPROVED: _approved,
        RiskState.WATCHED: _watched,
        RiskState.WORKED_OFF: _worked_off,
        RiskState.OVERRIDDEN: _decided,
        RiskState.NOT_A_RISK: _decided,
        RiskState.MERGED: _merged,
    }
)
"""What each state has buttons for."""
