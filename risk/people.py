"""People, the positions they hold and the invitations that seat them; no names, only addresses and positions."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from risk.ids import InvitationId, OfficeId, PersonId, PositionId, RoleKey
from risk.offices import OfficePlan
from risk.powers import Power


class MessengerKind(StrEnum):
    TELEGRAM = "telegram"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where somebody or some chat is reached: a messenger and its identifier there."""

    messenger: MessengerKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A spot in a messenger where a message can stand: a chat and, in a forum, its topic."""

    address: Address
    thread: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, in which office, from which group. Powers are read inside the unit of work, never carried from outside.

    `chat` is the group where the person wrote or pressed; None when it was in private with the bot.
    """

    office: OfficeId
    address: Address
    chat: Address | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the office. The official name is for papers and lists; the messenger's own name is never kept.

    `unreachable_since`: the messenger refuses what the bot writes to them in private. `nudged_at`: the hour, of the
    office's clocks, that they have chosen for their reminders; None for the usual one.
    """

    id: PersonId
    address: Address
    official_name: str | None = None
    unreachable_since: datetime | None = None
    nudged_at: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A seat in the office; work belongs to it. `number` tells seats of one role apart."""

    id: PositionId
    role: RoleKey
    number: int | None = None
    holder: PersonId | None = None
    held_since: datetime | None = None
    """When the seat last changed hands, the vacating included; None while nobody ever held it."""

    def title(self, plan: OfficePlan) -> str:
        title = plan.role(self.role).title
        return title if self.number is None else f"{title} {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person of the office with all the seats they hold and what those seats permit."""

    person: PersonId
    positions: tuple[Position, ...]
    powers: frozenset[Power]

    @property
    def acting_as(self) -> Position:
        """The seat that signs what the person does: the first of the office's order."""
        return self.positions[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time way into a position. Only the hash of its code is ever stored.

    `issued_by` is None when the operator's shell issued it; `succeeds` is the holder whom the newcomer is to follow.
    """

    id: InvitationId
    position: PositionId
    expires_at: datetime
    used: bool
    issued_by: PositionId | None = None
    succeeds: PersonId | None = None


def in_order(positions: Iterable[Position], plan: OfficePlan) -> tuple[Position, ...]:
    """By the office's order of roles, the dropped ones last, then by number."""
    return tuple(sorted(positions, key=lambda each: (plan.place_of(each.role), each.number or 0)))


def code_hash(code: str) -> str:
    """What is stored instead of an invitation's code. The codes are long and random, so no salt is needed."""
    return hashlib.sha256(code.encode()).hexdigest()
