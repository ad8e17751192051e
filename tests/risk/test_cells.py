"""Reading one cell: the exports' own ways of writing, and what is refused."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.cells import CellUnfit, Wrong, duration_of, key_of, moment_of, number_of, text_of, words_of, yes_no_of
from risk.sheets import Cell, CellKind, kind_of

at = datetime.fromisoformat
"""A moment of local clocks: cells know no zone."""


def refused(read: Callable[[Cell], object], cell: Cell) -> Wrong:
    with pytest.raises(CellUnfit) as unfit:
        read(cell)
    assert str(cell) not in str(unfit.value)
    return unfit.value.wrong


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (6100013.0, "6100013"),
        (6100013, "6100013"),
        ("6100013.0", "6100013"),
        ("6100013,00", "6100013"),
        ("'6100013", "6100013"),
        (" 6 100 013 ", "6100013"),
        ("6\u00a0100\u00a0013", "6100013"),
        ("ВО-12/26", "ВО-12/26"),
        ("0007", "0007"),
    ],
)
def test_a_number_is_text_without_what_sheets_make_of_it(cell: Cell, number: str) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("6,1E+06", Wrong.ROUNDED),
        (1e20, Wrong.ROUNDED),
        (float("inf"), Wrong.ROUNDED),
        (float("nan"), Wrong.NOT_A_NUMBER),
        (-5.0, Wrong.NOT_A_NUMBER),
        (5.5, Wrong.NOT_A_NUMBER),
        (True, Wrong.NOT_A_NUMBER),
        (date(2026, 11, 6), Wrong.NOT_A_NUMBER),
        (timedelta(1), Wrong.NOT_A_NUMBER),
        ("id545002", Wrong.NOT_A_NUMBER),
        ("Итого", Wrong.NOT_A_NUMBER),
        ("нет воды на улице 5", Wrong.NOT_A_NUMBER),
        ("-", Wrong.MISSING),
        (None, Wrong.MISSING),
    ],
)
def test_what_is_no_number_of_an_appeal_is_refused(cell: Cell, wrong: Wrong) -> None:
    assert refused(number_of, cell) is wrong


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-11-07 09:20:47", at("2026-11-07 09:20:47")),
        ("2026-11-07T09:20:47", at("2026-11-07 09:20:47")),
        ("'2026-11-07", date(2026, 11, 7)),
        ("07.11.2026", date(2026, 11, 7)),
        ("7.11.2026 9:20", at("2026-11-07 09:20:00")),
        ("20.11.2026 09:00:05", at("2026-11-20 09:00:05")),
        (at("2026-11-07 09:00:00"), at("2026-11-07 09:00:00")),
        (date(2026, 11, 7), date(2026, 11, 7)),
        ("-", None),
        ("'", None),
        ("", None),
        (None, None),
    ],
)
def test_a_moment_comes_in_each_of_the_exports_forms(cell: Cell, moment: datetime | date | None) -> None:
    assert moment_of(cell) == moment


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("01.01.1900", Wrong.DATE_BEYOND),
        ("1900-01-01 00:00:00", Wrong.DATE_BEYOND),
        (date(1900, 1, 1), Wrong.DATE_BEYOND),
        (at("9999-12-31 23:00:00"), Wrong.DATE_BEYOND),
        ("31.12.9999", Wrong.DATE_BEYOND),
        ("31.02.2026", Wrong.NOT_A_DATE),
        ("2026-13-01 00:00:00", Wrong.NOT_A_DATE),
        ("07.11.2026 25:00", Wrong.NOT_A_DATE),
        ("07.11.26", Wrong.NOT_A_DATE),
        ("завтра", Wrong.NOT_A_DATE),
        (46000.0, Wrong.NOT_A_DATE),
        (True, Wrong.NOT_A_DATE),
        (timedelta(1), Wrong.NOT_A_DATE),
    ],
)
def test_what_is_no_date_or_far_from_our_days_is_refused(cell: Cell, wrong: Wrong) -> None:
    assert refused(moment_of, cell) is wrong


@pytest.mark.parametrize(
    ("cell", "duration"),
    [
        ("1:11:00", timedelta(hours=1, minutes=11)),
        ("4 days, 13:57:57.384000", timedelta(days=4, hours=13, minutes=57, seconds=57, microseconds=384000)),
        ("1 day, 6:29:04.090000", timedelta(days=1, hours=6, minutes=29, seconds=4, microseconds=90000)),
        ("30:05:00", timedelta(hours=30, minutes=5)),
        ("0:42", timedelta(minutes=42)),
        (timedelta(hours=30), timedelta(hours=30)),
        (0.5, timedelta(hours=12)),
        ("-", None),
        (None, None),
    ],
)
def test_a_duration_comes_in_each_of_the_exports_forms(cell: Cell, duration: timedelta | None) -> None:
    assert duration_of(cell) == duration


@given(st.timedeltas(timedelta(), timedelta(days=3000)))
def test_a_duration_as_python_writes_it_is_read_back(duration: timedelta) -> None:
    assert duration_of(str(duration)) == duration


@pytest.mark.parametrize(
    "cell", ["-1 day, 23:59:59", "час", "1:75:00", "99999 days, 0:00:00", timedelta(-1), 1e9, True]
)
def test_what_is_no_duration_is_refused(cell: Cell) -> None:
    assert refused(duration_of, cell) is Wrong.NOT_A_DURATION


def test_yes_and_no_are_words_or_the_sheets_own_and_a_dash_is_neither() -> None:
    assert [yes_no_of(cell) for cell in ("Да", "нет", True, False, "-", None)] == [True, False, True, False, None, None]
    assert refused(yes_no_of, "Возможно") is Wrong.NOT_YES_NO


def test_words_lose_the_stray_apostrophe_and_the_names_behind_links() -> None:
    assert words_of("'Ямы  и\nвыбоины ") == "Ямы и выбоины"
    assert words_of("[id703831|Выдуманов Пётр]") == "[имя скрыто]"
    assert words_of(12.0) == "12"
    assert words_of("—") is None


def test_a_text_that_slipped_into_a_column_of_words_is_refused() -> None:
    assert refused(words_of, "Здравствуйте, третий день нет воды. " * 10) is Wrong.TOO_LONG


@given(st.text())
def test_text_of_any_cell_is_one_line(text: str) -> None:
    assert "\n" not in text_of(text)


def test_headers_are_equal_whatever_their_case_spaces_marks_and_dots_over_the_e() -> None:
    assert key_of("Уложились или нет после назн. ПИ") == key_of(" уложились  ИЛИ нет\nпосле НАЗН ПИ:")
    assert key_of("Населённый\u00a0пункт") == key_of("НАСЕЛЕННЫЙ ПУНКТ")
    assert key_of("Тема") != key_of("Группа тем")


def test_of_a_cell_its_kind_may_be_told() -> None:
    cells: tuple[Cell, ...] = (None, "", "а", True, 1, 1.5, date(2026, 1, 1), at("2026-01-01 00:00:00"), timedelta(1))
    kinds = [kind_of(cell) for cell in cells]
    assert kinds == [
        CellKind.EMPTY,
        CellKind.EMPTY,
        CellKind.TEXT,
        CellKind.YES_NO,
        CellKind.NUMBER,
        CellKind.NUMBER,
        CellKind.DATE,
        CellKind.DATE,
        CellKind.DURATION,
    ]
