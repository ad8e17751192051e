"""Days as people type them: «01.12», «с 1 по 14 декабря», «до пятницы»; read as of a given today."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from risk.calendar import WorkingCalendar
from risk.errors import DayOver

LATELY: Final = timedelta(days=183)
"""A day typed without a year that passed no longer ago than this is meant as past: it is no day of the next year."""
LONGEST_GUESSED: Final = timedelta(days=183)
"""Days typed without a year are taken for no longer than this: «25.11–20.11» is a slip, not almost a year."""

_LEAP_YEARS_APART: Final = 8
_A_YEAR_OF_WEEKS: Final = 53

_WEEKDAYS: Final[Mapping[str, int]] = MappingProxyType(
    {
        form: number
        for number, forms in enumerate(
            (
                "пн понедельник понедельника",
                "вт вторник вторника",
                "ср среда среды среду",
                "чт четверг четверга",
                "пт пятница пятницы пятницу",
                "сб суббота субботы субботу",
                "вс воскресенье воскресенья",
            )
        )
        for form in forms.split()
    }
)
_MONTHS: Final = (
    "янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек",
)  # fmt: skip
_RELATIVE: Final[Mapping[str, int]] = MappingProxyType({"сегодня": 0, "завтра": 1, "послезавтра": 2})

_WEEKDAY: Final = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_MONTH: Final = "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_YEAR: Final = r"(?P<year>[0-9]{4}|[0-9]{2})"

_NUMBERS: Final = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY})\.?,? )?(?P<day>[0-9]{{1,2}})\.(?P<month>[0-9]{{1,2}})(?:\.{_YEAR}?)?"
)
_WORDS: Final = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY})\.?,? )?(?P<day>[0-9]{{1,2}}) (?P<month>{_MONTH})(?: {_YEAR}(?: ?г(?:\.|ода)?)?)?"
)
_BARE_DAY: Final = re.compile(r"(?P<day>[0-9]{1,2})")
_WEEKDAY_ALONE: Final = re.compile(rf"(?:во? )?(?:эт(?:от|у|о) )?({_WEEKDAY})\.?")

_RANGES: Final = (
    re.compile(r"(?:со? )?(?P<first>.+?) ?[–—-] ?(?P<last>.+)"),
    re.compile(r"со? (?P<first>.+?) (?:по|до) (?P<last>.+)"),
    re.compile(r"(?P<first>.+?) (?:по|до) (?P<last>.+)"),
)
_MOMENT: Final = re.compile(r"(?P<day>.+?),? (?:в )?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})")
_LAST_HOUR: Final = 23
_LAST_MINUTE: Final = 59
_UNTIL: Final = re.compile(r"(?:по|до) (?P<last>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """One end as it was typed. What is None was left to be understood."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    ahead: int | None = None
    """Days from today, for «завтра»."""

    @property
    def is_exact(self) -> bool:
        return self.year is not None


_EXAMPLE_AHEAD: Final = timedelta(days=7)


def example_day(today: date, calendar: WorkingCalendar) -> date:
    """The day that a question offers as an example: a working one, about a week ahead."""
    week_ahead = today + _EXAMPLE_AHEAD
    following = (week_ahead + timedelta(days=days) for days in range(_EXAMPLE_LOOKED_FOR))
    return next((day for day in following if calendar.is_working_day(day)), week_ahead)


_EXAMPLE_LOOKED_FOR: Final = 15
"""Days: longer than any holidays."""


def read_day(typed: str, today: date) -> date | None:
    """The day that was typed; without a year, the nearest that is not over. None for what names no day.

    Raises DayOver for a day without a year that has passed lately.
    """
    spoken = _spoken(_tidied(typed))
    if spoken is None or (spoken.day is not None and spoken.month is None):
        return None
    _require_not_over(spoken, today)
    return next((day for day in _candidates(spoken, today) if spoken.is_exact or day >= today), None)


def read_past_day(typed: str, today: date) -> date | None:
    """The day that was typed of what is over, or today; without a year, the latest. None for what names no day."""
    return _latest(_spoken(_tidied(typed)), today)


def read_days(typed: str, today: date) -> Days | None:
    """The days that were typed, one alone or from a first to a last. None for what names none, or names them reversed.

    Without years: the earliest last day that is not over, and before it the latest first one. So «20–27.11», typed
    on the 23rd, is under way, and «28.12–08.01» spans the new year. «до пятницы» begins today.

    Raises DayOver where the last day, without any year, has passed lately.
    """
    words = _tidied(typed)
    until = _UNTIL.fullmatch(words)
    if until is not None:
        return _between(_Spoken(ahead=0), _spoken(until["last"]), today)
    single = read_day(words, today)
    if single is not None:
        return Days(first=single, last=single)
    matches = (pattern.fullmatch(words) for pattern in _RANGES)
    ranges = (_between(_spoken(each["first"]), _spoken(each["last"]), today) for each in matches if each is not None)
    return next((days for days in ranges if days is not None), None)


def read_past_days(typed: str, today: date) -> Days | None:
    """The days that were typed of what is over, or is under way: «06.10–20.11», «20.11», «сегодня».

    Without years: the latest last day that is not to come, and before it the latest first one.
    """
    words = _tidied(typed)
    single = _latest(_spoken(words), today)
    if single is not None:
        return Days(first=single, last=single)
    matches = (pattern.fullmatch(words) for pattern in _RANGES)
    ranges = (_past_between(_spoken(each["first"]), _spoken(each["last"]), today) for each in matches if each)
    return next((days for days in ranges if days is not None), None)


def read_past_moment(typed: str, now: datetime) -> datetime | None:
    """«20.11 08:10», «сегодня, 9:05»: the latest such moment by the day, in the zone of `now`."""
    match = _MOMENT.fullmatch(_tidied(typed))
    day = None if match is None else _latest(_spoken(match["day"]), now.date())
    if match is None or day is None or int(match["hour"]) > _LAST_HOUR or int(match["minute"]) > _LAST_MINUTE:
        return None
    return datetime.combine(day, time(int(match["hour"]), int(match["minute"])), tzinfo=now.tzinfo)


def _past_between(first: _Spoken | None, last: _Spoken | None, today: date) -> Days | None:
    end = _latest(last, today)
    if first is None or last is None or end is None:
        return None
    begin = _latest_before(_sharing(first, end), end, today)
    exact = first.is_exact or last.is_exact
    return Days(first=begin, last=end) if begin is not None and (exact or end - begin <= LONGEST_GUESSED) else None


def _latest(spoken: _Spoken | None, today: date) -> date | None:
    """The latest day that may be meant and is not to come; with its year, that day."""
    if spoken is None or (spoken.day is not None and spoken.month is None):
        return None
    return max((day for day in _candidates(spoken, today) if spoken.is_exact or day <= today), default=None)


def _tidied(typed: str) -> str:
    return " ".join(typed.lower().replace("ё", "е").split()).rstrip(".,;")


def _spoken(words: str) -> _Spoken | None:
    if words in _RELATIVE:
        return _Spoken(ahead=_RELATIVE[words])
    weekday = _WEEKDAY_ALONE.fullmatch(words)
    if weekday is not None:
        return _Spoken(weekday=_WEEKDAYS[weekday[1]])
    bare = _BARE_DAY.fullmatch(words)
    if bare is not None:
        return _Spoken(day=int(bare["day"]))
    dated = _NUMBERS.fullmatch(words) or _WORDS.fullmatch(words)
    return None if dated is None else _dated(dated)


def _dated(match: re.Match[str]) -> _Spoken:
    month, year, weekday = match["month"], match["year"], match["weekday"]
    return _Spoken(
        day=int(match["day"]),
        month=int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1,
        year=None if year is None else int(year) if len(year) == 4 else 2000 + int(year),
        weekday=None if weekday is None else _WEEKDAYS[weekday],
    )


def _between(first: _Spoken | None, last: _Spoken | None, today: date) -> Days | None:
    if first is None or last is None or (last.day is not None and last.month is None):
        return None
    if not first.is_exact:
        _require_not_over(last, today)
    for end in _candidates(last, today):
        if end < today and not last.is_exact:
            continue
        begin = _latest_before(_sharing(first, end), end, today)
        exact = first.is_exact or last.is_exact
        if begin is not None and (exact or end - begin <= LONGEST_GUESSED):
            return Days(first=begin, last=end)
    return None


def _require_not_over(spoken: _Spoken, today: date) -> None:
    """Raises DayOver. A weekday beside the date is no year: «вт 23.11» is not next year's for being a Tuesday then."""
    if spoken.is_exact or spoken.day is None or spoken.month is None:
        return
    days = tuple(_candidates(replace(spoken, weekday=None), today))
    passed = max((day for day in days if day < today), default=None)
    coming = min((day for day in days if day >= today), default=None)
    if coming != today and passed is not None and today - passed <= LATELY:
        raise DayOver(day=passed, coming=coming)


def _sharing(first: _Spoken, end: date) -> _Spoken:
    """«1–14.12»: a bare number is a day of the month in which the days end."""
    if first.day is not None and first.month is None:
        return replace(first, month=end.month, year=end.year)
    return first


def _latest_before(first: _Spoken, end: date, today: date) -> date | None:
    return max((day for day in _candidates(first, today) if day <= end), default=None)


def _candidates(spoken: _Spoken, today: date) -> Iterator[date]:
    """The days that may be meant, the earliest first. A weekday alone is one of the coming ones."""
    if spoken.ahead is not None:
        yield today + timedelta(days=spoken.ahead)
    elif spoken.day is None:
        assert spoken.weekday is not None
        nearest = today + timedelta(days=(spoken.weekday - today.weekday()) % 7)
        for week in range(_A_YEAR_OF_WEEKS):
            yield nearest + timedelta(weeks=week)
    else:
        dates = (_date(year, spoken.month or 0, spoken.day) for year in _years(spoken, today))
        yield from (day for day in dates if day is not None and spoken.weekday in {None, day.weekday()})


def _years(spoken: _Spoken, today: date) -> range:
    """A weekday beside the date must agree with it this year or next, or the two were not meant together."""
    if spoken.year is not None:
        return range(spoken.year, spoken.year + 1)
    years = 1 if spoken.weekday is not None else _LEAP_YEARS_APART
    return range(today.year - 1, today.year + years + 1)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
