"""A month to choose a day from."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.callbacks.rota import AbsenceDays, Blank
from handlers.keyboards.buttons import Row
from handlers.keyboards.dates import MonthGrid, month_number, month_rows
from risk.ids import OfficeId, PersonId

OFFICE = OfficeId(3)
FRIDAY = date(2026, 11, 20)
NOTHING = Blank(office=OFFICE).pack()

days = st.dates(date(2024, 1, 1), date(2099, 12, 31))


def rows(shown: date, earliest: date = FRIDAY, latest: date = date(2027, 11, 21), today: date = FRIDAY) -> list[Row]:
    grid = MonthGrid(office=OFFICE, shown=month_number(shown), earliest=earliest, latest=latest, today=today)
    return month_rows(grid, chosen=_day, turned=_month)


def _day(number: int) -> AbsenceDays:
    return AbsenceDays(office=OFFICE, person=PersonId(5), first=number, month=None)


def _month(number: int) -> AbsenceDays:
    return AbsenceDays(office=OFFICE, person=PersonId(5), first=None, month=number)


def titles(shown: list[Row]) -> list[list[str]]:
    return [[button.text for button in row] for row in shown]


def led_to(shown: list[Row]) -> list[AbsenceDays]:
    data = [button.callback_data or "" for row in shown for button in row]
    return [AbsenceDays.unpack(each) for each in data if each != NOTHING]


def test_a_month_begins_with_monday_and_marks_today() -> None:
    assert titles(rows(FRIDAY)) == [
        ["·", "ноябрь 2026", "›"],
        ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
        ["·"] * 7,
        ["·"] * 7,
        ["·"] * 7,
        ["·", "·", "·", "·", "[20]", "21", "22"],
        ["23", "24", "25", "26", "27", "28", "29"],
        ["30", "·", "·", "·", "·", "·", "·"],
    ]


@pytest.mark.parametrize(
    ("shown", "ways"),
    [
        (date(2026, 11, 1), ["·", "›"]),
        (date(2026, 12, 1), ["‹", "›"]),
        (date(2027, 11, 1), ["‹", "·"]),
    ],
)
def test_months_lead_no_further_than_days_may_be_chosen(shown: date, ways: list[str]) -> None:
    back, _, forth = titles(rows(shown))[0]
    assert [back, forth] == ways


def test_the_turn_of_the_year_is_one_step() -> None:
    december, january = date(2026, 12, 1), date(2027, 1, 1)
    assert month_number(january) == month_number(december) + 1
    assert titles(rows(january))[0][1] == "январь 2027"


@given(shown=days, earliest=days, length=st.integers(0, 400))
def test_exactly_the_allowed_days_of_the_month_can_be_pressed(shown: date, earliest: date, length: int) -> None:
    latest = earliest + timedelta(days=length)
    grid = rows(shown, earliest, latest, today=earliest)
    pressed = [date.fromordinal(each.first) for each in led_to(grid) if each.first is not None]
    first = shown.replace(day=1)
    month = [first + timedelta(days=ahead) for ahead in range(31)]
    assert pressed == [day for day in month if day.month == shown.month and earliest <= day <= latest]
    assert all(len(row) == 7 for row in grid[1:])
    assert sum(map(len, grid)) <= 100
