"""People are addresses in positions; a code is known by its hash alone."""

from hypothesis import assume, given
from hypothesis import strategies as st

from risk.ids import PersonId, PositionId, RoleKey
from risk.people import Member, Position, code_hash
from tests.support.offices import HEAD, MEMBER, PLAN


def position(number: int, role: RoleKey, *, seat: int | None = None) -> Position:
    return Position(id=PositionId(number), role=role, number=seat)


def test_a_position_is_called_by_its_role_and_its_number_where_there_are_several() -> None:
    assert position(1, HEAD).title(PLAN) == "руководитель МЦУ"
    assert position(2, MEMBER, seat=3).title(PLAN) == "член проектного офиса 3"


def test_whoever_holds_several_positions_signs_with_the_first() -> None:
    head, member = position(1, HEAD), position(2, MEMBER, seat=1)
    assert Member(person=PersonId(1), positions=(head, member), powers=frozenset()).acting_as == head


@given(st.text(), st.text())
def test_a_hash_tells_codes_apart(one: str, other: str) -> None:
    assume(one != other)
    assert code_hash(one) == code_hash(one)
    assert code_hash(one) != code_hash(other)
    assert len(code_hash(one)) == 64
