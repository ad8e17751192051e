"""Buttons of reminders: what is owed, and when it is told."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from risk.ids import ObligationId, OfficeId
from risk.records import RecordKind


class OwedView(StrEnum):
    """What is shown of a thing that is owed."""

    ONE = "one"
    WHY = "why"


class OwnOwedPage(CallbackData, prefix="wo"):
    """Show all that the reader owes."""

    office: OfficeId


class LedgerPage(CallbackData, prefix="lg"):
    """Show the ledger of reminders."""

    office: OfficeId


class OwedPress(CallbackData, prefix="ow"):
    """Show, in private, one thing that is owed."""

    office: OfficeId
    owed: ObligationId
    view: OwedView


class OwedRecord(CallbackData, prefix="po"):
    """Put something on the record of whatever it is about that is owed: a named day, «не относится к блоку»."""

    office: OfficeId
    owed: ObligationId
    kind: RecordKind


ASK_HOUR, USUAL_HOUR = "ask", "usual"


class HourChosen(CallbackData, prefix="hr"):
    """The hour of the morning's reminders, written «08.30», or one of the two words above."""

    office: OfficeId
    hour: str
