"""Buttons by which a paper or a register is asked for."""

from datetime import date

from aiogram.filters.callback_data import CallbackData

from handlers.callbacks.fields import DayNumber
from risk.errors import UnknownChoice
from risk.ids import OfficeId, PaperId
from risk.periods import Period, PeriodKind


class MemosPage(CallbackData, prefix="ml"):
    """Show which memos may be asked for."""

    office: OfficeId


class ExportPage(CallbackData, prefix="xd"):
    """Show of which days registers may be asked for."""

    office: OfficeId


class MemoAsked(CallbackData, prefix="ma"):
    """Ask the memo of the period that this is the first day of."""

    office: OfficeId
    period: PeriodKind
    first: DayNumber


class PaperAgain(CallbackData, prefix="pz"):
    """Make the paper once more that could not be made."""

    office: OfficeId
    paper: PaperId


class ExportChosen(CallbackData, prefix="xr"):
    """Write the registers of these days; without them, of all the time."""

    office: OfficeId
    period: PeriodKind | None
    first: DayNumber | None
    last: DayNumber | None


def period_or_none(kind: PeriodKind | None, first: int | None, last: int | None) -> Period | None:
    """Raises UnknownChoice for days that no button of ours has."""
    if kind is None or first is None or last is None:
        return None
    if last < first:
        raise UnknownChoice
    return Period(first=date.fromordinal(first), last=date.fromordinal(last), kind=kind)
