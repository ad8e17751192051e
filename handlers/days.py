"""Days and months as buttons and lines name them; moments and terms are worded in `views.dates`."""

from datetime import date
from typing import Final

WEEKDAYS: Final = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")

MONTHS: Final = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip

MONTHS_OF_DAYS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip

_QUARTERS: Final = ("I", "II", "III", "IV")

_WEEKDAYS_IN_FULL: Final = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


def day_in_full(on: date) -> str:
    """«понедельник, 23 ноября»."""
    return f"{_WEEKDAYS_IN_FULL[on.weekday()]}, {on.day}\u00a0{MONTHS_OF_DAYS[on.month - 1]}"


def day(on: date, today: date) -> str:
    """«пн 23.11»; with its year when that is not the year of `today`."""
    return f"{WEEKDAYS[on.weekday()]} {numbers(on, today)}"


def numbers(on: date, today: date) -> str:
    """«23.11»; with its year when that is not the year of `today`."""
    return f"{on:%d.%m}" if on.year == today.year else f"{on:%d.%m.%Y}"


def quarter(of: date) -> str:
    """«IV» of any day from October on."""
    return _QUARTERS[(of.month - 1) // 3]


def month(of: date) -> str:
    """«ноябрь 2026»."""
    return f"{MONTHS[of.month - 1]} {of.year}"
