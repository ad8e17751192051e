"""What is a name for papers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.entries import LONGEST_NAME, official_name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Иванова О. П.", "Иванова О. П."),
        ("Иванова О.П.", "Иванова О. П."),
        ("  Иванова   Ольга  Петровна ", "Иванова Ольга Петровна"),
        ("Римская-Корсакова А.", "Римская-Корсакова А."),
        ("Ёлкина Ё. Ё.", "Ёлкина Ё. Ё."),
        ("Smith J.", "Smith J."),
        ("Мамедов Эльдар Рашид-оглы", "Мамедов Эльдар Рашид-оглы"),
    ],
)
def test_a_surname_with_initials_or_names_is_a_name(typed: str, name: str) -> None:
    assert official_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Ольга",
        "иванова о. п.",
        "Иванова О. П., +7 900 000-00-00",
        "Иванова О. П. 8(900)",
        "добрый день",
        "Добрый день",
        "https://t.me/ivanova",
        "@ivanova",
        "Иванова\nО. П.; Петров И. И.",
        "И. О. Иванова",
        f"Иванова {'О' + 'о' * LONGEST_NAME}",
        "/start",
        "=СУММ(А1) О. П.",
    ],
)
def test_anything_else_is_none(typed: str) -> None:
    assert official_name(typed) is None


@given(st.text(max_size=120))
def test_a_name_is_one_short_line_of_letters_and_comes_back_as_itself(typed: str) -> None:
    name = official_name(typed)
    if name is not None:
        assert len(name) <= LONGEST_NAME
        assert not set(name) & set("\n0123456789@/:=+")
        assert official_name(name) == name
