"""What is owed in an invented office, told and explained, for the views of reminders; changed where a test says so."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from risk.deadlines import deadline
from risk.ids import LevelKey, ObligationId
from risk.obligations import Matter, Obligation, ObligationKey, ObligationKind, Owed
from risk.risks import Risk, RiskNumber, RiskState
from risk.use_cases.reminder_telling import Explained, OwedTold, OwnOwed, ReminderTold
from tests.handlers.builders import FRIDAY_AFTERNOON, MIDDLE, ROADS, calendar, office, plan, working
from tests.handlers.workings import facts_in, risk_in

NOW: Final = FRIDAY_AFTERNOON
"""Friday 20.11.2026, 16:00."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HEAD_TITLE: Final = "руководитель блока «Дороги»"


def owed_told(
    due_at: datetime = NOW - HOUR,
    kind: ObligationKind = ObligationKind.VERIFICATION,
    *,
    number: int = 1,
    state: RiskState = RiskState.FILED,
    gist: str = "Нет воды",
    level: LevelKey = MIDDLE,
    **known: Any,
) -> OwedTold:
    told: dict[str, Any] = {name: known.pop(name) for name in ("about", "whose", "steps", "hold") if name in known}
    obligation = Obligation(
        key=ObligationKey(matter=Matter.RISK, matter_id=7, round=1, kind=kind, place=known.pop("place", 0)),
        due_at=due_at,
        counted_from=due_at - 4 * HOUR,
        block=known.pop("block", ROADS),
        level=level,
        **known,
    )
    owed = Owed(
        id=ObligationId(number), obligation=obligation, since=due_at, climbed_to=due_at, hold=told.pop("hold", None)
    )
    risk = replace(risk_in(state), number=RiskNumber(serial=number, year=2026), gist=gist, level=level)
    facts: dict[str, Any] = {"owed": owed, "matter": risk, "about": None, "whose": HEAD_TITLE, **told}
    return OwedTold(**facts)


def reminder_told(*own: OwedTold, below: tuple[OwedTold, ...] = (), missed: int = 0, **known: Any) -> ReminderTold:
    facts: dict[str, Any] = {"deputises": (), "on_duty": False, "freshest": {}, "now": NOW, **known}
    return ReminderTold(office=office(), own=own, below=below, missed=missed, **facts)


def explained(told: OwedTold | None = None, **known: Any) -> Explained:
    """To the head of the block, with the head of the office above; counted from four working hours."""
    shown = told or owed_told()
    counted = deadline(NOW - 6 * HOUR, working(4), calendar())
    facts: dict[str, Any] = {
        "office": office(),
        "card": facts_in(shown.matter.state) if isinstance(shown.matter, Risk) else None,
        "due": None,
        "freshest": {},
        "told": shown,
        "counted": counted,
        "overdue_by": HOUR,
        "links": [(HEAD_TITLE, False), ("руководитель МЦУ", False)],
        "place": 0,
        "next_title": "руководитель МЦУ",
        "next_at": NOW + 3 * DAY,
        "now": NOW,
    }
    return Explained(**{**facts, **known})


def own_owed(*own: OwedTold, **known: Any) -> OwnOwed:
    return OwnOwed(
        **{
            "office": office(),
            "own": own,
            "unknown": 0,
            "freshest": {},
            "hour": plan().nudged_at,
            "is_usual": True,
            "now": NOW,
            **known,
        }
    )
