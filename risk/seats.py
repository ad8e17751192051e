"""Seats: which vacant ones an office wants filled, and which come and go with its roles; who sits is in `people`."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import count

from risk.ids import PositionId, RoleKey
from risk.offices import OfficePlan, Role
from risk.people import Position, in_order


def wanted_seats(positions: Sequence[Position], plan: OfficePlan) -> tuple[Position, ...]:
    """Vacant seats that the office wants filled, in its order.

    Not those of a role that the preset has dropped, nor more than the role has seats.
    """
    return tuple(seat for role in plan.roles for seat in _wanted(role, _seats_of(role.key, positions)))


def present_seats(positions: Sequence[Position], plan: OfficePlan) -> tuple[Position, ...]:
    """Every seat but those that are kept for history alone, in the office's order."""
    wanted = wanted_seats(positions, plan)
    return in_order((seat for seat in positions if seat.holder is not None or seat in wanted), plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatChanges:
    """What becomes of the seats of one role. `voided` stay vacant: nobody is to come to them by an old invitation."""

    role: RoleKey
    added: tuple[int | None, ...] = ()
    removed: tuple[PositionId, ...] = ()
    renumbered: tuple[tuple[PositionId, int | None], ...] = ()
    voided: tuple[PositionId, ...] = ()
    held: int = 0
    kept: int = 0
    """Seats that stay, held or vacant."""

    @property
    def anything(self) -> bool:
        return bool(self.added or self.removed or self.renumbered)


def seats_of_role(role: Role, positions: Sequence[Position], *, named: AbstractSet[PositionId]) -> SeatChanges:
    """Bring the seats to the number that the role has; what is held, or `named` in history, stays whatever it says."""
    seats = _seats_of(role.key, positions)
    surplus = 0 if role.open_ended else max(0, len(seats) - role.seats)
    removed = [seat for seat in reversed(seats) if _is_fresh(seat, named)][:surplus]
    kept = [seat for seat in seats if seat not in removed]
    renumbered, added = _numbered(role, kept)
    wanted = _wanted(role, kept)
    return SeatChanges(
        role=role.key,
        added=added,
        removed=_ids(removed),
        renumbered=renumbered,
        voided=_ids(seat for seat in kept if seat.holder is None and seat not in wanted),
        held=_held(kept),
        kept=len(kept),
    )


def seats_of_dropped(role: RoleKey, positions: Sequence[Position], *, named: AbstractSet[PositionId]) -> SeatChanges:
    """What was never used goes; the rest stays, so that whoever holds it and what was done from it can be read of."""
    seats = _seats_of(role, positions)
    kept = [seat for seat in seats if not _is_fresh(seat, named)]
    return SeatChanges(
        role=role,
        removed=_ids(seat for seat in seats if seat not in kept),
        voided=_ids(seat for seat in kept if seat.holder is None),
        held=_held(kept),
        kept=len(kept),
    )


def _numbered(
    role: Role, kept: Sequence[Position]
) -> tuple[tuple[tuple[PositionId, int | None], ...], tuple[int | None, ...]]:
    """New numbers of seats that stay, and the numbers of those that are missing."""
    missing = max(0, role.seats - len(kept))
    if not role.is_numbered:
        alone = kept[0] if len(kept) == 1 else None
        renumbered = () if alone is None or alone.number is None else ((alone.id, None),)
        return renumbered, (None,) * missing
    free = _free_numbers(kept)
    return (
        tuple((seat.id, next(free)) for seat in kept if seat.number is None),
        tuple(next(free) for _ in range(missing)),
    )


def _free_numbers(seats: Iterable[Position]) -> Iterator[int]:
    taken = {seat.number for seat in seats}
    return (number for number in count(1) if number not in taken)


def _wanted(role: Role, seats: Sequence[Position]) -> Sequence[Position]:
    vacant = [seat for seat in seats if seat.holder is None]
    return vacant if role.open_ended else vacant[: max(0, role.seats - _held(seats))]


def _seats_of(role: RoleKey, positions: Iterable[Position]) -> list[Position]:
    return sorted((seat for seat in positions if seat.role == role), key=lambda seat: (seat.number or 0, seat.id))


def _is_fresh(seat: Position, named: AbstractSet[PositionId]) -> bool:
    """Nobody holds it, nobody ever did, and nothing speaks of it."""
    return seat.holder is None and seat.held_since is None and seat.id not in named


def _held(seats: Iterable[Position]) -> int:
    return sum(seat.holder is not None for seat in seats)


def _ids(seats: Iterable[Position]) -> tuple[PositionId, ...]:
    return tuple(seat.id for seat in seats)
