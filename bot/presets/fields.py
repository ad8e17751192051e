"""How single values of a preset are written: keys, lines, hours, zones; their tables are in `schema`."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from risk.addresses import Address
from risk.bundle_hours import EARLIEST_BUNDLE, LATEST_BUNDLE, bundle_hour
from risk.calendar import UnknownZone, WorkingHours, zone_named
from risk.office_settings import clock, clocks
from risk.offices import QuietHours
from risk.platforms import PageFault, page_of_posts
from risk.report_terms import NEVER, WEEKDAYS


def _clocks(written: object) -> tuple[time, time]:
    found = clocks(written) if isinstance(written, str) else None
    if found is None:
        raise ValueError('нужна строка вида "09:00-18:00"')
    return found


def _working_hours(written: object) -> WorkingHours:
    opens, closes = _clocks(written)
    if closes <= opens:
        raise ValueError('конец рабочего дня должен быть позже начала, например "09:00-18:00"')
    return WorkingHours(opens=opens, closes=closes)


def _quiet_hours(written: object) -> QuietHours:
    begins, ends = _clocks(written)
    if begins == ends:
        raise ValueError('начало и конец совпадают; нужна строка вида "21:00-08:00"')
    return QuietHours(begins=begins, ends=ends)


def _bundle_hour(written: object) -> time:
    hour = bundle_hour(written) if isinstance(written, str) else None
    if hour is None:
        raise ValueError(f'нужен час от {EARLIEST_BUNDLE:%H:%M} до {LATEST_BUNDLE:%H:%M}, например "08:30"')
    return hour


def _hour(written: object) -> time:
    hour = clock(written) if isinstance(written, str) else None
    if hour is None:
        raise ValueError('нужно время вида "16:00"')
    return hour


def _weekday(written: object) -> int:
    if written not in WEEKDAYS:
        raise ValueError(f"можно: {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(str(written))


def _weekday_or_never(written: object) -> int | None:
    if written == NEVER:
        return None
    if written not in WEEKDAYS:
        raise ValueError(f"можно: {', '.join([*WEEKDAYS, NEVER])}")
    return WEEKDAYS.index(str(written))


def _known_zone(key: str) -> str:
    try:
        zone_named(key)
    except UnknownZone:
        raise ValueError(f"нет пояса «{key}»; нужен ключ IANA, например Europe/Moscow") from None
    return key


def _public_link(written: str) -> str:
    """How addresses on the page begin, in the one spelling that links are stored in."""
    address = Address.read(written)
    page = PageFault.NOT_PUBLIC if address is None else page_of_posts(address)
    if isinstance(page, PageFault):
        raise ValueError(_UNFIT_PAGES[page])  # noqa: TRY004 - pydantic tells the operator of a ValueError alone
    return page


_UNFIT_PAGES: Final[Mapping[PageFault, str]] = {
    PageFault.NOT_PUBLIC: (
        "нужен адрес открытой страницы, например vk.com/public1 или t.me/pestovo_news; личные страницы не подходят"
    ),
    PageFault.WHOLE_PLATFORM: "это вся площадка; нужен адрес одной страницы, например vk.com/public1",
    PageFault.NAMED_COMMUNITY: (
        "посты сообщества ВКонтакте стоят под его номером, а не под именем; нужен адрес с номером: vk.com/public1"
    ),
}


def _written(pattern: str, says: str) -> AfterValidator:
    """A string that fits the pattern; otherwise `says` tells in words what is allowed."""

    def check(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise ValueError(says)
        return value

    return AfterValidator(check)


Key = Annotated[
    str,
    _written("[a-z][a-z0-9_]{0,19}", "нужны строчные латинские буквы, цифры и _, всего до 20, первой буква"),
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    _written(".{1,120}", "нужна одна непустая строка до 120 знаков"),
]
Sign = Annotated[str, _written(r"\S{1,8}", "нужен один знак, например ⚪")]
Hours = Annotated[WorkingHours, BeforeValidator(_working_hours)]
Quiet = Annotated[QuietHours, BeforeValidator(_quiet_hours)]
BundleHour = Annotated[time, BeforeValidator(_bundle_hour)]
Hour = Annotated[time, BeforeValidator(_hour)]
Weekday = Annotated[int, BeforeValidator(_weekday)]
WeekdayOrNever = Annotated[int | None, BeforeValidator(_weekday_or_never)]
Zone = Annotated[str, AfterValidator(_known_zone)]
PublicLink = Annotated[str, AfterValidator(_public_link)]
