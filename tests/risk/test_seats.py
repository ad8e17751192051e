"""Seats of a role: which are wanted, which come, which go, and how they are numbered."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.ids import PersonId, PositionId, RoleKey
from risk.offices import Retired, Role
from risk.people import Position
from risk.seats import SeatChanges, present_seats, seats_of_dropped, seats_of_role, wanted_seats
from tests.risk.plans import plan, role
from tests.support.offices import NOW

CLERK = RoleKey("clerk")
Seat = tuple[int | None, str]
"""Number of a seat, and what it is: vacant, held, or used (vacant again, or named in history)."""


def changes(of: Role, *seats: Seat) -> SeatChanges:
    return seats_of_role(of, positions(*seats), named=frozenset(named(*seats)))


def positions(*seats: Seat) -> list[Position]:
    return [
        Position(
            id=PositionId(index),
            role=CLERK,
            number=number,
            holder=PersonId(index) if state == "held" else None,
            held_since=NOW if state == "left" else None,
        )
        for index, (number, state) in enumerate(seats, start=1)
    ]


def named(*seats: Seat) -> set[PositionId]:
    return {PositionId(index) for index, (_, state) in enumerate(seats, start=1) if state == "named"}


@pytest.mark.parametrize(
    ("seats", "open_ended", "there", "added", "removed", "renumbered", "voided"),
    [
        (1, False, [(None, "vacant")], (), (), (), ()),
        (1, False, [], (None,), (), (), ()),
        (3, False, [(None, "held")], (2, 3), (), ((1, 1),), ()),
        (3, False, [(1, "vacant"), (3, "held")], (2,), (), (), ()),
        (2, True, [(1, "held")], (2,), (), (), ()),
        (0, True, [(1, "vacant"), (2, "held")], (), (), (), ()),
        (0, True, [(None, "held")], (), (), ((1, 1),), ()),
        (1, False, [(1, "held"), (2, "vacant"), (3, "vacant")], (), (3, 2), ((1, None),), ()),
        (1, False, [(1, "vacant"), (2, "vacant"), (3, "held")], (), (2, 1), ((3, None),), ()),
        (2, False, [(1, "vacant"), (2, "vacant"), (3, "vacant")], (), (3,), (), ()),
        (1, False, [(1, "held"), (2, "held")], (), (), (), ()),
        (1, False, [(1, "held"), (2, "left")], (), (), (), (2,)),
        (1, False, [(1, "named"), (2, "left")], (), (), (), (2,)),
        (1, False, [(1, "left"), (2, "vacant")], (), (2,), ((1, None),), ()),
    ],
)
def test_seats_are_brought_to_the_number_that_the_role_has(
    seats: int,
    open_ended: bool,
    there: list[Seat],
    added: tuple[int | None, ...],
    removed: tuple[int, ...],
    renumbered: tuple[tuple[int, int | None], ...],
    voided: tuple[int, ...],
) -> None:
    done = changes(role(CLERK, seats=seats, open_ended=open_ended), *there)
    assert (done.added, done.removed, done.renumbered, done.voided) == (added, removed, renumbered, voided)


def test_of_a_dropped_role_only_seats_that_were_never_used_go() -> None:
    seats: list[Seat] = [(1, "vacant"), (2, "held"), (3, "left"), (4, "named")]
    dropped = seats_of_dropped(CLERK, positions(*seats), named=named(*seats))
    assert dropped == SeatChanges(
        role=CLERK, removed=(PositionId(1),), voided=(PositionId(3), PositionId(4)), held=1, kept=3
    )


some_seats = st.lists(st.sampled_from(["vacant", "held", "left", "named"]), max_size=6).map(
    lambda states: [(number, state) for number, state in enumerate(states, start=1)]
)
some_roles = st.builds(
    lambda seats, open_ended: role(CLERK, seats=seats, open_ended=open_ended), st.integers(1, 5), st.booleans()
)


@given(some_roles, some_seats)
def test_there_are_as_many_seats_as_the_role_has_and_more_only_if_they_are_held_or_used(
    of: Role, seats: list[Seat]
) -> None:
    done = changes(of, *seats)
    after = len(seats) - len(done.removed) + len(done.added)
    used = sum(state != "vacant" for _, state in seats)
    assert after >= of.seats
    if not of.open_ended:
        assert after == max(of.seats, used)


@given(some_roles, some_seats)
def test_no_two_seats_have_one_number(of: Role, seats: list[Seat]) -> None:
    done = changes(of, *seats)
    new = dict(done.renumbered)
    kept = [each for each in positions(*seats) if each.id not in done.removed]
    numbers = [new.get(each.id, each.number) for each in kept] + list(done.added)
    assert len(numbers) == len(set(numbers))


@given(some_roles, some_seats)
def test_nobody_is_invited_beyond_the_seats_of_the_role(of: Role, seats: list[Seat]) -> None:
    wanted = wanted_seats(positions(*seats), replace(plan(), roles=(of,)))
    held = sum(state == "held" for _, state in seats)
    vacant = len(seats) - held
    assert len(wanted) == (vacant if of.open_ended else max(0, min(vacant, of.seats - held)))
    assert all(each.holder is None for each in wanted)


def test_a_dropped_roles_vacant_seats_are_neither_wanted_nor_shown() -> None:
    office = replace(plan(roles=(role("head"),)), retired=Retired(roles=(role(CLERK, seats=2),)))
    head = Position(id=PositionId(9), role=RoleKey("head"))
    seats = [*positions((1, "left"), (2, "held")), head]
    assert wanted_seats(seats, office) == (head,)
    assert present_seats(seats, office) == (head, seats[1])
