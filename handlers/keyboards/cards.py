"""The buttons under a card."""

from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks import CardBlock, CardDeadline, CardLevel, CardPanel
from handlers.keyboards.buttons import Row, button, choices, level_title
from handlers.russian import accusative
from risk.ids import BlockKey
from risk.offices import Level
from risk.standing import Panel
from risk.use_cases.reading import CardFacts

CHANGE_BLOCK: Final = "Сменить блок"


def card_keyboard(facts: CardFacts) -> InlineKeyboardMarkup:
    match facts.panel:
        case Panel.BLOCKS:
            rows = _blocks(facts)
        case Panel.LEVELS:
            rows = _levels(facts)
        case Panel.CONFIRM_HIGHEST:
            rows = _confirmation(facts)
        case _:
            rows = _main(facts)
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _main(facts: CardFacts) -> list[Row]:
    risk = facts.risk
    why = CardDeadline(office=facts.office.id, risk=risk.id, round=risk.round)
    # A block that the office has dropped can still be taken from the risk, even if no other is left.
    has_blocks = facts.office.plan.blocks or risk.block is not None
    change_block = [_turn(facts, CHANGE_BLOCK, Panel.BLOCKS)] if has_blocks else []
    change_level = _turn(facts, "Сменить критичность", Panel.LEVELS)
    return [[*change_block, change_level], [button("Как посчитан срок", why)]]


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
