"""How fresh the exports are that figures of appeals rest on: the one line that stands under each of them."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from handlers.views.dates import moment
from risk.appeals import AppealSource
from risk.offices import OfficePlan

SYSTEMS: Final[Mapping[AppealSource, str]] = MappingProxyType({AppealSource.IM: "ИМ", AppealSource.POS: "ПОС"})
"""Whose exports there are."""

NO_EXPORTS: Final = "Выгрузок ещё не было."


def freshness_line(freshest: Mapping[AppealSource, datetime], plan: OfficePlan) -> str | None:
    """«По выгрузке ИМ от пт 20.11, 08:10, ПОС от чт 19.11, 08:10.»; None where no export is spoken of at all."""
    told = [
        f"{name} от {moment(freshest[source], plan.calendar)}" for source, name in SYSTEMS.items() if source in freshest
    ]
    if told:
        return f"По выгрузке {', '.join(told)}."
    return None if freshest else NO_EXPORTS
