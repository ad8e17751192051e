"""What a memo tells of risks: which of them, which answer, which measures; as things stood at its last moment."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from risk.figures import Asked, Figure, asked_of
from risk.ids import BlockKey, LevelKey, PositionId, RiskId
from risk.memo_work import causes_told, measures_planned, measures_taken, risks_told, round_of
from risk.offices import OfficePlan, PublicationKind
from risk.periods import PeriodKind, period_of
from risk.risk_figures import RiskStory
from risk.risks import Risk, RiskNumber, RiskState
from risk.workings import Answer, Ending, EndingKind, Measure, Publication, Recurrence, Waiver, Working
from tests.risk.plans import plan

PLAN: Final[OfficePlan] = plan()
BY: Final = PositionId(5)
WEEK: Final = period_of(PeriodKind.WEEK, date(2026, 11, 18))
MONDAY_AFTER: Final = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATE: Final = timedelta(days=30)


def at(day: int, hour: int = 9) -> datetime:
    """Of November 2026, in UTC; noon in the office."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def asked(now: datetime = MONDAY_AFTER) -> Asked:
    return asked_of(WEEK, PLAN.calendar, now=now)


def risk(**known: Any) -> Risk:
    stands: dict[str, Any] = {
        "id": RiskId(1),
        "number": RiskNumber(serial=1, year=2026),
        "state": RiskState.WATCHED,
        "round": 1,
        "gist": "Нет воды",
        "sources": (),
        "block": BlockKey("roads"),
        "level": LevelKey("low"),
        "suggested_level": None,
        "territory": None,
        "filed_by": BY,
        "filed_at": at(17),
        "verify_by": at(17) + LATE,
        "answer_by": at(17) + LATE,
    }
    return Risk(**stands | known)


def story(*rounds: Working, **known: Any) -> RiskStory:
    return RiskStory(risk=risk(round=len(rounds) or 1, **known), rounds=rounds or (working(),))


def working(number: int = 1, **known: Any) -> Working:
    return Working(risk=RiskId(1), round=number, watcher=BY, **known)


def answer(text: str, published: datetime | None) -> Answer:
    return Answer(text=text, platforms="сайт", drafted_by=BY, drafted_at=at(17), published_at=published)


def measure(what: str = "Подвоз воды", until: int = 25, taken: datetime | None = None) -> Measure:
    return Measure(what=what, position=BY, until=date(2026, 11, until), taken_at=taken)


def publication(link: str, added: datetime) -> Publication:
    return Publication(link=link, kind=PublicationKind.BODY_PAGE, added_by=BY, added_at=added)


def test_every_risk_that_a_figure_counts_is_told_in_the_order_of_numbers() -> None:
    second = story(number=RiskNumber(serial=2, year=2026), filed_at=at(16))
    first_of_next_year = story(number=RiskNumber(serial=1, year=2027))
    told = risks_told([first_of_next_year, second, story()], asked(), PLAN)
    assert [str(each.number) for each in told] == ["ИР-1/26", "ИР-2/26", "ИР-1/27"]
    assert all(Figure.RISKS_NEW in each.figures for each in told)


def test_a_risk_that_was_closed_before_the_period_is_not_told() -> None:
    over = working(ending=Ending(kind=EndingKind.CRITERIA, at=at(14), by=BY))
    assert risks_told([story(over, filed_at=at(10))], asked(), PLAN) == []


def test_a_risk_that_was_closed_after_the_period_was_open_in_it() -> None:
    over = working(ending=Ending(kind=EndingKind.CRITERIA, at=at(24), by=BY))
    [told] = risks_told([story(over)], asked(at(25)), PLAN)
    assert (told.ending, Figure.RISKS_OPEN in told.figures) == (None, True)


def test_the_answer_is_the_one_that_was_in_force_at_the_last_moment() -> None:
    corrected = working(answer=answer("Исправлено", at(24)), earlier_answers=(answer("Сначала", at(18)),))
    [told] = risks_told([story(corrected)], asked(at(25)), PLAN)
    assert told.answer is not None
    assert told.answer.text == "Сначала"
    [of_now] = risks_told([story(corrected)], replace(asked(at(25)), stands_at=at(25)), PLAN)
    assert of_now.answer is not None
    assert of_now.answer.text == "Исправлено"


def test_an_answer_that_was_not_yet_published_is_none() -> None:
    [told] = risks_told([story(working(answer=answer("Черновик", None)))], asked(), PLAN)
    assert told.answer is None


def test_links_of_later_are_not_told() -> None:
    known = working(publications=(publication("a.example/1", at(18)), publication("a.example/2", at(24))))
    [told] = risks_told([story(known)], asked(at(25)), PLAN)
    assert [each.link for each in told.publications] == ["a.example/1"]


@pytest.mark.parametrize(("day", "waived"), [(18, True), (24, False)])
def test_a_decision_without_an_answer_is_told_once_it_was_made(day: int, *, waived: bool) -> None:
    known = working(waiver=Waiver(reason="Слух", by=BY, at=at(day)))
    [told] = risks_told([story(known)], asked(at(25)), PLAN)
    assert told.is_waived is waived


def test_measures_taken_in_the_period_are_told_of_any_round() -> None:
    earlier = working(measures=(measure("Первая", taken=at(16)), measure("До периода", taken=at(13))))
    later = working(2, begun_at=at(19), measures=(measure("Вторая", taken=at(20)), measure("После", taken=at(23))))
    told = measures_taken([story(earlier, later)], asked(at(25)))
    assert [(each.what, each.day) for each in told] == [
        ("Первая", date(2026, 11, 16)),
        ("Вторая", date(2026, 11, 20)),
    ]


def test_whoever_took_a_measure_is_named_and_not_whoever_pressed() -> None:
    """A paper that is signed says the same as the card and the register."""
    pressed = replace(measure(taken=at(16)), taken_by=PositionId(BY + 1))
    [told] = measures_taken([story(working(measures=(pressed,)))], asked(at(25)))
    assert told.position == BY


def test_what_goes_on_into_the_next_round_is_planned_once() -> None:
    first = working(measures=(measure(),), ending=Ending(kind=EndingKind.RETURNED, at=at(19), by=BY))
    told = measures_planned([story(first, working(2, begun_at=at(19), measures=(measure(),)))], asked(), {})
    assert [each.what for each in told] == ["Подвоз воды"]


def test_measures_outlive_the_closing_of_their_risk() -> None:
    over = working(measures=(measure(),), ending=Ending(kind=EndingKind.CRITERIA, at=at(19), by=BY))
    assert len(measures_planned([story(over)], asked(), {})) == 1


@pytest.mark.parametrize("kind", [EndingKind.NOT_A_RISK, EndingKind.MERGED])
def test_of_a_risk_that_was_none_nothing_is_planned(kind: EndingKind) -> None:
    over = working(measures=(measure(),), ending=Ending(kind=kind, at=at(19), by=BY))
    assert measures_planned([story(over)], asked(), {}) == []


def test_a_measure_that_was_taken_after_the_period_was_planned_in_it() -> None:
    told = measures_planned([story(working(measures=(measure(taken=at(24)),)))], asked(at(25)), {})
    assert [each.is_taken for each in told] == [False]


def test_a_measure_that_was_put_on_record_later_is_not_told() -> None:
    known = story(working(measures=(measure(),)))
    assert measures_planned([known], asked(at(25)), {(RiskId(1), "Подвоз воды"): at(24)}) == []
    assert len(measures_planned([known], asked(at(25)), {(RiskId(1), "Подвоз воды"): at(20)})) == 1


@pytest.mark.parametrize(("until", "late"), [(21, True), (22, True), (23, False), (25, False)])
def test_a_planned_measure_is_late_once_its_day_is_over(until: int, *, late: bool) -> None:
    [told] = measures_planned([story(working(measures=(measure(until=until),)))], asked(), {})
    assert told.is_late is late


def test_causes_are_those_recorded_in_the_period() -> None:
    why = Recurrence(cause="Не починили", forecast="До марта", by=BY, at=at(19))
    earlier = replace(why, cause="Раньше", at=at(12))
    told = causes_told([story(working(recurrence=earlier), working(2, begun_at=at(19), recurrence=why))], asked())
    assert [(each.cause, each.day) for each in told] == [("Не починили", date(2026, 11, 19))]


def test_before_its_filing_a_risk_has_no_round() -> None:
    assert round_of(story(), at(16)) is None
