"""The buttons under read-only lists: pages, stages, blocks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.callbacks.risks import HistoryPage, RisksBlocks, RisksList
from handlers.keyboards.buttons import button, choices, turning, turning_back
from risk.ids import BlockKey
from risk.risks import Stage
from risk.use_cases.reading import RiskHistory, RisksPage

STAGES: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        Stage.VERIFICATION: "Проверка",
        Stage.ANSWER: "Ответ",
        Stage.REACTION: "Реакция",
        Stage.OVERDUE: "Просрочено",
    }
)


def risks_keyboard(facts: RisksPage) -> InlineKeyboardMarkup | None:
    """Pages, then ways to narrow the list; an empty office needs neither."""
    if facts.total == 0 and facts.narrowed.stage is None and facts.narrowed.block is None:
        return None
    rows = turning(facts.page, facts.pages, lambda page: _list(facts, page=page))
    rows.append([_stage(facts, stage) for stage in (Stage.VERIFICATION, Stage.ANSWER)])
    rows.append([_stage(facts, stage) for stage in (Stage.REACTION, Stage.OVERDUE)])
    if facts.office.plan.blocks:
        rows.append([button("Блок", RisksBlocks(office=facts.office.id, stage=facts.narrowed.stage))])
    if facts.narrowed.stage is not None or facts.narrowed.block is not None:
        rows.append([button("Все открытые", RisksList(office=facts.office.id, page=0))])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def blocks_keyboard(facts: RisksPage) -> InlineKeyboardMarkup:
    offered = [(block.title, _block(facts, block.key)) for block in facts.office.plan.blocks]
    return InlineKeyboardMarkup(inline_keyboard=choices(offered, button("Назад", _block(facts, None))))


def history_keyboard(facts: RiskHistory, page: int, pages: int) -> InlineKeyboardMarkup | None:
    rows = turning_back(
        page,
        pages,
        lambda turned: HistoryPage(office=facts.office.id, risk=facts.risk.id, page=turned),
    )
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _stage(facts: RisksPage, stage: Stage) -> InlineKeyboardButton:
    chosen = "• " if facts.narrowed.stage is stage else ""
    pressed = RisksList(office=facts.office.id, page=0, stage=stage, block=facts.narrowed.block)
    return button(f"{chosen}{STAGES[stage]}", pressed)


def _block(facts: RisksPage, block: BlockKey | None) -> RisksList:
    return RisksList(office=facts.office.id, page=0, stage=facts.narrowed.stage, block=block)


def _list(facts: RisksPage, *, page: int) -> RisksList:
    return RisksList(office=facts.office.id, page=page, stage=facts.narrowed.stage, block=facts.narrowed.block)
