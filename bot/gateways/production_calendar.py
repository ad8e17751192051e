"""Days off, transfers and shortened days of Russia, laid over an office's own week; the operator's days are elsewhere.

They come from the `holidays` library, which has the holidays of the Labour Code (art. 112) and the transfers that the
Government decides on for each year. Shortened days are in no list: they are worked out here (art. 95).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from itertools import count
from typing import Final

from risk.calendar import Week, WorkingHours

CONFIRMED_UNTIL: Final = date(2026, 12, 31)
"""The last day whose transfers more than one source confirms. It is moved by hand, year by year: what the library has
of a later year may be the draft of a decree. An operator who has read the decree may move their own horizon."""

FIRST_YEAR: Final = 2025
_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_TRANSFERRED: Final = re.compile(r"перенесено с (\d{2}\.\d{2}\.\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalDays:
    """`holidays` are those of the Labour Code; `off` are they and the days transferred from elsewhere.

    `worked` are days of a weekend that are worked, each with the day that is off instead.
    """

    holidays: frozenset[date]
    off: frozenset[date]
    worked: Mapping[date, date]
    last_year: int
    """The last year whose transfers the library has; of the next one it has the holidays alone."""

    def is_eve(self, day: date) -> bool:
        return day + _DAY in self.holidays


def national_exceptions(week: Week) -> dict[date, WorkingHours | None]:
    """Where the nation's days differ from this ordinary week, in order, up to the year after the last one known."""
    days = national_days()
    return {
        day: hours
        for day in sorted({*days.off, *days.worked, *(holiday - _DAY for holiday in days.holidays)})
        for hours in [_hours_on(day, week, days)]
        if hours != week[day.weekday()] and day.year >= FIRST_YEAR
    }


@cache
def national_days() -> NationalDays:
    """The library is loaded here, and takes some 80 ms: few commands need it."""
    from holidays import country_holidays  # noqa: PLC0415 - see above

    russia = partial(country_holidays, "RU", language="ru")
    last_year = next(year for year in count(FIRST_YEAR) if not any(_transfers(russia(years=year + 1))))
    years = range(FIRST_YEAR, last_year + 2)
    with_transfers, of_the_code = russia(years=years), russia(years=years, observed=False)
    transfers = dict(_transfers(with_transfers))
    return NationalDays(
        holidays=frozenset(of_the_code.keys() - transfers.keys()),
        off=frozenset(with_transfers),
        worked={origin: day for day, origin in transfers.items() if origin in with_transfers.weekend_workdays},
        last_year=last_year,
    )


def shortened(hours: WorkingHours) -> WorkingHours:
    """An hour less; a day of an hour or less stays as it is."""
    closes = (datetime.combine(date.max, hours.closes) - _HOUR).time()
    return WorkingHours(opens=hours.opens, closes=closes) if hours.opens < closes < hours.closes else hours


def _hours_on(day: date, week: Week, days: NationalDays) -> WorkingHours | None:
    """A day worked instead of another has the length of that other one (Order 588n, p. 1: an eve stays shortened)."""
    if day in days.off:
        return None
    ordinary = days.worked.get(day, day)
    hours = week[ordinary.weekday()]
    return shortened(hours) if hours is not None and (days.is_eve(day) or days.is_eve(ordinary)) else hours


def _transfers(names: Mapping[date, str]) -> Iterator[tuple[date, date]]:
    """Days off by decree, and the days of a weekend that they are instead of."""
    for day, name in names.items():
        origin = _TRANSFERRED.search(name)
        if origin is not None:
            yield day, datetime.strptime(origin[1], "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
