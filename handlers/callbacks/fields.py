"""What buttons of several rooms carry, and the first thing that each carries: its office."""

from datetime import date
from typing import Annotated

from pydantic import Field

from risk.appeal_lists import CODE_LENGTH
from risk.dates import Days
from risk.ids import OfficeId

LONGEST_NUMBER = 16
"""Digits of 2**53; a longer one is no number that we gave to anything."""

ItemPlace = Annotated[int, Field(ge=0, le=999)]
"""The place of an unknown, a measure or a published link in the list of its round."""

PageNumber = Annotated[int, Field(ge=0, le=99_999)]
"""The page of a list where a button has little room."""

DayNumber = Annotated[int, Field(ge=1, le=999_999)]
"""A day as Python counts days from the year 1; six digits last until the year 2738."""

KeyCode = Annotated[str, Field(max_length=CODE_LENGTH)]
"""A key of a preset, as `risk.appeal_lists.short_code` makes it."""


def day_or_none(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)


def days_between(first: int, last: int) -> Days:
    return Days(first=date.fromordinal(first), last=date.fromordinal(last))


def office_of_press(data: str) -> OfficeId | None:
    """The office whose button was pressed; None when the data is no button of ours, or names none."""
    _, _, rest = data.partition(":")
    office, _, _ = rest.partition(":")
    is_number = office.isascii() and office.isdigit() and len(office) <= LONGEST_NUMBER
    return OfficeId(int(office)) if is_number and int(office) else None
