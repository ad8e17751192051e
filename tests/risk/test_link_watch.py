"""When published links are probed, and what a probe or a person's look makes of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.ids import LevelKey, PositionId, RiskId
from risk.link_watch import awaits_a_person, is_cause_for_return, links_due, next_probe_at, probed, seen
from risk.probes import ProbeResult
from risk.risks import Risk, RiskNumber, RiskState
from risk.workings import Ending, EndingKind, Publication, Working
from tests.risk.worked import SITE, TITLE, probe, publication, working
from tests.support.offices import NOW

BY = PositionId(5)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
UNTELLING = [ProbeResult.FAILED, ProbeResult.BARRED, ProbeResult.FORBIDDEN]
WATCHED_ON = {EndingKind.CRITERIA: RiskState.WORKED_OFF, EndingKind.OVERRIDE: RiskState.OVERRIDDEN}
OVER = [EndingKind.NOT_A_RISK, EndingKind.MERGED, EndingKind.RETURNED]


def risk(state: RiskState = RiskState.WATCHED, *, number: int = 1) -> Risk:
    return Risk(
        id=RiskId(1),
        number=RiskNumber(serial=1, year=2026),
        state=state,
        round=number,
        gist="Нет воды",
        sources=(),
        block=None,
        level=LevelKey("medium"),
        suggested_level=None,
        territory=None,
        filed_by=BY,
        filed_at=NOW,
        verify_by=NOW,
    )


def page(link: str = SITE, **known: Any) -> Publication:
    return publication(BY, link=link, **known)


def reached(title: str = TITLE, *, at: datetime = NOW) -> Publication:
    return probed(page(), probe(at=at, title=title))


def round_with(*publications: Publication, ending: Ending | None = None) -> Working:
    return working(publications=publications, ending=ending)


def ended(kind: EndingKind, at: datetime = NOW) -> Ending:
    return Ending(kind=kind, at=at, by=BY)


def test_a_link_is_due_as_soon_as_it_is_there() -> None:
    assert next_probe_at(risk(), round_with(page())) == NOW


def test_while_the_risk_is_open_a_link_is_due_a_day_after_its_last_probe() -> None:
    assert next_probe_at(risk(), round_with(reached())) == NOW + DAY


@pytest.mark.parametrize("result", list(ProbeResult))
def test_whatever_was_found_it_is_looked_at_again(result: ProbeResult) -> None:
    assert next_probe_at(risk(), round_with(probed(page(), probe(result)))) == NOW + DAY


def test_of_several_links_the_first_one_due_counts_and_is_alone_due_then() -> None:
    early, late = reached(), probed(page("drugie.example/1"), probe(at=NOW + timedelta(hours=1)))
    both = round_with(late, early)
    assert next_probe_at(risk(), both) == NOW + DAY
    assert links_due(risk(), both, NOW + DAY) == [early]
    assert links_due(risk(), both, NOW + 2 * DAY) == [late, early]
    assert links_due(risk(), both, NOW + DAY - timedelta(seconds=1)) == []


@pytest.mark.parametrize(
    "link", ["vk.com/wall-2_9", "m.vk.com/wall-2_9", "ok.ru/a/1", "t.me/a/9", "max.ru/a", "t.me?a=1", ""]
)
def test_pages_of_platforms_and_links_whose_words_have_gone_are_never_due(link: str) -> None:
    assert next_probe_at(risk(), round_with(page(link))) is None
    assert links_due(risk(), round_with(page(link)), NOW + WEEK) == []


def test_without_links_nothing_is_due() -> None:
    assert next_probe_at(risk(), round_with()) is None


@pytest.mark.parametrize(("kind", "state"), WATCHED_ON.items())
def test_after_closure_a_link_is_due_weekly_for_sixty_days(kind: EndingKind, state: RiskState) -> None:
    closed = round_with(reached(), ending=ended(kind))
    assert next_probe_at(risk(state), closed) == NOW + WEEK
    for days, due in ((53, 60), (54, None)):
        last = round_with(reached(at=NOW + days * DAY), ending=ended(kind))
        assert next_probe_at(risk(state), last) == (None if due is None else NOW + due * DAY)


@pytest.mark.parametrize("kind", OVER)
def test_after_another_ending_no_link_is_due(kind: EndingKind) -> None:
    assert next_probe_at(risk(RiskState.MERGED), round_with(page(), ending=ended(kind))) is None


def test_a_round_that_the_risk_has_left_is_watched_no_more() -> None:
    over = round_with(page(), ending=ended(EndingKind.CRITERIA))
    assert next_probe_at(risk(RiskState.ANSWERING, number=2), over) is None


def test_a_closed_risk_that_does_not_say_how_it_ended_is_not_watched() -> None:
    assert next_probe_at(risk(RiskState.NOT_A_RISK), round_with(page())) is None


def test_a_page_that_is_gone_is_missing_since_it_was_first_found_so() -> None:
    gone = probed(reached(), probe(ProbeResult.GONE, NOW + DAY))
    assert gone.missing_since == NOW + DAY
    assert probed(gone, probe(ProbeResult.GONE, NOW + 2 * DAY)).missing_since == NOW + DAY


def test_a_page_that_is_reached_again_is_in_its_place() -> None:
    gone = probed(reached(), probe(ProbeResult.GONE, NOW + DAY))
    assert probed(gone, probe(at=NOW + 2 * DAY)).missing_since is None


@pytest.mark.parametrize("result", UNTELLING)
def test_what_cannot_be_told_says_neither_that_it_is_there_nor_that_it_is_not(result: ProbeResult) -> None:
    for before in (reached(), page(missing_since=NOW), page(seen_by=BY, seen_at=NOW)):
        after = probed(before, probe(result, NOW + DAY))
        assert (after.missing_since, after.seen_at, after.first) == (before.missing_since, before.seen_at, before.first)
        assert after.last == probe(result, NOW + DAY)
        assert not is_cause_for_return(before, after)


def test_the_first_page_that_was_reached_is_kept() -> None:
    later = probed(probed(page(), probe(ProbeResult.BARRED)), probe(at=NOW + DAY))
    assert later.first == probe(at=NOW + DAY)
    assert probed(later, probe(at=NOW + 2 * DAY)).first == probe(at=NOW + DAY)


def test_a_page_that_goes_is_a_cause_for_return_once() -> None:
    there = reached()
    gone = probed(there, probe(ProbeResult.GONE, NOW + DAY))
    assert is_cause_for_return(there, gone)
    assert not is_cause_for_return(gone, probed(gone, probe(ProbeResult.GONE, NOW + 2 * DAY)))


@pytest.mark.parametrize("found", [{"title": "Продам гараж"}, {"title": None}, {"final": "https://prodam.example/"}])
def test_a_page_that_changes_is_a_cause_for_return_once(found: dict[str, Any]) -> None:
    there = reached()
    changed = probed(there, probe(at=NOW + DAY, **found))
    assert changed.changed_since == NOW + DAY
    assert changed.missing_since is None
    assert is_cause_for_return(there, changed)
    barred = probed(changed, probe(ProbeResult.BARRED, NOW + 2 * DAY))
    still = probed(barred, probe(at=NOW + 3 * DAY, **found))
    assert not is_cause_for_return(changed, barred)
    assert not is_cause_for_return(barred, still)


def test_a_page_that_is_as_it_was_again_has_not_changed() -> None:
    changed = probed(reached(), probe(at=NOW + DAY, title="Обновляется"))
    assert probed(changed, probe(at=NOW + 2 * DAY)).changed_since is None


def test_after_a_person_has_looked_the_page_is_measured_by_what_they_saw() -> None:
    changed = probed(reached(), probe(at=NOW + DAY, title="Вода есть (обновлено)"))
    looked = seen(changed, BY, NOW + DAY)
    assert (looked.changed_since, looked.first) == (None, changed.last)
    assert probed(looked, probe(at=NOW + 2 * DAY, title="Вода есть (обновлено)")).changed_since is None
    assert probed(looked, probe(at=NOW + 2 * DAY)).changed_since == NOW + 2 * DAY


def test_what_a_person_saw_while_the_machine_could_not_look_is_what_it_finds_next() -> None:
    changed = probed(reached(), probe(at=NOW + DAY, title="Вода есть (обновлено)"))
    looked = seen(probed(changed, probe(ProbeResult.BARRED, NOW + 2 * DAY)), BY, NOW + 2 * DAY)
    found = probed(looked, probe(at=NOW + 3 * DAY, title="Вода есть (обновлено)"))
    assert (found.changed_since, found.first) == (None, found.last)


def test_a_person_who_has_looked_brings_a_missing_page_back() -> None:
    looked = seen(page(missing_since=NOW), BY, NOW + DAY)
    assert (looked.seen_by, looked.seen_at, looked.missing_since) == (BY, NOW + DAY, None)


@pytest.mark.parametrize("result", UNTELLING)
def test_a_person_is_waited_for_where_the_machine_cannot_tell_until_they_have_looked(result: ProbeResult) -> None:
    barred = probed(page(), probe(result))
    assert awaits_a_person(barred)
    looked = seen(barred, BY, NOW)
    assert not awaits_a_person(looked)
    assert awaits_a_person(probed(looked, probe(result, NOW + DAY)))


def test_nobody_is_waited_for_where_the_machine_can_tell_or_never_looks() -> None:
    assert not awaits_a_person(page("vk.com/wall-2_9"))
    assert not awaits_a_person(page())
    assert not awaits_a_person(reached())
    assert not awaits_a_person(probed(reached(), probe(ProbeResult.GONE, NOW + DAY)))
    assert awaits_a_person(probed(reached(), probe(at=NOW + DAY, title="Продам гараж")))


@given(results=st.lists(st.sampled_from(list(ProbeResult)), min_size=1), closed_after=st.none() | st.integers(0, 90))
def test_however_it_goes_the_next_probe_lies_ahead_of_the_last(
    results: list[ProbeResult], closed_after: int | None
) -> None:
    looked_at = page()
    for day, result in enumerate(results):
        looked_at = probed(looked_at, probe(result, NOW + day * DAY))
    assert looked_at.last is not None
    ending = None if closed_after is None else ended(EndingKind.CRITERIA, NOW + closed_after * DAY)
    state = RiskState.WATCHED if ending is None else RiskState.WORKED_OFF
    due = next_probe_at(risk(state), round_with(looked_at, ending=ending))
    assert due is None or due > looked_at.last.at
    assert due is None or links_due(risk(state), round_with(looked_at, ending=ending), due)


def test_the_same_link_given_again_keeps_its_place_among_the_others() -> None:
    first, second = page(), page("drugie.example/1")
    again = page(seen_by=BY)
    assert round_with(first, second).with_publication(again).publications == (again, second)
    third = page("tretyi.example/1")
    assert round_with(first, second).with_publication(third).publications == (first, second, third)
