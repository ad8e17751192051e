"""A question that somebody wrote under no name has to answer by a press: whoever presses first has answered it."""

from datetime import datetime

from risk.errors import UnknownChoice
from risk.notices import CloseQuestion
from risk.people import Member, Place
from risk.ports import UnitOfWork


async def answer_question(unit: UnitOfWork, member: Member, place: Place, message: int, now: datetime) -> None:  # noqa: ARG001 - whose power was asked for
    """Close the question in the same commit as what follows from its answer. The caller commits.

    Raises UnknownChoice when it was answered before: a second press must not do the same again.
    """
    once = f"question {place.address.value} {message}"
    if not await unit.outbox.plan(CloseQuestion(message=message), place, due_at=now, once=once):
        raise UnknownChoice
