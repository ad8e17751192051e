"""Buttons that move a risk on, and those under the questions of a record, be it a risk's or an appeal's."""

from enum import StrEnum
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.callbacks.fields import ItemPlace
from risk.ids import NoteOfferId, OfficeId, RecordId, RiskId
from risk.records import RecordField, RecordKind


class WorkPress(StrEnum):
    """What a press on a card does by itself, without words."""

    TAKE = "take"
    SUBMIT = "submit"
    APPROVE = "approve"
    PUBLISH = "publish"
    WORK_OFF = "off"
    WATCH = "watch"
    FOLLOW = "follow"
    DETAILS = "details"
    TO_REGION = "up"
    CHECKLIST = "list"


class CardPress(CallbackData, prefix="cw"):
    """Move the risk on, or show more of it. `beside`: pressed under a message that tells of the card, not under it."""

    office: OfficeId
    risk: RiskId
    act: WorkPress
    round: int
    beside: bool = False


class CardMeasure(CallbackData, prefix="cq"):
    """A planned measure was taken. `beside` as in `CardPress`."""

    office: OfficeId
    risk: RiskId
    measure: ItemPlace
    round: int
    beside: bool = False


class LinkSeen(CallbackData, prefix="cs"):
    """Somebody has opened the published link, and it is in its place."""

    office: OfficeId
    risk: RiskId
    link: ItemPlace
    round: int


class CardMerge(CallbackData, prefix="cx"):
    """Let the risk go into another one."""

    office: OfficeId
    risk: RiskId
    merged: RiskId
    round: int


class CardRecord(CallbackData, prefix="cr"):
    """Put something on the record of the risk: the questions follow in private."""

    office: OfficeId
    risk: RiskId
    kind: RecordKind
    item: ItemPlace
    round: int


RecordValue = Annotated[str, Field(max_length=14)]
"""A key, a number or a day: what a question offers, never what somebody typed."""


class RecordChoice(CallbackData, prefix="rc"):
    """Answer the question of a record by a button."""

    office: OfficeId
    record: RecordId
    field: RecordField
    chosen: RecordValue


class RecordStep(CallbackData, prefix="rs"):
    """Ask the last question again, or leave the record."""

    office: OfficeId
    record: RecordId
    back: bool


class NoteTaken(CallbackData, prefix="nt"):
    """Keep the reply as a note."""

    office: OfficeId
    offer: NoteOfferId
