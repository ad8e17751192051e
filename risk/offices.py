"""An office as its preset describes it: roles, powers, blocks, territories, criticality levels, hours; no people."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from risk.calendar import WorkingCalendar
from risk.deadlines import Term
from risk.ids import BlockKey, LevelKey, OfficeId, RoleKey, TerritoryKey
from risk.powers import Power

OPERATOR: Final = RoleKey("operator")
"""Whoever has the shell of the server: the last holder of every power, never a position in the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A kind of position. `seats` positions are made with the office; `open_ended` roles grow by invitation."""

    key: RoleKey
    title: str
    seats: int = 1
    open_ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A part of the municipality, known by the settlements that people name in posts."""

    key: TerritoryKey
    title: str
    settlements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A field of work. `words` are what residents write about it; a territorial block is found by its territories."""

    key: BlockKey
    title: str
    head: RoleKey
    topics: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    territories: tuple[TerritoryKey, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A criticality level with its inner deadlines. Neither levels nor hours stand in any act: they are settings."""

    key: LevelKey
    title: str
    sign: str
    verify_within: Term
    answer_within: Term
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """The part of the night, in local time, when messages make no sound. May span midnight."""

    begins: time
    ends: time

    def cover(self, moment: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


PowerLadder = tuple[frozenset[RoleKey], ...]
"""Roles that hold a power at once; when none of them has a holder, the next step does; the operator is last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlan:
    """What the preset says of an office. `levels` go from the lowest to the highest."""

    key: str
    title: str
    chat_title: str
    member_word: str
    roles: tuple[Role, ...]
    powers: Mapping[Power, PowerLadder]
    blocks: tuple[Block, ...]
    territories: tuple[Territory, ...]
    levels: tuple[Level, ...]
    default_level: LevelKey
    calendar: WorkingCalendar
    quiet_hours: QuietHours
    invitation_days: int

    def role(self, key: RoleKey) -> Role:
        return next(role for role in self.roles if role.key == key)

    def block(self, key: BlockKey | None) -> Block | None:
        return next((block for block in self.blocks if block.key == key), None)

    def territory(self, key: TerritoryKey | None) -> Territory | None:
        return next((territory for territory in self.territories if territory.key == key), None)

    def level(self, key: LevelKey) -> Level:
        return next(level for level in self.levels if level.key == key)

    @property
    def highest(self) -> Level:
        return self.levels[-1]

    @property
    def highest_without_confirmation(self) -> Level:
        """The highest level is set only by a person's own second press; this is the one below it."""
        return self.levels[max(0, len(self.levels) - 2)]

    def powers_of(self, roles: AbstractSet[RoleKey], *, held: AbstractSet[RoleKey]) -> frozenset[Power]:
        """Powers of a person in `roles`, when the roles in `held` have at least one holder in the office."""
        return frozenset(power for power, ladder in self.powers.items() if roles & _step_in_force(ladder, held))

    def is_quiet(self, now: datetime) -> bool:
        return self.quiet_hours.cover(self.calendar.local(now).time())


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A municipality's office in this installation."""

    id: OfficeId
    plan: OfficePlan


def _step_in_force(ladder: PowerLadder, held: AbstractSet[RoleKey]) -> frozenset[RoleKey]:
    return next((step for step in ladder if step & held), frozenset({OPERATOR}))
