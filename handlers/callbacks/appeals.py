"""Buttons of an appeal and of lists of them; how files with appeals come in is in `imports`."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from handlers.callbacks.fields import KeyCode, PageNumber
from risk.appeal_acts import AppealAct
from risk.appeal_lists import Standing
from risk.appeals import AppealSource
from risk.ids import AppealId, OfficeId
from risk.records import RecordKind


class AppealPage(CallbackData, prefix="pg"):
    """Show the page of an appeal."""

    office: OfficeId
    appeal: AppealId


class AppealPress(CallbackData, prefix="px"):
    """Move the appeal on."""

    office: OfficeId
    appeal: AppealId
    does: AppealAct


class AppealHistoryPage(CallbackData, prefix="ph"):
    """Turn the history of an appeal to a page, counted from 0 at the newest."""

    office: OfficeId
    appeal: AppealId
    page: int


class AppealRecord(CallbackData, prefix="pr"):
    """Put something on the record of the appeal: the questions follow in private."""

    office: OfficeId
    appeal: AppealId
    kind: RecordKind


class AppealsList(CallbackData, prefix="pl"):
    """Turn the list of appeals to a page, counted from 0, or narrow it."""

    office: OfficeId
    leaf: PageNumber = 0
    standing: Standing = Standing.OPEN
    channel: AppealSource | None = None
    block_code: KeyCode | None = None
    territory_code: KeyCode | None = None


class AppealsOfBlock(CallbackData, prefix="pb"):
    """Show the list of a block's appeals in a message of its own: what was pressed is a reminder and stays."""

    office: OfficeId
    standing: Standing
    block_code: KeyCode


class Narrowing(StrEnum):
    """By what a list is to be narrowed."""

    BLOCK = "b"
    CHANNEL = "c"
    TERRITORY = "t"


class AppealsNarrow(CallbackData, prefix="pn"):
    """Choose to what the list is narrowed, on top of what narrows it already."""

    office: OfficeId
    by: Narrowing
    standing: Standing
    channel: AppealSource | None
    block_code: KeyCode | None
    territory_code: KeyCode | None
