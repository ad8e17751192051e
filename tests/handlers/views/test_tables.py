"""Tables never grow wider than a phone, and no number of theirs is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presets.loading import load_preset, preset_keys
from handlers.views.tables import WIDTH, Row, table

NUMBERS = ("нов.", "повт.", "заверш.", "откр.", "проср.")


def lines(columns: list[str], rows: list[Row], corner: str = "") -> list[str]:
    text, _ = table(columns, rows, corner=corner).render()
    return text.split("\n")


def test_short_names_stand_beside_their_numbers_which_are_aligned_to_the_right() -> None:
    rows = [Row(name="новые", cells=["31", "+7"]), Row(name="просрочено", cells=["6", "−12"])]
    assert lines(["сейчас", "+/−"], rows, "Обращения") == [
        "Обращения  сейчас +/−",
        "новые          31  +7",
        "просрочено      6 −12",
    ]


def test_long_names_stand_above_their_numbers() -> None:
    assert lines(["сколько"], [Row(name="Дороги, ЖКХ, благоустройство и всё вокруг", cells=["31"])]) == [
        "сколько",
        "Дороги, ЖКХ, благоустройство",
        "и всё вокруг",
        "     31",
    ]


def test_wide_data_goes_into_several_tables() -> None:
    columns = ["просрочено", "повторные", "отложено", "завершены"]
    shown = lines(columns, [Row(name="Быт", cells=["1", "2", "3", "4"])])
    assert shown.count("") == 1
    assert shown.count("Быт") + sum(each.startswith("Быт ") for each in shown) == 2


def test_a_name_that_is_too_long_for_two_lines_is_cut_with_a_sign() -> None:
    assert any(each.endswith("…") for each in lines(["всего"], [Row(name="слово " * 40, cells=["1"])]))


@pytest.mark.parametrize("key", preset_keys())
def test_the_longest_titles_of_a_preset_fit(key: str) -> None:
    plan = load_preset(key)
    blocks, territories = (each.title for each in plan.blocks), (each.title for each in plan.territories)
    titles = [*blocks, *territories, *(each.title for each in plan.roles)]
    rows = [Row(name=f"{place}. {title}", cells=["12 345"] * 5) for place, title in enumerate(titles, 1)]
    assert max(map(len, lines(list(NUMBERS), rows, "Обращения"))) <= WIDTH


@given(
    names=st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=90), min_size=1),
    cells=st.lists(
        st.text("0123456789+−%, ()мало", min_size=1, max_size=12).map(lambda cell: cell.replace(" ", "\u00a0")),
        min_size=1,
        max_size=6,
    ),
)
def test_no_line_is_wider_than_a_phone_and_every_number_is_whole(names: list[str], cells: list[str]) -> None:
    shown = lines(["столбец"] * len(cells), [Row(name=name, cells=cells) for name in names])
    assert max(map(len, shown)) <= WIDTH
    for cell in cells:
        assert sum(line.count(cell.strip()) for line in shown) >= len(names)
