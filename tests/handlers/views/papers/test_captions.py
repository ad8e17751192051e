"""What stands under a picture and a paper: the finding first, within what a caption may have."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from handlers.views.papers.captions import SET_PLAINLY, caption_of, paper_caption
from risk.documents import BarChart, Document
from risk.ids import OfficeId, PaperId, PersonId
from risk.offices import Office
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Place
from tests.support.offices import PLAN, telegram

OFFICE: Final = Office(id=OfficeId(1), plan=PLAN)


def paper(caption: str, *, plain: bool = False) -> Paper:
    return Paper(
        id=PaperId(1),
        kind=PaperKind.MEMO,
        state=PaperState.READY,
        place=Place(address=telegram(1)),
        planned_at=datetime(2026, 11, 23, 6, tzinfo=UTC),
        caption=caption,
        plain=plain,
    )


def test_a_picture_says_its_finding_and_its_source_in_words() -> None:
    picture = BarChart(title="Больше всего: дороги", bars=(), source="По выгрузке ИМ.")
    assert caption_of(picture) == "Больше всего: дороги\nПо выгрузке ИМ."


def test_a_paper_says_its_title() -> None:
    assert caption_of(Document(title="Справка за неделю", blocks=())) == "Справка за неделю"


def test_that_the_template_did_not_open_is_said_first() -> None:
    assert list(paper_caption(OFFICE, paper("Справка", plain=True))) == [SET_PLAINLY, "Справка"]
    assert list(paper_caption(OFFICE, paper("Справка"))) == ["Справка"]


def test_one_that_comes_by_itself_and_late_says_when_it_was_to_come() -> None:
    due_at = datetime(2026, 11, 20, 13, tzinfo=UTC)
    late = replace(paper("Справка"), due_at=due_at, made_at=due_at + timedelta(days=2))
    said = ["Справка", "Позже обычного: должна была прийти пт 20.11, 16:00."]
    assert list(paper_caption(OFFICE, late)) == said
    assert list(paper_caption(OFFICE, replace(late, made_at=due_at + timedelta(minutes=9)))) == ["Справка"]
    assert list(paper_caption(OFFICE, replace(late, asked_by=PersonId(1)))) == ["Справка"], "they know when they asked"
