"""A digest of an invented office with something to tell under every heading, changed where a test says so."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from risk.appeals import AppealSource
from risk.digests import Awaited, BlockFigures, Digest, Missed, TopicChange
from risk.figures import Figure, Tally
from risk.ids import DigestId, RiskId
from risk.obligations import ObligationKind
from risk.periods import Period
from risk.risks import RiskNumber
from tests.handlers.builders import ROADS, SOCIAL

MONDAY: Final = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""Monday 23.11.2026, 09:00 in Moscow."""
FRIDAY_EXPORT: Final = datetime(2026, 11, 20, 5, 10, tzinfo=UTC)
MONDAY_EXPORT: Final = datetime(2026, 11, 23, 5, 10, tzinfo=UTC)

TOTAL: Final = Tally(
    figures={
        Figure.RISKS_OPEN: 5,
        Figure.RISKS_TO_VERIFY: 2,
        Figure.RISKS_TO_ANSWER: 1,
        Figure.RISKS_WATCHED: 2,
        Figure.RISKS_OVERDUE: 1,
        Figure.RISKS_NEW: 3,
        Figure.RISKS_WORKED_OFF: 2,
        Figure.OPEN: 118,
        Figure.OVERDUE: 6,
        Figure.DEFERRED: 4,
        Figure.NEW: 31,
        Figure.REPEATED: 7,
        Figure.FINISHED: 40,
        Figure.LATE: 9,
    }
)
BEFORE: Final = Tally(
    figures={Figure.RISKS_OPEN: 4, Figure.RISKS_OVERDUE: 1, Figure.OPEN: 127, Figure.OVERDUE: 8, Figure.DEFERRED: 4}
)


def late(block: Any, *, risks: int = 0, appeals: int = 0) -> BlockFigures:
    return BlockFigures(block=block, tally=Tally(figures={Figure.RISKS_OVERDUE: risks, Figure.OVERDUE: appeals}))


RICH: Final = Digest(
    id=DigestId(7),
    day=date(2026, 11, 23),
    period=Period(first=date(2026, 11, 20), last=date(2026, 11, 22)),
    as_of=MONDAY,
    due_at=MONDAY,
    total=TOTAL,
    usual={Figure.NEW: 24.0, Figure.RISKS_NEW: 4 / 7},
    previous=BEFORE,
    previous_day=date(2026, 11, 20),
    exported_before=frozenset({AppealSource.IM, AppealSource.POS}),
    overdue={Figure.RISKS_TO_VERIFY: 1},
    received={date(2026, 11, day): count for day, count in ((18, 22), (19, 26), (20, 19), (21, 5), (22, 7))},
    changed=(TopicChange(topic="Уборка дорог от снега", now=12, usual=3.9),),
    topics=(("Уборка дорог от снега", 12), ("ЖКХ", 9)),
    by_block=(late(SOCIAL), late(ROADS, risks=1, appeals=4), late(None, appeals=2)),
    awaited=(
        Awaited(
            risk=RiskId(12),
            number=RiskNumber(serial=12, year=2026),
            gist="Нет воды на улице Мира третий день",
            what=ObligationKind.CHECK,
            due_at=datetime(2026, 11, 23, 13, 0, tzinfo=UTC),
        ),
    ),
    awaited_in_all=1,
    vacant=("руководитель блока «Сельские территории»",),
    exports={AppealSource.IM: MONDAY_EXPORT, AppealSource.POS: FRIDAY_EXPORT},
    expected=(AppealSource.POS,),
)
QUIET: Final = replace(
    RICH,
    total=Tally(),
    usual={},
    previous=Tally(),
    overdue={},
    received={},
    changed=(),
    topics=(),
    by_block=(),
    awaited=(),
    awaited_in_all=0,
    vacant=(),
    expected=(),
)
EVERYTHING_MISSED: Final = Missed(
    undelivered=2, unreminded=1, unread=3, picture=True, days_without=(date(2026, 11, 20),)
)
