"""What stands under a picture and a paper: the finding first, within what a caption may have."""

from datetime import UTC, datetime

from handlers.views.papers.captions import SET_PLAINLY, caption_of, paper_caption
from risk.documents import BarChart, Document
from risk.ids import PaperId
from risk.papers import Paper, PaperKind, PaperState
from risk.people import Place
from tests.support.offices import telegram


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
    assert list(paper_caption(paper("Справка", plain=True))) == [SET_PLAINLY, "Справка"]
    assert list(paper_caption(paper("Справка"))) == ["Справка"]
