"""What somebody is offered to do: by their powers, and by whether there are figures that they may read."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from risk.ids import PersonId, RoleKey
from risk.offices import OfficePlan
from risk.people import Member
from risk.ports import Unit
from risk.powers import POWER_FOR, Action, Power
from risk.use_cases.permission import powers_by_person
from risk.use_cases.reporting import blocks_of_roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """`figures`: of the office, or of a block that they head or own."""

    powers: frozenset[Power] = frozenset()
    figures: bool = False

    def __or__(self, other: "Offered") -> "Offered":
        return Offered(powers=self.powers | other.powers, figures=self.figures or other.figures)


NOTHING: Final = Offered()


def offered_to(member: Member, plan: OfficePlan) -> Offered:
    return _offered(frozenset(each.role for each in member.positions), member.powers, plan)


async def offered_by_person(unit: Unit) -> Mapping[PersonId, Offered]:
    """To everybody who holds a position now."""
    plan, positions = unit.office.plan, await unit.people.positions()
    return {
        person: _offered({each.role for each in positions if each.holder == person}, powers, plan)
        for person, powers in (await powers_by_person(unit)).items()
    }


def _offered(roles: AbstractSet[RoleKey], powers: frozenset[Power], plan: OfficePlan) -> Offered:
    whole = POWER_FOR[Action.READ_REPORT_OF_OFFICE] in powers
    own = POWER_FOR[Action.READ_REPORT] in powers and bool(blocks_of_roles(roles, plan))
    return Offered(powers=powers, figures=whole or own)
