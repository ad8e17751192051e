"""Calendars for the tests of deadlines: the Russian years 2026 and 2027, and any calendar at all."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from risk.calendar import Week, WorkingCalendar, WorkingHours

ZONES: Final = (
    "Europe/Kaliningrad",  # +2
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Novosibirsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",  # +12
    "Europe/Berlin",  # with summer time
)


def hours(opens: str, closes: str) -> WorkingHours:
    return WorkingHours(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


NINE_TO_SIX: Final = hours("09:00", "18:00")
SHORTENED: Final = hours("09:00", "17:00")
FIVE_DAYS: Final[Week] = (NINE_TO_SIX, NINE_TO_SIX, NINE_TO_SIX, NINE_TO_SIX, NINE_TO_SIX, None, None)

RUSSIAN_YEARS: Final[Mapping[date, WorkingHours | None]] = {
    **{date(year, 1, day): None for year in (2026, 2027) for day in range(1, 9)},
    **dict.fromkeys(
        (
            date(2026, 1, 9),
            date(2026, 2, 23),
            date(2026, 3, 9),
            date(2026, 5, 1),
            date(2026, 5, 11),
            date(2026, 6, 12),
            date(2026, 11, 4),
            date(2026, 12, 31),
            date(2027, 2, 23),
            date(2027, 3, 8),
            date(2027, 11, 4),
        )
    ),
    **dict.fromkeys((date(2026, 4, 30), date(2026, 5, 8), date(2026, 6, 11), date(2026, 11, 3)), SHORTENED),
    date(2027, 2, 20): NINE_TO_SIX,  # a working Saturday
}


def calendar(
    zone: str = "Europe/Moscow",
    week: Week = FIVE_DAYS,
    exceptions: Mapping[date, WorkingHours | None] = RUSSIAN_YEARS,
    known_until: date | None = date(2027, 12, 31),
) -> WorkingCalendar:
    return WorkingCalendar(zone=zone, week=week, exceptions=exceptions, known_until=known_until)


def utc(written: str) -> datetime:
    """«2026-11-20 13:00» as a moment in UTC."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


_some_hours: SearchStrategy[WorkingHours] = st.builds(
    lambda opens, minutes: WorkingHours(opens=time(opens), closes=time(opens + minutes // 60, minutes % 60)),
    st.integers(min_value=5, max_value=12),
    st.integers(min_value=4 * 60, max_value=11 * 60),
)
_some_days: SearchStrategy[WorkingHours | None] = st.one_of(st.none(), _some_hours)
some_weeks: SearchStrategy[Week] = st.tuples(
    _some_hours, _some_days, _some_hours, _some_days, _some_hours, _some_days, _some_days
)
_some_exceptions = st.dictionaries(
    st.dates(min_value=date(2026, 1, 1), max_value=date(2027, 12, 31)), _some_days, max_size=40
)

calendars: SearchStrategy[WorkingCalendar] = st.builds(
    lambda zone, week, exceptions: calendar(zone, week, {**RUSSIAN_YEARS, **exceptions}),
    st.sampled_from(ZONES),
    st.one_of(st.just(FIVE_DAYS), some_weeks),
    _some_exceptions,
)
moments: SearchStrategy[datetime] = st.integers(min_value=0, max_value=2 * 365 * 24 * 60).map(
    lambda minutes: utc("2026-01-01 00:00") + timedelta(minutes=minutes)
)
amounts: SearchStrategy[timedelta] = st.integers(min_value=1, max_value=20 * 60).map(
    lambda minutes: timedelta(minutes=minutes)
)
