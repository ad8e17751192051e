"""Chains: who is asked and who is above, by hand in the offices that ship, and laws for any staff and any leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from bot.presets.loading import load_preset, preset_keys
from risk.absences import Absence
from risk.chains import Link, chain, on_duty, seats_asked
from risk.duties import Duty
from risk.ids import AbsenceId, DutyId, OfficeId, PersonId, PositionId
from risk.obligations import Obligation, ObligationKind
from risk.offices import Office, OfficePlan
from risk.people import Address, MessengerKind, Person, Position
from risk.powers import Power
from risk.rota import Rota
from tests.risk.reminding.owing import DAY, obliged

TODAY: Final = date(2026, 11, 20)
NOW: Final = datetime(2026, 11, 20, 7, tzinfo=UTC)


@cache
def preset(key: str) -> OfficePlan:
    return load_preset(key)


@dataclass(frozen=True, kw_only=True)
class Staff:
    """Seats named as their roles are, with who sits there; who is away today, and who stands in for them."""

    holders: Mapping[str, int | None]
    away: Mapping[int, int | None]


def rota(plan: OfficePlan, staff: Staff, duties: Sequence[Duty] = ()) -> Rota:
    seats = [
        Position(id=PositionId(place), role=role.key, number=1 if role.is_numbered else None, holder=_holder(holder))
        for place, role in enumerate(plan.roles, 1)
        for holder in [staff.holders.get(role.key)]
    ]
    people = {seat.holder: _person(seat.holder) for seat in seats if seat.holder is not None}
    absences = [
        Absence(
            id=AbsenceId(place),
            person=PersonId(person),
            first_day=TODAY - DAY,
            last_day=TODAY + DAY,
            deputy=_holder(deputy),
            noted_by=PositionId(1),
            noted_at=NOW,
        )
        for place, (person, deputy) in enumerate(staff.away.items(), 1)
    ]
    office = Office(id=OfficeId(1), plan=plan)
    return Rota(office=office, people=people, positions=tuple(seats), absences=absences, duties=duties)


def _holder(number: int | None) -> PersonId | None:
    return None if number is None else PersonId(number)


def _person(person: PersonId) -> Person:
    return Person(id=person, address=Address(messenger=MessengerKind.TELEGRAM, value=str(person)))


def full(plan: OfficePlan, away: Mapping[str, str | None] | None = None, **holders: str | None) -> Rota:
    """Everybody sits in the seat of their own, but for those named: in another's, or nobody."""
    own: dict[str, int] = {role.key: place for place, role in enumerate(plan.roles, 1)}
    seated = {
        role: own[role] if role not in holders else None if holders[role] is None else own[str(holders[role])]
        for role in own
    }
    gone = {own[who]: None if deputy is None else own[deputy] for who, deputy in (away or {}).items()}
    return rota(plan, Staff(holders=seated, away=gone))


def titles(of: Obligation, who: Rota) -> list[str]:
    """The role of each seat, with an asterisk where somebody stands in."""
    return [f"{link.position.role}{'*' if link.deputises else ''}" for link in chain(of, who, TODAY)]


# --- by hand --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "block", "expected"),
    [
        ("pestovo", "roads", ["head_roads", "curator"]),
        ("pestovo", "economy", ["head_economy", "head", "curator"]),
        ("pestovo", None, ["head", "curator"]),
        ("novoshakhtinsk", "roads", ["head_roads", "owner_city", "curator"]),
        ("novoshakhtinsk", None, ["executor", "head", "curator"]),
        ("kamyshlov", None, ["head", "curator"]),
        ("kavkazsky", None, ["coordinator", "curator", "head"]),
        ("nyazepetrovsk", None, ["im_officer", "curator"]),
    ],
)
def test_the_order_of_each_office(key: str, block: str | None, expected: list[str]) -> None:
    plan = preset(key)
    assert titles(obliged(block), full(plan)) == expected


def test_an_office_may_say_that_seniors_are_followed_by_juniors() -> None:
    plan = replace(preset("pestovo"), reminds_juniors=True)
    assert titles(obliged("roads"), full(plan)) == ["head_roads", "head", "curator"]


def test_a_position_that_was_named_comes_first_and_the_block_above_it() -> None:
    plan = preset("pestovo")
    member = PositionId(len(plan.roles))
    assert titles(obliged("economy", position=member), full(plan)) == ["member", "head_economy", "head", "curator"]


def test_a_senior_who_was_named_is_not_followed_by_juniors() -> None:
    plan = preset("pestovo")
    curator = PositionId(1)
    assert titles(obliged("roads", position=curator), full(plan)) == ["curator"]


def test_an_approval_is_asked_of_whoever_approves_now() -> None:
    """The head, and while that seat is vacant the curator."""
    plan = preset("pestovo")
    approval = obliged("economy", kind=ObligationKind.APPROVAL)
    assert titles(approval, full(plan)) == ["head", "curator"]
    assert titles(approval, full(plan, head=None)) == ["curator"]


def test_a_vacant_seat_is_passed_over_but_its_rank_holds() -> None:
    """Above the vacant seat of a deputy head of the district the head of the office is still a junior."""
    plan = preset("pestovo")
    assert titles(obliged("roads"), full(plan, head_roads=None)) == ["curator"]
    assert titles(obliged("economy"), full(plan, head_economy=None)) == ["head", "curator"]


def test_whoever_is_away_is_stood_in_for_or_passed_over() -> None:
    plan = preset("pestovo")
    with_deputy = full(plan, away={"head_roads": "head_social"})
    without = full(plan, away={"head_roads": None})
    assert titles(obliged("roads"), with_deputy) == ["head_roads*", "curator"]
    assert titles(obliged("roads"), without) == ["curator"]


def test_a_deputy_who_is_further_up_is_told_once() -> None:
    plan = preset("pestovo")
    assert titles(obliged("economy"), full(plan, away={"head_economy": "head"})) == ["head_economy*", "curator"]


def test_who_sits_in_two_seats_of_a_chain_is_in_it_once() -> None:
    plan = preset("pestovo")
    assert titles(obliged("economy"), full(plan, head="head_economy")) == ["head_economy", "curator"]


def test_of_several_seats_of_a_role_the_first_that_somebody_holds_stands_for_it() -> None:
    plan = preset("pestovo")
    who = full(plan)
    both = [replace(each, number=number, id=PositionId(40 + number), holder=holder)
            for each in who.positions if each.role == "head_roads"
            for number, holder in ((1, None), (2, each.holder))]  # fmt: skip
    others = [each for each in who.positions if each.role != "head_roads"]
    of_two = Rota(office=who.office, people=who.people, positions=(*others, *both), absences=(), duties=())
    assert [link.position.number for link in chain(obliged("roads"), of_two, TODAY)] == [2, None]


def test_nobody_can_act_where_everybody_is_away_or_gone() -> None:
    plan = preset("pestovo")
    nobody = rota(plan, Staff(holders={}, away={}))
    assert titles(obliged("roads"), nobody) == []
    assert titles(obliged("roads"), rota(plan, Staff(holders={"curator": 1}, away={1: None}))) == []


def test_where_nobody_is_above_whoever_decides_is() -> None:
    """Nobody sits in the seats of the escalation: the operator's shell decides, and no seat of the chat does."""
    plan = replace(preset("pestovo"), escalation=())
    assert titles(obliged("economy"), full(plan)) == ["head_economy", "head"]


def test_a_block_that_was_dropped_is_still_answered_for_and_an_unknown_one_by_who_is_above() -> None:
    plan = preset("pestovo")
    assert titles(obliged("no_such_block"), full(plan)) == ["head", "curator"]


@pytest.mark.parametrize(
    ("away", "expected"), [({}, ("officer", False)), ({3: 4}, ("officer", True)), ({3: None}, None)]
)
def test_on_duty_is_whoever_has_the_shift_or_stands_in(
    away: dict[int, int | None], expected: tuple[str, bool] | None
) -> None:
    plan = preset("pestovo")
    duty = Duty(
        id=DutyId(1),
        position=PositionId(3),
        first_day=TODAY,
        last_day=TODAY,
        assigned_by=PositionId(2),
        assigned_at=NOW,
    )
    own: dict[str, int | None] = {role.key: place for place, role in enumerate(plan.roles, 1)}
    staff = Staff(holders=own, away=away)
    found = on_duty(rota(plan, staff, [duty]), TODAY)
    assert (None if found is None else (found.position.role, found.deputises)) == expected
    assert on_duty(rota(plan, staff, [duty]), TODAY + DAY) is None


# --- for any --------------------------------------------------------------------------------------

_people = st.integers(1, 6)


@st.composite
def asked(draw: DrawFn) -> tuple[Obligation, Rota]:
    """Any office that ships with few people in many seats, some of them away; something owed in it."""
    plan = replace(preset(draw(st.sampled_from(preset_keys()))), reminds_juniors=draw(st.booleans()))
    holders: dict[str, int | None] = {role.key: draw(st.none() | _people) for role in plan.roles}
    away = draw(st.dictionaries(_people, st.none() | _people, max_size=4))
    of = obliged(
        draw(st.none() | st.sampled_from([each.key for each in plan.blocks])) if plan.blocks else None,
        position=draw(st.none() | st.integers(1, len(plan.roles) + 1).map(PositionId)),
        kind=draw(st.sampled_from(ObligationKind)),
    )
    return of, rota(plan, Staff(holders=holders, away=away))


any_asked = given(asked())
often = settings(max_examples=300, deadline=None)


def ranks(links: Sequence[Link], plan: OfficePlan) -> list[int]:
    return [rank for link in links if (rank := plan.role(link.position.role).rank) is not None]


@any_asked
@often
def test_nobody_is_in_a_chain_twice(case: tuple[Obligation, Rota]) -> None:
    of, who = case
    people = [link.person for link in chain(of, who, TODAY)]
    assert len(people) == len(set(people))


@any_asked
@often
def test_nobody_in_a_chain_is_away_or_has_no_seat(case: tuple[Obligation, Rota]) -> None:
    of, who = case
    for link in chain(of, who, TODAY):
        assert link.person not in who.away_on(TODAY)
        assert link.person in who.colleagues
        assert link.position.holder is not None
        assert link.deputises == (link.person != link.position.holder)
        assert link.deputises == (link.position.holder in who.away_on(TODAY))


@any_asked
@often
def test_a_chain_never_leads_from_a_senior_to_a_junior_unless_the_office_says_so(case: tuple[Obligation, Rota]) -> None:
    of, who = case
    plan = who.office.plan
    found = ranks(chain(of, who, TODAY), plan)
    if not plan.reminds_juniors:
        assert all(below <= above for below, above in pairwise(found))
        first = next(seats_asked(of, who), None)
        rank = None if first is None else plan.role(first.role).rank
        assert rank is None or all(each >= rank for each in found), "a vacant seat keeps its rank"


@any_asked
@often
def test_a_chain_keeps_to_the_order_of_the_seats_that_are_asked(case: tuple[Obligation, Rota]) -> None:
    of, who = case
    order = [seat.id for seat in seats_asked(of, who)]
    places = [order.index(link.position.id) for link in chain(of, who, TODAY)]
    assert places == sorted(places)


@any_asked
@often
def test_who_decides_is_reached_wherever_somebody_does(case: tuple[Obligation, Rota]) -> None:
    """But for juniors of whoever is asked: then a senior is in the chain, or nobody senior is here."""
    of, who = case
    plan = who.office.plan
    held = frozenset(seat.role for seat in who.positions if seat.holder is not None)
    deciders = [
        seat
        for seat in who.positions
        if seat.holder is not None and Power.DECIDE in plan.powers_of({seat.role}, held=held)
    ]
    here = [seat for seat in deciders if seat.holder not in who.away_on(TODAY)]
    if plan.reminds_juniors and here:
        assert {seat.holder for seat in here} <= {link.person for link in chain(of, who, TODAY)}
