"""Who is away, who stands in, and which days may be noted."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.absences import Absence, away_on, check_days, deputy_of, may_deputise
from risk.dates import Days
from risk.errors import AbsenceFault, AbsenceOverlaps, AbsenceRefused
from risk.ids import AbsenceId, PersonId, PositionId
from tests.risk.calendars import utc

ANNA, BORIS, VERA, GLEB = (PersonId(number) for number in range(1, 5))
SEATED = frozenset({ANNA, BORIS, VERA, GLEB})
MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def absence(person: PersonId, deputy: PersonId | None, first: date = MONDAY, last: date = MONDAY + 4 * DAY) -> Absence:
    return Absence(
        id=AbsenceId(person),
        person=person,
        first_day=first,
        last_day=last,
        deputy=deputy,
        noted_by=PositionId(1),
        noted_at=utc("2026-11-20 07:00"),
    )


def days(first: int, last: int) -> Days:
    """Counted from Monday."""
    return Days(first=MONDAY + first * DAY, last=MONDAY + last * DAY)


def test_both_days_of_an_absence_belong_to_it() -> None:
    away = absence(ANNA, None)
    covered = [ahead for ahead in range(-2, 8) if ANNA in away_on(MONDAY + ahead * DAY, [away])]
    assert covered == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("absences", "deputy"),
    [
        ([], None),
        ([absence(ANNA, None)], None),
        ([absence(ANNA, BORIS)], BORIS),
        ([absence(ANNA, BORIS), absence(BORIS, VERA)], VERA),
        ([absence(ANNA, BORIS), absence(BORIS, None)], None),
        ([absence(ANNA, BORIS), absence(BORIS, ANNA)], None),
        ([absence(ANNA, BORIS), absence(BORIS, VERA), absence(VERA, BORIS)], None),
        ([absence(ANNA, BORIS), absence(BORIS, VERA, MONDAY + DAY)], BORIS),
        ([absence(ANNA, PersonId(404))], None),
    ],
    ids=[
        "not away", "nobody named", "named", "away too", "away too and nobody named", "each for the other",
        "a circle further on", "away from tomorrow", "left the office",
    ],
)  # fmt: skip
def test_who_stands_in(absences: Sequence[Absence], deputy: PersonId | None) -> None:
    assert deputy_of(ANNA, MONDAY, absences, SEATED) == deputy


@given(named=st.dictionaries(st.integers(1, 8), st.none() | st.integers(1, 8)), seated=st.sets(st.integers(1, 8)))
def test_whoever_stands_in_is_here_and_is_somebody_else(named: Mapping[int, int | None], seated: set[int]) -> None:
    absences = [
        absence(PersonId(person), None if deputy is None else PersonId(deputy)) for person, deputy in named.items()
    ]
    for person in range(1, 9):
        deputy = deputy_of(PersonId(person), MONDAY, absences, {PersonId(each) for each in seated})
        assert deputy is None or (deputy in seated and deputy not in named and deputy != person and person in named)


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        (days(1, 0), AbsenceFault.REVERSED),
        (days(-5, -1), AbsenceFault.OVER),
        (days(0, 367), AbsenceFault.TOO_FAR),
        (days(-367, 0), AbsenceFault.TOO_FAR),
    ],
)
def test_days_that_cannot_be_noted(asked: Days, fault: AbsenceFault) -> None:
    with pytest.raises(AbsenceRefused) as refused:
        check_days(ANNA, asked, MONDAY, [])
    assert refused.value.fault is fault


@pytest.mark.parametrize("asked", [days(0, 0), days(-3, 0), days(0, 366), days(366, 366)])
def test_days_that_can_be_noted(asked: Days) -> None:
    check_days(ANNA, asked, MONDAY, [absence(BORIS, None)])


@pytest.mark.parametrize(
    ("asked", "free"),
    [(days(-1, -1), True), (days(5, 9), True), (days(-1, 0), False), (days(4, 5), False), (days(-9, 9), False)],
)
def test_days_of_one_person_may_not_overlap(asked: Days, free: bool) -> None:
    noted = absence(ANNA, BORIS)
    if free:
        check_days(ANNA, asked, MONDAY - 20 * DAY, [noted])
        return
    with pytest.raises(AbsenceOverlaps) as refused:
        check_days(ANNA, asked, MONDAY - 20 * DAY, [noted])
    assert (refused.value.first_day, refused.value.last_day) == (noted.first_day, noted.last_day)


def test_a_deputy_is_somebody_else_who_is_there_all_the_time() -> None:
    absences = [absence(BORIS, None, MONDAY + 7 * DAY, MONDAY + 9 * DAY)]
    assert may_deputise(BORIS, ANNA, days(0, 6), absences)
    assert not may_deputise(BORIS, ANNA, days(0, 7), absences)
    assert not may_deputise(ANNA, ANNA, days(0, 6), absences)
