"""What is asked of figures of appeals, told apart into a shape and the values bound to it.

A statement is written by the shape: one writing serves all questions of it. What is counted is in `appeal_figures`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import BindParameter, Date, Integer, String, bindparam

from risk.calendar import WorkingCalendar
from risk.figures import Asked, Cut
from risk.ids import OfficeId
from risk.periods import Period
from storage import tables

OFFICE: Final = bindparam("asked_office", type_=Integer)
FIRST: Final = bindparam("asked_first", type_=Date)
LAST: Final = bindparam("asked_last", type_=Date)
STANDS_ON: Final = bindparam("asked_stands_on", type_=Date)
STANDS_AT: Final = bindparam("asked_stands_at", type_=tables.Moment)
KNOWN_AT: Final = bindparam("asked_known_at", type_=tables.Moment)
WEEK_BEGINS: Final = bindparam("asked_week_begins", type_=Integer)
TERRITORY: Final = bindparam("asked_territory", type_=String)
CHANNEL: Final = bindparam("asked_channel", type_=String)
TOPIC: Final = bindparam("asked_topic", type_=String)
DEPARTMENT: Final = bindparam("asked_department", type_=String)
BLOCKS: Final = bindparam("asked_blocks", type_=String, expanding=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """All of a question that its SQL is written by. `shifts`: how often the clocks of its period change, and one."""

    as_known_then: bool
    by_territory: bool
    by_channel: bool
    by_topic: bool
    by_department: bool
    by_blocks: bool
    lacks: Cut | None
    shifts: int


def shape_of(asked: Asked) -> Shape:
    scope = asked.scope
    return Shape(
        as_known_then=asked.known_at is not None,
        by_territory=scope.territory is not None,
        by_channel=scope.channel is not None,
        by_topic=scope.topic is not None,
        by_department=scope.department is not None,
        by_blocks=scope.blocks is not None,
        lacks=scope.lacks,
        shifts=len(_shifts(asked.period, asked.calendar)),
    )


def values_of(asked: Asked, office: OfficeId) -> dict[str, Any]:
    """What is bound to a statement of its shape."""
    scope, shifts = asked.scope, _shifts(asked.period, asked.calendar)
    values: list[tuple[BindParameter[Any], Any]] = [
        (OFFICE, office),
        (FIRST, asked.period.first),
        (LAST, asked.period.last),
        (STANDS_ON, asked.stands_on),
        (STANDS_AT, asked.stands_at),
        (KNOWN_AT, asked.known_at),
        (WEEK_BEGINS, asked.week_begins),
        (TERRITORY, scope.territory),
        (CHANNEL, scope.channel),
        (TOPIC, scope.topic),
        (DEPARTMENT, scope.department),
        (BLOCKS, sorted(scope.blocks or ())),
        *((until, day) for (until, _), (day, _) in zip(bound_shifts(len(shifts)), shifts, strict=True)),
        *((back, f"{-ahead} seconds") for (_, back), (_, ahead) in zip(bound_shifts(len(shifts)), shifts, strict=True)),
    ]
    return {bound.key: value for bound, value in values}


def bound_shifts(count: int) -> Sequence[tuple[BindParameter[date], BindParameter[str]]]:
    return [
        (bindparam(f"asked_until_{place}", type_=Date), bindparam(f"asked_back_{place}", type_=String))
        for place in range(count)
    ]


def _shifts(period: Period, calendar: WorkingCalendar) -> Sequence[tuple[date, int]]:
    """Until which day of the period how many seconds the office's midnight is ahead of that of UTC."""
    shifts: list[tuple[date, int]] = []
    for day in period:
        midnight = calendar.moment_at(day, time.min).replace(tzinfo=None)
        ahead = int((datetime.combine(day, time.min) - midnight) / timedelta(seconds=1))
        if shifts and shifts[-1][1] == ahead:
            shifts.pop()
        shifts.append((day, ahead))
    return shifts
