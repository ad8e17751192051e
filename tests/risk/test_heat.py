"""A heat map as numbers: it adds up whatever is left out, and says what is hottest and what has grown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.figures import GroupKey
from risk.heat import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_WEEKS,
    Counted,
    Rest,
    WeekGrowth,
    growth,
    heat_of_territories,
    heat_of_weeks,
    hottest,
    weeks_of,
)
from risk.periods import Period

NOVEMBER = Period(first=date(2026, 11, 1), last=date(2026, 11, 30))
WEEKS = [date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]
LAST = date(2026, 11, 30)

keys = st.one_of(st.none(), st.integers(0, 15).map(str))


def test_rows_and_columns_fall_by_their_totals_and_the_unnamed_come_last() -> None:
    heat = heat_of_territories({("дороги", "a"): 2, ("свет", "b"): 5, (None, "b"): 9, ("дороги", None): 1})
    assert heat.rows == ("свет", "дороги", None)
    assert heat.columns == ("b", "a", None)
    assert heat.counts == ((5, 0, 0), (0, 2, 1), (9, 0, 0))


def test_what_is_left_out_stands_in_the_rest() -> None:
    heat = heat_of_territories({(f"тема {number:02}", "a"): 100 - number for number in range(MOST_ROWS + 2)})
    assert heat.rows[-1] is Rest.REST
    assert len(heat.rows) == MOST_ROWS + 1
    assert heat.counts[-1] == (100 - MOST_ROWS + 100 - MOST_ROWS - 1,)


def test_one_alone_is_named_rather_than_left_to_the_rest() -> None:
    heat = heat_of_territories({("тема", f"место {number}"): 1 for number in range(MOST_COLUMNS + 1)})
    assert Rest.REST not in heat.columns
    assert len(heat.columns) == MOST_COLUMNS + 1


@given(st.dictionaries(st.tuples(keys, keys), st.integers(1, 50)))
def test_a_map_counts_every_appeal_once(counted: dict[tuple[GroupKey, GroupKey], int]) -> None:
    heat = heat_of_territories(counted)
    assert heat.total == sum(counted.values())
    assert len(heat.rows) <= MOST_ROWS + 2
    assert len(heat.columns) <= MOST_COLUMNS + 2


def test_weeks_stand_in_their_order_and_one_without_anything_too() -> None:
    heat = heat_of_weeks({("дороги", WEEKS[0]): 1, ("дороги", WEEKS[3]): 2}, NOVEMBER, week_begins=0)
    assert heat.columns == (*WEEKS, LAST)
    assert heat.counts == ((1, 0, 0, 2, 0, 0),)


@pytest.mark.parametrize(("week_begins", "first"), [(0, date(2026, 10, 26)), (6, date(2026, 11, 1))])
def test_weeks_are_the_offices_own(week_begins: int, first: date) -> None:
    assert weeks_of(NOVEMBER, week_begins)[0] == first


def test_of_a_long_period_the_last_weeks_are_shown_and_what_was_before_together() -> None:
    year = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
    weeks = weeks_of(year, 0)
    heat = heat_of_weeks({("дороги", week): 1 for week in weeks}, year, week_begins=0)
    assert heat.columns == (Rest.REST, *weeks[-MOST_WEEKS:])
    assert heat.counts == ((len(weeks) - MOST_WEEKS, *([1] * MOST_WEEKS)),)


def test_without_appeals_there_is_no_map() -> None:
    for heat in (heat_of_territories({}), heat_of_weeks({}, NOVEMBER, week_begins=0)):
        assert (heat.rows, heat.columns, heat.total, hottest(heat)) == ((), (), 0, None)


def test_the_hottest_is_the_most_of_what_has_a_name() -> None:
    heat = heat_of_territories({(None, "a"): 99, ("дороги", None): 50, ("дороги", "a"): 3, ("свет", "b"): 4})
    cell = hottest(heat)
    assert cell is not None
    assert (heat.rows[cell[0]], heat.columns[cell[1]]) == ("свет", "b")


def test_nothing_with_a_name_is_hottest_of_nothing() -> None:
    assert hottest(heat_of_territories({(None, "a"): 9})) is None


@pytest.mark.parametrize(
    ("earlier", "now", "grew"),
    [(4, 12, True), (0, 3, True), (0, 2, False), (20, 24, False), (20, 25, True), (12, 4, False)],
)
def test_growth_is_by_a_quarter_and_by_three_or_it_is_none(earlier: int, now: int, grew: bool) -> None:
    counted: Counted = {("дороги", WEEKS[2]): earlier, ("дороги", WEEKS[3]): now}
    period = NOVEMBER.until(date(2026, 11, 22))
    found = growth(heat_of_weeks(counted, period, week_begins=0), period)
    assert found == (WeekGrowth(row=0, column=3, now=now, earlier=earlier) if grew else None)


def test_a_week_cut_short_proves_nothing() -> None:
    counted: Counted = {("дороги", WEEKS[3]): 1, ("дороги", WEEKS[4]): 50}
    heat = heat_of_weeks(counted, NOVEMBER, week_begins=0)
    assert growth(heat, NOVEMBER.until(date(2026, 11, 28))) is None
    assert growth(heat, NOVEMBER.until(date(2026, 11, 29))) is not None


def test_the_greatest_growth_is_told_of() -> None:
    counted: Counted = {
        ("дороги", WEEKS[2]): 100,
        ("дороги", WEEKS[3]): 130,
        ("свет", WEEKS[3]): 40,
        (None, WEEKS[3]): 90,
    }
    period = NOVEMBER.until(date(2026, 11, 22))
    heat = heat_of_weeks(counted, period, week_begins=0)
    found = growth(heat, period)
    assert found is not None
    assert heat.rows[found.row] == "свет"
