"""How files are named, and what becomes of one in each state of its import."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.imports import LONGEST_FILE_NAME, is_sheet_named, told_name
from risk.units import units


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ноябрь.xlsx", "ноябрь.xlsx"),
        ("звонил +7 921 555-01-23.csv", "звонил [номер скрыт].csv"),
        ("две\nстроки\t.csv", "две строки .csv"),
        ("без окончания", "без окончания"),
        (".xlsx", ".xlsx"),
        ("вер. 2 от 20", "вер. 2 от 20"),
    ],
)
def test_a_name_is_told_in_one_line_without_what_leads_to_a_person(name: str, told: str) -> None:
    assert told_name(name) == told


def test_a_long_name_is_cut_before_its_ending() -> None:
    told = told_name("н" * 300 + ".xlsx")
    assert units(told) <= LONGEST_FILE_NAME + len(".xlsx")
    assert told.endswith("….xlsx")


@given(st.text(st.characters(), max_size=200))
def test_a_told_name_is_told_as_it_is_whatever_it_was(name: str) -> None:
    told = told_name(name)
    assert told_name(told) == told
    assert "\n" not in told
    told.encode()


@given(st.text(max_size=80), st.sampled_from(["xlsx", "XLSX", "csv"]))
def test_a_sheet_is_known_by_its_told_name_too(stem: str, ending: str) -> None:
    name = f"{stem}.{ending}"
    assert not is_sheet_named(name) or is_sheet_named(told_name(name))


@pytest.mark.parametrize("name", ["a.xlsx", "A.XLS", "a.b.csv", "a.ods", "a.zip"])
def test_sheets_are_known_by_their_endings(name: str) -> None:
    assert is_sheet_named(name)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "xlsx", ".csv", "", "a.jpg"])
def test_anything_else_belongs_to_what_is_told_with_it(name: str) -> None:
    assert not is_sheet_named(name)
