"""A rating: components, no share of too few, an order that can be said in words."""

import pytest

from risk.figures import Figure, Tally
from risk.ratings import Rate, in_rating_order, rate, rated


def tally(days: dict[int, int] | None = None, **counts: int) -> Tally:
    return Tally(figures={Figure[name.upper()]: count for name, count in counts.items()}, days=days or {})


@pytest.mark.parametrize(("of", "value"), [(4, None), (5, 0.5), (0, None)])
def test_no_share_is_given_of_fewer_than_the_minimum(of: int, value: float | None) -> None:
    assert rate(0.5, of, 5) == Rate(value=value, of=of)


def test_in_work_is_what_stands_open_and_what_was_finished() -> None:
    assert rated("roads", tally(open=4, finished=6), 5).in_work == 10


def test_what_stands_overdue_counts_as_not_in_time() -> None:
    assert rated("roads", tally(finished=6, late=1, overdue=4), 5).in_time == Rate(value=0.5, of=10)


def test_days_are_judged_by_the_number_finished_and_marks_by_the_number_given() -> None:
    one = rated("roads", tally({2: 3, 9: 1}, finished=4, marked=6, satisfied=3), 5)
    assert one.median_days == Rate(value=None, of=4)
    assert one.mean_days == Rate(value=None, of=4)
    assert one.satisfied == Rate(value=0.5, of=6)


def test_a_higher_share_in_time_goes_first_then_fewer_overdue_and_little_data_last() -> None:
    those = {
        "мало": tally(finished=2),
        "половина": tally(finished=10, late=5),
        "половина и просрочено": tally(finished=8, late=3, overdue=2),
        "всё": tally(finished=10),
        "ничего": tally(),
    }
    assert [each.key for each in in_rating_order(rated(key, those[key], 5) for key in those)] == [
        "всё",
        "половина",
        "половина и просрочено",
        "мало",
    ]
