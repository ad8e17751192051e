"""Figures of risks, out of their rounds: each of them, stages of earlier moments, rounds that follow one another."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest

from risk.figures import OF_RISKS, Asked, Cut, Figure, Scope, asked_of
from risk.ids import BlockKey, LevelKey, PositionId, RiskId, TerritoryKey
from risk.periods import Period
from risk.ports import Unit
from risk.records import RecordKind
from risk.risk_figures import RiskStory, is_in, risks_tallies, risks_tally
from risk.risks import STATES_OF_STAGE, Risk, RiskNumber, RiskState, Stage, answer_deadline, verification_deadline
from risk.use_cases.reporting import stories_of, tally_of
from risk.workings import Answer, Ending, EndingKind, Finding, Outcome, Waiver, Working
from tests.risk.worked import puts, verified, watched
from tests.support.offices import NOW, PLAN, StaffedOffice

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
BY: Final = PositionId(5)
FILED: Final = datetime(2026, 11, 9, 7, tzinfo=NOW.tzinfo)
"""A Monday, 10:00 in Moscow."""


def risk(**known: Any) -> Risk:
    values: dict[str, Any] = {
        "id": RiskId(1),
        "number": RiskNumber(serial=1, year=2026),
        "state": RiskState.WATCHED,
        "round": 1,
        "gist": "Яма",
        "sources": (),
        "block": BlockKey("roads"),
        "level": LevelKey("medium"),
        "suggested_level": None,
        "territory": TerritoryKey("town"),
        "filed_by": BY,
        "filed_at": FILED,
        "verify_by": verification_deadline(FILED, LevelKey("medium"), PLAN).due_at,
    }
    return Risk(**values | known)


def a_round(**known: Any) -> Working:
    return Working(**{"risk": RiskId(1), "round": 1, "watcher": BY} | known)


def finding(at: datetime, outcome: Outcome = Outcome.CONFIRMED) -> Finding:
    return Finding(outcome=outcome, grounds="Акт", by=BY, at=at)


def answer(at: datetime) -> Answer:
    return Answer(text="Засыпали", platforms="сайт", drafted_by=BY, drafted_at=at, published_by=BY, published_at=at)


def ending(kind: EndingKind, at: datetime) -> Ending:
    return Ending(kind=kind, at=at, by=BY)


def week_of_it(stands_at: datetime) -> Asked:
    week = Period(first=date(2026, 11, 9), last=date(2026, 11, 15))
    return replace(asked_of(week, PLAN.calendar, now=stands_at), stands_at=stands_at)


def figures(*rounds: Working, at: datetime, of: Risk | None = None, asked: Asked | None = None) -> set[Figure]:
    story = RiskStory(risk=of or risk(), rounds=rounds)
    return set(story.figures(asked or week_of_it(at), PLAN))


WHOLE: Final = a_round(
    findings=(finding(FILED + HOUR, Outcome.UNCLEAR), finding(FILED + 2 * HOUR)),
    answer=answer(FILED + 3 * HOUR),
    ending=ending(EndingKind.CRITERIA, FILED + 2 * DAY),
)


@pytest.mark.parametrize(
    ("after", "stage"),
    [
        (timedelta(), Figure.RISKS_TO_VERIFY),
        (HOUR, Figure.RISKS_TO_VERIFY),
        (2 * HOUR, Figure.RISKS_TO_ANSWER),
        (3 * HOUR, Figure.RISKS_WATCHED),
        (DAY, Figure.RISKS_WATCHED),
    ],
)
def test_a_risk_stands_at_the_stage_that_it_was_in_then(after: timedelta, stage: Figure) -> None:
    """An unclear finding leaves it to be verified."""
    standing = figures(WHOLE, at=FILED + after) - {Figure.RISKS_OVERDUE}
    flows = {Figure.RISKS_NEW, Figure.RISKS_ANSWERED, Figure.RISKS_WORKED_OFF}
    assert standing - flows == {Figure.RISKS_OPEN, stage}


def test_a_risk_stands_nowhere_before_its_filing_and_after_its_end() -> None:
    story = RiskStory(risk=risk(), rounds=(WHOLE,))
    assert story.round_at(FILED - timedelta(seconds=1)) is None
    assert story.round_at(FILED + 2 * DAY) is None
    assert Figure.RISKS_OPEN not in figures(WHOLE, at=FILED - HOUR)
    assert Figure.RISKS_OPEN not in figures(WHOLE, at=FILED + 2 * DAY)


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        (EndingKind.CRITERIA, Figure.RISKS_WORKED_OFF),
        (EndingKind.OVERRIDE, Figure.RISKS_OVERRIDDEN),
        (EndingKind.NOT_A_RISK, Figure.RISKS_DISMISSED),
        (EndingKind.MERGED, Figure.RISKS_MERGED),
    ],
)
def test_each_ending_is_a_figure_of_its_own(kind: EndingKind, figure: Figure) -> None:
    closed = a_round(ending=ending(kind, FILED + HOUR))
    assert figures(closed, at=FILED + DAY) == {Figure.RISKS_NEW, figure}


def test_a_waived_answer_counts_as_answered() -> None:
    waived = a_round(findings=(finding(FILED),), waiver=Waiver(reason="Уже отвечали", by=BY, at=FILED + HOUR))
    assert figures(waived, at=FILED + DAY) == {
        Figure.RISKS_NEW,
        Figure.RISKS_ANSWERED,
        Figure.RISKS_OPEN,
        Figure.RISKS_WATCHED,
    }


def test_a_risk_that_spreads_again_is_returned_and_awaits_its_answer() -> None:
    again = FILED + DAY
    first = replace(WHOLE, ending=ending(EndingKind.RETURNED, again))
    second = a_round(round=2, begun_at=again, findings=first.findings)
    found = figures(first, second, at=again + HOUR, of=risk(round=2, state=RiskState.ANSWERING))
    assert found == {
        Figure.RISKS_NEW,
        Figure.RISKS_ANSWERED,
        Figure.RISKS_RETURNED,
        Figure.RISKS_OPEN,
        Figure.RISKS_TO_ANSWER,
    }


def test_a_reopened_risk_is_returned_and_was_closed_all_the_same() -> None:
    """And is verified anew: it begins with no finding."""
    closed = a_round(findings=(finding(FILED),), ending=ending(EndingKind.OVERRIDE, FILED + HOUR))
    again = a_round(round=2, begun_at=FILED + DAY)
    found = figures(closed, again, at=FILED + DAY, of=risk(round=2, state=RiskState.FILED, verify_by=FILED + 9 * DAY))
    assert found == {
        Figure.RISKS_NEW,
        Figure.RISKS_OVERRIDDEN,
        Figure.RISKS_RETURNED,
        Figure.RISKS_OPEN,
        Figure.RISKS_TO_VERIFY,
    }
    assert Figure.RISKS_OPEN not in figures(closed, again, at=FILED + 2 * HOUR, of=risk(round=2))


def test_a_risk_is_overdue_by_the_deadline_of_its_stage_alone() -> None:
    level = LevelKey("medium")
    verify_by, answer_by = (each(FILED, level, PLAN).due_at for each in (verification_deadline, answer_deadline))
    found = a_round(findings=(finding(verify_by),))
    assert Figure.RISKS_OVERDUE not in figures(a_round(), at=verify_by - timedelta(seconds=1))
    assert Figure.RISKS_OVERDUE in figures(a_round(), at=verify_by)
    assert Figure.RISKS_OVERDUE not in figures(found, at=answer_by - timedelta(seconds=1))
    assert Figure.RISKS_OVERDUE in figures(found, at=answer_by)
    assert Figure.RISKS_OVERDUE not in figures(replace(found, answer=answer(answer_by)), at=answer_by + DAY)


def test_what_happened_after_the_period_or_before_it_is_not_of_it() -> None:
    other = replace(week_of_it(FILED + 30 * DAY), period=Period(first=date(2026, 11, 16), last=date(2026, 11, 22)))
    assert figures(WHOLE, at=FILED, asked=other) == set()
    assert figures(WHOLE, at=FILED, asked=replace(other, period=other.period.next(-2))) == set()


def test_as_known_at_an_earlier_moment_nothing_later_has_happened() -> None:
    asked = replace(week_of_it(FILED + HOUR), known_at=FILED + HOUR)
    assert figures(WHOLE, at=FILED, asked=asked) == {Figure.RISKS_NEW, Figure.RISKS_OPEN, Figure.RISKS_TO_VERIFY}


def test_groups_by_block_and_territory_make_the_whole_and_other_cuts_have_no_risks() -> None:
    stories = [
        RiskStory(risk=risk(id=RiskId(1)), rounds=(WHOLE,)),
        RiskStory(risk=risk(id=RiskId(2), block=None, territory=None), rounds=(a_round(),)),
    ]
    asked = week_of_it(FILED + DAY)
    whole = risks_tally(stories, asked, PLAN)
    for cut in (Cut.BLOCK, Cut.TERRITORY):
        groups = risks_tallies(stories, asked, cut, PLAN)
        assert len(groups) == 2
        for figure in OF_RISKS:
            assert sum(each[figure] for each in groups.values()) == whole[figure]
    assert risks_tallies(stories, asked, Cut.CHANNEL, PLAN) == {}


def test_a_scope_takes_risks_by_block_and_territory_and_one_of_channels_none() -> None:
    roads, town = BlockKey("roads"), TerritoryKey("town")
    assert is_in(risk(), Scope(blocks=frozenset({roads}), territory=town))
    assert not is_in(risk(block=None), Scope(blocks=frozenset({roads})))
    assert not is_in(risk(), Scope(blocks=frozenset()))
    assert not is_in(risk(territory=None), Scope(territory=town))
    assert not is_in(risk(), Scope(topic="Дороги"))


async def test_nothing_that_counts_is_missed_by_reading(office: StaffedOffice) -> None:
    """Filed long before and open still; closed within the period; filed today, when the period was over yesterday."""
    long_ago = await office.filed("Старая яма", now=NOW - 60 * DAY)
    closed = await office.filed("Свалка", now=NOW - 60 * DAY)
    await puts(office, closed, RecordKind.OVERRIDE, "Решено куратором", by=office.head, now=NOW - DAY)
    today = await office.filed("Нет света")
    gone = await office.filed("Мусор", now=NOW - 60 * DAY)
    await puts(office, gone, RecordKind.OVERRIDE, "Решено куратором", by=office.head, now=NOW - 9 * DAY)
    yesterday = PLAN.calendar.local(NOW).date() - DAY
    asked = replace(asked_of(Period(first=yesterday, last=yesterday), PLAN.calendar, now=NOW), stands_at=NOW)
    async with office.view() as unit:
        stories = await stories_of(unit, asked)
        tally = await tally_of(unit, asked)
        none = await stories_of(unit, replace(asked, scope=Scope(topic="Дороги")))
    assert {each.risk.id for each in stories} == {long_ago.id, closed.id, today.id}
    assert dict(tally.figures) == {
        Figure.RISKS_OVERRIDDEN: 1,
        Figure.RISKS_OPEN: 2,
        Figure.RISKS_TO_VERIFY: 2,
        Figure.RISKS_OVERDUE: 1,
    }
    assert none == ()


async def test_what_stands_now_is_what_lists_of_risks_show(office: StaffedOffice) -> None:
    """Stage by stage, as the state of each says."""
    await office.filed("Первая")
    await verified(office, await office.filed("Вторая"))
    await watched(office, await office.filed("Третья"))
    for now in (NOW, NOW + 3 * DAY):
        asked = asked_of(Period(first=NOW.date(), last=now.date()), PLAN.calendar, now=now)
        async with office.view() as unit:
            tally = await tally_of(unit, asked)
            counts = {stage: await _count(unit, stage, now) for stage in Stage}
        assert counts == {
            Stage.VERIFICATION: tally[Figure.RISKS_TO_VERIFY],
            Stage.ANSWER: tally[Figure.RISKS_TO_ANSWER],
            Stage.REACTION: tally[Figure.RISKS_WATCHED],
            Stage.OVERDUE: tally[Figure.RISKS_OVERDUE],
        }


async def _count(unit: Unit, stage: Stage, now: datetime) -> int:
    overdue_at = now if stage is Stage.OVERDUE else None
    _, total = await unit.risks.open_page(offset=0, limit=1, states=STATES_OF_STAGE[stage], overdue_at=overdue_at)
    return int(total)
