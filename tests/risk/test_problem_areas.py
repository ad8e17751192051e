"""Which topics are problem areas, in which order, and what is said of why."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from risk.figures import Cut, Figure, GroupKey, Tally, asked_of
from risk.ids import BlockKey
from risk.periods import Period
from risk.problem_areas import Cause, Growth, areas_of, block_of, causes_of, growth_of
from risk.reports import Group
from risk.risk_figures import RiskStory
from risk.workings import Recurrence, Working
from tests.handlers.builders import FRIDAY_AFTERNOON, ROADS, SATURDAY, SOCIAL, calendar, risk

WEEK = Period(first=(SATURDAY - timedelta(days=5)).date(), last=SATURDAY.date())
ASKED = asked_of(WEEK, calendar(), now=SATURDAY)


def group(key: str | None, before: int = 0, **counts: int) -> Group:
    now = {Figure[name.upper()]: count for name, count in counts.items()}
    return Group(key=key, tally=Tally(figures=now), before=Tally(figures={Figure.NEW: before}))


def names(*groups: Group) -> list[str | None]:
    return [each.topic for each in areas_of(groups).found]


def test_more_overdue_goes_before_more_repeated_and_that_before_more_growth() -> None:
    assert names(
        group("растёт", before=2, new=12),
        group("повторяется", before=9, new=9, repeated=3),
        group("просрочено", before=9, new=9, overdue=1),
        group("растёт больше", before=2, new=13),
    ) == ["просрочено", "повторяется", "растёт больше", "растёт"]


def test_a_topic_without_trouble_is_no_problem_area() -> None:
    assert names(group("тихо", before=10, new=11), group("стихает", before=20, new=5)) == []


@pytest.mark.parametrize(("before", "new", "is_one"), [(8, 10, False), (8, 11, True), (100, 110, False), (0, 3, True)])
def test_growth_counts_by_a_quarter_and_by_three(before: int, new: int, is_one: bool) -> None:
    assert bool(names(group("тема", before=before, new=new))) is is_one


def test_an_area_of_too_few_is_left_out_and_counted() -> None:
    areas = areas_of([group("мало", new=2, overdue=1), group("старое", open=3, overdue=3), group("тихо", new=1)])
    assert [each.topic for each in areas.found] == ["старое"]
    assert areas.too_small == 1


def crossed(**counts: int) -> Mapping[tuple[GroupKey, GroupKey], int]:
    return {("Снег", key): count for key, count in counts.items()}


def test_growth_sits_where_most_was_added_and_nowhere_when_nothing_was() -> None:
    now, before = crossed(north=9, south=6), crossed(north=8, south=1)
    assert growth_of("Снег", Cut.TERRITORY, now, before) == Growth(cut=Cut.TERRITORY, key="south", more=5)
    assert growth_of("Снег", Cut.TERRITORY, before, now) is None
    assert growth_of("Мусор", Cut.TERRITORY, now, before) is None


def test_what_has_no_place_is_no_place_where_it_grows() -> None:
    assert growth_of("Снег", Cut.TERRITORY, {("Снег", None): 9}, {}) is None


def test_the_block_of_a_topic_is_that_of_most_of_its_appeals() -> None:
    assert block_of("Снег", crossed(roads=3, social=1)) == BlockKey("roads")
    assert block_of("Снег", {("Снег", None): 3}) is None


def story(*, block: BlockKey = ROADS, cause: str = "Прорвало трубу снова", days_ago: int = 1) -> RiskStory:
    at = FRIDAY_AFTERNOON - timedelta(days=days_ago)
    shown = risk(block=block)
    recurrence = Recurrence(cause=cause, forecast="", by=shown.filed_by, at=at)
    return RiskStory(
        risk=shown, rounds=[Working(risk=shown.id, round=1, watcher=shown.filed_by, recurrence=recurrence)]
    )


def test_causes_are_those_written_in_the_period_of_risks_of_that_block() -> None:
    stories = [story(), story(block=SOCIAL), story(days_ago=30), story(cause="")]
    assert causes_of(ROADS, stories, ASKED) == (Cause(risk=stories[0].risk.number, words="Прорвало трубу снова"),)
    assert causes_of(None, stories, ASKED) == ()
