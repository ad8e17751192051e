"""A row of every kind that digests and papers leave in an office, for tests that must see all of them."""

from dataclasses import replace
from datetime import date, datetime

from risk.digests import Awaited, Digest
from risk.figures import Figure, Tally
from risk.ids import DigestId, PaperId, PersonId
from risk.obligations import ObligationKind
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Place
from risk.periods import Period
from risk.ports import UnitOfWork
from risk.risks import Risk

DAY = date(2026, 11, 20)
YESTERDAY = date(2026, 11, 19)


def digest_naming(*risks: Risk, now: datetime, day: date = DAY) -> Digest:
    """A snapshot in which these risks are awaited, in their own words."""
    waiting = [
        Awaited(risk=each.id, number=each.number, gist=each.gist, what=ObligationKind.VERIFICATION, due_at=now)
        for each in risks
    ]
    return Digest(
        id=DigestId(0),
        day=day,
        period=Period(first=YESTERDAY, last=YESTERDAY),
        as_of=now,
        due_at=now,
        total=Tally(figures={Figure.RISKS_OPEN: 7, Figure.NEW: 31, Figure.OVERDUE: 6}),
        awaited=tuple(waiting),
    )


def paper_in(place: Place, *, now: datetime, asked_by: PersonId | None = None) -> Paper:
    return Paper(
        id=PaperId(0),
        kind=PaperKind.DIGEST_PAGE,
        state=PaperState.PLANNED,
        place=place,
        planned_at=now,
        period=Period(first=YESTERDAY, last=YESTERDAY),
        asked_by=asked_by,
    )


async def keep_reports(unit: UnitOfWork, risk: Risk, place: Place, asked_by: PersonId, now: datetime) -> PaperId:
    """A digest that names the risk, and a page of it that somebody asked for; the caller commits. Gives the page."""
    digest = await unit.digests.add(digest_naming(risk, now=now))
    assert digest is not None
    paper = await unit.papers.add(replace(paper_in(place, now=now, asked_by=asked_by), digest=digest.id))
    assert paper is not None
    return paper.id
