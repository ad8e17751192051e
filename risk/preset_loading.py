"""What loading a preset over a living office comes to: which seats come and go, what stays readable, what is lost.

The preset's file wins where it speaks. What the office did by itself stays where the file does not speak of it: who
holds which seat, seats made by invitation, the alert chat, settings changed in the chat. Nothing is stored here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TypeVar

from risk.ids import PositionId
from risk.offices import Block, Level, OfficePlan, Retired, Role, Territory
from risk.people import Position
from risk.preset_changes import (
    Change,
    ChangeKind,
    Fate,
    appeal_term_changes,
    calendar_changes,
    dropped,
    new_and_changed,
    office_changes,
    page_changes,
    power_changes,
    routing_changes,
    setting_changes,
)
from risk.seats import SeatChanges, seats_of_dropped, seats_of_role

_Named = TypeVar("_Named", Role, Block, Territory, Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """What the preset's file does not know of the office.

    `named` are positions that history speaks of; `blocks` and `levels` count, by key, the open risks that bear them;
    `overrides` are settings changed in the chat, written as a preset writes them.
    """

    positions: Sequence[Position]
    named: AbstractSet[PositionId]
    blocks: Mapping[str, int]
    levels: Mapping[str, int]
    overrides: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetLoading:
    """`plan` is the one to store instead of `before`; `changes` are for people, unsettled conflicts among them."""

    before: OfficePlan
    plan: OfficePlan
    seats: tuple[SeatChanges, ...]
    changes: tuple[Change, ...]

    @property
    def overruled(self) -> tuple[str, ...]:
        """Settings whose change in the chat is no more."""
        return tuple(each.key for each in self.changes if each.fate is Fate.OVERRULED)

    @property
    def changes_something(self) -> bool:
        return self.plan != self.before or bool(self.overruled) or any(each.anything for each in self.seats)


def loading_over(before: OfficePlan, loaded: OfficePlan, living: Living) -> PresetLoading:
    """`before` is the plan as the last loading left it, `loaded` the one that the file gives now."""
    live = [seats_of_role(role, living.positions, named=living.named) for role in loaded.roles]
    gone = _gone((*before.roles, *before.retired.roles), loaded.roles)
    of_gone = [seats_of_dropped(role.key, living.positions, named=living.named) for role in gone]
    plan = replace(loaded, key=before.key, retired=_retired(before, loaded, of_gone))
    return PresetLoading(
        before=before,
        plan=plan,
        seats=(*live, *of_gone),
        changes=(
            *office_changes(before, plan),
            *setting_changes(before, plan, living.overrides),
            *new_and_changed(ChangeKind.ROLE, before.roles, plan.roles),
            *_seat_counts(before, plan, live),
            *_dropped_roles(before, of_gone),
            *power_changes(before, plan),
            *new_and_changed(ChangeKind.BLOCK, before.blocks, plan.blocks),
            *dropped(ChangeKind.BLOCK, before.blocks, plan.retired.blocks, living.blocks),
            *new_and_changed(ChangeKind.TERRITORY, before.territories, plan.territories),
            *dropped(ChangeKind.TERRITORY, before.territories, plan.retired.territories, {}),
            *new_and_changed(ChangeKind.LEVEL, before.levels, plan.levels),
            *dropped(ChangeKind.LEVEL, before.levels, plan.retired.levels, living.levels),
            *page_changes(before.pages, plan.pages),
            *appeal_term_changes(before.appeal_terms, plan.appeal_terms),
            *routing_changes(before.routing, plan.routing),
            *calendar_changes(before.calendar, plan.calendar),
        ),
    )


def _retired(before: OfficePlan, loaded: OfficePlan, of_gone: Iterable[SeatChanges]) -> Retired:
    """Roles as long as a seat or a retired block needs them; the rest for ever, for any history may name it."""
    once = before.retired
    blocks = _gone((*before.blocks, *once.blocks), loaded.blocks)
    needed = {seats.role for seats in of_gone if seats.kept}
    needed |= {role for block in blocks for role in (block.head, block.owner) if role is not None}
    roles = _gone((*before.roles, *once.roles), loaded.roles)
    return Retired(
        roles=tuple(role for role in roles if role.key in needed),
        blocks=blocks,
        territories=_gone((*before.territories, *once.territories), loaded.territories),
        levels=_gone((*before.levels, *once.levels), loaded.levels),
    )


def _gone(before: Iterable[_Named], after: Iterable[_Named]) -> tuple[_Named, ...]:
    present = {each.key for each in after}
    return tuple(each for each in before if each.key not in present)


def _seat_counts(before: OfficePlan, plan: OfficePlan, live: Iterable[SeatChanges]) -> Iterator[Change]:
    earlier = {role.key: role.seats for role in before.roles}
    for role, seats in zip(plan.roles, live, strict=True):
        now = Change(kind=ChangeKind.SEATS, key=role.key, title=role.title, after=str(role.seats))
        was = earlier.get(role.key, role.seats)
        if was != role.seats:
            yield replace(now, before=str(was))
        if not role.open_ended and seats.held > role.seats:
            yield replace(now, fate=Fate.HELD_BEYOND_SEATS, count=seats.held)


def _dropped_roles(before: OfficePlan, of_gone: Iterable[SeatChanges]) -> Iterator[Change]:
    present = {role.key for role in before.roles}
    for seats in of_gone:
        title = before.role(seats.role).title
        if seats.held:
            yield Change(kind=ChangeKind.ROLE, fate=Fate.KEPT_HELD, key=seats.role, title=title, count=seats.held)
        elif seats.role in present:
            fate = Fate.KEPT_FOR_HISTORY if seats.kept else Fate.DROPPED
            yield Change(kind=ChangeKind.ROLE, fate=fate, key=seats.role, title=title)
