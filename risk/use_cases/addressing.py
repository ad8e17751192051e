"""Telling in private whoever sits in some seats: each person once, however many of the seats they hold."""

from collections.abc import Callable, Iterable
from datetime import datetime

from risk.ids import PersonId
from risk.notices import Message
from risk.people import Place, Position
from risk.ports import UnitOfWork


async def tell_seated(
    unit: UnitOfWork,
    seats: Iterable[Position],
    notice: Message,
    now: datetime,
    *,
    but: PersonId | None = None,
    once: Callable[[PersonId], str] | None = None,
) -> None:
    """Plan the notice for everybody who sits there, `but` for one; `once` names it for each. The caller commits."""
    people = {seat.holder for seat in seats if seat.holder is not None} - {but}
    for person in sorted(each for each in people if each is not None):
        place = Place(address=await unit.people.address_of(person))
        await unit.outbox.plan(notice, place, due_at=now, once=None if once is None else once(person))
