"""Telling in private whoever sits in some seats: each person once, however many of the seats they hold."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime

from risk.ids import PersonId
from risk.notices import Message, Notice
from risk.people import Place, Position
from risk.ports import OpenUnit, OpenView, Unit, UnitOfWork


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
    for person in people_in(seats):
        if person == but:
            continue
        place = Place(address=await unit.people.address_of(person))
        await unit.outbox.plan(notice, place, due_at=now, once=None if once is None else once(person))


Wanted = Mapping[str, tuple[Notice, PersonId]]
"""What there is to say to whom, by the name under which it is said once."""


async def say_once(
    wanted: Callable[[Unit, datetime], Awaitable[Wanted]], *, uow: OpenUnit, view: OpenView, now: datetime
) -> int:
    """Plan whatever of it was not said yet; how much. No write begins where there is nothing to say."""
    async with view() as unit:
        anything = await _unsaid(unit, await wanted(unit, now))
    if not anything:
        return 0
    async with uow() as unit:
        unsaid = await _unsaid(unit, await wanted(unit, now))
        for once, (notice, person) in unsaid.items():
            place = Place(address=await unit.people.address_of(person))
            await unit.outbox.plan(notice, place, due_at=now, once=once)
        await unit.commit()
    return len(unsaid)


def people_in(seats: Iterable[Position]) -> Sequence[PersonId]:
    """Whoever sits there, each once."""
    return sorted({seat.holder for seat in seats if seat.holder is not None})


async def _unsaid(unit: Unit, wanted: Wanted) -> Wanted:
    said = await unit.outbox.known(wanted.keys())
    return {once: what for once, what in wanted.items() if once not in said}
