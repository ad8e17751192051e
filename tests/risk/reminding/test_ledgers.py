"""The ledger of reminders: figures of entries made by hand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from risk.ids import NudgeId, ObligationId, PersonId, PositionId
from risk.ladders import RungKind
from risk.ledgers import Entry, Fate, Ledger, SeatLine, Strays, ledger_of
from risk.nudges import Nudge, NudgeState, Why
from tests.risk.calendars import calendar

FIRST, LAST = date(2026, 11, 17), date(2026, 11, 23)
FRIDAY: Final = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
"""9:00 in Moscow."""
MONDAY: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEAD, CURATOR = PositionId(2), PositionId(1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def entry(number: int, fate: Fate | None = None, *, doubted: bool = False, owed: bool = True, **known: Any) -> Entry:
    nudge = Nudge(
        **{
            "id": NudgeId(number),
            "owed": ObligationId(number),
            "due_at": FRIDAY,
            "kind": RungKind.OVERDUE,
            "step": 0,
            "at": FRIDAY,
            "of_morning": True,
            "release_at": FRIDAY,
            **known,
        }
    )
    return Entry(nudge=nudge, fate=fate, doubted=doubted, still_owed=owed)


def given(number: int, fate: Fate = Fate.SENT, *, seat: int = 2, bundle: int | None = None, **known: Any) -> Entry:
    return entry(
        number,
        fate,
        **{
            "state": NudgeState.GIVEN,
            "position": PositionId(seat),
            "person": PersonId(seat * 10),
            "bundle": NudgeId(bundle or number),
            "given_at": FRIDAY,
            **known,
        },
    )


def ledger(*entries: Entry, now: datetime = MONDAY) -> Ledger:
    return ledger_of(entries, FIRST, LAST, now, calendar())


def test_of_no_reminders_there_is_nothing_to_say() -> None:
    assert ledger() == Ledger(first=FIRST, last=LAST, planned=0, seats=[], held={}, unsaid={}, messages={})


def test_each_seat_has_its_line() -> None:
    """Of the head's five one arrived and led to something, two arrived and did not, one was refused, of one nobody
    knows; the curator's arrived, and what it was of is done."""
    found = ledger(
        given(1, acted_at=FRIDAY + HOUR, owed=False),
        given(2),
        given(3, doubted=True),
        given(4, Fate.REFUSED),
        given(5, Fate.UNKNOWN),
        given(6, seat=1, owed=False),
    )
    assert found.planned == 6
    assert list(found.seats) == [
        SeatLine(position=HEAD, said=3, acted=1, unanswered=2, refused=1, doubted=2, median_wait=HOUR),
        SeatLine(position=CURATOR, said=1, acted=0, unanswered=0, refused=0, doubted=0, median_wait=None),
    ]


@pytest.mark.parametrize(
    ("minutes", "median"), [([5], 5), ([5, 60], 5), ([600, 5, 60], 60), ([4, 3, 2, 1], 2)], ids=str
)
def test_the_usual_wait_is_the_middle_one_the_shorter_of_two(minutes: list[int], median: int) -> None:
    entries = [given(at, acted_at=FRIDAY + wait * MINUTE) for at, wait in enumerate(minutes, 1)]
    assert ledger(*entries).seats[0].median_wait == median * MINUTE


@pytest.mark.parametrize(
    ("known", "unanswered"),
    [
        ({}, 1),
        ({"owed": False}, 0),
        ({"acted_at": FRIDAY + HOUR}, 0),
        ({"fate": Fate.PLANNED}, 0),
        ({"fate": Fate.REFUSED}, 0),
        ({"given_at": MONDAY - HOUR}, 0),
    ],
    ids=["still owed", "done", "acted upon", "not sent", "refused", "of today"],
)
def test_unanswered_is_what_arrived_before_today_and_is_owed_without_anything_done(
    known: dict[str, Any], unanswered: int
) -> None:
    assert ledger(given(1, **known)).seats[0].unanswered == unanswered


def test_today_is_a_day_of_the_office() -> None:
    """Friday 23:30 in Moscow is Friday still, half an hour later it is not."""
    said = given(1)
    assert ledger(said, now=datetime(2026, 11, 20, 20, 30, tzinfo=UTC)).seats[0].unanswered == 0
    assert ledger(said, now=datetime(2026, 11, 20, 21, 0, tzinfo=UTC)).seats[0].unanswered == 1


def test_what_was_held_is_counted_by_its_first_reason_whatever_became_of_it() -> None:
    found = ledger(
        given(1, held_for=Why.CLOSED),
        entry(2, state=NudgeState.HELD, why=Why.BUDGET, held_for=Why.CLOSED),
        entry(3, state=NudgeState.MOOT, why=Why.DONE, held_for=Why.BUDGET),
        given(4),
    )
    assert found.held == {Why.CLOSED: 2, Why.BUDGET: 1}


def test_what_was_never_said_is_counted_by_its_reason_and_what_waits_is_not_among_it() -> None:
    found = ledger(
        entry(1, state=NudgeState.MOOT, why=Why.DONE),
        entry(2, state=NudgeState.MOOT, why=Why.DONE),
        entry(3, state=NudgeState.MOOT, why=Why.MISSED),
        entry(4, state=NudgeState.REFUSED, why=Why.UNREACHABLE),
        entry(5, state=NudgeState.HELD, why=Why.CLOSED, held_for=Why.CLOSED),
        entry(6),
        given(7),
    )
    assert found.unsaid == {Why.DONE: 2, Why.MISSED: 1, Why.UNREACHABLE: 1}
    assert (found.planned, len(found.seats)) == (7, 1)


def test_messages_are_counted_not_what_was_in_them() -> None:
    """Three things in the first message of Friday, one in the second; on Monday one more. The curator has their own."""
    found = ledger(
        *[given(number, bundle=1) for number in (1, 2, 3)],
        given(4, given_at=FRIDAY + HOUR),
        given(5, given_at=MONDAY),
        given(6, seat=1),
    )
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    assert found.messages == {PersonId(20): {friday: 2, monday: 1}, PersonId(10): {friday: 1}}


def test_the_day_of_a_message_is_that_of_the_office() -> None:
    late = given(1, given_at=datetime(2026, 11, 20, 21, 30, tzinfo=UTC))
    assert ledger(late).messages == {PersonId(20): {date(2026, 11, 21): 1}}


def test_all_that_was_lost_track_of_is_added_up() -> None:
    assert Strays(rungs=1, nudges=2, messages=4).total == 7
    assert Strays(rungs=0, nudges=0, messages=0).total == 0
