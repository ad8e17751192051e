"""A memo for the tests of its words: small figures, one risk, whatever else a test puts into it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from handlers.views.papers.memo import memo as composed
from risk.appeals import AppealSource
from risk.coverage import COVERED, Coverage, Covered
from risk.documents import Bar, BarChart, Block, Bullets, Document, Field, Heading, Paragraph, Signature, Table
from risk.documents import Figure as Drawn
from risk.figures import Cut, Figure, Tally, asked_of
from risk.ids import PositionId
from risk.memo_work import MeasureTold, RiskTold
from risk.memos import MOST_AREAS, Memo
from risk.offices import OfficePlan
from risk.periods import Period, PeriodKind, period_of
from risk.problem_areas import areas_of
from risk.reports import Group, Report
from risk.risks import RiskNumber
from tests.handlers.builders import ROADS, SOCIAL, office, plan

WEEK: Final = period_of(PeriodKind.WEEK, date(2026, 11, 18))
"""16–22.11.2026."""
MONDAY: Final = datetime(2026, 11, 23, 6, tzinfo=UTC)
"""09:00 in Moscow."""
BY: Final = PositionId(5)
NOTHING: Final = Tally()

NOW: Final = Tally(
    figures={
        Figure.NEW: 31,
        Figure.REPEATED: 3,
        Figure.FINISHED: 28,
        Figure.LATE: 4,
        Figure.OPEN: 40,
        Figure.OVERDUE: 6,
        Figure.DEFERRED: 2,
        Figure.MARKED: 12,
        Figure.SATISFIED: 9,
        Figure.SOLVED: 15,
        Figure.EXPLAINED: 5,
        Figure.RISKS_NEW: 1,
        Figure.RISKS_OPEN: 1,
    },
    days={4: 14, 5: 14},
)
BEFORE: Final = Tally(figures={Figure.NEW: 24, Figure.FINISHED: 20, Figure.OVERDUE: 8}, days={6: 20})


def group(key: str | None, new: int, before: int = 0, **figures: int) -> Group:
    known = {Figure[name]: count for name, count in figures.items()}
    return Group(key=key, tally=Tally(figures={Figure.NEW: new, **known}), before=Tally(figures={Figure.NEW: before}))


GROUPS: Final = {
    Cut.CHANNEL: (group(AppealSource.POS, 20, 14), group(AppealSource.IM, 11, 10)),
    Cut.BLOCK: (group(SOCIAL, 9, 14, FINISHED=8, LATE=4), group(ROADS, 22, 10, FINISHED=20, OVERDUE=6)),
    Cut.TOPIC: (group("Дороги", 20, 6, OVERDUE=6, REPEATED=2), group("Школы", 11, 18)),
}


def memo(
    now: Tally = NOW, before: Tally = BEFORE, *, of: OfficePlan | None = None, period: Period = WEEK, **known: Any
) -> Memo:
    made_at = known.pop("made_at", MONDAY)
    ours = office(of or plan())
    asked = asked_of(period.until(made_at.date()), ours.plan.calendar, now=made_at)
    report = Report(
        office=ours,
        asked=replace(asked, scope=known.pop("scope", asked.scope)),
        total=now,
        compared=asked.period.compared_with(),
        before=before,
        freshest=known.pop("freshest", {AppealSource.POS: MONDAY}),
        made_at=made_at,
        cuts=dict.fromkeys(GROUPS, ()) | known.pop("cuts", {}),
        coverage=known.pop("coverage", COVERED),
    )
    found = areas_of(report.cuts[Cut.TOPIC])
    known.setdefault("areas", found.found[:MOST_AREAS])
    known.setdefault("areas_too_small", found.too_small)
    return Memo(period=period, report=report, titles={BY: "член проектного офиса 1"}, **known)


def partly(days: Period | None) -> Coverage:
    """Of the period ПОС tells of these days, of the one before of nothing."""
    return Coverage(
        now=(Covered(source=AppealSource.POS, days=days, is_whole=False),),
        before=(Covered(source=AppealSource.POS, days=None, is_whole=False),),
    )


def risk_told(**known: Any) -> RiskTold:
    told: dict[str, Any] = {
        "number": RiskNumber(serial=12, year=2026),
        "gist": "Нет воды на улице Мира",
        "block": ROADS,
        "figures": frozenset({Figure.RISKS_NEW, Figure.RISKS_OPEN, Figure.RISKS_WATCHED}),
        "is_taken_up": True,
        "ending": None,
        "answer": None,
        "interim": None,
        "is_waived": False,
        "publications": (),
    }
    return RiskTold(**told | known)


def measure_told(**known: Any) -> MeasureTold:
    told: dict[str, Any] = {
        "number": RiskNumber(serial=12, year=2026),
        "block": ROADS,
        "what": "Подвоз воды",
        "position": BY,
        "day": date(2026, 11, 20),
        "is_taken": True,
    }
    return MeasureTold(**told | known)


def lines(of: Memo | Document) -> list[str]:
    """The document as somebody reads it, a line for each paragraph, row and mark."""
    document = of if isinstance(of, Document) else composed(of)
    return [line for block in document.blocks for line in _lines(block)]


def section(of: Memo, title: str) -> list[str]:
    """Its lines without the heading of the section."""
    said = lines(of)
    begins = next(place for place, line in enumerate(said) if line.startswith("# ") and line.endswith(title))
    rest = said[begins + 1 :]
    return rest[: next((place for place, line in enumerate(rest) if line.startswith("# ")), len(rest))]


def charts(of: Memo) -> Sequence[BarChart]:
    pictures = [block.picture for block in composed(of).blocks if isinstance(block, Drawn)]
    return [each for each in pictures if isinstance(each, BarChart)]


def bars(of: BarChart) -> list[tuple[str, int, int | None]]:
    return [_bar(each) for each in of.bars]


def _bar(of: Bar) -> tuple[str, int, int | None]:
    return of.label, of.value, of.earlier


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(text=text, level=level):
            return [f"{'#' * level} {text}"]
        case Paragraph(runs=runs):
            return ["".join(run.text for run in runs)]
        case Bullets(items=items):
            return ["• " + "".join(run.text for run in item) for item in items]
        case Table(columns=columns, rows=rows):
            return [" | ".join(row) for row in ([column.title for column in columns], *rows)]
        case Field(hint=hint):
            return [f"[{hint}]"]
        case Signature(position=position, name=name):
            return [f"{position} ___ {name or '[имя]'}"]
        case Drawn(picture=picture):
            return [f"<{picture.title}>"]
