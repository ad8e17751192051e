"""Each kind of paper is composed by somebody, and comes out as what its file is to be."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Final

import pytest

from handlers.views.papers import compose
from risk.documents import Board, Document, HeatMap
from risk.figures import Asked
from risk.heat import heat_of_territories, heat_of_weeks
from risk.ids import PaperId
from risk.jobs import JobKind
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Place
from risk.periods import PeriodKind, period_of
from risk.use_cases.heat_reading import HeatRead
from risk.use_cases.papers import PaperFacts
from tests.handlers import memoed
from tests.handlers.builders import office
from tests.handlers.digested import RICH
from tests.support.offices import telegram

MONTH: Final = period_of(PeriodKind.MONTH, date(2026, 11, 1))
NOW: Final = datetime(2026, 11, 23, 6, tzinfo=UTC)


def facts(kind: PaperKind) -> PaperFacts:
    paper = Paper(
        id=PaperId(1),
        kind=kind,
        state=PaperState.PLANNED,
        place=Place(address=telegram(1)),
        planned_at=NOW,
        period=MONTH,
    )
    return PaperFacts(office=office(), paper=paper, digest=RICH, heat=heat(kind), memo=memoed.memo())


def heat(kind: PaperKind) -> HeatRead:
    asked = Asked(period=MONTH, stands_at=NOW, calendar=office().plan.calendar)
    if kind is PaperKind.HEAT_OF_WEEKS:
        return HeatRead(
            asked=asked, heat=heat_of_weeks({("Дороги", "2026-11-02"): 5}, MONTH, week_begins=0), freshest={}
        )
    return HeatRead(asked=asked, heat=heat_of_territories({("Дороги", None): 5}), freshest={})


COMES_OUT_AS: Final[Mapping[PaperKind, type]] = MappingProxyType(
    {
        PaperKind.MEMO: Document,
        PaperKind.DIGEST_PAGE: Document,
        PaperKind.DIGEST_PICTURE: Board,
        PaperKind.HEAT_OF_TERRITORIES: HeatMap,
        PaperKind.HEAT_OF_WEEKS: HeatMap,
    }
)


@pytest.mark.parametrize("kind", PaperKind)
def test_each_kind_is_composed_but_registers_which_are_written_row_by_row(kind: PaperKind) -> None:
    if facts(kind).paper.work is JobKind.WRITE_REGISTERS:
        with pytest.raises(AssertionError, match="row by row"):
            compose(facts(kind))
        return
    made = compose(facts(kind))
    assert isinstance(made, COMES_OUT_AS[kind])
    assert made.title


@pytest.mark.parametrize("kind", PaperKind)
def test_what_is_drawn_is_no_document_and_what_is_set_no_picture(kind: PaperKind) -> None:
    """The worker, and how it is sent, go by the kind alone."""
    paper = facts(kind).paper
    assert paper.is_picture is (paper.ending == "png") is (paper.work is JobKind.DRAW_PICTURE)
    assert paper.is_picture is not (kind is PaperKind.REGISTERS or COMES_OUT_AS[kind] is Document)
