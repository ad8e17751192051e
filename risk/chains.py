"""Who is reminded of an obligation, and who is above them: seats in order, and whoever really sits there that day.

A chain passes over a vacant seat, over somebody who stands in it already, and over whoever is away (their deputy
answers). It goes by service seniority: it never leads from a senior to a junior, unless the office says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from risk.ids import PersonId, PositionId, RoleKey
from risk.obligations import Obligation
from risk.people import Position
from risk.powers import Power
from risk.rota import Rota


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A seat of the chain and the person who answers for it; `deputises` when that is not its holder."""

    position: Position
    person: PersonId
    deputises: bool


def chain(obligation: Obligation, rota: Rota, day: date) -> Sequence[Link]:
    """Whoever answers, then those above; empty when nobody can act."""
    plan = rota.office.plan
    links: list[Link] = []
    floor = 0
    for place, seat in enumerate(seats_asked(obligation, rota)):
        rank = plan.role(seat.role).rank
        if rank is not None and rank < floor and not plan.reminds_juniors:
            continue
        link = _sitting(seat, rota, day)
        is_new = link is not None and link.person not in {each.person for each in links}
        if link is not None and is_new:
            links.append(link)
        if rank is not None and (is_new or place == 0):
            floor = max(floor, rank)
    return links


def on_duty(rota: Rota, day: date) -> Link | None:
    """Whoever answers in the shift that begins that day; None when nobody does."""
    shift = rota.on_duty(day)
    if shift is None or shift.here is None:
        return None
    return Link(position=shift.position, person=shift.here.person.id, deputises=shift.holder_away)


def seats_asked(obligation: Obligation, rota: Rota) -> Iterator[Position]:
    """Seats in the order of asking, vacant ones among them; the first is whose obligation it is."""
    plan = rota.office.plan
    by_id: Mapping[PositionId, Position] = {seat.id: seat for seat in rota.positions}
    named = None if obligation.position is None else by_id.get(obligation.position)
    if named is not None:
        yield named
    if obligation.nature.asked_of is not None:
        yield from _holding(obligation.nature.asked_of, rota)
    block = plan.block(obligation.block)
    if block is not None:
        yield from _of_role(block.head, rota)
        if block.owner is not None:
            yield from _of_role(block.owner, rota)
    for role in plan.escalation:
        yield from _of_role(role, rota)
    yield from _holding(Power.DECIDE, rota)


def _of_role(role: RoleKey, rota: Rota) -> Iterator[Position]:
    """Of several seats of one role the first that somebody holds stands for it."""
    seats = [seat for seat in rota.positions if seat.role == role]
    held = [seat for seat in seats if seat.holder is not None]
    yield from (held or seats)[:1]


def _holding(power: Power, rota: Rota) -> Iterator[Position]:
    held = frozenset(seat.role for seat in rota.positions if seat.holder is not None)
    for seat in rota.positions:
        if seat.holder is not None and power in rota.office.plan.powers_of({seat.role}, held=held):
            yield seat


def _sitting(seat: Position, rota: Rota, day: date) -> Link | None:
    if seat.holder is None:
        return None
    if seat.holder not in rota.away_on(day):
        return Link(position=seat, person=seat.holder, deputises=False)
    deputy = rota.standing_in(seat.holder, day)
    return None if deputy is None else Link(position=seat, person=deputy.person.id, deputises=True)
