"""Figures of spread, in the ways in which people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.reach import reach_facts, reach_in, read_reach
from risk.workings import Reach


def reach(views: int | None = None, reposts: int | None = None, comments: int | None = None) -> Reach:
    return Reach(views=views, reposts=reposts, comments=comments)


SPELLINGS = {
    "просмотров 1200, репостов 30, комментариев 5": reach(1200, 30, 5),
    "Просмотров 1200, репостов 30": reach(1200, 30),
    "просмотров: 1200; репостов: 30; комментариев: 5": reach(1200, 30, 5),
    "просмотры - 1200\nрепосты - 30\nкомментарии - 5": reach(1200, 30, 5),
    "1200 просмотров, 30 репостов и 5 комментариев": reach(1200, 30, 5),
    "1200 просмотров 30 репостов 5 комментариев": reach(1200, 30, 5),
    "просмотров 1200 репостов 30 комментариев 5": reach(1200, 30, 5),
    "репостов 30, просмотров 1200": reach(1200, 30),
    "комментариев 5": reach(comments=5),
    "5 комментов": reach(comments=5),
    "поделились 12": reach(reposts=12),
    "охват 5000": reach(5000),
    "увидели 800 человек": reach(800),
    "1200": reach(1200),
    "1200, 30, 5": reach(1200, 30, 5),
    "1200 30 5": reach(1200, 30, 5),
    "1200,30,5": reach(1200, 30, 5),
    "1200; 30; 5": reach(1200, 30, 5),
    "1200\n30\n5": reach(1200, 30, 5),
    "1 200": reach(1200),
    "1 200, 30": reach(1200, 30),
    "просмотров 1 200, репостов 30": reach(1200, 30),
    "просмотров 1\u00a0200\u00a0300": reach(1_200_300),
    "1,2 тыс. просмотров": reach(1200),
    "1.2к просмотров, 30 репостов": reach(1200, 30),
    "просмотров 1,2К": reach(1200),
    "12 тыс": reach(12_000),
    "2,5 млн просмотров, 3 тыс репостов": reach(2_500_000, 3000),
    "просмотров 1.2K, комментариев 0": reach(1200, None, 0),
    "просмотров 0": reach(0),
    "500 120 30": reach(500, 120, 30),
    "1200, репостов 30": reach(1200, 30),
    "просмотров 1,25 тыс": reach(1250),
    "1200 к вечеру": reach(1200),
    "просмотров 10, просмотров 20": reach(10),
}


@pytest.mark.parametrize("typed", SPELLINGS)
def test_figures_are_read_as_they_are_typed(typed: str) -> None:
    assert read_reach(typed) == SPELLINGS[typed]


@pytest.mark.parametrize(
    "typed", ["", "нет", "много", "просмотров много", "не видно", "none", "9999999999", "5000 млн"]
)
def test_what_holds_no_figure_or_one_beyond_belief_is_not_read(typed: str) -> None:
    assert read_reach(typed) is None


@given(st.text())
def test_whatever_is_typed_is_read_or_not(typed: str) -> None:
    read_reach(typed)


@given(
    st.integers(min_value=0, max_value=10**9),
    st.integers(min_value=0, max_value=10**6),
    st.integers(min_value=0, max_value=10**6),
)
def test_what_is_written_as_it_was_asked_is_read_as_it_was_meant(views: int, reposts: int, comments: int) -> None:
    typed = f"просмотров {views}, репостов {reposts}, комментариев {comments}"
    assert read_reach(typed) == reach(views, reposts, comments)


@pytest.mark.parametrize("figures", [reach(1200, 30, 5), reach(reposts=0), reach(views=1)])
def test_history_gives_back_the_figures_it_was_told(figures: Reach) -> None:
    facts = reach_facts(figures)
    assert reach_in({"level": "high", **facts}) == figures
    assert None not in facts.values()


def test_where_nobody_gave_figures_history_has_none() -> None:
    assert (reach_facts(None), reach_in({"reaction": "none", "spread": "still"})) == ({}, None)
