"""Pictures: as wide as a phone has dots, every word of them whole and inside, the same for the same figures."""

import io
import re
from itertools import pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from risk.documents import Bar, BarChart, Board, HeatMap, Picture
from storage.documents.canvas import Box, Canvas, Words, drawable, wrapped
from storage.documents.looks import PAGE, PHONE, Look
from storage.documents.pictures import BLUE, VERMILION, draw, laid_out
from tests.storage.documents.papers import BOARD, CHART, EMPTY, HEAT, PICTURES, SOURCE

every_picture = pytest.mark.parametrize("picture", PICTURES, ids=lambda each: type(each).__name__)
every_look = pytest.mark.parametrize("look", [PHONE, PAGE], ids=["phone", "page"])


def words_of(canvas: Canvas) -> list[str]:
    return [mark.text for mark in canvas.marks if isinstance(mark, Words)]


def all_words(picture: Picture, look: Look = PHONE) -> str:
    return re.sub(r"\s", "", "".join(words_of(laid_out(picture, look))))


def colours(picture: Picture) -> set[str]:
    return {mark.colour for mark in laid_out(picture, PHONE).marks if isinstance(mark, Box)}


@every_picture
def test_a_picture_opens_and_is_as_wide_as_a_phone_has_dots(picture: Picture) -> None:
    written = io.BytesIO()
    draw(picture, written)
    with Image.open(written) as image:
        image.load()
        assert image.format == "PNG"
        assert image.width == 1080
        assert len(image.convert("RGB").getcolors(2**24) or ()) > 1


@every_picture
@every_look
def test_no_word_is_cut_at_an_edge(picture: Picture, look: Look) -> None:
    figure = laid_out(picture, look).figure()
    FigureCanvasAgg(figure)
    for text in figure.axes[0].texts:
        extent = text.get_window_extent()
        assert extent.x0 >= 0, text.get_text()
        assert extent.x1 <= figure.bbox.width, text.get_text()
        assert extent.y0 >= 0, text.get_text()
        assert extent.y1 <= figure.bbox.height, text.get_text()


@every_picture
def test_title_and_source_stand_on_it_whole(picture: Picture) -> None:
    said = all_words(picture)
    assert said.startswith(re.sub(r"\s", "", picture.title))
    assert said.endswith(re.sub(r"\s", "", picture.source))


def test_the_same_figures_give_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    draw(BOARD, first)
    draw(BOARD, second)
    assert first.getvalue() == second.getvalue()


@pytest.mark.parametrize("picture", [CHART, BOARD])
def test_every_bar_has_its_whole_label_and_its_number(picture: BarChart | Board) -> None:
    said = all_words(picture)
    for bar in picture.bars:
        assert re.sub(r"\s", "", bar.label) in said
        assert f"{bar.value:,}".replace(",", "") in said
        assert f"{bar.earlier:,}".replace(",", "") in said


def test_every_cell_has_its_number_and_one_without_a_number_a_dash() -> None:
    said = words_of(laid_out(HEAT, PHONE))
    numbers = ["—" if value is None else f"{value:,}".replace(",", "\u00a0") for row in HEAT.values for value in row]
    assert [word for word in said if word in numbers] == numbers


@pytest.mark.parametrize("picture", EMPTY[:2])
def test_nothing_to_count_is_drawn_as_a_dash(picture: Picture) -> None:
    assert "—" in words_of(laid_out(picture, PHONE))


def test_what_the_title_speaks_of_is_told_by_more_than_a_colour() -> None:
    bars = (Bar(label="один", value=2, is_marked=True), Bar(label="другой", value=1))
    canvas = laid_out(BarChart(title="Т", bars=bars, source=SOURCE), PHONE)
    bold = {mark.text for mark in canvas.marks if isinstance(mark, Words) and mark.bold}
    assert "один" in bold
    assert "другой" not in bold
    assert {BLUE, VERMILION} <= colours(BarChart(title="Т", bars=bars, source=SOURCE))


def test_bars_are_as_long_as_their_numbers() -> None:
    bars = tuple(Bar(label="б", value=value) for value in (100, 50, 10))
    canvas = laid_out(BarChart(title="Т", bars=bars, source=SOURCE), PHONE)
    long, half, tenth = (mark.width for mark in canvas.marks if isinstance(mark, Box))
    assert (half / long, tenth / long) == pytest.approx((0.5, 0.1))


def test_letters_can_be_read_on_every_shade() -> None:
    row = tuple(range(8))
    heat = HeatMap(title="Т", rows=("р",), columns=tuple(map(str, row)), values=(row,), source=SOURCE)
    marks = laid_out(heat, PHONE).marks
    for below, above in pairwise(marks):
        if isinstance(below, Box) and isinstance(above, Words):
            assert _contrast(below.colour, above.colour) >= 4.5, (below.colour, above.text)


def test_signs_that_the_font_lacks_are_left_out() -> None:
    assert drawable("свет \U0001fae8\uff1dда\nи\tнет") == "свет да и нет"


def test_a_text_of_too_many_lines_ends_with_an_ellipsis() -> None:
    lines = wrapped("одно другое третье четвёртое", 60, 10, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_a_space_that_does_not_break_is_not_broken() -> None:
    assert wrapped("было 12\u00a0345", 50, 10) == ["было", "12\u00a0345"]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """As WCAG 2.1 has it."""
    linear = []
    for place in (1, 3, 5):
        channel = int(colour[place : place + 2], 16) / 255
        linear.append(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
