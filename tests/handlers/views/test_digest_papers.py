"""The picture and the page of a digest: their finding, and the same figures as in the text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from handlers.views.digest import digest_text
from handlers.views.papers.digest_board import digest_board, finding
from handlers.views.papers.digest_page import digest_page
from risk.digests import Digest
from risk.documents import Bullets, Document, Heading, Paragraph, Table
from risk.figures import OF_MOMENT, Figure, Tally
from risk.report_terms import LatenessTold
from tests.handlers.builders import office
from tests.handlers.digested import QUIET, RICH

LABELS = {
    "риски открыты": ("Риски", "открыто", Figure.RISKS_OPEN),
    "риски просрочены": ("Риски", "просрочено", Figure.RISKS_OVERDUE),
    "новые риски за пт–вс": ("Риски", "новых за пт–вс", Figure.RISKS_NEW),
    "новые обращения за пт–вс": ("Обращения", "новых за пт–вс", Figure.NEW),
    "обращения просрочены": ("Обращения", "просрочено", Figure.OVERDUE),
    "обращения отложены": ("Обращения", "отложено", Figure.DEFERRED),
}
"""Of each tile the heading and the row of the page that say the same."""


def rows(page: Document) -> Iterator[tuple[str, tuple[str, ...]]]:
    """With the heading above each."""
    heading = ""
    for block in page.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table):
            yield from ((heading, row) for row in block.rows)


def words(page: Document) -> str:
    said = []
    for block in page.blocks:
        match block:
            case Paragraph(runs=runs):
                said.append("".join(run.text for run in runs))
            case Bullets(items=items):
                said += ["".join(run.text for run in item) for item in items]
            case Heading(text=text):
                said.append(text)
    return "\n".join(said)


def with_figure(figure: Figure, count: int) -> Digest:
    return replace(RICH, total=Tally(figures={**RICH.total.figures, figure: count}))


def test_text_picture_and_page_have_the_same_figures() -> None:
    text = digest_text(office(), RICH).text
    table = {(heading, row[0]): row[1:] for heading, row in rows(digest_page(office(), RICH))}
    tiles = digest_board(office(), RICH).tiles
    assert [tile.label for tile in tiles] == list(LABELS)
    for tile in tiles:
        heading, name, figure = LABELS[tile.label]
        count, against = table[heading, name]
        assert tile.value == count == str(RICH.total[figure])
        assert tile.change == "" or against.replace("без изменений", "") in tile.change
        said = f"{name.removesuffix(' за пт–вс')} {count}"
        assert said in text
        if tile.change and figure in OF_MOMENT:
            assert tile.change.split()[0] in text


@pytest.mark.parametrize("figure", [Figure.RISKS_OPEN, Figure.RISKS_NEW, Figure.NEW, Figure.OVERDUE, Figure.DEFERRED])
def test_another_figure_is_another_one_in_all_three(figure: Figure) -> None:
    changed = with_figure(figure, 777)
    assert "777" in digest_text(office(), changed).text
    assert "777" in [tile.value for tile in digest_board(office(), changed).tiles]
    assert "777" in [cell for _, row in rows(digest_page(office(), changed)) for cell in row]


def test_text_and_page_say_the_same_of_blocks_and_of_what_waits() -> None:
    page = digest_page(office(), RICH)
    late = [row for heading, row in rows(page) if heading == "Просрочено по блокам"]
    assert late == [("Дороги, ЖКХ, благоустройство", "1", "4"), ("без блока", "0", "2")]
    awaited = "ИР-12/26 · проверка реакции · сегодня до 16:00 · Нет воды на улице Мира третий день"
    for said in (words(page), digest_text(office(), RICH).text):
        assert awaited in said
        assert "Изменилось: «Уборка дорог от снега» 12 (обычно 4 за 3 дня)" in said
        assert "руководитель блока «Сельские территории»" in said


@pytest.mark.parametrize(
    ("digest", "says"),
    [
        (RICH, "Просрочено 6 обращений, на 2 меньше, чем в пятницу"),
        (with_figure(Figure.OVERDUE, 8), "Просрочено 8 обращений, без изменений"),
        (with_figure(Figure.OVERDUE, 21), "Просрочено 21 обращение, на 13 больше, чем в пятницу"),
        (with_figure(Figure.OVERDUE, 0), "Просрочено рисков: 1, без изменений"),
        (replace(RICH, previous=None, previous_day=None), "Просрочено 6 обращений"),
        (
            replace(QUIET, total=Tally(figures={Figure.NEW: 31}), usual=RICH.usual),
            "За пт–вс: новых обращений 31, в среднем 24 в день",
        ),
        (replace(QUIET, total=Tally(figures={Figure.RISKS_NEW: 2})), "За пт–вс: новых рисков 2"),
        (QUIET, "Новых рисков и обращений нет"),
    ],
)
def test_the_title_of_the_picture_says_the_finding(digest: Digest, says: str) -> None:
    assert finding(digest) == says


def test_the_picture_shows_lateness_by_block() -> None:
    board = digest_board(office(), RICH)
    assert [(bar.label, bar.value) for bar in board.bars] == [("Дороги, ЖКХ, благоустройство", 5), ("без блока", 2)]


@pytest.mark.parametrize("kept", [replace(RICH, lateness_told=LatenessTold.PRIVATE), replace(RICH, by_block=())])
def test_where_no_lateness_by_block_may_be_shown_the_days_are(kept: Digest) -> None:
    board = digest_board(office(), kept)
    assert [bar.label for bar in board.bars] == [
        "пн 16.11", "вт 17.11", "ср 18.11", "чт 19.11", "пт 20.11", "сб 21.11", "вс 22.11",
    ]  # fmt: skip
    assert [bar.value for bar in board.bars] == [0, 0, 22, 26, 19, 5, 7]
    assert [bar.is_marked for bar in board.bars] == [False] * 4 + [True] * 3
    assert sum(bar.value for bar in board.bars if bar.is_marked) == kept.total[Figure.NEW]
    assert "блокам" not in words(digest_page(office(), kept))


def test_picture_and_page_say_by_what_data_and_as_of_when() -> None:
    data = "ИМ на пн 23.11, 08:10, ПОС на пт 20.11, 08:10 (ждём свежую)"
    for said in (digest_board(office(), RICH).source, words(digest_page(office(), RICH))):
        assert data in said
        assert "о состоянию на 09:00" in said
        assert "понедельник, 23\u00a0ноября" in said


def test_nothing_to_tell_is_said_on_the_page_too() -> None:
    page = digest_page(office(), replace(QUIET, exports={}))
    assert "Новых рисков нет. Открытых рисков нет." in words(page)
    assert "Выгрузок ещё не было." in words(page)
    assert [heading for heading, _ in rows(page)].count("Обращения") == 0


def test_the_page_is_asked_to_be_one_and_every_row_fits_its_columns() -> None:
    page = digest_page(office(), replace(RICH, received={date(2026, 11, 20): 1}))
    assert page.on_one_page
    for block in page.blocks:
        if isinstance(block, Table):
            assert {len(row) for row in block.rows} == {len(block.columns)}
