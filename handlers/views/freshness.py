"""By which exports something is said: a line under every figure and reminder that rests on them."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from handlers.views.dates import moment
from risk.appeals import AppealKey, AppealSource
from risk.freshness import EXPORTED
from risk.offices import OfficePlan

SOURCES: Final[Mapping[AppealSource, str]] = MappingProxyType(
    {AppealSource.IM: "ИМ", AppealSource.POS: "ПОС", AppealSource.HAND: "Обращение"}
)
"""Before a number: «ПОС 6100013»."""


def appeal_number(key: AppealKey) -> str:
    """«ПОС 6100013»."""
    source, number = key
    return f"{SOURCES[source]} {number}"


def freshness_line(freshest: Mapping[AppealSource, datetime], plan: OfficePlan) -> str | None:
    """«По выгрузке ИМ от пн 23.11, 08:10, ПОС от пт 20.11, 08:10.»; None when nothing rests on an export."""
    told = dated_exports(freshest, plan)
    return f"По выгрузке {told}." if told else None


def dated_exports(freshest: Mapping[AppealSource, datetime], plan: OfficePlan) -> str:
    """«ИМ от пн 23.11, 08:10, ПОС от пт 20.11, 08:10»."""
    named = [source for source in EXPORTED if source in freshest]
    return ", ".join(f"{SOURCES[source]} от {moment(freshest[source], plan.calendar)}" for source in named)
