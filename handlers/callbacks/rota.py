"""Buttons of who is away and who is on duty, with the month to choose days from."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from handlers.callbacks.fields import DayNumber
from risk.ids import AbsenceId, OfficeId, PersonId, PositionId

MonthNumber = Annotated[int, Field(ge=12, le=2738 * 12)]
"""A month counted from January of the year 0."""


class Blank(CallbackData, prefix="nb"):
    """Part of a keyboard that leads nowhere: the name of a month, a day that cannot be chosen."""

    office: OfficeId


class AbsenceList(CallbackData, prefix="aa"):
    """Turn the list of absences to a page, or back to it from a step."""

    office: OfficeId
    page: int


class AbsencePeople(CallbackData, prefix="ap"):
    """Choose another person who will be away."""

    office: OfficeId
    page: int


class AbsenceDays(CallbackData, prefix="ad"):
    """Show a month: to choose the first day, or the last one when there is a first."""

    office: OfficeId
    person: PersonId
    first: DayNumber | None
    month: MonthNumber | None


class AbsenceDeputies(CallbackData, prefix="al"):
    """The days are chosen: ask who stands in."""

    office: OfficeId
    person: PersonId
    first: DayNumber
    last: DayNumber
    page: int


class AbsenceDraft(CallbackData, prefix="ac"):
    """All is chosen: show it or, when `sure`, note it."""

    office: OfficeId
    person: PersonId
    first: DayNumber
    last: DayNumber
    deputy: PersonId | None
    sure: bool


class AbsenceEnd(CallbackData, prefix="ae"):
    """End the absence early or cancel it; `sure` is the second press."""

    office: OfficeId
    absence: AbsenceId
    sure: bool


class DutyList(CallbackData, prefix="da"):
    """Back to the page of duty."""

    office: OfficeId


class DutyPositions(CallbackData, prefix="dp"):
    """Choose the position that is to be on duty."""

    office: OfficeId
    page: int


class DutyDays(CallbackData, prefix="dd"):
    """Show a month: to choose the day of the first shift, or of the last one when there is a first."""

    office: OfficeId
    position: PositionId | None
    first: DayNumber | None
    month: MonthNumber | None


class DutyDraft(CallbackData, prefix="dc"):
    """All is chosen: show it or, when `sure`, assign it."""

    office: OfficeId
    position: PositionId | None
    first: DayNumber
    last: DayNumber
    sure: bool
