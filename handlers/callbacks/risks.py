"""Buttons of a card and of lists of risks; what moves a risk on is in `working`."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from risk.ids import BlockKey, LevelKey, OfficeId, RiskId
from risk.risks import Stage
from risk.standing import Panel


class CardPanel(CallbackData, prefix="cp"):
    """Open a panel of the card."""

    office: OfficeId
    risk: RiskId
    panel: Panel
    round: int


class CardBlock(CallbackData, prefix="cb"):
    """Give the risk to a block, or to none."""

    office: OfficeId
    risk: RiskId
    block: BlockKey | None
    round: int


class CardLevel(CallbackData, prefix="cl"):
    """Set the criticality; `confirmed` is the second press that the highest one asks for."""

    office: OfficeId
    risk: RiskId
    level: LevelKey
    confirmed: bool
    round: int


class CardDeadline(CallbackData, prefix="cd"):
    """Show how the deadline was counted."""

    office: OfficeId
    risk: RiskId
    round: int


YearNumber = Annotated[int, Field(ge=1, le=9999)]


class RiskCard(CallbackData, prefix="rk"):
    """Post the card of the risk with this number, in private."""

    office: OfficeId
    serial: Annotated[int, Field(ge=1, le=2**53)]
    year: YearNumber


class RisksList(CallbackData, prefix="rl"):
    """Turn the list of open risks to a page, counted from 0, or narrow it to a stage and a block."""

    office: OfficeId
    page: int
    stage: Stage | None = None
    block: BlockKey | None = None


class RisksBlocks(CallbackData, prefix="rb"):
    """Choose the block to which the list is narrowed."""

    office: OfficeId
    stage: Stage | None


class HistoryPage(CallbackData, prefix="hp"):
    """Turn the history of a risk to a page, counted from 0 at the newest."""

    office: OfficeId
    risk: RiskId
    page: int
