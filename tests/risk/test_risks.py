"""Numbers of risks as they are written and as people type them; the deadline of verification."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.ids import LevelKey
from risk.risks import NumberAsked, RiskNumber, verification_deadline
from tests.support.offices import NOW, PLAN


@pytest.mark.parametrize(
    ("number", "written"),
    [((12, 2026), "ИР-12/26"), ((1, 2000), "ИР-1/00"), ((100_000, 2109), "ИР-100000/09")],
)
def test_a_number_is_written_with_two_digits_of_its_year(number: tuple[int, int], written: str) -> None:
    assert str(RiskNumber(serial=number[0], year=number[1])) == written


@pytest.mark.parametrize(
    ("typed", "serial", "year"),
    [
        ("12", 12, None),
        (" 12 ", 12, None),
        ("012", 12, None),
        ("ИР-12", 12, None),
        ("ир-12", 12, None),
        ("ИР 12", 12, None),
        ("ИР12", 12, None),
        ("12/26", 12, 2026),
        ("ИР-12/26", 12, 2026),
        ("ИР-12/2026", 12, 2026),
        ("12 / 26", 12, 2026),
        ("999999", 999_999, None),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, serial: int, year: int | None) -> None:
    assert NumberAsked.read(typed) == NumberAsked(serial=serial, year=year)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "двенадцать",
        "-12",
        "12/",
        "12/6",
        "12/026",
        "12 26",
        "№12",
        "1234567",
        "12/26/1",
        "12.5",
        "ИР",
        "١٢٣ а",
    ],
)
def test_anything_else_is_no_number(typed: str) -> None:
    assert NumberAsked.read(typed) is None


@given(st.builds(RiskNumber, serial=st.integers(1, 999_999), year=st.integers(2000, 2099)))
def test_a_written_number_reads_back_as_itself(number: RiskNumber) -> None:
    assert NumberAsked.read(str(number)) == NumberAsked(serial=number.serial, year=number.year)


@given(st.text())
def test_reading_takes_any_text(typed: str) -> None:
    asked = NumberAsked.read(typed)
    assert asked is None or asked.serial >= 0


@pytest.mark.parametrize(
    ("level", "due_at"),
    [
        ("low", datetime(2026, 11, 23, 7, 0, tzinfo=UTC)),
        ("medium", datetime(2026, 11, 20, 11, 0, tzinfo=UTC)),
        ("high", NOW + timedelta(hours=2)),
    ],
)
def test_the_deadline_of_verification_is_the_levels_own(level: str, due_at: datetime) -> None:
    assert verification_deadline(NOW, LevelKey(level), PLAN).due_at == due_at
